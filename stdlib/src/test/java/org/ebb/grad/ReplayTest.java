package org.ebb.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.ebb.op.Arithmetic;
import org.ebb.op.Functions;
import org.ebb.op.Op;
import org.ebb.op.Reductions;
import org.ebb.op.Trigonometry;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Index;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Subscript;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;
import org.junit.jupiter.api.Test;

/** Backward that records itself, on tensors, views and writes: equal to the plain sweep, and right when differentiated again. */
class ReplayTest {

    private final Tape tape = new Tape(new Sites());
    private final Gradients gradients = new Gradients(tape);
    private final Writes writes = new Writes(tape);

    private static Tensor matrix(double... x) {
        return Tensor.of(new Storage.Doubles(x), Shape.of(2, 3), Flavour.PLAIN);
    }

    private Value apply(Op op, Value... inputs) {
        return tape.apply(op, null, inputs);
    }

    private Value sum(Value x) {
        Value[] inputs = {x};
        return tape.apply(Reductions.SUM, Reductions.SUM.prepare(new Object[] {null, false}, inputs), inputs);
    }

    /** A program with everything: broadcasting, a view, a write into it, a reduction, a scalar. */
    private Value loss(Tensor x) {
        Value y = apply(Arithmetic.MUL, apply(Trigonometry.SIN, x), x);
        Tensor a = (Tensor) apply(Arithmetic.ADD, y, Scalar.of(1));
        Tensor row = tape.viewed(Index.view(a, new Subscript.At(0)));
        writes.update(Arithmetic.MUL, row, tape.viewed(Index.view(x, new Subscript.At(1))));
        Tensor turned = tape.viewed(Views.transpose(a));
        Value s = sum(apply(Arithmetic.MUL, turned, turned));
        return apply(Arithmetic.MUL, apply(Functions.LOG, s), sum(apply(Functions.EXP, apply(Arithmetic.MUL, row, Scalar.of(0.1)))));
    }

    private double[] gradient(double[] at, boolean create) {
        Tensor x = matrix(at.clone());
        gradients.attach(x, Leaf.Request.WRITE);
        var before = tape.enter(true, true);
        Value loss = loss(x);
        tape.restore(before);
        return ((Tensor) gradients.gradients(List.of(loss), List.of(x), null, false, create, true, null)[0]).toDoubles();
    }

    private double value(double[] at) {
        return ((Scalar) loss(matrix(at.clone()))).value;
    }

    @Test
    void recordedAndPlainGradientsAgreeWithDifferences() {
        var random = new Random(5);
        for (int round = 0; round < 20; round++) {
            double[] at = random.doubles(6, 0.3, 1.5).toArray();
            double[] plain = gradient(at, false);
            assertArrayEquals(plain, gradient(at, true), 1e-12);
            for (int k = 0; k < at.length; k++) {
                double[] up = at.clone();
                double[] down = at.clone();
                up[k] += 1e-6;
                down[k] -= 1e-6;
                assertEquals((value(up) - value(down)) / 2e-6, plain[k], 1e-6 * (1 + Math.abs(plain[k])));
            }
        }
    }

    @Test
    void theGradientOfTheGradientIsItsDifference() {
        var random = new Random(6);
        for (int round = 0; round < 10; round++) {
            double[] at = random.doubles(6, 0.3, 1.5).toArray();
            double[] direction = random.doubles(6, -1, 1).toArray();
            Tensor x = matrix(at.clone());
            gradients.attach(x, Leaf.Request.WRITE);
            var before = tape.enter(true, true);
            Value d = gradients.gradients(List.of(loss(x)), List.of(x), null, true, true, true, null)[0];
            Value slope = sum(apply(Arithmetic.MUL, d, matrix(direction)));
            tape.restore(before);
            gradients.backward(List.of(slope), null, false, true, null);
            double[] product = gradients.leaf(x).grad.toDoubles();
            double[] up = at.clone();
            double[] down = at.clone();
            for (int k = 0; k < 6; k++) {
                up[k] += 1e-5 * direction[k];
                down[k] -= 1e-5 * direction[k];
            }
            double[] high = gradient(up, false);
            double[] low = gradient(down, false);
            for (int k = 0; k < 6; k++) {
                assertEquals((high[k] - low[k]) / 2e-5, product[k], 1e-5 * (1 + Math.abs(product[k])));
            }
        }
    }
}
