package org.ebb.op;

import java.util.List;
import org.ebb.kernel.Binary;
import org.ebb.kernel.Kernels;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** What a dense layer computes. As a product with a transposed view and a sum it would be three entries, and the weights' gradient be turned. */
public final class Affine {

    private static final Kernels KERNELS = Kernels.fastest();

    private Affine() {}

    /** See {@code linear} of the library. */
    public static final Op LINEAR = new Op("_linear", "_linear(x, weight, bias)",
            "x, (..., inputs), times the transpose of weight, (outputs, inputs), plus bias, (outputs,).") {

        @Override
        public int inputs() {
            return 3;
        }

        @Override
        public List<String> samples() {
            return List.of("[2,3] [4,3] [4]", "[2,2,3] [4,3] [4]", "[3] [2,3] [2]", "[0,3] [2,3] [2]", "[2,0] [3,0] [3]", "[3,1] [1,1] [1]");
        }

        @Override
        public boolean readsInput(int k) {
            return k < 2;
        }

        @Override
        public boolean readsInput(int k, long wanted) {
            return k < 2 && (wanted >> 1 - k & 1) != 0;
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape x = inputs[0].shape();
            Shape w = inputs[1].shape();
            if (w.rank() != 2 || x.rank() == 0 || x.dim(-1) != w.dim(1) || !inputs[2].shape().equals(Shape.of(w.dim(0)))) {
                throw badShape("x of shape " + x + ", weight of shape " + w + " and bias of shape " + inputs[2].shape() + " do not fit");
            }
            return null;
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            Shape shape = inputs[0].shape().with(inputs[0].shape().rank() - 1, inputs[1].shape().dim(0));
            if (!areAlike(inputs)) {
                Value product = Products.CONTRACT.forward(Contraction.of("RI", "OI", "RO"), new Value[] {rows(EVALUATE, inputs[0]), inputs[1]});
                return Linear.RESHAPE.forward(shape, new Value[] {Arithmetic.ADD.forward(null, new Value[] {product, inputs[2]})});
            }
            Tensor x = ((Tensor) inputs[0]).contiguous();
            var w = (Tensor) inputs[1];
            Tensor bias = ((Tensor) inputs[2]).contiguous();
            int outputs = (int) w.shape().dim(0);
            int rows = rows(x);
            Storage out = Storage.any(x.dtype(), shape.size());
            Matrices.product(rows, outputs, (int) w.shape().dim(1), x, (int) w.shape().dim(1), 1, w, step(w, 1), step(w, 0), out.array(), false);
            for (int row = 0; row < rows; row++) {
                if (out instanceof Storage.Floats f) {
                    KERNELS.binary(Binary.ADD, f.array, row * outputs, 1, ((Storage.Floats) bias.cell.storage).array, (int) bias.offset, 1, f.array,
                            row * outputs, 1, outputs);
                } else {
                    double[] d = ((Storage.Doubles) out).array;
                    KERNELS.binary(Binary.ADD, d, row * outputs, 1, ((Storage.Doubles) bias.cell.storage).array, (int) bias.offset, 1, d,
                            row * outputs, 1, outputs);
                }
            }
            return Dense.result(out, shape, x.flavour().with(w.flavour()).with(bias.flavour()));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value g = rows(t, cotangent);
            Value[] pulled = new Value[3];
            if (wanted[0]) {
                Value x = t.apply(Products.CONTRACT, new Contraction("RO", "OI", "RI", null, true), g, inputs[1]);
                pulled[0] = Linear.match(t, like(t, x, inputs[0].shape()), inputs[0]);
            }
            if (wanted[1]) {
                pulled[1] = Linear.match(t, t.apply(Products.CONTRACT, new Contraction("RO", "RI", "OI", null, true), g, rows(t, inputs[0])), inputs[1]);
            }
            if (wanted[2]) {
                pulled[2] = Linear.match(t, t.apply(Linear.SUM_TO, inputs[2].shape(), g), inputs[2]);
            }
            return pulled;
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value sum = null;
            if (tangents[0] != null) {
                sum = t.apply(Products.CONTRACT, new Contraction("RI", "OI", "RO", null, true), rows(t, tangents[0]), inputs[1]);
            }
            if (tangents[1] != null) {
                Value second = t.apply(Products.CONTRACT, new Contraction("OI", "RI", "RO", null, true), tangents[1], rows(t, inputs[0]));
                sum = sum == null ? second : t.apply(Arithmetic.ADD, null, sum, second);
            }
            Value product = sum == null ? null : like(t, sum, output.shape());
            Value all = tangents[2] == null ? product : product == null ? tangents[2] : t.apply(Arithmetic.ADD, null, product, tangents[2]);
            return Linear.spread(t, all, output);
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            if (!areAlike(inputs) || !isLike(cotangent, output, inputs[0].dtype())) {
                return false;
            }
            Tensor g = ((Tensor) cotangent).contiguous();
            products((Tensor) inputs[0], (Tensor) inputs[1], g, sums);
            bias(g, sums);
            return true;
        }

        /** A product's rule with each factor in turn replaced by its tangent; the bias has none in it. */
        @Override
        public boolean pullAlong(Object options, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
                Value cotangentAlong, Sums sums, Sums along) {
            DType dtype = inputs[0].dtype();
            if (!areAlike(inputs) || cotangent != null && !isLike(cotangent, output, dtype) || cotangentAlong != null && !isLike(cotangentAlong, output, dtype)
                    || tangents[0] != null && !isLike(tangents[0], inputs[0], dtype) || tangents[1] != null && !isLike(tangents[1], inputs[1], dtype)) {
                return false;
            }
            if (cotangent != null) {
                Tensor g = ((Tensor) cotangent).contiguous();
                products((Tensor) inputs[0], (Tensor) inputs[1], g, sums);
                bias(g, sums);
                products((Tensor) tangents[0], (Tensor) tangents[1], g, along);
            }
            if (cotangentAlong != null) {
                Tensor g = ((Tensor) cotangentAlong).contiguous();
                products((Tensor) inputs[0], (Tensor) inputs[1], g, along);
                bias(g, along);
            }
            return true;
        }
    };

