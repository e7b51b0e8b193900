package org.ebb.op;

import java.util.List;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Sums and what is made of them: mean, variance, norm, and the logarithm of a sum of exponentials. */
public final class Reductions {

    private Reductions() {}

    /** Linear: each element of the input has slope 1. */
    public static final Op SUM = new Reduction("sum", "The sum of the elements; of integers and booleans an int64.",
            "print(sum(tensor([[1., 2.], [3., 4.]]), axis=0))", "[4. 6.]") {

        @Override
        DType resultType(DType dtype, Flavour flavour) {
            return dtype.isFloat() ? dtype : DType.INT64;
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return Folds.SUM;
        }

        @Override
        public double divisor(Object options, Tensor input) {
            var axes = (Axes) options;
            return axes.axes().length == input.rank() ? 1 : 0;
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[] {Linear.spread(t, open(t, (Axes) options, cotangent, inputs[0]), inputs[0])};
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            return Lines.pullEvenly((Axes) options, inputs[0], cotangent, 1, sums);
        }

        @Override
        public boolean pullAlong(Object options, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
                Value cotangentAlong, Sums sums, Sums along) {
            return (cotangent == null || !sums.wants(0) || pull(options, inputs, output, cotangent, sums))
                    && (cotangentAlong == null || pull(options, inputs, output, cotangentAlong, along));
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return t.apply(this, options, tangents[0]);
        }
    };

    public static final Op MEAN = new Reduction("mean", "The mean of the elements; of integers a float32, of no elements nan.",
            "print(mean(tensor([1., 2., 3.])))", "2.0") {

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return (in, from, n, out, to) -> out.setDouble(to, Folds.sum(in, from, n) / n);
        }

        @Override
        public double divisor(Object options, Tensor input) {
            var axes = (Axes) options;
            return axes.axes().length == input.rank() ? input.size() : 0;
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var axes = (Axes) options;
            Value share = t.apply(Arithmetic.DIV, null, cotangent, Scalar.of(axes.count(inputs[0].shape())));
            return new Value[] {Linear.spread(t, open(t, axes, share, inputs[0]), inputs[0])};
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            return Lines.pullEvenly((Axes) options, inputs[0], cotangent, ((Axes) options).count(inputs[0].shape()), sums);
        }

