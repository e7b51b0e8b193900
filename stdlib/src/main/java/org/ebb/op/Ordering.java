package org.ebb.op;

import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Glance;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** Running sums and sorting along an axis. */
public final class Ordering {

    private Ordering() {}

    /** Linear; {@code extra} 1 runs from the end, which is the transpose. */
    public static final Op CUMSUM = new LinearRow("cumsum", "cumsum(x, axis=None)", """
            The sums of the first one, two, three ... elements along an axis.

            x: a tensor; axis: an int, or None for all elements as one row. Raises IndexError for an axis that x does not have.

            >>> print(cumsum(tensor([1., 2., 3.])))
            [1. 3. 6.]""", "[2,3] axis=0", "[2,3] axis=1", "[4]", "[2,3]", "[0]", "[2,0] axis=1") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return new Axes(Arguments.axes(name, values[0], inputs[0].shape()), values[0] != null, 0);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var axes = (Axes) options;
            boolean fromEnd = axes.extra() == 1;
            Tensor x = Dense.tensor(inputs[0]);
            DType dtype = x.dtype().isFloat() ? x.dtype() : DType.INT64;
            Tensor sums = Folds.map((in, from, n, out, to) -> {
                double sum = 0;
                long whole = 0;
                var glance = new Glance();
                for (int k = 0; k < n; k++) {
                    glance.step();
                    int i = fromEnd ? n - 1 - k : k;
                    if (dtype.isFloat()) {
                        sum += in.getDouble(from + i);
                        out.setDouble(to + i, sum);
                    } else {
                        whole += in.getLong(from + i);
                        out.setLong(to + i, whole);
                    }
                }
            }, x, axes.reduced(x.rank()), dtype);
            boolean flat = !axes.keepdims() && x.rank() != 1;
            return Dense.result(sums.cell.storage, flat ? Shape.of(x.size()) : x.shape(), x.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            var axes = (Axes) options;
            Value g = t.apply(Linear.RESHAPE, input.shape(), cotangent);
            Value sums = t.apply(this, new Axes(axes.axes(), true, 1 - axes.extra()), g);
            return t.apply(Linear.RESHAPE, input.shape(), sums);
        }
    };

    /** Puts lines of elements in order: all of them into one, where the axis is None. */
    private abstract static class Sorted extends Along {

        Sorted(String name, String sentence, String call, String printed) {
            super(name, "x, axis=-1", sentence, "None for all elements in row-major order, and then the result has one axis", call, printed);
        }

        @Override
        public final Value forward(Object options, Value[] inputs) {
            Value sorted = super.forward(options, inputs);
            return isFlat(options, inputs[0]) ? Linear.RESHAPE.forward(Shape.of(inputs[0].shape().size()), new Value[] {sorted}) : sorted;
        }

        static boolean isFlat(Object options, Value x) {
            return x.shape().rank() > 1 && ((Axes) options).axes().length == x.shape().rank();
        }
    }

    public static final Op SORT = new Sorted("sort", "The elements along an axis in rising order, nan last; equal ones keep theirs.",
            "print(sort(tensor([3., 1., 2.])))", "[1. 2. 3.]") {

        @Override
        DType resultType(DType dtype) {
            return dtype;
        }

        @Override
        Folds.RowMap map(Axes axes) {
            return (in, from, n, out, to) -> {
                int[] order = Sorting.order(in, from, n);
                if (in instanceof Storage.Floats x && out instanceof Storage.Floats y) {
                    Glance.blocks(n, (begin, end) -> {
                        for (int i = begin; i < end; i++) {
                            y.array[to + i] = x.array[from + order[i]];
                        }
                    });
                    return;
                }
                var glance = new Glance();
                for (int i = 0; i < n; i++) {
                    glance.step();
                    if (in.dtype().isFloat()) {
                        out.setDouble(to + i, in.getDouble(from + order[i]));
                    } else {
                        out.setLong(to + i, in.getLong(from + order[i]));
                    }
                }
            };
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value g = isFlat(options, inputs[0]) ? t.apply(Linear.RESHAPE, inputs[0].shape(), cotangent) : cotangent;
            return new Value[] {Linear.match(t, t.apply(Windows.UNVIEW, moved((Axes) options, inputs[0]), g), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value moved = t.apply(Windows.VIEW, moved((Axes) options, inputs[0]), tangents[0]);
            return isFlat(options, inputs[0]) ? t.apply(Linear.RESHAPE, output.shape(), moved) : moved;
        }

        @Override
        public List<String> samples() {
            return List.of("[2,3] axis=0", "[2,3] axis=1", "[4] axis=-1", "[1] axis=0", "[2,0,3] axis=1", "[2,3] axis=None", "[2,0] axis=None");
        }
    };

    public static final Op ARGSORT = new Sorted("argsort", "The places from which sort takes its elements.",
            "print(argsort(tensor([3., 1., 2.])))", "[1 2 0]") {

        @Override
        DType resultType(DType dtype) {
            return DType.INT64;
        }

        @Override
        Folds.RowMap map(Axes axes) {
            return (in, from, n, out, to) -> {
                int[] order = Sorting.order(in, from, n);
                var glance = new Glance();
                for (int i = 0; i < n; i++) {
                    glance.step();
                    out.setLong(to + i, order[i]);
                }
            };
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    };

    /** Ones at the places that x names. */
    public static final Op ONE_HOT = new Op("one_hot", "one_hot(x, depth=None, dtype=float32)", """
            Zeros with a one at the place that each element names, along a new last axis.

            x: whole numbers; depth: the size of the new axis, by default one more than the largest element. A place outside gives zeros alone.

            >>> print(one_hot(tensor([0, 2]), 3))
            [[1. 0. 0.]
             [0. 0. 1.]]""") {

        @Override
        public List<String> samples() {
            return List.of("[2,3] depth=3", "[] depth=2", "[0] depth=2");
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            long depth = values[0] == null ? largest(Dense.tensor(inputs[0])) + 1 : Arguments.integer(name, "depth", values[0]);
            if (depth < 0) {
                throw badValue("depth must not be negative, but is " + depth);
            }
            return new Depth(depth, values[1] == null ? DType.FLOAT32 : Arguments.dtype(name, values[1]));
        }

        private static long largest(Tensor x) {
            long largest = -1;
            for (long i = 0; i < x.size(); i++) {
                largest = Math.max(largest, x.getLong(i));
            }
            return largest;
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var hot = (Depth) options;
            Tensor x = Dense.tensor(inputs[0]).contiguous();
            long[] dims = Arrays.copyOf(x.shape().dims(), x.rank() + 1);
            dims[x.rank()] = hot.depth;
            Tensor out = Tensor.zeros(hot.dtype, Shape.of(dims), x.flavour());
            for (long i = 0; i < x.size(); i++) {
                long place = x.getLong(i);
                if (place >= 0 && place < hot.depth) {
                    out.cell.storage.setLong(i * hot.depth + place, 1);
                }
            }
            return out;
        }

        @Override
        public boolean differentiable() {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[1];
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return null;
        }
    };

    private record Depth(long depth, DType dtype) {}

    /** Where the elements of the sorted tensor lie in the unsorted one. */
    private static Window moved(Axes axes, Value input) {
        Tensor x = Dense.tensor(input);
        boolean[] along = axes.reduced(x.rank());
        Tensor numbers = Tensor.of(counted(x.size()), x.shape(), x.flavour());
        int[] order = Folds.order(along);
        int[] at = {0};
        Tensor permuted = Views.permute(numbers, order).contiguous();
        Tensor places = Folds.map((in, from, n, out, to) -> {
            int[] sorted = Sorting.order(in, from, n);
            for (int i = 0; i < n; i++) {
                out.setLong(to + i, permuted.cell.storage.getLong(permuted.offset + at[0] + sorted[i]));
            }
            at[0] += n;
        }, x, along, DType.INT64);
        return new Window.Positions(x.shape(), x.shape(), places.toLongs());
    }

    private static Storage counted(long n) {
        long[] numbers = new long[Math.toIntExact(n)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return new Storage.Longs(numbers);
    }
}
