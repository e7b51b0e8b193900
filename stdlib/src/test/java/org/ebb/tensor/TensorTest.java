package org.ebb.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Laws of shapes, views and copies. */
class TensorTest {

    private final Random random = new Random(31);

    private static Tensor range(Shape shape, DType dtype) {
        Tensor x = Tensor.zeros(dtype, shape, Flavour.PLAIN);
        for (long i = 0; i < shape.size(); i++) {
            x.cell.storage.setLong(i, i);
        }
        return x;
    }

    private Shape shape() {
        return Shape.of(random.longs(random.nextInt(1, 5), 1, 5).toArray());
    }

    /** A view made by a few random steps. */
    private Tensor view(Tensor x) {
        for (int steps = random.nextInt(4); steps > 0; steps--) {
            int axis = x.rank() == 0 ? 0 : random.nextInt(x.rank());
            x = switch (random.nextInt(5)) {
                case 0 -> Views.transpose(x);
                case 1 -> Views.expand(x, axis);
                case 2 -> x.rank() == 0 ? x : Views.slice(x, axis, x.shape().dim(axis) - 1, -1, x.shape().dim(axis));
                case 3 -> x.rank() < 2 ? x : Views.select(x, axis, random.nextLong(x.shape().dim(axis)));
                default -> x.rank() == 0 ? x : Views.slice(x, axis, 0, 2, (x.shape().dim(axis) + 1) / 2);
            };
        }
        return x;
    }

    @Test
    void aViewReadsTheSameAsItsCopy() {
        for (int round = 0; round < 2000; round++) {
            Tensor x = view(range(shape(), DType.of(random.nextInt(1, 5))));
            Tensor copy = x.copy();
            assertTrue(copy.isContiguous());
            assertTrue(copy.isBase());
            assertEquals(x.shape(), copy.shape());
            for (long i = 0; i < x.size(); i++) {
                assertEquals(x.getDouble(i), copy.cell.storage.getDouble(i));
                assertEquals(x.getLong(i), copy.getLong(i));
            }
            Tensor compact = x.contiguous();
            assertTrue(compact.isContiguous());
            assertArrayEquals(x.toLongs(), compact.toLongs());
            assertEquals(x.isContiguous(), compact == x);
        }
    }

    @Test
    void reshapeKeepsTheOrderAndSharesWhereItCan() {
        int shared = 0;
        for (int round = 0; round < 3000; round++) {
            Tensor x = view(range(shape(), DType.INT64));
            Shape target = factors(x.size());
            Tensor view = Views.reshape(x, target);
            if (view != null) {
                shared++;
                assertSame(x.cell, view.cell);
                assertEquals(target, view.shape());
                assertArrayEquals(x.toLongs(), view.toLongs());
            } else {
                assertFalse(x.isContiguous());
            }
            // To the same axes with ones strewn in, a view always exists.
            assertNotNull(Views.reshape(x, Views.expand(Views.expand(x, 0), x.rank()).shape()));
        }
        assertTrue(shared > 1500 && shared < 3000, shared + " views");
        assertNull(Views.reshape(Views.transpose(range(Shape.of(2, 3), DType.INT64)), Shape.of(6)));
    }

    private Shape factors(long size) {
        Shape shape = Shape.SCALAR;
        for (long rest = size; rest > 1;) {
            long factor = rest;
            for (long f = 2; f <= rest; f++) {
                if (rest % f == 0 && (random.nextInt(3) == 0 || f == rest)) {
                    factor = f;
                    break;
                }
            }
            shape = Shape.of(LongStream.concat(LongStream.of(shape.dims()), LongStream.of(factor)).toArray());
            rest /= factor;
        }
        return shape;
    }