        @Override
        public boolean pullAlong(Object options, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
                Value cotangentAlong, Sums sums, Sums along) {
            return (cotangent == null || !sums.wants(0) || pull(options, inputs, output, cotangent, sums))
                    && (cotangentAlong == null || pull(options, inputs, output, cotangentAlong, along));
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return t.apply(this, options, tangents[0]);
        }
    };

    public static final Op VAR = new Variance("var",
            "The variance: the mean square distance from the mean, divided by n - ddof instead of n.",
            "print(var(tensor([1., 3.])))", "1.0") {

        @Override
        double last(double variance) {
            return variance;
        }

        @Override
        Value slope(Trace t, Axes axes, Value input, Value open) {
            double n = axes.count(input.shape()) - axes.extra();
            return mul(t, deviation(t, axes, input), Scalar.of(2 / n));
        }
    };

    /** Where all elements are equal the slope is 0. */
    public static final Op STD = new Variance("std",
            "The standard deviation: the square root of the variance; its slope at 0 is 0.",
            "print(std(tensor([1., 3.])))", "1.0") {

        @Override
        double last(double variance) {
            return Math.sqrt(variance);
        }

        @Override
        Value slope(Trace t, Axes axes, Value input, Value open) {
            double n = axes.count(input.shape()) - axes.extra();
            return t.apply(Slopes.RATIO, null, deviation(t, axes, input), mul(t, open, Scalar.of(n)));
        }
    };

    private abstract static class Variance extends Reduction.Sloped {

        Variance(String name, String sentence, String call, String printed) {
            super(name, "x, axis=None, keepdims=False, ddof=0", sentence, call, printed);
        }

        abstract double last(double variance);

        @Override
        public List<String> samples() {
            return List.of("[2,3]", "[2,3] axis=0", "[2,3] axis=1 keepdims=True ddof=1", "[2,3,2] axis=(0,-1)", "[4]",
                    "[2,0,3] axis=0");
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            var axes = (Axes) super.prepare(values, inputs);
            return new Axes(axes.axes(), axes.keepdims(), Arguments.number(name, "ddof", values[2]));
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return (in, from, n, out, to) -> {
                double mean = Folds.sum(in, from, n) / n;
                out.setDouble(to, last(Folds.squares(in, from, n, mean) / Math.max(n - axes.extra(), 0)));
            };
        }

        static Value deviation(Trace t, Axes axes, Value input) {
            Value mean = t.apply(MEAN, new Axes(axes.axes(), true, 0), input);
            return t.apply(Arithmetic.SUB, null, input, mean);
        }
    }

    /** The slope at the origin is 0. Elements are divided by the largest before they are squared, so that nothing overflows. */
    public static final Op NORM = new Reduction.Sloped("norm", "x, ord=2, axis=None, keepdims=False",
            "The length of a vector: by default the root of the sum of squares, otherwise of any order, "
                    + "inf and -inf too; of order 0 the number of elements that are not 0. "
                    + "Its slope at 0 is 0.",
            "print(norm(tensor([3., 4.])))", "5.0") {

        @Override
        public List<String> samples() {
            return List.of("[2,3]", "[2,3] axis=0", "[2,3] axis=1 keepdims=True", "[2,3] ord=1 axis=1", "[2,3] ord=3 axis=1",
                    "[2,3] ord=inf axis=0", "[2,3] ord=-inf axis=0", "[2,3] ord=-1.5 axis=0", "[2,3] ord=0 axis=1", "[4]",
                            "[]", "[1]", "[2,0,3] axis=0");
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            if (values[1] == null && values[2] == Boolean.FALSE && values[0] instanceof Long ord && ord == 2) {
                return Axes.all(inputs[0].shape().rank(), 2);
            }
            double order = values[0] == null ? 2 : Arguments.number(name, "ord", values[0]);
            var axes = (Axes) super.prepare(new Object[] {values[1], values[2]}, inputs);
            return new Axes(axes.axes(), axes.keepdims(), order);
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            boolean single = flavour == Flavour.ND && axes.extra() == 2;
            return (in, from, n, out, to) -> out.setDouble(to, single && out.dtype() == DType.FLOAT32
                    ? Folds.norm32(in, from, n)
                    : Folds.norm(in, from, n, axes.extra()));
        }

        @Override
        Value slope(Trace t, Axes axes, Value input, Value open) {
            double order = axes.extra();
            if (order == 2) {
                return t.apply(Slopes.RATIO, null, input, open);
            }
            if (order == 0) {
                return t.apply(Rounding.ZEROS_LIKE, null, input);
            }
            Value sign = t.apply(Rounding.SIGN, null, input);
            if (order == 1) {
                return sign;
            }
            Value size = t.apply(Selection.ABS, null, input);
            if (Double.isInfinite(order)) {
                return mul(t, t.apply(order > 0 ? Extremes.MAX_SHARE : Extremes.MIN_SHARE, axes, size), sign);
            }
            Value relative = t.apply(Slopes.RATIO, null, size, open);
            return mul(t, t.apply(Arithmetic.POW, null, relative, Scalar.of(order - 1)), sign);
        }
    };

    public static final Op LOGSUMEXP = new Reduction.Sloped("logsumexp",
            "log(sum(exp(x))) without overflow; of no elements -inf.",
            "print(logsumexp(tensor([0., 0.])))", "0.6931472") {

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return (in, from, n, out, to) -> {
                double max = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    max = Math.max(max, in.getDouble(from + i));
                }
                if (Double.isInfinite(max)) {
                    out.setDouble(to, max);
                    return;
                }
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += Math.exp(in.getDouble(from + i) - max);
                }
                out.setDouble(to, max + Math.log(sum));
            };
        }

        @Override
        public boolean readsOutput() {
            return false;
        }

        @Override
        Value slope(Trace t, Axes axes, Value input, Value open) {
            return t.apply(Softmaxes.SOFTMAX, axes, input);
        }
    };

    /** How many elements are not 0: an int64. */
    public static final Op COUNT_NONZERO = new Reduction("count_nonzero", "The number of elements that are not 0.",
            "print(count_nonzero(tensor([0., 2., 3.])))", "2") {

        @Override
        DType resultType(DType dtype, Flavour flavour) {
            return DType.INT64;
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return (in, from, n, out, to) -> {
                long count = 0;
                for (int i = 0; i < n; i++) {
                    count += in.getDouble(from + i) != 0 ? 1 : 0;
                }
                out.setLong(to, count);
            };
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
}
