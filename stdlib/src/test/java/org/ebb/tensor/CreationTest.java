package org.ebb.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fresh tensors hold what NumPy's have. */
class CreationTest {

    private static String text(Tensor x) {
        return Text.display(x);
    }

    @Test
    void nestedListsBecomeAxes() {
        assertEquals("tensor([[1., 2.],\n        [3., 4.]])", text(of(List.of(List.of(1L, 2L), List.of(3, 4.0)), null)));
        assertEquals("tensor(3.)", text(of(3L, null)));
        assertEquals("tensor([ True, False])", text(of(List.of(true, false), null)));
        assertEquals("tensor([1., 0.])", text(of(List.of(1L, false), null)));
        assertEquals("tensor([1, 0], dtype=int64)", text(of(List.of(1.9, -0.5), DType.INT64)));
        assertEquals("tensor([])", text(of(List.of(), null)));
        assertEquals("tensor([], shape=(2, 0))", text(of(List.of(List.of(), List.of()), null)));
        assertEquals("tensor([[1., 2.],\n        [5., 5.]])", text(of(List.of(Creation.of(1f, 2f), List.of(5, 5)), null)));
        assertEquals(DType.FLOAT64, of(List.of(Creation.of(1.0), Creation.of(1L)), null).dtype());
        assertEquals(DType.INT64, of(List.of(Creation.of(1L), Creation.of(true)), null).dtype());
        assertEquals(DType.FLOAT32, of(List.of(Creation.frozen(1, DType.INT64, Flavour.PLAIN), 2L), null).dtype());
        assertEquals(DType.INT64, of(Creation.of(new long[0]), null).dtype());
        assertEquals(Long.MAX_VALUE, of(List.of(Long.MAX_VALUE), DType.INT64).getLong(0));
        assertEquals(1e30f, of(BigInteger.TEN.pow(30), null).getDouble(0));
    }

    private static Tensor of(Object nested, DType dtype) {
        return Creation.of(nested, dtype, Flavour.PLAIN);
    }

    @Test
    void unevenListsAreRefused() {
        var uneven = assertThrows(TensorException.BadShape.class, () -> of(List.of(List.of(1, 2), List.of(3)), null));
        assertEquals("tensor: the list is uneven: element 0 has shape (2,), element 1 has shape (1,)", uneven.getMessage());
        assertThrows(TensorException.BadShape.class, () -> of(List.of(1, List.of(2)), null));
        assertThrows(TensorException.BadType.class, () -> of(List.of("a"), null));
        assertThrows(TensorException.BadValue.class, () -> of(BigInteger.TEN.pow(30), DType.INT64));
    }

    @Test
    void rangesAreNumPys() {
        assertEquals("tensor([0., 1., 2., 3.])", text(arange(0, 4, 1, DType.FLOAT32)));
        assertEquals("tensor([5, 3, 1], dtype=int64)", text(arange(5, 0, -2, DType.INT64)));
        assertEquals("tensor([])", text(arange(3, 3, 1, DType.FLOAT32)));
        assertEquals(10, arange(0, 1, 0.1, DType.FLOAT64).size());
        // np.arange(0, 1, 0.1)[3] and [7]
        assertEquals(0.30000000000000004, arange(0, 1, 0.1, DType.FLOAT64).getDouble(3));
        assertEquals(0.7000000000000001, arange(0, 1, 0.1, DType.FLOAT64).getDouble(7));
        assertThrows(TensorException.BadValue.class, () -> arange(0, 1, 0, DType.FLOAT32));
        assertThrows(TensorException.BadValue.class, () -> arange(0, Double.NaN, 1, DType.FLOAT32));
        assertThrows(TensorException.TooLarge.class, () -> arange(0, 1e30, 1, DType.FLOAT32));
    }

    private static Tensor arange(double start, double stop, double step, DType dtype) {
        return Creation.arange(start, stop, step, dtype, Flavour.PLAIN);
    }

    @Test
    void linspaceEndsWhereItShould() {
        double[] x = Creation.linspace(0, 1, 11, true, DType.FLOAT64, Flavour.PLAIN).toDoubles();
        assertEquals(0.30000000000000004, x[3]);
        assertEquals(1, x[10]);
        assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75}, Creation.linspace(0, 1, 4, false, DType.FLOAT64,
                Flavour.PLAIN).toDoubles());
        assertArrayEquals(new double[] {2}, Creation.linspace(2, 5, 1, true, DType.FLOAT64, Flavour.PLAIN).toDoubles());
        assertEquals(0, Creation.linspace(2, 5, 0, true, DType.FLOAT64, Flavour.PLAIN).size());
        assertThrows(TensorException.BadValue.class, () -> Creation.linspace(2, 5, -1, true, DType.FLOAT64, Flavour.PLAIN));
    }

    @Test
    void filledAndDiagonal() {
        assertEquals("tensor([[0., 1., 0.],\n        [0., 0., 1.]])", text(Creation.eye(2, 3, 1, DType.FLOAT32, Flavour.PLAIN)));
        assertEquals("tensor([[0., 0.],\n        [1., 0.],\n        [0., 1.]])",
                text(Creation.eye(3, 2, -1, DType.FLOAT32, Flavour.PLAIN)));
        assertEquals("tensor([2.5, 2.5])", text(Creation.full(2.5, DType.FLOAT32, Shape.of(2), Flavour.PLAIN)));
        assertEquals((1L << 62) + 1, Creation.full((1L << 62) + 1, DType.INT64, Shape.of(2), Flavour.PLAIN).getLong(1));
        assertEquals("array([1., 1.])", text(Creation.ones(DType.FLOAT32, Shape.of(2), Flavour.NP)));
    }
}
