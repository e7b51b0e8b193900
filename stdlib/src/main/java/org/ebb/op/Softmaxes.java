package org.ebb.op;

import org.ebb.tensor.Value;

/** Exponentials made to sum to 1, and their logarithms. */
public final class Softmaxes {

    private Softmaxes() {}

    public static final Op SOFTMAX = new Along("softmax", "x, axis=-1",
            "exp(x) divided by its sum along an axis, without overflow.",
            "print(softmax(tensor([0., 0.])))", "[0.5 0.5]") {

        @Override
        Folds.RowMap map(Axes axes) {
            return new Exponentials(false);
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[] {Linear.match(t, product(t, (Axes) options, output, cotangent), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return Linear.spread(t, product(t, (Axes) options, output, tangents[0]), output);
        }

        /** The Jacobian is symmetric: one rule serves both modes. */
        private static Value product(Trace t, Axes axes, Value output, Value g) {
            Value weighted = Reduction.scale(t, g, output);
            return t.apply(Arithmetic.SUB, null, weighted, Reduction.scale(t, sum(t, axes, weighted), output));
        }
    };

    public static final Op LOG_SOFTMAX = new Along("log_softmax", "x, axis=-1", "The logarithm of softmax(x), without overflow.",
            "print(log_softmax(tensor([0., 0.])))", "[-0.6931472 -0.6931472]") {

        @Override
        Folds.RowMap map(Axes axes) {
            return new Exponentials(true);
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value total = sum(t, (Axes) options, cotangent);
            Value pulled = t.apply(Arithmetic.SUB, null, cotangent,
                    Reduction.scale(t, total, t.apply(Functions.EXP, null, output)));
            return new Value[] {Linear.match(t, pulled, inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value mean = sum(t, (Axes) options, Reduction.scale(t, tangents[0], t.apply(Functions.EXP, null, output)));
            return Linear.spread(t, t.apply(Arithmetic.SUB, null, tangents[0], mean), output);
        }
    };
}
