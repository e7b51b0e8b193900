package org.ebb.op;

import org.ebb.tensor.Shape;

/** Windows of the usual rearrangements. */
final class Rearranging {

    private Rearranging() {}

    /** Axis k of the result is axis {@code order[k]}. */
    static Window permute(Shape shape, int[] order) {
        long[] dims = new long[order.length];
        long[] strides = new long[order.length];
        for (int k = 0; k < order.length; k++) {
            dims[k] = shape.dim(order[k]);
            strides[k] = shape.strides()[order[k]];
        }
        return new Window.Strided(shape, Shape.of(dims), strides, 0);
    }
}
