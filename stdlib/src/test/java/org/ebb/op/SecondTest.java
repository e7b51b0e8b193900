package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ebb.grad.Gradients;
import org.ebb.grad.Second;
import org.ebb.grad.Sites;
import org.ebb.grad.Tape;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Second derivatives along a direction are those that recorded gradients have, for every row and for programs of numbers. */
class SecondTest {

    private final Tape tape = new Tape(new Sites());
    private final Gradients gradients = new Gradients(tape);

    @TestFactory
    Stream<DynamicTest> isTheGradientOfTheGradient() {
        return Ops.all().stream().filter(Op::differentiable).flatMap(op -> Sample.of(op).stream())
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> compare(sample)));
    }

    private void compare(Sample sample) {
        var random = new Random(sample.toString().hashCode());
        var before = tape.enter(true, true);
        Value[] inputs = sample.inputs(random);
        List<Value> variables = new ArrayList<>();
        List<Value> directions = new ArrayList<>();
        for (int k = 0; k < inputs.length; k++) {
            boolean constant = !inputs[k].dtype().isFloat() || !hasRule(sample.op(), k) || inputs.length > 1 && random.nextInt(4) == 0;
            if (!constant) {
                inputs[k] = tape.variable(inputs[k]);
                variables.add(tape.handle(inputs[k]));
                directions.add(filled(inputs[k].shape(), random));
            }
        }
        Object options = sample.prepare(inputs);
        Value out = tape.apply(sample.op(), options, inputs);
        Value weighted = tape.apply(Arithmetic.MUL, null, tape.apply(Arithmetic.MUL, null, out, out), filled(out.shape(), random));
        Value head = tape.apply(Linear.SUM_TO, Shape.SCALAR, weighted);
        if (!gradients.isTracked(head) || variables.isEmpty()) {
            tape.restore(before);
            return;
        }
        Value[] first = gradients.gradients(List.of(head), variables, null, true, true, true, null);
        Value slope = Scalar.of(0);
        for (int k = 0; k < first.length; k++) {
            Value product = tape.apply(Arithmetic.MUL, null, first[k], directions.get(k));
            slope = tape.apply(Arithmetic.ADD, null, slope, tape.apply(Linear.SUM_TO, Shape.SCALAR, product));
        }
        tape.restore(before);
        Value[] found = new Second(tape, gradients, head, variables, null).product(directions);
        Value[] again = new Second(tape, gradients, head, variables, null).product(directions);
        Value[] expected = gradients.isTracked(slope) ? gradients.gradients(List.of(slope), variables, null, true, false, true, null) : null;
        for (int k = 0; k < found.length; k++) {
            double[] h = Dense.tensor(found[k]).toDoubles();
            assertArrayEquals(h, Dense.tensor(again[k]).toDoubles());
            for (int i = 0; i < h.length; i++) {
                double e = expected == null ? 0 : Dense.tensor(expected[k]).toDoubles()[i];
                assertEquals(e, h[i], 1e-9 * (1 + Math.abs(e)), sample + ": variable " + k + ", element " + i);
            }
        }
    }

    /**
     * Along an input without a slope, such as the order of a Bessel function, the gradient is 0 although other slopes change with it: the
     * matrix is not symmetric there. The library refuses to differentiate along those.
     */
    private static boolean hasRule(Op op, int k) {
        return !(op instanceof Elementwise row) || row.slope(k) != null;
    }

    private static Tensor filled(Shape shape, Random random) {
        Tensor t = Tensor.zeros(DType.FLOAT64, shape, Flavour.PLAIN);
        for (long i = 0; i < t.size(); i++) {
            t.setDouble(i, random.nextDouble() - 0.5);
        }
        return t;
    }

    /** Numbers by every row that takes one or two of them. */
    @TestFactory
    Stream<DynamicTest> numbersToo() {
        return Ops.all().stream().filter(op -> op instanceof Elementwise e && e.differentiable())
                .map(op -> DynamicTest.dynamicTest(op.name, () -> {
                    var row = (Elementwise) op;
                    var random = new Random(op.name.hashCode());
                    for (int round = 0; round < 20; round++) {
                        numbers(row, random, round);
                    }
                }));
    }

    private void numbers(Elementwise row, Random random, int round) {
        var before = tape.enter(true, true);
        List<Value> x = new ArrayList<>();
        List<Value> directions = new ArrayList<>();
        Value[] inputs = new Value[row.arity];
        for (int k = 0; k < row.arity; k++) {
            inputs[k] = Scalar.of(Sample.draw(random, row.domain(k)));
            if (hasRule(row, k)) {
                inputs[k] = tape.variable(inputs[k]);
                x.add(inputs[k]);
                directions.add(Scalar.of(random.nextDouble() - 0.5));
            }
        }
        Value out = tape.apply(row, null, inputs);
        Value y = tape.apply(Arithmetic.MUL, null, out, tape.apply(Arithmetic.MUL, null, out, x.getFirst()));
        Value[] first = gradients.gradients(List.of(y), x, null, true, true, true, null);
        Value slope = Scalar.of(0);
        for (int k = 0; k < first.length; k++) {
            slope = tape.apply(Arithmetic.ADD, null, slope, tape.apply(Arithmetic.MUL, null, first[k], directions.get(k)));
        }
        tape.restore(before);
        Value[] found = new Second(tape, gradients, y, x, null).product(directions);
        Value[] expected = gradients.gradients(List.of(slope), x, null, true, false, true, null);
        for (int k = 0; k < found.length; k++) {
            double e = ((Scalar) expected[k]).value;
            assertEquals(e, ((Scalar) found[k]).value, 1e-9 * (1 + Math.abs(e)), "input " + k + " round " + round);
        }
    }

    /** sqrt at 0 times 0: the branch that is not taken contributes nothing, also to second derivatives. */
    @Test
    void absentIsNotZero() {
        var before = tape.enter(true, true);
        Value x = tape.variable(LawsTest.tensor(Shape.of(2), 0, 4));
        Value root = tape.apply(Functions.SQRT, null, x);
        Value y = tape.apply(Linear.SUM_TO, Shape.SCALAR,
                tape.apply(Arithmetic.MUL, null, root, LawsTest.tensor(Shape.of(2), 0, 1)));
        tape.restore(before);
        Value[] found = new Second(tape, gradients, y, List.of(tape.handle(x)), null).product(List.of(LawsTest.tensor(Shape.of(2), 0, 1)));
        assertArrayEquals(new double[] {0, -1 / 32.0}, ((Tensor) found[0]).toDoubles());
    }
}
