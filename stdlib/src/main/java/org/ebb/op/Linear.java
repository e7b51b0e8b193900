package org.ebb.op;

import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** The linear rows that all derivative rules need: spreading, summing back, casting. */
public final class Linear {

    private Linear() {}

    /** The dtype to cast to; {@code weak} asks for the language's own float. */
    public record To(DType dtype, boolean weak) {
        static final To WEAK = new To(DType.FLOAT64, true);
    }

    /** Options: the {@link Shape} to spread to. */
    public static final Op BROADCAST_TO = new LinearRow("broadcast_to", "broadcast_to(x, shape)", """
            x repeated along new and size-1 axes until it has the shape.

            x: a tensor; shape: a tuple to which its shape broadcasts. The result has that shape; of a tensor it is a view.
            Raises ValueError where the shapes do not fit.

            >>> print(broadcast_to(tensor([1., 2.]), (2, 2)))
            [[1. 2.]
             [1. 2.]]""", "[3] shape=(2,3)", "[2,1] shape=(2,3)", "[] shape=(2,)", "[1] shape=(0,)") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return Arguments.shape(name, values[0]);
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            var shape = (Shape) options;
            return Views.broadcast(name, x, shape);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            Tensor x = Dense.tensor(inputs[0]);
            if (x.size() == 1 && x.dtype().isFloat()) {
                return Dense.result(Creation.full(x.getDouble(0), x.dtype(), view(options, x).shape(), x.flavour()));
            }
            return Dense.result(view(options, x).copy());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(SUM_TO, input.shape(), cotangent);
        }
    };

    /** Options: a {@link Shape} that broadcasts to the input's. The transpose of {@link #BROADCAST_TO}. */
    public static final Op SUM_TO = new LinearRow("sum_to", "sum_to(x, shape)", """
            x summed over the axes along which the shape would have to be spread to give x's.

            x: a tensor; shape: a tuple that broadcasts to its shape. The result has that shape.
            Raises ValueError where the shapes do not fit.

            >>> print(sum_to(tensor([[1., 2.], [3., 4.]]), (2,)))
            [4. 6.]""", "[2,3] shape=(3,)", "[2,3] shape=(2,1)", "[2,3] shape=()", "[0,3] shape=(3,)", "[2,3] shape=(2,3)") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return Arguments.shape(name, values[0]);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var shape = (Shape) options;
            Tensor x = Dense.tensor(inputs[0]);
            if (!shape.fits(x.shape())) {
                throw badShape(shape + " does not broadcast to " + x.shape());
            }
            int missing = x.rank() - shape.rank();
            var reduced = new boolean[x.rank()];
            for (int axis = 0; axis < x.rank(); axis++) {
                reduced[axis] = axis < missing || shape.dim(axis - missing) != x.shape().dim(axis);
            }
            return Dense.result(Folds.fold(Folds.SUM, x, reduced, x.dtype()), shape, x.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(BROADCAST_TO, input.shape(), cotangent);
        }
    };

    /** Options: {@link To}. Nothing flows through a cast to integers or booleans. */
    public static final Op CAST = new LinearRow("astype", "astype(x, dtype)", """
            x with elements of another dtype.

            x: a tensor of any shape; dtype: bool, int32, int64, float32, float64, or float16 and bfloat16, which are rounded to
            and computed with as float32. The result has the shape of x.

            >>> print(astype(tensor([1.7, -1.7]), int64))
            [ 1 -1]""", "[2,3] dtype=float64", "[] dtype=float64", "[0] dtype=float64") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return new To(Arguments.dtype(name, values[0]), false);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var to = (To) options;
            if (to.weak) {
                return Scalar.of(Dense.number(inputs[0]));
            }
            return switch (inputs[0]) {
                case Scalar s when to.dtype.isFloat() && !to.dtype.isHalf() -> Scalar.of(s.value, to.dtype, s.flavour());
                case Scalar s -> Dense.result(Dense.tensor(s, to.dtype));
                case Tensor x -> Dense.result(x.astype(to.dtype));
            };
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return cotangent;
        }
    };

    /** Options: the result's {@link Shape}, of as many elements. */
    public static final Op RESHAPE = new LinearRow("reshape", "reshape(x, shape)", """
            The elements of x, in row-major order, under another shape.

            x: a tensor; shape: a tuple or an int with as many elements, -1 for one size to be found. Of a contiguous tensor a
            view.
            Raises ValueError where the sizes differ.

            >>> print(reshape(tensor([1., 2., 3., 4.]), (2, 2)))
            [[1. 2.]
             [3. 4.]]""", "[2,3] shape=(3,2)", "[2,3] shape=(-1,)", "[4] shape=(2,1,2)", "[1] shape=()", "[0,2] shape=(2,0)") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return Arguments.reshaped(name, values[0], inputs[0].shape());
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            return Views.reshape(x, (Shape) options);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var shape = (Shape) options;
            if (inputs[0] instanceof Scalar s && shape.rank() == 0) {
                return new Scalar(s.value, s.kind, null, 0);
            }
            Tensor x = Dense.tensor(inputs[0]);
            Storage elements = Dense.owned(x);
            return Dense.result(elements, shape, x.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(RESHAPE, input.shape(), cotangent);
        }
    };

    /** A cotangent brought to the shape and dtype of the input it belongs to. */
    public static Value match(Trace t, Value cotangent, Value input) {
        Value summed = cotangent.shape().equals(input.shape()) ? cotangent : t.apply(SUM_TO, input.shape(), cotangent);
        return like(t, summed, input);
    }

    /** A tangent brought to the shape and dtype of the output it belongs to. */
    static Value spread(Trace t, Value tangent, Value output) {
        Value spread = tangent.shape().equals(output.shape()) ? tangent : t.apply(BROADCAST_TO, output.shape(), tangent);
        return like(t, spread, output);
    }

    private static Value like(Trace t, Value v, Value model) {
        if (Promotion.isWeak(model)) {
            return Promotion.isWeak(v) ? v : t.apply(CAST, To.WEAK, v);
        }
        return v.dtype() == model.dtype() && !Promotion.isWeak(v) ? v : t.apply(CAST, new To(model.dtype(), false), v);
    }
}
