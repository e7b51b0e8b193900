package org.ebb.op;

import java.util.Arrays;
import java.util.List;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** Elements brought to places that an index tensor names, and the places of elements that are not 0. */
public final class Scattering {

    private Scattering() {}

    public static final Op SCATTER_SUM = new LinearRow("scatter_sum", "scatter_sum(x, places, shape)", """
            Zeros of a shape to which each element of x is added at its place.

            x: a tensor; places: whole numbers in the shape of x, which count the elements of the result in row-major order,
            negative ones from the end; shape: a tuple. Raises IndexError for a place outside, ValueError where shapes differ.

            >>> print(scatter_sum(tensor([1., 2., 3.]), tensor([0, 1, 0]), 2))
            [4. 2.]""", "[3] places=(0,2,0) shape=(3,)", "[2,2] places=((0,1),(5,0)) shape=(2,3)", "[0] places=() shape=(2,)") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return window(name, values, inputs[0].shape());
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            return Windows.UNVIEW.forward(options, inputs);
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(Windows.VIEW, options, cotangent);
        }
    };

    private static Window window(String op, Object[] values, Shape x) {
        Tensor places = Arguments.indices(op, values[0]);
        Shape shape = Arguments.shape(op, values[1]);
        if (!places.shape().equals(x)) {
            throw new TensorException.BadShape(op + ": places of shape " + places.shape() + " do not match x of shape " + x);
        }
        return new Window.Positions(shape, x, Arguments.places(op, places, shape.size(), 0));
    }

    /** A row whose result is a constant to differentiation. */
    private abstract static class Constant extends Op {
        private final List<String> samples;

        Constant(String name, String signature, String doc, String... samples) {
            super(name, signature, doc);
            this.samples = List.of(samples);
        }

        @Override
        public final List<String> samples() {
            return samples;
        }

        @Override
        public final boolean differentiable() {
            return false;
        }

        @Override
        public final Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[1];
        }

        @Override
        public final Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return null;
        }
    }

    /** Options: a {@link Window}. Used by scatter_reduce, which makes its gradient of comparisons with the result. */
    static final Op SCATTER_MAX = new Constant("_scatter_max", "_scatter_max(x, places, shape)",
            "The largest element brought to each place, and -inf where there is none; a constant to differentiation.",
            "[3] places=(0,2,0) shape=(3,)") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return window(name, values, inputs[0].shape());
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var window = (Window.Positions) options;
            Tensor x = Dense.tensor(inputs[0]).contiguous();
            Storage out = Storage.zeros(x.dtype().isFloat() ? x.dtype() : DType.FLOAT32, window.base().size());
            for (long i = 0; i < out.length(); i++) {
                out.setDouble(i, Double.NEGATIVE_INFINITY);
            }
            for (int i = 0; i < window.at().length; i++) {
                long to = window.at()[i];
                out.setDouble(to, Math.max(out.getDouble(to), x.cell.storage.getDouble(x.offset + i)));
            }
            return Dense.result(out, window.base(), x.flavour());
        }
    };

    /** How many equal elements stand before each: 0, 1, 2 ... within a place. */
    static final Op RANK = new Constant("_occurrence", "_occurrence(x)",
            "How many elements before it in row-major order are equal to each.", "[4]:int64", "[0]:int64") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            Tensor x = Dense.tensor(inputs[0]).contiguous();
            var counts = new java.util.HashMap<Long, Long>();
            Storage out = Storage.zeros(DType.INT64, x.size());
            for (int i = 0; i < x.size(); i++) {
                out.setLong(i, counts.merge(x.cell.storage.getLong(x.offset + i), 1L, Long::sum) - 1);
            }
            return Dense.result(out, x.shape(), x.flavour());
        }
    };

    public static final Op ARGWHERE = new Constant("argwhere", "argwhere(x)", """
            The places of the elements that are not 0 (or True), in row-major order: an int64 tensor (count, axes of x).

            x: a tensor of any shape.

            >>> print(argwhere(tensor([[0., 1.], [2., 0.]])))
            [[0 1]
             [1 0]]""", "[2,3]", "[4]:int64", "[0]", "[3]:bool") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            Tensor x = Dense.tensor(inputs[0]).contiguous();
            int rank = x.rank();
            long[] found = new long[16];
            int filled = 0;
            for (int i = 0; i < x.size(); i++) {
                if (x.cell.storage.getDouble(x.offset + i) != 0) {
                    found = filled == found.length ? Arrays.copyOf(found, 2 * filled) : found;
                    found[filled++] = i;
                }
            }
            Storage out = Storage.zeros(DType.INT64, (long) filled * rank);
            for (int k = 0; k < filled; k++) {
                long left = found[k];
                for (int axis = rank - 1; axis >= 0; axis--) {
                    out.setLong((long) k * rank + axis, left % x.shape().dim(axis));
                    left /= x.shape().dim(axis);
                }
            }
            return Dense.result(out, Shape.of(filled, rank), x.flavour());
        }
    };
}
