package org.ebb.op;

import org.ebb.tensor.Shape;

/**
 * A walk over the elements of a strided operand in the order of a shape, a stretch of the last axis at a time. Unlike {@link
 * org.ebb.kernel.Walk} it starts anywhere and may stop within a row.
 */
final class Stretches {
    private final long[] dims;
    private final long[] strides;
    private final long[] index;
    private final int last;
    private long at;

    Stretches(Shape shape, long[] strides, long start) {
        this.dims = shape.dims();
        this.strides = strides;
        this.index = new long[dims.length];
        this.last = dims.length - 1;
        go(start);
    }

    void go(long start) {
        at = 0;
        for (int axis = last; axis >= 0; axis--) {
            index[axis] = start % dims[axis];
            start /= dims[axis];
            at += index[axis] * strides[axis];
        }
    }

    int at() {
        return (int) at;
    }

    int step() {
        return (int) strides[last];
    }

    /** How many elements follow at equal distances. */
    int left() {
        return (int) (dims[last] - index[last]);
    }

    /** Goes on by at most {@link #left()} elements. */
    void advance(int n) {
        index[last] += n;
        at += n * strides[last];
        for (int axis = last; axis > 0 && index[axis] == dims[axis]; axis--) {
            at -= index[axis] * strides[axis];
            index[axis] = 0;
            index[axis - 1]++;
            at += strides[axis - 1];
        }
    }
}
