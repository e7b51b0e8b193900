package org.ebb.grad;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ebb.op.Arithmetic;
import org.ebb.op.Elementwise;
import org.ebb.op.Functions;
import org.ebb.op.Op;
import org.ebb.op.Trigonometry;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Value;

/** A random straight line of scalar operations, to be run on any tape and on plain doubles. */
record Program(int inputs, List<Step> steps) {

    record Step(Elementwise op, int left, int right) {}

    private static final List<Elementwise> ROWS = List.of(Arithmetic.ADD, Arithmetic.SUB, Arithmetic.MUL, Arithmetic.DIV,
            Arithmetic.NEG, Functions.EXP, Functions.LOG, Functions.SQRT, Trigonometry.SIN, Trigonometry.COS, Trigonometry.TANH,
            Arithmetic.SQUARE, Arithmetic.POW, Trigonometry.ARCTAN);

    /** Values stay between about 0.3 and 3, where every row is smooth. */
    static Program random(Random random, int inputs, int length) {
        var steps = new ArrayList<Step>();
        for (int k = 0; k < length; k++) {
            steps.add(new Step(ROWS.get(random.nextInt(ROWS.size())), random.nextInt(inputs + k), random.nextInt(inputs + k)));
        }
        return new Program(inputs, steps);
    }

    /** Each result r is brought back into range as 1 + sin(r) / 2. */
    Value run(Tape tape, Value[] x) {
        var values = new ArrayList<Value>(List.of(x));
        Value sum = x[0];
        for (Step step : steps) {
            Value a = values.get(step.left);
            Value r = step.op.arity == 1 ? apply(tape, step.op, a) : apply(tape, step.op, a, values.get(step.right));
            Value bounded = apply(tape, Arithmetic.ADD, apply(tape, Arithmetic.MUL, apply(tape, Trigonometry.SIN, r), Scalar.of(0.5)), Scalar.of(1));
            values.add(bounded);
            sum = apply(tape, Arithmetic.ADD, sum, bounded);
        }
        return sum;
    }

    private static Value apply(Tape tape, Op op, Value... inputs) {
        return tape.apply(op, null, inputs);
    }

    double value(double[] x) {
        Value[] scalars = new Value[x.length];
        for (int k = 0; k < x.length; k++) {
            scalars[k] = Scalar.of(x[k]);
        }
        return ((Scalar) run(new Tape(new Sites()), scalars)).value;
    }

    /** Central differences. */
    double[] differences(double[] x, double step) {
        double[] slopes = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[k] += step;
            down[k] -= step;
            slopes[k] = (value(up) - value(down)) / (2 * step);
        }
        return slopes;
    }
}
