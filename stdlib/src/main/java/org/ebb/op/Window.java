package org.ebb.op;

import org.ebb.tensor.Index;
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

    /** Elements in runs of equal length: {@code at[i]} is the base's row-major position where run i begins. */
    record Runs(Shape base, Shape shape, long[] at, int length) implements Window {

        /** The same window, element by element. */
        Positions each() {
            long[] each = new long[Placing.count((long) at.length * length)];
            for (int i = 0; i < each.length; i++) {
                each[i] = at[i / length] + i % length;
            }
            return new Positions(base, shape, each);
        }
    }

    /** What an index that picks sees of a base of its source's shape. */
    static Window of(Index index) {
        int run = index.run();
        return run < SHORT ? new Positions(index.source(), index.result(), index.positions()) : new Runs(index.source(), index.result(), index.starts(), run);
    }

    /** Runs below this length are not worth a loop of their own. */
    int SHORT = 4;
}
