package org.ebb.op;

import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;

/** Which elements of a row-major base make up another value, and in which order. */
public sealed interface Window {

    Shape base();

    Shape shape();

    /** Evenly spaced elements: what a view sees of its cell. Strides count elements and may be 0 or negative. */
    record Strided(Shape base, Shape shape, long[] strides, long offset) implements Window {

        /** What a view sees of its cell. */
        public static Strided of(Tensor view) {
            return new Strided(view.cell.base, view.shape(), view.strides(), view.offset);
        }
    }

    /**
     * Any elements: {@code at[i]} is the base's row-major position of element i, or -1 for a zero that the base does not have.
     */
    record Positions(Shape base, Shape shape, long[] at) implements Window {}
}
