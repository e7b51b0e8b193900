package org.ebb.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A subscript resolved against a shape, by NumPy's rules: the shape of the result, and where its elements come from. Every bound
 * has been checked, also where the result is empty.
 *
 * <p>Integers, slices, {@code ...} and {@code None} alone give a window ({@link #view}). Tensors of places and masks pick
 * elements one by one ({@link #positions}); all of them, and the integers beside them, broadcast to one block of axes, which
 * stands where they stood if they were neighbours and in front otherwise.
 */
public final class Index {

    private final Shape source;
    private final boolean basic;
    private final Shape result;

    /** For each result axis outside the block of picked places: its source axis (-1: a new axis) and the step there. */
    private final int[] axes;
    private final long[] steps;

    /** For each source axis: the place where the walk starts. */
    private final long[] starts;

    /** The block of picked places: its shape, where it stands among {@link #axes}, and each element's part of the position. */
    private final Shape block;
    private final int blockAt;
    private final long[] picked;

    private Index(Resolver r) {
        this.source = r.source;
        this.starts = r.starts;
        this.axes = Arrays.copyOf(r.axes, r.count);
        this.steps = Arrays.copyOf(r.steps, r.count);
        this.basic = !r.copies && r.places.isEmpty();
        this.block = r.places.isEmpty() ? null : r.block();
        this.blockAt = r.blockAt;
        this.picked = block == null ? null : r.picked(block);
        this.result = shape(Arrays.copyOf(r.counts, r.count));
    }

    /** Resolves what stands between the brackets; see {@link Subscript#of} for the forms an item may have. */
    public static Index of(Shape source, Object... items) {
        return of(source, Subscript.all(items));
    }

    public static Index of(Shape source, List<Subscript> items) {
        var r = new Resolver(source);
        r.resolve(items);
        return new Index(r);
    }

    private Shape shape(long[] counts) {
        if (block == null) {
            return Shape.of(counts);
        }
        long[] dims = new long[counts.length + block.rank()];
        System.arraycopy(counts, 0, dims, 0, blockAt);
        System.arraycopy(block.dims(), 0, dims, blockAt, block.rank());
        System.arraycopy(counts, blockAt, dims, blockAt + block.rank(), counts.length - blockAt);
        return Shape.of(dims);
    }

    /** The shape that was indexed. */
    public Shape source() {
        return source;
    }

    /** The shape of the result. */
    public Shape result() {
        return result;
    }

    /** Is the result a window, so that no element moves? */
    public boolean isBasic() {
        return basic;
    }

    /** The window on x; only for a basic index and an x of the resolved shape. */
    public Tensor view(Tensor x) {
        if (!basic || !x.shape().equals(source)) {
            throw new IllegalStateException("an index of " + source + (basic ? "" : " that picks") + " gives no view of "
                    + x.shape());
        }
        long offset = x.offset;
        long[] strides = new long[axes.length];
        for (int axis = 0; axis < starts.length; axis++) {
            offset += starts[axis] * x.strides()[axis];
        }
        for (int k = 0; k < axes.length; k++) {
            strides[k] = axes[k] < 0 ? 0 : steps[k] * x.strides()[axes[k]];
        }
        return x.view(result, strides, result.size() == 0 ? x.offset : offset);
    }

    /** {@code x[items]} as a window where the items are basic, else null. */
    public static Tensor view(Tensor x, Object... items) {
        Index index = of(x.shape(), items);
        return index.basic ? index.view(x) : null;
    }

    /** {@code x[i, j, ...]} with as many integers as there are axes, or fewer: the window at these places of the first axes. */
    public static Tensor at(Tensor x, long... places) {
        int rank = x.rank() - places.length;
        if (rank < 0) {
            throw tooMany(x.rank(), places.length);
        }
        long offset = x.offset;
        for (int axis = 0; axis < places.length; axis++) {
            offset += place(places[axis], axis, x.shape().dim(axis)) * x.strides()[axis];
        }
        long[] dims = new long[rank];
        long[] strides = new long[rank];
        for (int k = 0; k < rank; k++) {
            dims[k] = x.shape().dim(places.length + k);
            strides[k] = x.strides()[places.length + k];
        }
        return x.view(Shape.of(dims), strides, offset);
    }

    static TensorException.BadIndex tooMany(int rank, int indexed) {
        return new TensorException.BadIndex("too many indices for array: array is " + rank + "-dimensional, but " + indexed
                + " were indexed");
    }

    /** For each element of the result, in row-major order, where it lies in a row-major layout of the source. */
    public long[] positions() {
        return positions(axes.length, result.size());
    }

    /** As {@link #positions}, of the first element of each {@link #run} alone. */
    public long[] starts() {
        return positions(apart(), result.size() / Math.max(1, run()));
    }

    /** So many elements of the result, from its start on, always lie beside each other in a row-major layout of the source. */
    public int run() {
        if (result.size() > Integer.MAX_VALUE - 8) {
            return 1;
        }
        int run = 1;
        for (int k = apart(); k < axes.length; k++) {
            run *= (int) result.dim(k + (block == null ? 0 : block.rank()));
        }
        return run;
    }

    /** How many of the axes outside the block come before those of one run: these are the source's last, all of them but for the first whole. */
    private int apart() {
        int last = source.rank() - 1;
        int k = axes.length;
        boolean whole = true;
        for (; k > Math.max(0, blockAt) && whole && axes[k - 1] == last && steps[k - 1] == 1; k--, last--) {
            whole = result.dim(k - 1 + (block == null ? 0 : block.rank())) == source.dim(last);
        }
        return k;
    }

    private long[] positions(int axesApart, long size) {
        if (size > Integer.MAX_VALUE - 8) {
            throw new TensorException.TooLarge("an index that gives " + result.size() + " elements is more than one array holds");
        }
        long[] layout = source.strides();
        long[] positions = new long[(int) size];
        if (positions.length == 0) {
            return positions;
        }
        long base = 0;
        for (int axis = 0; axis < starts.length; axis++) {
            base += starts[axis] * layout[axis];
        }
        positions[0] = base;
        int filled = 1;
        // Grows from the last axis to the first: each step repeats what is there, shifted.
        int k = axesApart;
        for (int done = block == null ? 1 : 0; k > 0 || done == 0;) {
            if (done == 0 && k == blockAt) {
                filled = repeat(positions, filled, picked.length, picked, 0);
                done = 1;
            } else {
                k--;
                long count = result.dim(k + (block != null && k >= blockAt ? block.rank() : 0));
                filled = repeat(positions, filled, (int) count, null, axes[k] < 0 ? 0 : steps[k] * layout[axes[k]]);
            }
        }
        return positions;
    }

    private static int repeat(long[] positions, int filled, int count, long[] shifts, long step) {
        for (int i = count - 1; i >= 0; i--) {
            long shift = shifts == null ? i * step : shifts[i];
            for (int j = 0; j < filled; j++) {
                positions[i * filled + j] = positions[j] + shift;
            }
        }
        return filled * count;
    }

    /** The storage position of one element, by as many integers as x has axes. */
    public static long element(Tensor x, long... places) {
        if (places.length != x.rank()) {
            throw new IllegalArgumentException(places.length + " places for " + x.shape());
        }
        long at = x.offset;
        for (int axis = 0; axis < places.length; axis++) {
            at += place(places[axis], axis, x.shape().dim(axis)) * x.strides()[axis];
        }
        return at;
    }

    /** An index of an axis, negative ones counted from the end, as a place there. */
    static long place(long index, int axis, long length) {
        long place = index < 0 ? index + length : index;
        if (place < 0 || place >= length) {
            throw new TensorException.BadIndex("index " + index + " is out of bounds for axis " + axis + " with size " + length);
        }
        return place;
    }
}
