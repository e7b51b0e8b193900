package org.ebb.op;

import java.util.Arrays;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** Rows that look at the same elements in another arrangement. Of a tensor each gives a view. */
public final class Shaping {

    private Shaping() {}

    public static final Op TRANSPOSE = new ViewRow("transpose", "transpose(x, axes=None)", """
            x with its axes in another order: axis k of the result is axis axes[k] of x; by default the order is reversed.

            x: a tensor; axes: a tuple with each axis of x once. The result is a view. Raises ValueError where axes does not fit.

            >>> print(transpose(tensor([[1., 2.], [3., 4.]])))
            [[1. 3.]
             [2. 4.]]""", "[2,3]", "[2,3,4] axes=(1,2,0)", "[3]", "[]", "[0,2]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape shape = inputs[0].shape();
            int[] axes = new int[shape.rank()];
            for (int k = 0; k < axes.length; k++) {
                axes[k] = axes.length - 1 - k;
            }
            if (values[0] != null) {
                axes = Arguments.axes(name, values[0], shape);
                if (axes.length != shape.rank()) {
                    throw badShape(axes.length + " axes do not match the " + shape.rank() + " of " + shape);
                }
            }
            return axes;
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            return Views.permute(x, (int[]) options);
        }
    };

    public static final Op SWAPAXES = new ViewRow("swapaxes", "swapaxes(x, axis1, axis2)", """
            x with two axes exchanged.

            x: a tensor; axis1, axis2: ints. The result is a view. Raises IndexError for an axis that x does not have.

            >>> print(swapaxes(tensor([[1., 2.]]), 0, 1))
            [[1.]
             [2.]]""", "[2,3,4] axis1=0 axis2=-1", "[2,3] axis1=1 axis2=1") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape shape = inputs[0].shape();
            int first = Arguments.axis(name, values[0], shape);
            int second = Arguments.axis(name, values[1], shape);
            int[] axes = Arguments.axes(name, null, shape);
            axes[first] = second;
            axes[second] = first;
            return axes;
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            return Views.permute(x, (int[]) options);
        }
    };

    public static final Op MOVEAXIS = new ViewRow("moveaxis", "moveaxis(x, source, destination)", """
            x with some axes moved to other places; the others keep their order.

            x: a tensor; source, destination: an int each, or tuples of equal length. The result is a view.
            Raises ValueError where the tuples differ in length.

            >>> print(moveaxis(ones((2, 3, 4)), 0, -1).shape)
            (3, 4, 2)""", "[2,3,4] source=0 destination=-1", "[2,3,4] source=(0,1) destination=(1,2)") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape shape = inputs[0].shape();
            int[] source = Arguments.axes(name, values[0], shape);
            int[] destination = Arguments.axes(name, values[1], shape);
            if (source.length != destination.length) {
                throw badShape(source.length + " axes cannot move to " + destination.length + " places");
            }
            int[] order = new int[shape.rank()];
            var placed = new boolean[order.length];
            var moved = new boolean[order.length];
            for (int k = 0; k < source.length; k++) {
                order[destination[k]] = source[k];
                placed[destination[k]] = true;
                moved[source[k]] = true;
            }
            int next = 0;
            for (int place = 0; place < order.length; place++) {
                if (!placed[place]) {
                    while (moved[next]) {
                        next++;
                    }
                    order[place] = next++;
                }
            }
            return order;
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            return Views.permute(x, (int[]) options);
        }
    };

    public static final Op EXPAND_DIMS = new ViewRow("expand_dims", "expand_dims(x, axis)", """
            x with a new axis of size 1, or several.

            x: a tensor; axis: where the new axis stands in the result, or a tuple of such places. The result is a view.
            Raises IndexError where the result has no such axis, ValueError for the same place twice.

            >>> print(expand_dims(tensor([1., 2.]), 0))
            [[1. 2.]]""", "[2,3] axis=1", "[2,3] axis=-1", "[] axis=0", "[2,3] axis=(0,-1)", "[2] axis=(2,0)", "[3] axis=()") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Object[] given = values[0] instanceof Object[] several ? several : new Object[] {values[0]};
            int rank = inputs[0].shape().rank() + given.length;
            int[] axes = new int[given.length];
            for (int k = 0; k < axes.length; k++) {
                long axis = Arguments.integer(name, "axis", given[k]);
                if (axis < -rank || axis >= rank) {
                    throw new TensorException.BadIndex(
                            name + ": axis " + axis + " is out of bounds for a result of " + rank + " dimensions");
                }
                axes[k] = (int) (axis < 0 ? axis + rank : axis);
            }
            Arrays.sort(axes);
            for (int k = 1; k < axes.length; k++) {
                if (axes[k] == axes[k - 1]) {
                    throw new TensorException.BadValue(name + ": axis " + axes[k] + " stands twice");
                }
            }
            return axes;
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            Tensor wider = x;
            for (int axis : (int[]) options) {
                wider = Views.expand(wider, axis);
            }
            return wider;
        }
    };

    public static final Op SQUEEZE = new ViewRow("squeeze", "squeeze(x, axis=None)", """
            x without axes of size 1.

            x: a tensor; axis: an int or a tuple of ints, by default all axes of size 1. The result is a view.
            Raises ValueError for an axis of another size.

            >>> print(squeeze(tensor([[1., 2.]])))
            [1. 2.]""", "[1,3,1]", "[1,3,1] axis=0", "[1]", "[2,1] axis=-1") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape shape = inputs[0].shape();
            var gone = new boolean[shape.rank()];
            if (values[0] == null) {
                for (int axis = 0; axis < gone.length; axis++) {
                    gone[axis] = shape.dim(axis) == 1;
                }
                return gone;
            }
            for (int axis : Arguments.axes(name, values[0], shape)) {
                if (shape.dim(axis) != 1) {
                    throw badShape("axis " + axis + " of " + shape + " has size " + shape.dim(axis) + ", not 1");
                }
                gone[axis] = true;
            }
            return gone;
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            var gone = (boolean[]) options;
            Tensor view = x;
            for (int axis = gone.length - 1; axis >= 0; axis--) {
                view = gone[axis] ? Views.select(view, axis, 0) : view;
            }
            return view;
        }
    };

    public static final Op FLIP = new ViewRow("flip", "flip(x, axis=None)", """
            x with the elements along some axes in reverse order.

            x: a tensor; axis: an int or a tuple of ints, by default all axes. The result is a view.

            >>> print(flip(tensor([1., 2., 3.])))
            [3. 2. 1.]""", "[2,3]", "[2,3] axis=1", "[0]", "[]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return Arguments.axes(name, values[0], inputs[0].shape());
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            Tensor view = x;
            for (int axis : (int[]) options) {
                long d = x.shape().dim(axis);
                view = d == 0 ? view : Views.slice(view, axis, d - 1, -1, d);
            }
            return view;
        }
    };

    /** Which diagonal of which two axes. */
    record Diagonal(int offset, int axis1, int axis2) {

        static Diagonal of(String op, Object offset, Object axis1, Object axis2, Shape shape) {
            if (shape.rank() < 2) {
                throw new TensorException.BadShape(op + ": a diagonal needs at least two axes, not shape " + shape);
            }
            var diagonal = new Diagonal((int) Arguments.integer(op, "offset", offset), Arguments.axis(op, axis1, shape),
                    Arguments.axis(op, axis2, shape));
            if (diagonal.axis1 == diagonal.axis2) {
                throw new TensorException.BadShape(op + ": axis1 and axis2 must differ");
            }
            return diagonal;
        }

        Tensor view(Tensor x) {
            long row = Math.max(-offset, 0);
            long column = Math.max(offset, 0);
            long n = Math.max(0, Math.min(x.shape().dim(axis1) - row, x.shape().dim(axis2) - column));
            Shape rest = x.shape().without(Math.max(axis1, axis2)).without(Math.min(axis1, axis2));
            long[] dims = Arrays.copyOf(rest.dims(), rest.rank() + 1);
            long[] strides = new long[dims.length];
            int k = 0;
            for (int axis = 0; axis < x.rank(); axis++) {
                if (axis != axis1 && axis != axis2) {
                    strides[k++] = x.strides()[axis];
                }
            }
            dims[k] = n;
            strides[k] = x.strides()[axis1] + x.strides()[axis2];
            long start = n == 0 ? 0 : row * x.strides()[axis1] + column * x.strides()[axis2];
            return x.view(Shape.of(dims), strides, x.offset + start);
        }
    }

    public static final Op DIAGONAL = new ViewRow("diagonal", "diagonal(x, offset=0, axis1=0, axis2=1)", """
            The elements x[i, i + offset] of two axes, as a new last axis.

            x: a tensor of at least two axes; offset: above (positive) or below the main diagonal. The result is a view.
            Raises ValueError for fewer axes.

            >>> print(diagonal(tensor([[1., 2.], [3., 4.]])))
            [1. 4.]""", "[3,3]", "[2,3] offset=1", "[2,3,2] axis1=0 axis2=2", "[2,2] offset=5") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return Diagonal.of(name, values[0], values[1], values[2], inputs[0].shape());
        }

        @Override
        public Tensor view(Object options, Tensor x) {
            return ((Diagonal) options).view(x);
        }
    };

    public static final Op RAVEL = new LinearRow("ravel", "ravel(x)", """
            The elements of x, in row-major order, along one axis.

            x: a tensor. The result is a view where x is contiguous, otherwise a copy.

            >>> print(ravel(tensor([[1., 2.], [3., 4.]])))
            [1. 2. 3. 4.]""", "[2,3]", "[]", "[0,2]") {

        @Override
        public Tensor view(Object options, Tensor x) {
            return Views.reshape(x, Shape.of(x.size()));
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            return Linear.RESHAPE.forward(Shape.of(inputs[0].shape().size()), inputs);
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(Linear.RESHAPE, input.shape(), cotangent);
        }
    };

    public static final Op COPY = new LinearRow("copy", "copy(x)", """
            The same elements in a tensor of their own.

            x: a tensor. Later writes to either do not change the other.

            >>> print(copy(tensor([1., 2.])))
            [1. 2.]""", "[2,3]", "[]", "[0]") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            return switch (inputs[0]) {
                case Tensor x -> Dense.result(x.copy());
                case Scalar s -> new Scalar(s.value, s.kind, null, 0);
            };
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return cotangent;
        }
    };
}
