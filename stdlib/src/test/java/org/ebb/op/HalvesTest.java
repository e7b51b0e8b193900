package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ebb.grad.Gradients;
import org.ebb.grad.Sites;
import org.ebb.grad.Tape;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Text;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Halves hold what they should, and every row on them is the row on float32, rounded. */
class HalvesTest {

    private static final DType[] HALVES = {DType.FLOAT16, DType.BFLOAT16};

    private static Storage.Halves one(DType dtype) {
        return (Storage.Halves) Storage.zeros(dtype, 1);
    }

    /** Every pattern of bits is read and written back, and its text reads back as the same. */
    @Test
    void holdEveryPattern() {
        for (DType dtype : HALVES) {
            var half = one(dtype);
            for (int bits = 0; bits < 1 << 16; bits++) {
                half.array[0] = (short) bits;
                double value = half.getDouble(0);
                half.setDouble(0, value);
                if (value == value) {
                    assertEquals((short) bits, half.array[0], dtype + " " + bits);
                }
                if (Double.isFinite(value)) {
                    half.setDouble(0, Double.parseDouble(Text.str(Tensor.of(half, Shape.SCALAR, Flavour.PLAIN))));
                    assertEquals((short) bits, half.array[0], dtype + " " + value + " is written as another");
                } else {
                    assertEquals(Double.toString(value), Double.toString(half.getDouble(0)));
                }
            }
        }
    }

    /** A double goes to the nearer of its neighbours, of two equally near ones to the even, in one rounding. */
    @Test
    void roundToTheNearest() {
        var random = new Random(5);
        for (DType dtype : HALVES) {
            var half = one(dtype);
            var next = one(dtype);
            for (int round = 0; round < 200_000; round++) {
                half.array[0] = (short) random.nextInt(dtype == DType.FLOAT16 ? 0x7bff : 0x7f7f);
                next.array[0] = (short) (half.array[0] + 1);
                double low = half.getDouble(0);
                double high = next.getDouble(0);
                double middle = low + (high - low) / 2;
                double x = switch (random.nextInt(4)) {
                    case 0 -> middle;
                    case 1 -> Math.nextUp(middle);
                    case 2 -> Math.nextDown(middle);
                    default -> low + random.nextDouble() * (high - low);
                };
                int nearer = new BigDecimal(x).subtract(new BigDecimal(low)).compareTo(new BigDecimal(high).subtract(new BigDecimal(x)));
                double expected = nearer < 0 || nearer == 0 && (half.array[0] & 1) == 0 ? low : high;
                half.setDouble(0, x);
                assertEquals(expected, half.getDouble(0), () -> dtype + " of " + x);
                half.setDouble(0, -x);
                assertEquals(-expected, half.getDouble(0), () -> dtype + " of " + -x);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> rowsAreThoseOfFloat32Rounded() {
        return Ops.all().stream().filter(op -> op != Linear.CAST).flatMap(op -> Sample.of(op).stream())
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> compare(sample)));
    }

    private static void compare(Sample sample) {
        DType dtype = HALVES[Math.floorMod(sample.toString().hashCode(), 2)];
        Value[] inputs = sample.inputs(new Random(sample.toString().hashCode()));
        Value[] wide = inputs.clone();
        boolean any = false;
        for (int k = 0; k < inputs.length; k++) {
            if (inputs[k] instanceof Tensor t && t.dtype().isFloat()) {
                inputs[k] = t.astype(dtype);
                wide[k] = ((Tensor) inputs[k]).astype(DType.FLOAT32);
                any = true;
            }
        }
        if (!any) {
            return;
        }
        Result expected = result(sample, wide);
        Result found = result(sample, inputs);
        boolean rounded = expected.output.dtype() == DType.FLOAT32;
        assertEquals(rounded ? dtype : expected.output.dtype(), found.output.dtype());
        assertEquals(expected.output.shape(), found.output.shape());
        assertArrayEquals(elements(rounded ? Dense.tensor(expected.output).astype(dtype) : expected.output), elements(found.output));
        for (int k = 0; k < expected.gradients.size(); k++) {
            assertEquals(dtype, found.gradients.get(k).dtype());
            assertArrayEquals(expected.gradients.get(k).astype(dtype).toDoubles(), found.gradients.get(k).toDoubles(), "gradient " + k);
        }
    }

    private record Result(Value output, List<Tensor> gradients) {}

    /** The value and the gradients of its sum. */
    private static Result result(Sample sample, Value[] inputs) {
        var tape = new Tape(new Sites());
        var gradients = new Gradients(tape);
        var before = tape.enter(true, true);
        Value[] given = inputs.clone();
        var variables = new ArrayList<Value>();
        for (int k = 0; k < given.length; k++) {
            if (given[k] instanceof Tensor t && t.dtype().isFloat()) {
                given[k] = tape.variable(t);
                variables.add(given[k]);
            }
        }
        Value output = tape.apply(sample.op(), sample.prepare(inputs), given);
        tape.restore(before);
        if (!output.dtype().isFloat() || !gradients.isTracked(output)) {
            return new Result(output, List.of());
        }
        Value[] found = gradients.gradients(List.of(output), variables, null, true, false, true, null);
        return new Result(output, Stream.of(found).map(v -> (Tensor) v).toList());
    }

    private static double[] elements(Value value) {
        return Dense.tensor(value).toDoubles();
    }
}
