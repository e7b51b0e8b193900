package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Json;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What others compute for the same calls: values, shapes and dtypes of NumPy, values and gradients of PyTorch. */
class ReferenceTest {

    @TestFactory
    Stream<DynamicTest> valuesAreThoseOfNumPy() {
        return cases("numpy.jsonl", (c, sample, inputs) -> compare(c, "value", call(sample, inputs)));
    }

    @TestFactory
    Stream<DynamicTest> valuesAndGradientsAreThoseOfPyTorch() {
        return cases("torch.jsonl", (c, sample, inputs) -> {
            Value out = call(sample, inputs);
            compare(c, "value", out);
            boolean[] wanted = new boolean[inputs.length];
            Arrays.fill(wanted, true);
            Value head = tensor(c.get("head"));
            Value[] pulled = sample.op().vjp(Rewind.EVALUATE, sample.prepare(inputs), inputs, out, head, wanted);
            List<?> grads = (List<?>) c.get("grads");
            for (int k = 0; k < inputs.length; k++) {
                Value g = pulled[k] == null ? Rounding.ZEROS_LIKE.forward(inputs[k]) : pulled[k];
                LawsTest.assertClose(tensor(grads.get(k)), g, 1e-9);
            }
        });
    }

    private interface Check {
        void run(Map<?, ?> c, Sample sample, Value[] inputs);
    }

    private static Stream<DynamicTest> cases(String file, Check check) {
        var lines = new ArrayList<String>();
        try (var in = ReferenceTest.class.getResourceAsStream(file)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return lines.stream().map(line -> {
            var c = (Map<?, ?>) Json.parse(line);
            var inputs = ((List<?>) c.get("inputs")).stream().map(ReferenceTest::tensor).toArray(Value[]::new);
            var text = new StringBuilder();
            for (Value input : inputs) {
                String dims = input.shape().toString().replaceAll("[( ]", "").replaceAll(",?\\)", "");
                text.append('[').append(dims).append("]:").append(input.dtype().text).append(' ');
            }
            text.append(c.get("options"));
            return DynamicTest.dynamicTest(c.get("op") + " " + text, () -> {
                Op op = Ops.named((String) c.get("op"));
                check.run(c, Sample.parse(op, text.toString()), inputs);
            });
        });
    }

    private static Value call(Sample sample, Value[] inputs) {
        return sample.op().forward(sample.prepare(inputs), inputs);
    }

    private static void compare(Map<?, ?> c, String key, Value found) {
        Tensor expected = tensor(c.get(key));
        LawsTest.assertClose(expected, found, 1e-12);
        assertEquals(expected.dtype(), found.dtype());
    }

    private static Tensor tensor(Object json) {
        var map = (Map<?, ?>) json;
        long[] dims = ((List<?>) map.get("shape")).stream().mapToLong(d -> ((Number) d).longValue()).toArray();
        DType dtype = DType.valueOf(map.get("dtype").toString().toUpperCase());
        Tensor t = Tensor.zeros(dtype, Shape.of(dims), Flavour.PLAIN);
        var elements = (List<?>) map.get("v");
        for (int i = 0; i < elements.size(); i++) {
            t.setDouble(i, switch (elements.get(i)) {
                case String s when s.equals("nan") -> Double.NaN;
                case String s when s.equals("inf") -> Double.POSITIVE_INFINITY;
                case String s when s.equals("-inf") -> Double.NEGATIVE_INFINITY;
                case Object number -> ((Number) number).doubleValue();
            });
        }
        return t;
    }
}
