package org.ebb.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ebb.op.Linear;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.op.Samples;
import org.ebb.op.Selection;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a mask hides stays hidden, wherever the row was evaluated: the gradient of {@code where(False, row(x), 0).sum()}, its own gradient, and
 * the tangents of both are exactly zero. A row of matrices meets regular ones only: what it cannot factor it refuses.
 */
class MaskedTest {

    private static final double[] SPECIAL = {0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e308};

    @TestFactory
    Stream<DynamicTest> hidesInEveryOrderAndMode() {
        return Ops.all().stream().filter(Op::differentiable).flatMap(op -> Samples.calls(op).stream())
                .map(call -> DynamicTest.dynamicTest(call.toString(), () -> check(call)));
    }

    private static void check(Samples.Call call) {
        var random = new Random(call.toString().hashCode());
        for (int round = 0; round < 4; round++) {
            Value[] inputs = call.inputs(random);
            for (Value input : inputs) {
                for (long i = 0; !call.isOfMatrices() && input.dtype().isFloat() && i < ((Tensor) input).size(); i++) {
                    ((Tensor) input).setDouble(i, SPECIAL[random.nextInt(SPECIAL.length)]);
                }
            }
            var tape = new Tape(new Sites());
            var gradients = new Gradients(tape);
            tape.enter(true, true);
            var variables = new ArrayList<Value>();
            Value[] given = inputs.clone();
            for (int k = 0; k < given.length; k++) {
                if (given[k].dtype().isFloat()) {
                    variables.add(given[k] = tape.variable(given[k]));
                }
            }
            var directions = variables.stream().map(v -> ones(v.shape())).toList();
            Value out = tape.apply(call.op(), call.prepare(given), given);
            Value hidden = tape.apply(Selection.WHERE, null, Tensor.zeros(DType.BOOL, out.shape(), Flavour.PLAIN), out, Scalar.of(0));
            Value sum = tape.apply(Linear.SUM_TO, Shape.SCALAR, hidden);
            if (!gradients.isTracked(sum)) {
                continue;
            }
            assertZero("tangent", Tangents.of(tape, List.of(sum), variables, directions));
            Value[] plain = gradients.gradients(List.of(sum), variables, null, true, false, true, null);
            assertZero("gradient", plain);
            Value[] first = gradients.gradients(List.of(sum), variables, null, true, true, true, null);
            assertZero("recorded gradient", first);
            assertZero("tangent of the gradient", Tangents.of(tape, List.of(first), variables, directions));
            var heads = Stream.of(first).filter(gradients::isTracked).toList();
            if (!heads.isEmpty()) {
                assertZero("second gradient", gradients.gradients(heads, variables, null, true, false, true, null));
            }
        }
    }

    private static Tensor ones(Shape shape) {
        Tensor ones = Tensor.zeros(DType.FLOAT64, shape, Flavour.PLAIN);
        for (long i = 0; i < ones.size(); i++) {
            ones.setDouble(i, 1);
        }
        return ones;
    }

    private static void assertZero(String what, Value[] values) {
        for (Value value : values) {
            switch (value) {
                case null -> { }
                case Scalar s -> assertEquals(0, s.value + 0.0, what);
                case Tensor t -> {
                    for (double d : t.toDoubles()) {
                        assertEquals(0, d + 0.0, what);
                    }
                }
            }
        }
    }
}
