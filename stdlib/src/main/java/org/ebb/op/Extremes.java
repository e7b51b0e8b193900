package org.ebb.op;

import java.util.ArrayList;
import java.util.List;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Kernels;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Value;

/** The largest and the smallest, their places, the product, and questions about all elements. */
public final class Extremes {

    private Extremes() {}

    /** Equal extremes share the gradient evenly. */
    public static final Op MAX = new Extreme("max", 1,
            "The largest element, nan if there is one; equal ones share the gradient evenly.",
            "print(max(tensor([1., 3., 2.])))", "3.0");

    public static final Op MIN = new Extreme("min", -1,
            "The smallest element, nan if there is one; equal ones share the gradient evenly.",
            "print(min(tensor([1., 3., 2.])))", "1.0");

    /** How the gradient of {@link #MAX} is shared: 1 / (number of largest elements) for those, else 0; in the input's shape. */
    static final Op MAX_SHARE = new Share("_max_share", 1);
    static final Op MIN_SHARE = new Share("_min_share", -1);

    public static final Op ARGMAX = new Place("argmax", 1, "The place of the largest element: the first of equals.",
            "print(argmax(tensor([1., 3., 2.])))", "1");

    public static final Op ARGMIN = new Place("argmin", -1, "The place of the smallest element: the first of equals.",
            "print(argmin(tensor([1., 3., 2.])))", "0");

    public static final Op ALL = new Question("all", "Are all elements true (not 0)? Of none: True.",
            "print(all(tensor([1., 0.])))", "False") {

        @Override
        boolean answer(Storage in, int from, int n) {
            for (int i = 0; i < n; i++) {
                if (in.getDouble(from + i) == 0) {
                    return false;
                }
            }
            return true;
        }
    };

    public static final Op ANY = new Question("any", "Is any element true (not 0)? Of none: False.",
            "print(any(tensor([1., 0.])))", "True") {

        @Override
        boolean answer(Storage in, int from, int n) {
            for (int i = 0; i < n; i++) {
                if (in.getDouble(from + i) != 0) {
                    return true;
                }
            }
            return false;
        }
    };

