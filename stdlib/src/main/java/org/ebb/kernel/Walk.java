package org.ebb.kernel;

/**
 * A walk in row-major order over several strided operands of one shape, a row at a time, so that kernels see only plain loops.
 *
 * <p>Axes of length 1 vanish and neighbouring axes that every operand runs through evenly become one, so contiguous operands are
 * a single row whatever their rank. Use: {@code for (var w = Walk.over(dims, ...); w.more(); w.next())} with {@code w.length},
 * {@code w.at(k)} and {@code w.step(k)} for operand k.
 */
public final class Walk {

    /** How many elements a row has. */
    public final int length;

    private final long[] at;
    private final long[] step;
    private final int outer;
    private final long[] dims;
    private final long[][] strides;
    private final long[] counter;
    private boolean more;

    private static final int GLANCE = 1 << 20;
    private long since;

    private Walk(long[] dims, int rank, long[][] strides, long[] offsets, boolean more) {
        this.outer = Math.max(rank - 1, 0);
        this.dims = dims;
        this.strides = strides;
        this.at = offsets;
        this.step = new long[strides.length];
        this.counter = new long[outer];
        this.more = more;
        if (rank > 0) {
            this.length = Math.toIntExact(dims[rank - 1]);
            for (int k = 0; k < strides.length; k++) {
                step[k] = strides[k][rank - 1];
            }
        } else {
            this.length = 1;
        }
    }

    /** One operand. */
    public static Walk over(long[] dims, long[] strides, long offset) {
        return over(dims, new long[][] {strides}, new long[] {offset});
    }

    /** Two operands. */
    public static Walk over(long[] dims, long[] strides0, long offset0, long[] strides1, long offset1) {
        return over(dims, new long[][] {strides0, strides1}, new long[] {offset0, offset1});
    }

    /** Three operands. */
    public static Walk over(long[] dims, long[] strides0, long offset0, long[] strides1, long offset1, long[] strides2,
                            long offset2) {
        return over(dims, new long[][] {strides0, strides1, strides2}, new long[] {offset0, offset1, offset2});
    }

    /** Any number of operands; {@code strides[k][axis]} and {@code offsets[k]} are counted in elements. */
    public static Walk over(long[] dims, long[][] strides, long[] offsets) {
        int operands = strides.length;
        long[] merged = new long[dims.length];
        long[][] steps = new long[operands][dims.length];
        int rank = 0;
        boolean more = true;
        for (int axis = 0; axis < dims.length; axis++) {
            long d = dims[axis];
            more &= d != 0;
            if (d == 1) {
                continue;
            }
            if (rank > 0 && continues(strides, axis, d, steps, rank - 1) && merged[rank - 1] * d <= Integer.MAX_VALUE) {
                rank--;
                merged[rank] *= d;
            } else {
                merged[rank] = d;
            }
            for (int k = 0; k < operands; k++) {
                steps[k][rank] = strides[k][axis];
            }
            rank++;
        }
        return new Walk(merged, rank, steps, offsets.clone(), more);
    }

    private static boolean continues(long[][] strides, int axis, long length, long[][] steps, int outer) {
        for (int k = 0; k < strides.length; k++) {
            if (steps[k][outer] != strides[k][axis] * length) {
                return false;
            }
        }
        return true;
    }

    /** Is there a row here? */
    public boolean more() {
        return more;
    }

    /** Where operand k's row starts. */
    public int at(int k) {
        return (int) at[k];
    }

    /** {@link #at(int)} where the operand may have more elements than one array holds. */
    public long longAt(int k) {
        return at[k];
    }

    /** {@link #step(int)} there. */
    public long longStep(int k) {
        return step[k];
    }

    /** How far operand k's elements are apart within a row. */
    public int step(int k) {
        return (int) step[k];
    }

    /** Goes on to the next row; looks up after every million elements. */
    public void next() {
        since += length + 1;
        if (since > GLANCE) {
            since = 0;
            Poll.now();
        }
        for (int axis = outer - 1; axis >= 0; axis--) {
            counter[axis]++;
            for (int k = 0; k < at.length; k++) {
                at[k] += strides[k][axis];
            }
            if (counter[axis] < dims[axis]) {
                return;
            }
            for (int k = 0; k < at.length; k++) {
                at[k] -= strides[k][axis] * dims[axis];
            }
            counter[axis] = 0;
        }
        more = false;
    }
}
