package org.ebb.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Text of numbers and tensors against NumPy's own, and laws of reading it back. */
class TextTest {

    @TestFactory
    List<DynamicTest> numpyWritesTheSame() {
        var root = (Map<?, ?>) Json.parse(Golden.text("golden_repr.json"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Object each : (List<?>) root.get("cases")) {
            var c = (Map<?, ?>) each;
            tests.add(DynamicTest.dynamicTest(tests.size() + " " + c.get("dtype") + c.get("shape"), () -> {
                Tensor x = tensor(c);
                assertEquals(c.get("str"), Text.str(x));
                // NumPy hides its own default dtypes, but never of an empty array.
                boolean hidden = x.size() > 0 && x.dtype() != DType.FLOAT32;
                assertEquals(c.get("repr"), Text.repr(x, "array", hidden ? x.dtype() : null));
            }));
        }
        assertEquals(160, tests.size());
        return tests;
    }

    private static Tensor tensor(Map<?, ?> c) {
        DType dtype = DType.valueOf(((String) c.get("dtype")).toUpperCase());
        long[] dims = ((List<?>) c.get("shape")).stream().mapToLong(d -> ((Double) d).longValue()).toArray();
        if (c.get("data") instanceof String rule) {
            double step = Double.parseDouble(rule.replace("arange*", ""));
            return Views.reshape(Creation.arange(0, Shape.of(dims).size() * step, step, dtype, Flavour.PLAIN), Shape.of(dims));
        }
        var data = (List<?>) c.get("data");
        Tensor x = Tensor.zeros(dtype, Shape.of(dims), Flavour.PLAIN);
        for (int i = 0; i < data.size(); i++) {
            x.cell.storage.setDouble(i, number(data.get(i).toString()));
        }
        return x;
    }

    private static double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "true" -> 1;
            case "false" -> 0;
            default -> Double.parseDouble(text);
        };
    }

    @Test
    void aFloatIsWrittenAsPythonDoes() {
        assertEquals("0.1", Text.python(0.1));
        assertEquals("1e-05", Text.python(1e-5));
        assertEquals("0.0001", Text.python(1e-4));
        assertEquals("1e+16", Text.python(1e16));
        assertEquals("1234567890123456.0", Text.python(1234567890123456.0));
        assertEquals("1.5e+300", Text.python(1.5e300));
        assertEquals("5e-324", Text.python(Double.MIN_VALUE));
        assertEquals("1e+23", Text.python(1e23));
        assertEquals("-0.0", Text.python(-0.0));
        assertEquals("inf", Text.python(Double.POSITIVE_INFINITY));
        assertEquals("nan", Text.python(Double.NaN));
        assertEquals("1e-45", Text.shortest(Float.MIN_VALUE));
        assertEquals("0.8078743", Text.shortest(0.8078743f));
        assertEquals("123456790.0", Text.shortest(123456789f));
        assertEquals("1e-04", Text.shortest(1e-4f));
    }

    @Test
    void everyFloatReadsBack() {
        var random = new Random(11);
        for (int i = 0; i < 20000; i++) {
            double x = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(x) && !Double.isInfinite(x)) {
                assertEquals(x, Double.parseDouble(Text.python(x)));
            }
            float f = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(f)) {
                assertEquals(f, Float.parseFloat(Text.shortest(f)));
            }
        }
    }

    @Test
    void eachFlavourHasItsForm() {
        Tensor x = Creation.of(List.of(List.of(1L, 2L), List.of(3L, 4L)), null, Flavour.PLAIN);
        assertEquals("tensor([[1., 2.],\n        [3., 4.]])", Text.display(x));
        assertEquals("[[1. 2.]\n [3. 4.]]", Text.print(x));
        assertEquals("array([[1., 2.],\n       [3., 4.]])", Text.display(x.withFlavour(Flavour.NP)));
        assertEquals("\n[[1. 2.]\n [3. 4.]]\n<NDArray 2x2 @cpu(0)>", Text.display(x.withFlavour(Flavour.ND)));
        assertEquals(Text.display(x.withFlavour(Flavour.ND)), Text.print(x.withFlavour(Flavour.ND)));
        assertEquals("tensor([1, 2], dtype=int64)", Text.display(Creation.of(1L, 2L)));
        assertEquals("tensor([ True, False])", Text.display(Creation.of(true, false)));
        assertEquals("tensor([], dtype=bool)", Text.display(Tensor.zeros(DType.BOOL, Shape.of(0), Flavour.PLAIN)));
        assertEquals("tensor([], shape=(0, 3))", Text.display(Tensor.zeros(DType.FLOAT32, Shape.of(0, 3), Flavour.PLAIN)));
        assertEquals("array(14.)", Text.display(Scalar.of(14, DType.FLOAT32, Flavour.NP)));
        assertEquals("1585.1598", Text.print(Scalar.of(1585.1598f, DType.FLOAT32, Flavour.NP)));
        assertEquals("0.1", Text.display(Scalar.of(0.1)));
    }

    @Test
    void aViewIsWrittenAsItsCopy() {
        Tensor x = Creation.arange(0, 24, 1, DType.FLOAT32, Flavour.PLAIN);
        Tensor view = Views.transpose(Views.reshape(x, Shape.of(4, 6)));
        assertEquals(Text.display(view.copy()), Text.display(view));
    }

    @Test
    void optionsAreChecked() {
        assertThrows(TensorException.BadValue.class, () -> PrintOptions.DEFAULT.withPrecision(-1));
        assertThrows(TensorException.BadValue.class, () -> PrintOptions.Mode.named("often"));
    }
}