    @Test
    void broadcastingIsSymmetricAndRepeats() {
        assertEquals(Shape.of(2, 3, 4), Shape.broadcast("add", Shape.of(3, 1), Shape.of(2, 1, 4)));
        assertEquals(Shape.of(0), Shape.broadcast("add", Shape.of(1), Shape.of(0)));
        var bad = assertThrows(TensorException.BadShape.class, () -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(4)));
        assertEquals("add: cannot broadcast (2, 3) with (4,)", bad.getMessage());
        for (int round = 0; round < 2000; round++) {
            Shape a = shape();
            Shape b = shape();
            try {
                Shape joined = Shape.broadcast("add", a, b);
                assertEquals(joined, Shape.broadcast("add", b, a));
                assertTrue(a.fits(joined) && b.fits(joined));
                Tensor x = range(a, DType.INT64);
                Tensor stretched = Views.broadcast("add", x, joined);
                for (long i = 0; i < joined.size(); i++) {
                    long from = 0;
                    for (int axis = joined.rank() - a.rank(); axis < joined.rank(); axis++) {
                        int own = axis - (joined.rank() - a.rank());
                        long place = i / joined.strides()[axis] % joined.dim(axis);
                        from += (a.dim(own) == 1 ? 0 : place) * a.strides()[own];
                    }
                    assertEquals(from, stretched.getLong(i));
                }
            } catch (TensorException.BadShape e) {
                assertFalse(a.fits(b) || b.fits(a));
            }
        }
    }

    @Test
    void aSharedStorageIsCopiedBeforeAWrite() {
        Tensor x = range(Shape.of(2, 3), DType.FLOAT32);
        Tensor kept = x.snapshot();
        Tensor row = Views.select(x, 0, 1);
        row.setDouble(0, 50);
        assertEquals(50, x.getDouble(3));
        assertEquals(3, kept.getDouble(3));
        Storage own = x.cell.storage;
        row.setDouble(1, 60);
        assertSame(own, x.cell.storage);
        kept.setDouble(0, 9);
        assertEquals(0, x.getDouble(0));
    }

    @Test
    void assigningOverlappingViewsReadsBeforeItWrites() {
        Tensor x = range(Shape.of(6), DType.INT64);
        Views.slice(x, 0, 1, 1, 5).assign(Views.slice(x, 0, 0, 1, 5));
        assertArrayEquals(new long[] {0, 0, 1, 2, 3, 4}, x.toLongs());
        x.assign(Views.slice(x, 0, 5, -1, 6));
        assertArrayEquals(new long[] {4, 3, 2, 1, 0, 0}, x.toLongs());
        Tensor kept = x.snapshot();
        x.assign(Creation.of(7L));
        assertArrayEquals(new long[] {7, 7, 7, 7, 7, 7}, x.toLongs());
        assertArrayEquals(new long[] {4, 3, 2, 1, 0, 0}, kept.toLongs());
        Tensor other = range(Shape.of(6), DType.INT64);
        Tensor shared = other.snapshot();
        other.assign(Views.slice(shared, 0, 5, -1, 6));
        assertArrayEquals(new long[] {5, 4, 3, 2, 1, 0}, other.toLongs());
    }

    @Test
    void dtypesConvertAsTheySay() {
        Tensor x = Creation.of(-1.7, 0, 2.5, Double.NaN);
        assertArrayEquals(new long[] {-1, 0, 2, 0}, x.astype(DType.INT64).toLongs());
        assertArrayEquals(new long[] {1, 0, 1, 1}, x.astype(DType.BOOL).toLongs());
        assertEquals(0.1f, Creation.of(0.1).astype(DType.FLOAT32).getDouble(0));
        assertEquals(Long.MAX_VALUE, Creation.of(Long.MAX_VALUE).astype(DType.INT64).getLong(0));
        assertEquals(DType.FLOAT32, DType.INT64.with(DType.FLOAT32));
    }

    @Test
    void shapesAreInferredAndChecked() {
        assertEquals(Shape.of(3, 2), Shape.infer("reshape", Shape.of(6), -1, 2));
        assertEquals(Shape.of(0, 3), Shape.infer("reshape", Shape.of(3, 0), -1, 3));
        assertThrows(TensorException.BadShape.class, () -> Shape.infer("reshape", Shape.of(6), -1, 4));
        assertThrows(TensorException.BadShape.class, () -> Shape.infer("reshape", Shape.of(6), -1, -1));
        assertThrows(TensorException.BadShape.class, () -> Shape.infer("reshape", Shape.of(0), 0, -1));
        assertThrows(TensorException.BadShape.class, () -> Shape.of(-1));
        assertThrows(TensorException.TooLarge.class, () -> Shape.of(1L << 40, 1L << 40));
        assertEquals(0, Shape.of(1L << 40, 0).size());
        assertThrows(TensorException.TooLarge.class, () -> Tensor.zeros(DType.BOOL, Shape.of(1L << 40), Flavour.PLAIN));
        assertEquals("sum: axis 2 is out of bounds for a tensor of 2 dimensions (2, 3)",
                assertThrows(TensorException.BadIndex.class, () -> Shape.of(2, 3).axis("sum", 2)).getMessage());
    }

    @Test
    void badViewsAreRefused() {
        Tensor x = range(Shape.of(2, 3), DType.INT64);
        assertThrows(TensorException.BadShape.class, () -> Views.permute(x, 0));
        assertThrows(TensorException.BadShape.class, () -> Views.permute(x, 0, 0));
        assertThrows(TensorException.BadIndex.class, () -> Views.slice(x, 1, 0, 2, 3));
        assertThrows(TensorException.BadIndex.class, () -> Views.select(x, 0, 2));
        assertThrows(TensorException.BadShape.class, () -> Views.broadcast("add", x, Shape.of(2, 4)));
        assertThrows(TensorException.BadShape.class, () -> Views.reshape(x, Shape.of(5)));
    }

    /** Large enough for squares, with rows and columns that do not fill them. */
    @Test
    void copiesOfTurnedTensorsHaveTheElementsOfTheOriginal() {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64}) {
            Tensor x = Tensor.zeros(dtype, Shape.of(3, 45, 2, 70), Flavour.PLAIN);
            for (int i = 0; i < x.size(); i++) {
                x.setDouble(i, i);
            }
            for (int[] order : new int[][] {{0, 3, 2, 1}, {3, 2, 1, 0}, {3, 0, 1, 2}, {2, 3, 1, 0}, {1, 0, 2, 3}}) {
                Tensor turned = Views.permute(x, order);
                Tensor copy = turned.copy();
                Tensor back = Tensor.zeros(dtype, x.shape(), Flavour.PLAIN);
                Views.permute(back, order).assign(copy);
                for (int i = 0; i < x.size(); i++) {
                    assertEquals(turned.getDouble(i), copy.getDouble(i));
                    assertEquals(i, back.getDouble(i));
                }
            }
        }
    }
}
