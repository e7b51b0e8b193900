package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.Test;

/** Which dtype, flavour and rank results have. */
class DTypesTest {

    private static final Tensor FLOAT32 = Creation.of(new float[] {1, 2, 3});
    private static final Tensor FLOAT64 = Creation.of(1.0, 2, 3);
    private static final Tensor INT64 = Creation.of(1L, 2, 3);
    private static final Tensor INT32 = INT64.astype(DType.INT32);
    private static final Tensor BOOL = Creation.of(true, false, true);
    private static final Value WEAK = Scalar.of(2.5);
    private static final Value WEAK_INT = Creation.frozen(2, DType.INT64, Flavour.PLAIN);

    private static void assertType(DType expected, Elementwise op, Value... inputs) {
        assertEquals(expected, op.forward(null, inputs).dtype(), op + " of " + inputs[0].dtype());
    }

    @Test
    void numbersOfTheLanguageAreWeak() {
        for (Elementwise op : new Elementwise[] {Arithmetic.ADD, Arithmetic.MUL, Selection.MAXIMUM, Slopes.SCALE}) {
            assertType(DType.FLOAT32, op, FLOAT32, WEAK);
            assertType(DType.FLOAT32, op, WEAK, FLOAT32);
            assertType(DType.FLOAT64, op, WEAK, FLOAT64);
            assertType(DType.FLOAT32, op, INT64, WEAK);
            assertType(DType.FLOAT32, op, FLOAT32, WEAK_INT);
        }
        assertType(DType.INT32, Arithmetic.ADD, INT32, WEAK_INT);
        assertType(DType.INT64, Arithmetic.ADD, BOOL, WEAK_INT);
        assertType(DType.FLOAT64, Arithmetic.ADD, FLOAT32, FLOAT64);
        assertType(DType.FLOAT32, Arithmetic.ADD, FLOAT32, INT64);
        assertType(DType.FLOAT32, Arithmetic.DIV, INT64, INT64);
        assertType(DType.FLOAT32, Functions.EXP, INT32);
        assertType(DType.FLOAT32, Selection.WHERE, BOOL, WEAK, WEAK);
        assertType(DType.FLOAT32, Selection.WHERE, BOOL, FLOAT32, WEAK);
        assertType(DType.INT64, Selection.CLIP, INT64, Scalar.of(0), Scalar.of(Double.POSITIVE_INFINITY));
        assertType(DType.FLOAT32, Selection.CLIP, INT64, Scalar.of(0.5), Scalar.of(2));
        assertType(DType.FLOAT32, Selection.CLIP, WEAK, FLOAT32, WEAK);
        assertType(DType.FLOAT32, Blending.LERP, WEAK, WEAK, FLOAT32);
        assertType(DType.FLOAT64, Blending.LERP, WEAK, FLOAT64, FLOAT32);
    }

    @Test
    void booleansRefuseSubtraction() {
        assertType(DType.BOOL, Arithmetic.ADD, BOOL, BOOL);
        var refused = assertThrows(TensorException.BadType.class, () -> Arithmetic.SUB.forward(null, new Value[] {BOOL, BOOL}));
        assertTrue(refused.getMessage().startsWith("subtract: "));
    }

    @Test
    void rankZeroIsALightScalar() {
        Scalar weak = assertInstanceOf(Scalar.class, Arithmetic.ADD.forward(WEAK, WEAK));
        assertTrue(weak.isLanguageFloat());
        Scalar strong = assertInstanceOf(Scalar.class, Arithmetic.ADD.forward(Tensor.zeros(DType.FLOAT32, Shape.SCALAR,
                Flavour.PLAIN), WEAK));
        assertEquals(DType.FLOAT32, strong.dtype());
        Scalar rounded = assertInstanceOf(Scalar.class, Functions.EXP.forward(strong));
        assertEquals((float) Math.exp(2.5), rounded.value);
        Tensor truth = assertInstanceOf(Tensor.class, Comparison.LESS.forward(WEAK, WEAK));
        assertTrue(truth.frozen && truth.dtype() == DType.BOOL);
        Object all = Reductions.SUM.prepare(new Object[] {null, false}, new Value[] {INT64});
        Tensor sum = assertInstanceOf(Tensor.class, Reductions.SUM.forward(all, new Value[] {INT64}));
        assertTrue(sum.frozen && sum.dtype() == DType.INT64 && sum.getLong(0) == 6);
        assertInstanceOf(Scalar.class, Reductions.SUM.forward(all, new Value[] {FLOAT32}));
    }

    @Test
    void mxnetOneHasNoRankZeroAndNoBooleans() {
        Tensor x = FLOAT32.withFlavour(Flavour.ND);
        Value sum = Reductions.SUM.forward(Reductions.SUM.prepare(new Object[] {null, false}, new Value[] {x}), new Value[] {x});
        assertEquals(Shape.of(1), sum.shape());
        Value dot = Products.DOT.forward(Products.DOT.prepare(new Object[0], new Value[] {x, x}), new Value[] {x, x});
        assertEquals(Shape.of(1), dot.shape());
        assertEquals(Flavour.ND, dot.flavour());
        Value less = Comparison.LESS.forward(x, Scalar.of(2));
        assertEquals(DType.FLOAT32, less.dtype());
        assertArrayEquals(new double[] {1, 0, 0}, ((Tensor) less).toDoubles());
        assertEquals(Flavour.ND, Arithmetic.ADD.forward(x, FLOAT32.withFlavour(Flavour.NP)).flavour());
    }

    /** The numbers that MXNet's tutorials print. */
    @Test
    void normScalesBeforeItSquares() {
        assertEquals(0.80787444f, norm(0.5488135f, 0.5928446f));
        assertEquals(0.80178374f, 3 / norm(0, 1, 2, 3));
    }

    private static float norm(float... elements) {
        Tensor x = Creation.of(elements).withFlavour(Flavour.ND);
        Object options = Reductions.NORM.prepare(new Object[] {2L, null, false}, new Value[] {x});
        return (float) ((Tensor) Reductions.NORM.forward(options, new Value[] {x})).getDouble(0);
    }

    @Test
    void errorsNameShapes() {
        Tensor a = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3), Flavour.PLAIN);
        var refused = assertThrows(TensorException.BadShape.class,
                () -> Products.MATMUL.prepare(new Object[0], new Value[] {a, a}));
        assertEquals("matmul: (2, 3) @ (2, 3): inner sizes 3 and 2 differ", refused.getMessage());
    }

    @Test
    void stackOfNumbersIsFloat32() {
        Value[] numbers = {Scalar.of(1), Scalar.of(2.5)};
        Value stacked = Joining.STACK.forward(Joining.STACK.prepare(new Object[] {0L}, numbers), numbers);
        assertEquals(DType.FLOAT32, stacked.dtype());
        assertEquals(Shape.of(2), stacked.shape());
    }
}