    private static final Trace EVALUATE = new Trace() {
        @Override
        public Value apply(Op op, Object options, Value... inputs) {
            return op.forward(options, inputs);
        }
    };

    private static boolean areAlike(Value[] inputs) {
        DType dtype = inputs[0].dtype();
        for (Value input : inputs) {
            if (!(input instanceof Tensor) || input.dtype() != dtype) {
                return false;
            }
        }
        return dtype == DType.FLOAT32 || dtype == DType.FLOAT64;
    }

    private static boolean isLike(Value one, Value other, DType dtype) {
        return one instanceof Tensor && one.dtype() == dtype && one.shape().equals(other.shape());
    }

    private static int rows(Tensor x) {
        return (int) rows(x.shape());
    }

    /** A value with all axes but the last made one. */
    private static Value rows(Trace t, Value x) {
        return like(t, x, Shape.of(rows(x.shape()), x.shape().dim(-1)));
    }

    private static long rows(Shape x) {
        long rows = 1;
        for (int axis = 0; axis < x.rank() - 1; axis++) {
            rows *= x.dim(axis);
        }
        return rows;
    }

    private static Value like(Trace t, Value x, Shape shape) {
        return x.shape().equals(shape) ? x : t.apply(Linear.RESHAPE, shape, x);
    }

    private static int step(Tensor t, int axis) {
        return (int) t.strides()[axis];
    }

    /** Adds the cotangents of x and weight, g W and g' x; either factor may be null. */
    private static void products(Tensor x, Tensor w, Tensor g, Sums sums) {
        int outputs = (int) g.shape().dim(-1);
        int rows = rows(g);
        boolean floats = g.dtype() == DType.FLOAT32;
        if (w != null && sums.wants(0)) {
            int inputs = (int) w.shape().dim(1);
            boolean add = !sums.begins(0);
            Matrices.product(rows, inputs, outputs, g, outputs, 1, w, step(w, 0), step(w, 1), floats ? sums.floats(0) : sums.doubles(0), add);
        }
        if (x != null && sums.wants(1)) {
            Tensor dense = x.contiguous();
            int inputs = (int) x.shape().dim(-1);
            boolean add = !sums.begins(1);
            Matrices.product(outputs, inputs, rows, g, 1, outputs, dense, inputs, 1, floats ? sums.floats(1) : sums.doubles(1), add);
            if (!add && floats && Matrices.isFinite(dense, g, rows, (long) outputs * inputs)) {
                sums.setFinite(1);
            }
        }
    }

    /** Adds the sums of g's columns. */
    private static void bias(Tensor g, Sums sums) {
        if (!sums.wants(2)) {
            return;
        }
        var reduced = new boolean[g.rank()];
        java.util.Arrays.fill(reduced, 0, g.rank() - 1, true);
        Storage made = Folds.fold(Folds.SUM, g, reduced, g.dtype());
        boolean begins = sums.begins(2);
        if (made instanceof Storage.Floats f) {
            float[] sum = sums.floats(2);
            for (int k = 0; k < sum.length; k++) {
                sum[k] = begins ? f.array[k] : sum[k] + f.array[k];
            }
        } else {
            double[] sum = sums.doubles(2);
            for (int k = 0; k < sum.length; k++) {
                sum[k] = begins ? made.getDouble(k) : sum[k] + made.getDouble(k);
            }
        }
    }
}
