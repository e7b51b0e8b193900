package org.ebb.op;

import org.ebb.kernel.Glance;
import java.util.Arrays;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** Linear rows that copy elements to other places: rolled, repeated, padded, picked by index. Their options are the places. */
public final class Placing {

    private Placing() {}

    /** A row whose every element is one of the input's, or 0. */
    private abstract static class Placed extends LinearRow {

        Placed(String name, String signature, String doc, String... samples) {
            super(name, signature, doc, samples);
        }

        abstract Window positions(Object[] values, Shape shape);

        @Override
        public final Object prepare(Object[] values, Value[] inputs) {
            return positions(values, inputs[0].shape());
        }

        @Override
        public final Value forward(Object options, Value[] inputs) {
            return Windows.VIEW.forward(options, inputs);
        }

        @Override
        final Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(Windows.UNVIEW, options, cotangent);
        }
    }

    /** Where the element at place {@code to} comes from: fills {@code from}, or false for a zero. */
    interface Source {
        boolean find(long[] to, long[] from);
    }

    /** A number of places, if so many can be listed. */
    static int count(long places) {
        if (places > Integer.MAX_VALUE - 8) {
            throw new TensorException.TooLarge("a tensor of " + places + " elements is more than one array holds");
        }
        return (int) places;
    }

    private static long size(long[] dims) {
        long size = 1;
        for (long d : dims) {
            size = d == 0 ? 0 : size == 0 ? 0 : product(size, d);
        }
        return size;
    }

    /** The product of two sizes that are not negative, if it can be counted. */
    static long product(long a, long b) {
        if (a != 0 && b > Long.MAX_VALUE / a) {
            throw new TensorException.TooLarge("a tensor of " + a + " times " + b + " elements is more than one array holds");
        }
        return a * b;
    }

    /** A size grown by another, if it can be counted. */
    static long sum(long a, long b) {
        if (b > Integer.MAX_VALUE) {
            throw new TensorException.TooLarge("a tensor of " + b + " more elements is more than one array holds");
        }
        return a + b;
    }

    static Window.Positions positions(Shape base, Shape shape, Source source) {
        long[] at = new long[count(size(shape.dims()))];
        long[] to = new long[shape.rank()];
        long[] from = new long[base.rank()];
        var glance = new Glance();
        for (int i = 0; i < at.length; i++) {
            glance.step();
            if (source.find(to, from)) {
                for (int axis = 0; axis < from.length; axis++) {
                    at[i] += from[axis] * base.strides()[axis];
                }
            } else {
                at[i] = -1;
            }
            for (int axis = to.length - 1; axis >= 0 && ++to[axis] == shape.dim(axis); axis--) {
                to[axis] = 0;
            }
        }
        return new Window.Positions(base, shape, at);
    }

    public static final Op ROLL = new Placed("roll", "roll(x, shift, axis=None)", """
            x with its elements moved along an axis; those that leave at one end enter at the other.

            x: a tensor; shift: an int, or a tuple for several axes; axis: an int or a tuple, by default x rolls as one row.

            >>> print(roll(tensor([1., 2., 3.]), 1))
            [3. 1. 2.]""", "[2,3] shift=1", "[2,3] shift=-1 axis=1", "[2,3] shift=(1,2) axis=(0,1)",
            "[0] shift=1", "[] shift=1", "[2,3] shift=(1,-3)", "[2] shift=()", "[2,3] shift=(1,3) axis=1", "[2,3] shift=2 axis=(0,1)") {

        @Override
        Window.Positions positions(Object[] values, Shape shape) {
            long[] shifts = Arguments.integers(name, "shift", values[0]);
            if (values[1] == null) {
                long n = shape.size();
                long whole = Arrays.stream(shifts).map(shift -> n == 0 ? 0 : shift % n).sum();
                var rolled = Placing.positions(Shape.of(n), Shape.of(n), (to, from) -> {
                    from[0] = Math.floorMod(to[0] - whole, n);
                    return true;
                });
                return new Window.Positions(shape, shape, rolled.at());
            }
            int[] axes = Arguments.axes(name, values[1], shape);
            if (shifts.length != axes.length && shifts.length != 1 && axes.length != 1) {
                throw badShape(shifts.length + " shifts do not match " + axes.length + " axes");
            }
            int times = shifts.length == 1 ? axes.length : shifts.length;
            return Placing.positions(shape, shape, (to, from) -> {
                System.arraycopy(to, 0, from, 0, to.length);
                for (int k = 0; k < times; k++) {
                    int axis = axes[axes.length == 1 ? 0 : k];
                    from[axis] = Math.floorMod(from[axis] - shifts[shifts.length == 1 ? 0 : k] % Math.max(shape.dim(axis), 1), shape.dim(axis));
                }
                return true;
            });
        }
    };

    public static final Op REPEAT = new Placed("repeat", "repeat(x, repeats, axis=None)", """
            x with each element along an axis repeated.

            x: a tensor; repeats: how often, an int or a tuple with one for each place; axis: an int, by default x is one row.
            Raises ValueError for a negative count or a tuple of another length.

            >>> print(repeat(tensor([1., 2.]), 2))
            [1. 1. 2. 2.]""", "[2,3] repeats=2", "[2,3] repeats=2 axis=0", "[3] repeats=(1,0,2)", "[2] repeats=0") {

        @Override
        Window.Positions positions(Object[] values, Shape shape) {
            Shape rows = values[1] == null ? Shape.of(shape.size()) : shape;
            int axis = values[1] == null ? 0 : Arguments.axis(name, values[1], shape);
            int n = (int) rows.dim(axis);
            long[] counts = Arguments.integers(name, "repeats", values[0]);
            if (counts.length != 1 && counts.length != n) {
                throw badShape(counts.length + " counts do not match size " + n + " of axis " + axis);
            }
            long total = 0;
            for (int k = 0; k < n; k++) {
                long count = counts[counts.length == 1 ? 0 : k];
                if (count < 0) {
                    throw badValue("cannot repeat " + count + " times");
                }
                total = sum(total, count);
            }
            long[] place = new long[count(total)];
            int filled = 0;
            var glance = new Glance();
            for (int k = 0; k < n; k++) {
                for (long c = counts[counts.length == 1 ? 0 : k]; c > 0; c--) {
                    glance.step();
                    place[filled++] = k;
                }
            }
            var found = Placing.positions(rows, rows.with(axis, total), (to, from) -> {
                System.arraycopy(to, 0, from, 0, to.length);
                from[axis] = place[(int) to[axis]];
                return true;
            });
            return new Window.Positions(shape, found.shape(), found.at());
        }
    };

    public static final Op TILE = new Placed("tile", "tile(x, reps)", """
            x side by side with itself.

            x: a tensor; reps: how often along each axis, an int or a tuple; axes are added in front where reps is longer than
            x's shape.

            >>> print(tile(tensor([1., 2.]), 2))
            [1. 2. 1. 2.]""", "[2,3] reps=2", "[3] reps=(2,2)", "[2,1,2] reps=(3,1)", "[] reps=2") {

        @Override
        Window.Positions positions(Object[] values, Shape shape) {
            long[] reps = Arguments.integers(name, "reps", values[0]);
            int rank = Math.max(reps.length, shape.rank());
            int missing = rank - shape.rank();
            long[] dims = new long[rank];
            for (int axis = 0; axis < rank; axis++) {
                long rep = axis < rank - reps.length ? 1 : reps[axis - rank + reps.length];
                dims[axis] = product(Math.max(rep, 0), axis < missing ? 1 : shape.dim(axis - missing));
            }
            return Placing.positions(shape, Shape.of(dims), (to, from) -> {
                for (int axis = 0; axis < from.length; axis++) {
                    from[axis] = to[axis + missing] % shape.dim(axis);
                }
                return true;
            });
        }
    };

    public static final Op TRIL = new Triangle("tril", "tril(x, k=0)", """
            The lower triangle of matrices: zeros above diagonal k.

            x: a tensor of at least two axes; k: above (positive) or below the main diagonal. Raises ValueError for fewer axes.

            >>> print(tril(tensor([[1., 2.], [3., 4.]])))
            [[1. 0.]
             [3. 4.]]""", 1);

    public static final Op TRIU = new Triangle("triu", "triu(x, k=0)", """
            The upper triangle of matrices: zeros below diagonal k.

            x: a tensor of at least two axes; k: above (positive) or below the main diagonal. Raises ValueError for fewer axes.

            >>> print(triu(tensor([[1., 2.], [3., 4.]])))
            [[1. 2.]
             [0. 4.]]""", -1);

    private static final class Triangle extends Placed {
        private final int side;

        Triangle(String name, String signature, String doc, int side) {
            super(name, signature, doc, "[3,3]", "[2,3] k=1", "[2,2,3] k=-1", "[0,2]");
            this.side = side;
        }

        @Override
        Window.Positions positions(Object[] values, Shape shape) {
            if (shape.rank() < 2) {
                throw badShape("a triangle needs at least two axes, not shape " + shape);
            }
            long k = Arguments.integer(name, "k", values[0]);
            return Placing.positions(shape, shape, (to, from) -> {
                System.arraycopy(to, 0, from, 0, to.length);
                long above = to[to.length - 1] - to[to.length - 2] - k;
                return above * side <= 0;
            });
        }
    }

    public static final Op DIAG = new Placed("diag", "diag(x, k=0)", """
            Of a vector, the matrix with it on diagonal k; of a matrix, its diagonal k.

            x: a tensor of one or two axes; k: above (positive) or below the main diagonal. Raises ValueError for other shapes.

            >>> print(diag(tensor([1., 2.])))
            [[1. 0.]
             [0. 2.]]""", "[3]", "[2] k=-1", "[3,3]", "[2,3] k=1") {

        @Override
        Window.Positions positions(Object[] values, Shape shape) {
            long k = Arguments.integer(name, "k", values[0]);
            long row = Math.max(-k, 0);
            long column = Math.max(k, 0);
            if (shape.rank() == 1) {
                long n = shape.size() + Math.abs(k);
                return Placing.positions(shape, Shape.of(n, n), (to, from) -> {
                    from[0] = to[0] - row;
                    return from[0] >= 0 && from[0] == to[1] - column;
                });
            }
            if (shape.rank() != 2) {
                throw badShape("needs one or two axes, not shape " + shape);
            }
            long n = Math.max(0, Math.min(shape.dim(0) - row, shape.dim(1) - column));
            return Placing.positions(shape, Shape.of(n), (to, from) -> {
                from[0] = to[0] + row;
                from[1] = to[0] + column;
                return true;
            });
        }
    };

    public static final Op TAKE = new Placed("take", "take(x, indices, axis=None)", """
            The elements of x at some places along an axis.

            x: a tensor; indices: whole numbers of any shape, negative ones counted from the end; axis: an int, by default x is
            one row.
            The result has the shape of indices in place of the axis. Raises IndexError for a place that x does not have.

            >>> print(take(tensor([1., 2., 3.]), tensor([2, 0])))
            [3. 1.]""", "[4] indices=(0,2,2)", "[2,3] indices=(1,-1) axis=1", "[2,3] indices=4", "[3,2] indices=0 axis=0",
            "[3,4] indices=(2,0,2) axis=0", "[2,3,4] indices=((1,2),(0,0)) axis=1", "[2,2,5] indices=-1 axis=1", "[2,5] indices=() axis=0") {

        @Override
        Window positions(Object[] values, Shape shape) {
            Shape rows = values[1] == null ? Shape.of(shape.size()) : shape;
            int axis = values[1] == null ? 0 : Arguments.axis(name, values[1], shape);
            Tensor indices = Arguments.indices(name, values[0]);
            long[] places = Arguments.places(name, indices, rows.dim(axis), axis);
            long[] dims = new long[rows.rank() - 1 + indices.rank()];
            for (int k = 0; k < dims.length; k++) {
                dims[k] = k < axis ? rows.dim(k) : k < axis + indices.rank() ? indices.shape().dim(k - axis)
                        : rows.dim(k - indices.rank() + 1);
            }
            long run = 1;
            for (int k = axis + 1; k < rows.rank(); k++) {
                run *= rows.dim(k);
            }
            if (run >= Window.SHORT && run <= Integer.MAX_VALUE) {
                return runs(shape, Shape.of(dims), places, rows.dim(axis), (int) run);
            }
            long[] strides = indices.shape().strides();
            var found = Placing.positions(rows, Shape.of(dims), (to, from) -> {
                long at = 0;
                for (int k = 0; k < indices.rank(); k++) {
                    at += to[axis + k] * strides[k];
                }
                for (int k = 0; k < from.length; k++) {
                    from[k] = k < axis ? to[k] : k == axis ? places[(int) at] : to[k + indices.rank() - 1];
                }
                return true;
            });
            return new Window.Positions(shape, found.shape(), found.at());
        }
    };

    /** Whatever lies behind each place along an axis of some size. */
    private static Window runs(Shape base, Shape shape, long[] places, long size, int run) {
        count(size(shape.dims()));
        long[] at = new long[shape.size() == 0 ? 0 : count(shape.size() / run)];
        for (int i = 0; i < at.length; i++) {
            at[i] = (i / places.length * size + places[i % places.length]) * run;
        }
        return new Window.Runs(base, shape, at, run);
    }

    public static final Op TAKE_ALONG_AXIS = new Placed("take_along_axis", "take_along_axis(x, indices, axis=-1)", """
            For each place of indices the element of x there along an axis; the other axes run together.

            x: a tensor; indices: whole numbers with the axes of x; axis: an int. The result has the shape of indices.
            Raises ValueError where other axes differ, IndexError for a place that x does not have.

            >>> print(take_along_axis(tensor([[1., 2.], [3., 4.]]), tensor([[1], [0]]), 1))
            [[2.]
             [3.]]""", "[2,3] indices=((0,0),(2,1))", "[2,2] indices=((0,1),) axis=0") {

        @Override
        Window.Positions positions(Object[] values, Shape shape) {
            int axis = Arguments.axis(name, values[1], shape);
            Tensor indices = Arguments.indices(name, values[0]);
            if (indices.rank() != shape.rank() || !indices.shape().with(axis, 1).equals(shape.with(axis, 1))) {
                throw badShape("indices of shape " + indices.shape() + " do not run along axis " + axis + " of " + shape);
            }
            long[] places = Arguments.places(name, indices, shape.dim(axis), axis);
            long[] strides = indices.shape().strides();
            return Placing.positions(shape, indices.shape(), (to, from) -> {
                long at = 0;
                for (int k = 0; k < to.length; k++) {
                    from[k] = to[k];
                    at += to[k] * strides[k];
                }
                from[axis] = places[(int) at];
                return true;
            });
        }
    };

    /** The sum of a diagonal: linear, but no mere placing. */
    public static final Op TRACE = new LinearRow("trace", "trace(x, offset=0)", """
            The sum of a diagonal of the first two axes.

            x: a tensor of at least two axes; offset: above (positive) or below the main diagonal. Raises ValueError for fewer
            axes.

            >>> print(trace(tensor([[1., 2.], [3., 4.]])))
            5.0""", "[3,3]", "[2,3] offset=1", "[3,2,2]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return Shaping.Diagonal.of(name, values[0], 0L, 1L, inputs[0].shape());
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            Tensor diagonal = ((Shaping.Diagonal) options).view((Tensor) inputs[0]);
            return Reductions.SUM.forward(Axes.of(diagonal.rank() - 1), new Value[] {diagonal});
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            Window window = ((ViewRow) Shaping.DIAGONAL).window(options, input.shape());
            Value column = t.apply(Linear.RESHAPE, window.shape().with(window.shape().rank() - 1, 1), cotangent);
            return t.apply(Windows.UNVIEW, window, t.apply(Linear.BROADCAST_TO, window.shape(), column));
        }
    };
}
