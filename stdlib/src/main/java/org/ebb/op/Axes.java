package org.ebb.op;

import java.util.Arrays;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;

/**
 * The options of a reduction: which axes go, and whether each leaves a size of 1. {@code extra} is what a row wants besides (the
 * correction of a variance, the order of a norm).
 */
public record Axes(int[] axes, boolean keepdims, double extra) {

    /** All axes, by rank; for ranks that occur often. */
    private static final Axes[] ALL = {of(), of(0), of(0, 1), of(0, 1, 2), of(0, 1, 2, 3)};

    /** Every axis of a shape of some rank goes. */
    static Axes all(int rank) {
        if (rank < ALL.length) {
            return ALL[rank];
        }
        int[] axes = new int[rank];
        Arrays.setAll(axes, k -> k);
        return of(axes);
    }

    private static final Axes[] ALL_BY_2 = Arrays.stream(ALL).map(all -> new Axes(all.axes, false, 2)).toArray(Axes[]::new);

    static Axes all(int rank, int extra) {
        return extra == 2 && rank < ALL_BY_2.length ? ALL_BY_2[rank] : new Axes(all(rank).axes, false, extra);
    }

    static Axes of(int... axes) {
        return new Axes(axes, false, 0);
    }

    boolean[] reduced(int rank) {
        var reduced = new boolean[rank];
        for (int axis : axes) {
            reduced[axis] = true;
        }
        return reduced;
    }

    /** How many elements make one of the result. */
    long count(Shape in) {
        long count = 1;
        for (int axis : axes) {
            count *= in.dim(axis);
        }
        return count;
    }

    /** The shape with a 1 for each axis that goes: it broadcasts to the input's. */
    Shape kept(Shape in) {
        long[] dims = in.dims();
        for (int axis : axes) {
            dims[axis] = 1;
        }
        return Shape.of(dims);
    }

    /** The shape of the result. MXNet 1.x has no rank 0: it gives (1,). */
    Shape result(Shape in, Flavour flavour) {
        if (keepdims) {
            return kept(in);
        }
        boolean[] reduced = reduced(in.rank());
        long[] dims = new long[in.rank()];
        int rank = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            if (!reduced[axis]) {
                dims[rank++] = in.dim(axis);
            }
        }
        if (rank == 0 && flavour == Flavour.ND) {
            return Shape.of(1);
        }
        return Shape.of(Arrays.copyOf(dims, rank));
    }
}
