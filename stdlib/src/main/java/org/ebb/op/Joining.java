package org.ebb.op;

import java.util.List;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Moves;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** Rows that put several tensors together. Numbers of the language alone make a float32 tensor. */
public final class Joining {

    private Joining() {}

    /** Where each input lies in the result. */
    private record Layout(Shape shape, Window.Strided[] windows) {}

    private abstract static class Join extends Op {
        private final List<String> samples;

        Join(String name, String signature, String doc, String... samples) {
            super(name, signature, doc);
            this.samples = List.of(samples);
        }

        @Override
        public final boolean variadic() {
            return true;
        }

        @Override
        public final List<String> samples() {
            return samples;
        }

        @Override
        public final boolean readsInput(int k) {
            return false;
        }

        @Override
        public final Value forward(Object options, Value[] inputs) {
            var layout = (Layout) options;
            DType dtype = null;
            Flavour flavour = Flavour.PLAIN;
            for (Value input : inputs) {
                flavour = flavour.with(input.flavour());
                if (!Promotion.isWeak(input)) {
                    dtype = dtype == null ? input.dtype() : dtype.with(input.dtype());
                }
            }
            boolean anyWeak = false;
            for (Value input : inputs) {
                anyWeak |= Promotion.isWeak(input);
            }
            dtype = dtype == null || anyWeak && !dtype.isFloat() ? DType.FLOAT32 : dtype;
            Tensor out = Tensor.zeros(dtype, layout.shape, flavour);
            for (int k = 0; k < inputs.length; k++) {
                Window.Strided w = layout.windows[k];
                Tensor x = Dense.tensor(inputs[k], Promotion.isWeak(inputs[k]) ? dtype : inputs[k].dtype());
                Moves.copy(Views.reshape(x.contiguous(), w.shape()), out.view(w.shape(), w.strides(), w.offset()));
            }
            return out;
        }

        @Override
        public final Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var layout = (Layout) options;
            var pulled = new Value[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                if (wanted[k]) {
                    Value part = t.apply(Windows.VIEW, layout.windows[k], cotangent);
                    Shape own = inputs[k].shape();
                    pulled[k] = Linear.match(t, part.shape().equals(own) ? part : t.apply(Linear.RESHAPE, own, part), inputs[k]);
                }
            }
            return pulled;
        }

        @Override
        public final Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            var all = new Value[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                all[k] = tangents[k] != null ? tangents[k] : Dense.zeros(inputs[k]);
            }
            return Linear.spread(t, t.apply(this, options, all), output);
        }
    }

    public static final Op CONCATENATE = new Join("concatenate", "concatenate(arrays, axis=0)", """
            Tensors one after the other along an axis.

            arrays: a list of tensors of equal shapes but for the axis; axis: an int, or None for all elements as one row.
            Raises ValueError for an empty list or other shapes.

            >>> print(concatenate([tensor([1., 2.]), tensor([3.])]))
            [1. 2. 3.]""", "[2,3] [1,3]", "[2,3] [2,1] axis=1", "[2,3] [2] axis=None", "[0,2] [2,2] [1,2]", "[3]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            if (inputs.length == 0) {
                throw badValue("needs at least one tensor");
            }
            var shapes = new Shape[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                shapes[k] = values[0] == null ? Shape.of(inputs[k].shape().size()) : inputs[k].shape();
                if (shapes[k].rank() == 0) {
                    throw badShape("numbers have no axis to join along; use stack");
                }
            }
            int axis = values[0] == null ? 0 : Arguments.axis(name, values[0], shapes[0]);
            long total = 0;
            for (Shape shape : shapes) {
                if (shape.rank() != shapes[0].rank() || !shape.with(axis, 1).equals(shapes[0].with(axis, 1))) {
                    throw badShape(shapes[0] + " and " + shape + " differ beside axis " + axis);
                }
                total += shape.dim(axis);
            }
            Shape all = shapes[0].with(axis, total);
            var windows = new Window.Strided[shapes.length];
            long offset = 0;
            for (int k = 0; k < shapes.length; k++) {
                windows[k] = new Window.Strided(all, shapes[k], all.strides(), offset);
                offset += shapes[k].dim(axis) * all.strides()[axis];
            }
            return new Layout(all, windows);
        }
    };

    public static final Op STACK = new Join("stack", "stack(arrays, axis=0)", """
            Tensors of one shape along a new axis.

            arrays: a list of tensors or numbers of equal shapes; axis: where the new axis stands in the result.
            Raises ValueError for an empty list or other shapes.

            >>> print(stack([tensor([1., 2.]), tensor([3., 4.])]))
            [[1. 2.]
             [3. 4.]]""", "[2,3] [2,3]", "[2,3] [2,3] axis=1", "[2] [2] [2] axis=-1", "[] [] []", "[0] [0]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            if (inputs.length == 0) {
                throw badValue("needs at least one tensor");
            }
            Shape one = inputs[0].shape();
            for (Value input : inputs) {
                if (!input.shape().equals(one)) {
                    throw badShape("all shapes must be equal, not " + one + " and " + input.shape());
                }
            }
            long[] dims = new long[one.rank() + 1];
            int axis = Shape.of(dims).axis(name, Arguments.integer(name, "axis", values[0]));
            for (int k = 0; k < dims.length; k++) {
                dims[k] = k < axis ? one.dim(k) : k == axis ? inputs.length : one.dim(k - 1);
            }
            Shape all = Shape.of(dims);
            var windows = new Window.Strided[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                windows[k] = new Window.Strided(all, one, without(all.strides(), axis), k * all.strides()[axis]);
            }
            return new Layout(all, windows);
        }
    };

    private static long[] without(long[] strides, int axis) {
        long[] left = new long[strides.length - 1];
        System.arraycopy(strides, 0, left, 0, axis);
        System.arraycopy(strides, axis + 1, left, axis, left.length - axis);
        return left;
    }
}