    /** Exact with zeros: no element is divided by. */
    public static final Op PROD = new Reduction("prod", "The product of the elements; of integers an int64, of none 1.",
            "print(prod(tensor([2., 3., 4.])))", "24.0") {

        @Override
        DType resultType(DType dtype, Flavour flavour) {
            return dtype.isFloat() ? dtype : DType.INT64;
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return (in, from, n, out, to) -> {
                double product = 1;
                long whole = 1;
                for (int i = 0; i < n; i++) {
                    product *= in.getDouble(from + i);
                    whole *= in.dtype().isFloat() ? 1 : in.getLong(from + i);
                }
                if (out.dtype().isFloat()) {
                    out.setDouble(to, product);
                } else {
                    out.setLong(to, whole);
                }
            };
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var halving = new Halving(t, (Axes) options, inputs[0]);
            return new Value[] {Linear.match(t, halving.pull(cotangent), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            var halving = new Halving(t, (Axes) options, inputs[0]);
            return Linear.spread(t, t.apply(Linear.RESHAPE, output.shape(), halving.push(tangents[0])), output);
        }
    };

    /**
     * The product by halving: rows padded with ones to a power of two, then left half times right half until one column is
     * left. Its derivative multiplies what is there and never divides. See Note [Product].
     */
    private static final class Halving {
        private final Trace t;
        private final Shape shape;
        private final Window arrange;
        private final Shape rows;
        private final Window pad;
        private final List<Value> levels = new ArrayList<>();

        Halving(Trace t, Axes axes, Value x) {
            this.t = t;
            this.shape = x.shape();
            this.arrange = Rearranging.permute(shape, Folds.order(axes.reduced(shape.rank())));
            long n = axes.count(shape);
            long count = n == 0 ? axes.result(shape, Flavour.PLAIN).size() : shape.size() / n;
            this.rows = Shape.of(count, n);
            long wide = n <= 1 ? 1 : Long.highestOneBit(n - 1) * 2;
            Shape padded = Shape.of(count, wide);
            this.pad = new Window.Strided(padded, rows, padded.strides(), 0);
            Value level = t.apply(Linear.BROADCAST_TO, padded, Scalar.of(1, x.dtype(), x.flavour()));
            level = t.apply(Windows.PUT, pad, level, arranged(x));
            for (levels.add(level); level.shape().dim(1) > 1; levels.add(level)) {
                level = t.apply(Arithmetic.MUL, null, half(level, 0), half(level, 1));
            }
        }

        private Value arranged(Value v) {
            return t.apply(Linear.RESHAPE, rows, t.apply(Windows.VIEW, arrange, v));
        }

        private static Window window(Shape shape, int side) {
            long width = shape.dim(1) / 2;
            return new Window.Strided(shape, Shape.of(shape.dim(0), width), shape.strides(), side * width);
        }

        private Value half(Value level, int side) {
            return t.apply(Windows.VIEW, window(level.shape(), side), level);
        }

        Value pull(Value cotangent) {
            Value g = t.apply(Linear.RESHAPE, levels.getLast().shape(), cotangent);
            for (int k = levels.size() - 2; k >= 0; k--) {
                Value level = levels.get(k);
                Value left = t.apply(Windows.UNVIEW, window(level.shape(), 0), Reduction.scale(t, g, half(level, 1)));
                Value right = t.apply(Windows.UNVIEW, window(level.shape(), 1), Reduction.scale(t, g, half(level, 0)));
                g = t.apply(Arithmetic.ADD, null, left, right);
            }
            Value unpadded = t.apply(Linear.RESHAPE, arrange.shape(), t.apply(Windows.VIEW, pad, g));
            return t.apply(Windows.UNVIEW, arrange, unpadded);
        }

        Value push(Value tangent) {
            Value g = t.apply(Windows.UNVIEW, pad, arranged(tangent));
            for (int k = 0; k < levels.size() - 1; k++) {
                Value level = levels.get(k);
                Value left = Reduction.scale(t, half(g, 0), half(level, 1));
                Value right = Reduction.scale(t, half(g, 1), half(level, 0));
                g = t.apply(Arithmetic.ADD, null, left, right);
            }
            return g;
        }
    }

    /** The place of the extreme among n elements; floats by the kernels, in which nan wins. */
    private static int place(Storage in, int from, int n, int sign) {
        return switch (in) {
            case Storage.Pieces _ -> throw Storage.Pieces.tooMany(sign > 0 ? "argmax" : "argmin");
            case Storage.Floats f when sign > 0 -> Kernels.fastest().argmax(f.array, from, 1, n);
            case Storage.Floats f -> Kernels.fastest().argmin(f.array, from, 1, n);
            case Storage.Doubles d when sign > 0 -> Kernels.fastest().argmax(d.array, from, 1, n);
            case Storage.Doubles d -> Kernels.fastest().argmin(d.array, from, 1, n);
            case Storage.Halves _ -> throw new IllegalStateException("halves are widened before");
            case Storage.Longs _, Storage.Ints _, Storage.Bools _ -> {
                int best = 0;
                for (int i = 1; i < n; i++) {
                    if (Long.compare(in.getLong(from + i), in.getLong(from + best)) * sign > 0) {
                        best = i;
                    }
                }
                yield best;
            }
        };
    }

    /** The element at {@link #place}. */
    private static float extreme(float[] a, int at, int n, int sign) {
        float best = a[at];
        for (int i = at; i < at + n; i++) {
            if (a[i] != a[i]) {
                return a[i];
            }
            best = sign * a[i] > sign * best ? a[i] : best;
        }
        return best;
    }

    private static final class Extreme extends Reduction.Sloped {
        private final int sign;

        Extreme(String name, int sign, String sentence, String call, String printed) {
            super(name, sentence, call, printed);
            this.sign = sign;
        }

        @Override
        DType resultType(DType dtype, Flavour flavour) {
            return dtype;
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return new Folds.Fold() {

                @Override
                public void run(Storage in, int from, int n, Storage out, int to) {
                    int place = from + place(in, from, n, sign);
                    if (out.dtype().isFloat()) {
                        out.setDouble(to, in.getDouble(place));
                    } else {
                        out.setLong(to, in.getLong(place));
                    }
                }

                @Override
                public void rows(Storage in, int from, int n, int count, Storage out) {
                    if (n > Folds.SHORT || !(in instanceof Storage.Floats f) || !(out instanceof Storage.Floats g)) {
                        Folds.Fold.super.rows(in, from, n, count, out);
                        return;
                    }
                    Glance.blocks(count, (begin, end) -> {
                        for (int row = begin; row < end; row++) {
                            g.array[row] = extreme(f.array, from + row * n, n, sign);
                        }
                    });
                }
            };
        }

        @Override
        boolean ofNothing() {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return false;
        }

        @Override
        Op product() {
            return Slopes.GATE;
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            return Lines.pullExtreme((Axes) options, inputs[0], cotangent, sign, sums);
        }

        @Override
        Value slope(Trace t, Axes axes, Value input, Value open) {
            return t.apply(sign > 0 ? MAX_SHARE : MIN_SHARE, axes, input);
        }
    }

    private static final class Share extends Along {
        private final int sign;

        Share(String name, int sign) {
            super(name, name + "(x, axis=None)", "The part of the gradient of max or min that each element gets.");
            this.sign = sign;
        }

        @Override
        Folds.RowMap map(Axes axes) {
            return (in, from, n, out, to) -> {
                double best = in.getDouble(from + place(in, from, n, sign));
                int ties = 0;
                for (int i = 0; i < n; i++) {
                    double x = in.getDouble(from + i);
                    ties += x == best || x != x ? 1 : 0;
                }
                for (int i = 0; i < n; i++) {
                    double x = in.getDouble(from + i);
                    out.setDouble(to + i, x == best || x != x ? 1.0 / ties : 0);
                }
            };
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    /** A reduction with a constant result. */
    private abstract static class Constant extends Reduction {

        Constant(String name, String sentence, String call, String printed) {
            super(name, sentence, call, printed);
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
    }

    private static final class Place extends Constant {
        private final int sign;

        Place(String name, int sign, String sentence, String call, String printed) {
            super(name, sentence, call, printed);
            this.sign = sign;
        }

        @Override
        DType resultType(DType dtype, Flavour flavour) {
            return flavour == Flavour.ND ? DType.FLOAT32 : DType.INT64;
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return (in, from, n, out, to) -> out.setLong(to, place(in, from, n, sign));
        }

        @Override
        boolean ofNothing() {
            return false;
        }
    }

    private abstract static class Question extends Constant {

        Question(String name, String sentence, String call, String printed) {
            super(name, sentence, call, printed);
        }

        abstract boolean answer(Storage in, int from, int n);

        @Override
        DType resultType(DType dtype, Flavour flavour) {
            return flavour == Flavour.ND ? DType.FLOAT32 : DType.BOOL;
        }

        @Override
        Folds.Fold fold(Axes axes, Flavour flavour) {
            return (in, from, n, out, to) -> out.setLong(to, answer(in, from, n) ? 1 : 0);
        }
    }
}

// Note [Product]
// The slope of a product along one factor is the product of the others. Dividing the whole product by the factor fails at 0;
// multiplying all others for each factor is quadratic. Halving does it in about 2n products, and because it is made of
// recorded operations its derivatives of any order follow.
