package org.ebb.op;

import java.util.List;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * A row that folds some axes of a tensor into one element each. Options: {@link Axes}. A subclass says how, and its derivative.
 */
abstract class Reduction extends Op {

    private static final List<String> SAMPLES = List.of("[2,3]", "[2,3] axis=0", "[2,3] axis=1 keepdims=True",
            "[2,3,2] axis=(0,-1)", "[4]",
            "[]", "[1]", "[2,0,3] axis=0", "[2,3] keepdims=True");

    Reduction(String name, String parameters, String sentence, String call, String printed) {
        super(name, name + "(" + parameters + ")", sentence + """


                x: a tensor; axis: an int, a tuple of ints, or None for all axes; keepdims: whether each axis that goes leaves a
                size of 1.
                Raises ValueError for an axis that x does not have.

                >>>\s""" + call + "\n" + printed);
    }

    Reduction(String name, String sentence, String call, String printed) {
        this(name, "x, axis=None, keepdims=False", sentence, call, printed);
    }

    @Override
    public List<String> samples() {
        return SAMPLES;
    }

    /** {@code values}: axis, keepdims. */
    @Override
    public Object prepare(Object[] values, Value[] inputs) {
        boolean keepdims = Arguments.truth(name, "keepdims", values[1]);
        return values[0] == null && !keepdims ? Axes.all(inputs[0].shape().rank())
                : new Axes(Arguments.axes(name, values[0], inputs[0].shape()), keepdims, 0);
    }

    /** The dtype of the result for that of the input. */
    DType resultType(DType dtype, Flavour flavour) {
        return dtype.isFloat() ? dtype : DType.FLOAT32;
    }

    /** How a row of elements becomes one. */
    abstract Folds.Fold fold(Axes axes, Flavour flavour);

    /** Has the fold of no elements a value? */
    boolean ofNothing() {
        return true;
    }

    @Override
    public final Value forward(Object options, Value[] inputs) {
        var axes = (Axes) options;
        Tensor x = Dense.tensor(inputs[0]);
        if (!ofNothing() && axes.count(x.shape()) == 0 && axes.result(x.shape(), x.flavour()).size() > 0) {
            throw badValue("no elements along the axes that go, in shape " + x.shape());
        }
        DType dtype = resultType(x.dtype(), x.flavour());
        if (axes.axes().length == x.rank() && !axes.keepdims() && x.flavour() != Flavour.ND && x.isContiguous()
                && !Promotion.isWeak(inputs[0])) {
            Folds.Fold fold = fold(axes, x.flavour());
            if (fold == Folds.SUM && (dtype == DType.FLOAT32 || dtype == DType.FLOAT64)) {
                return Scalar.of(Folds.sum(x.cell.storage, (int) x.offset, (int) x.size()), dtype, x.flavour());
            }
            Storage one = Storage.zeros(dtype, 1);
            fold.run(x.cell.storage, (int) x.offset, (int) x.size(), one, 0);
            return Dense.result(one, Shape.SCALAR, x.flavour());
        }
        Storage out = Folds.fold(fold(axes, x.flavour()), x, axes.reduced(x.rank()), dtype);
        Value result = Dense.result(out, axes.result(x.shape(), x.flavour()), x.flavour());
        return Promotion.isWeak(inputs[0]) && dtype.isFloat() ? Linear.CAST.forward(Linear.To.WEAK, new Value[] {result})
                : result;
    }

    /** A value of the result's shape with the axes that went put back as ones, so that it broadcasts with the input. */
    static Value open(Trace t, Axes axes, Value result, Value input) {
        Shape kept = axes.kept(input.shape());
        return result.shape().equals(kept) ? result : t.apply(Linear.RESHAPE, kept, result);
    }

    /** The sum over the axes that went, in the shape of the result. */
    static Value sum(Trace t, Axes axes, Value terms) {
        return t.apply(Reductions.SUM, axes, terms);
    }

    static Value mul(Trace t, Value a, Value b) {
        return t.apply(Arithmetic.MUL, null, a, b);
    }

    static Value scale(Trace t, Value g, Value slope) {
        return t.apply(Slopes.SCALE, null, g, slope);
    }

    /** A reduction whose derivative is a slope for each element of the input: the rule of both modes. */
    abstract static class Sloped extends Reduction {

        Sloped(String name, String parameters, String sentence, String call, String printed) {
            super(name, parameters, sentence, call, printed);
        }

        Sloped(String name, String sentence, String call, String printed) {
            super(name, sentence, call, printed);
        }

        /**
         * The slope of the result along each element of the input, in the input's shape; {@code open} is the result that
         * broadcasts with it, or null for a row that does not read its result.
         */
        abstract Value slope(Trace t, Axes axes, Value input, Value open);

        /** Of a result that the slope does not read only the outline was kept: there is nothing to open. */
        private Value opened(Trace t, Axes axes, Value output, Value input) {
            return readsOutput() ? open(t, axes, output, input) : null;
        }

        Op product() {
            return Slopes.SCALE;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var axes = (Axes) options;
            Value slope = slope(t, axes, inputs[0], opened(t, axes, output, inputs[0]));
            return new Value[] {Linear.match(t, t.apply(product(), null, open(t, axes, cotangent, inputs[0]), slope), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            var axes = (Axes) options;
            Value slope = slope(t, axes, inputs[0], opened(t, axes, output, inputs[0]));
            return Linear.spread(t, sum(t, axes, t.apply(product(), null, tangents[0], slope)), output);
        }
    }
}
