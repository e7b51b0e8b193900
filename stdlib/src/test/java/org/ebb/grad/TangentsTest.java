package org.ebb.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.Test;

/** Forward mode over the tape: the adjoint of backward, and differentiable itself. */
class TangentsTest {

    private final Tape tape = new Tape(new Sites());
    private final Gradients gradients = new Gradients(tape);

    @Test
    void forwardAndReverseAreAdjoint() {
        var random = new Random(11);
        for (int round = 0; round < 100; round++) {
            Program program = Program.random(random, 3, 1 + random.nextInt(100));
            var before = tape.enter(true, true);
            Value[] x = new Value[3];
            Value[] direction = new Value[3];
            for (int k = 0; k < 3; k++) {
                x[k] = tape.variable(Scalar.of(0.5 + random.nextDouble()));
                direction[k] = Scalar.of(random.nextDouble() - 0.5);
            }
            Value y = program.run(tape, x);
            tape.restore(before);
            double forward = ((Scalar) Tangents.of(tape, List.of(y), List.of(x), List.of(direction))[0]).value;
            Value[] g = gradients.gradients(List.of(y), List.of(x), null, false, false, true, null);
            double reverse = 0;
            for (int k = 0; k < 3; k++) {
                reverse += ((Scalar) g[k]).value * ((Scalar) direction[k]).value;
            }
            assertEquals(reverse, forward, 1e-9 * (1 + Math.abs(reverse)), "seed 11 round " + round);
        }
    }

    @Test
    void reverseOverForwardIsForwardOverReverse() {
        var random = new Random(12);
        for (int round = 0; round < 50; round++) {
            Program program = Program.random(random, 2, 1 + random.nextInt(15));
            var before = tape.enter(true, true);
            Value[] x = {tape.variable(Scalar.of(0.7)), tape.variable(Scalar.of(1.1))};
            Value y = program.run(tape, x);
            List<Value> direction = List.of(Scalar.of(0.3), Scalar.of(-0.8));
            Value t = Tangents.of(tape, List.of(y), List.of(x), direction)[0];
            Value[] g = gradients.gradients(List.of(y), List.of(x), null, true, true, true, null);
            Value[] forwardOverReverse = Tangents.of(tape, List.of(g), List.of(x), direction);
            tape.restore(before);
            for (int k = 0; k < 2; k++) {
                double expected = forwardOverReverse[k] == null ? 0 : ((Scalar) forwardOverReverse[k]).value;
                double actual = gradients.isTracked(t)
                        ? ((Scalar) gradients.gradients(List.of(t), List.of(x), null, true, false, true, null)[k]).value : 0;
                assertEquals(expected, actual, 1e-8 * (1 + Math.abs(expected)), "seed 12 round " + round);
            }
        }
    }
}
