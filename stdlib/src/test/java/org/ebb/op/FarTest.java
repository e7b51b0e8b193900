package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ebb.grad.Gradients;
import org.ebb.grad.Leaf;
import org.ebb.grad.Sites;
import org.ebb.grad.Tape;
import org.ebb.grad.Writes;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;
import org.junit.jupiter.api.Test;

/** Tensors in pieces, here very small ones, against the same elements in one array. */
class FarTest {

    private final Random random = new Random(11);
    private final Tape tape = new Tape(new Sites());

    /** The same random elements twice: in pieces of 2 to the power of {@code bits}, and in one array. */
    private Tensor[] both(DType dtype, int bits, long... dims) {
        Shape shape = Shape.of(dims);
        Tensor near = Tensor.zeros(dtype, shape, Flavour.PLAIN);
        for (long i = 0; i < shape.size(); i++) {
            near.setDouble(i, dtype == DType.BOOL ? random.nextInt(2) : dtype.isFloat() ? random.nextGaussian() * 10 : random.nextInt(100) - 50);
        }
        Tensor far = Tensor.of(new Storage.Pieces(dtype, shape.size(), bits), shape, Flavour.PLAIN);
        far.assign(near);
        return new Tensor[] {far, near};
    }

    private static void same(Value expected, Value found, String what) {
        assertEquals(expected.shape(), found.shape(), what);
        assertEquals(expected.dtype(), found.dtype(), what);
        double[] e = Dense.tensor(expected).toDoubles();
        double[] f = Dense.tensor(found).toDoubles();
        // Partial sums are added in another order.
        assertArrayEquals(e, f, what.startsWith("sum") || what.startsWith("mean") ? 1e-4 : 0, what);
    }

    private static final long[][] SHAPES = {{37}, {5, 9}, {9, 5}, {1, 41}, {3, 4, 5}, {2, 1, 30}, {16, 16}};

    private Tensor[] window(Tensor[] both, int k) {
        Tensor[] seen = both.clone();
        for (int i = 0; i < 2; i++) {
            Tensor t = both[i];
            int last = t.rank() - 1;
            seen[i] = switch (k) {
                case 1 -> Views.slice(t, 0, 1 % t.shape().dim(0), 1, t.shape().dim(0) - 1 % t.shape().dim(0));
                case 2 -> Views.slice(t, last, 0, 3, (t.shape().dim(last) + 2) / 3);
                case 3 -> Views.slice(t, last, t.shape().dim(last) - 1, -1, t.shape().dim(last));
                case 4 -> t.rank() > 1 ? Views.permute(t, java.util.stream.IntStream.rangeClosed(0, last).map(a -> last - a).toArray()) : t;
                default -> t;
            };
        }
        return seen;
    }

    @Test
    void elementwiseRowsAndReductionsAgree() {
        for (DType dtype : DType.values()) {
            for (long[] dims : SHAPES) {
                for (int k = 0; k < 5; k++) {
                    Tensor[] x = window(both(dtype, 3, dims), k);
                    Tensor[] y = window(both(dtype, 2, dims), k);
                    String what = " of " + dtype.text + " " + x[0].shape() + ", window " + k;
                    List<Elementwise> rows = new ArrayList<>(List.of(Arithmetic.ADD, Arithmetic.MUL, Selection.MAXIMUM, Arithmetic.DIV));
                    for (Elementwise row : rows) {
                        same(tape.apply(row, null, x[1], y[1]), tape.apply(row, null, x[0], y[0]), row.name + what);
                        same(tape.apply(row, null, x[1], Scalar.of(2)), tape.apply(row, null, x[0], Scalar.of(2)), row.name + what);
                        Tensor last = Views.slice(y[1], 0, 0, 1, 1);
                        same(tape.apply(row, null, last, x[1]), tape.apply(row, null, last, x[0]), row.name + " spread" + what);
                    }
                    same(tape.apply(Linear.CAST, new Linear.To(DType.FLOAT64, false), x[1]),
                            tape.apply(Linear.CAST, new Linear.To(DType.FLOAT64, false), x[0]), "cast" + what);
                    for (Op op : List.of(Reductions.SUM, Reductions.MEAN, Reductions.COUNT_NONZERO, Extremes.MAX, Extremes.MIN, Extremes.ANY, Extremes.ALL)) {
                        same(tape.apply(op, Axes.all(x[0].rank()), x[1]), tape.apply(op, Axes.all(x[0].rank()), x[0]), op.name + what);
                        for (int axis = 0; axis < x[0].rank(); axis++) {
                            Axes one = new Axes(new int[] {axis}, axis % 2 == 0, 0);
                            same(tape.apply(op, one, x[1]), tape.apply(op, one, x[0]), op.name + " axis " + axis + what);
                        }
                    }
                }
            }
        }
    }

    @Test
    void readsAndWritesAgree() {
        var writes = new Writes(tape);
        for (long[] dims : SHAPES) {
            for (int k = 0; k < 5; k++) {
                Tensor[] whole = both(DType.FLOAT32, 3, dims);
                Tensor[] x = window(whole, k);
                Tensor[] value = both(DType.INT64, 2, x[0].shape().dims());
                for (int i = 0; i < 2; i++) {
                    writes.assign(x[i], value[1 - i]);
                    writes.assign(Views.slice(x[i], 0, 0, 1, 1), Scalar.of(7));
                    x[i].setDouble(x[i].size() - 1, -3);
                }
                same(whole[1], whole[0], "written, window " + k);
                long[] at = random.longs(9, 0, whole[0].size()).toArray();
                var picked = new Window.Positions(whole[0].shape(), Shape.of(3, 3), at);
                same(tape.apply(Windows.VIEW, picked, whole[1]), tape.apply(Windows.VIEW, picked, whole[0]), "picked");
                for (int i = 0; i < 2; i++) {
                    Windows.write(picked, whole[i].cell.writable(), Scalar.of(0.5));
                }
                same(whole[1], whole[0], "scattered");
            }
        }
    }

    /** A copy is made before a write where somebody else sees the elements. */
    @Test
    void sharedPiecesAreCopied() {
        Tensor[] x = both(DType.INT32, 2, 11);
        Tensor kept = x[0].snapshot();
        x[0].setDouble(5, 1000);
        same(x[1], kept, "kept");
        assertEquals(1000, x[0].getDouble(5));
    }

    @Test
    void whatNeedsOneArrayIsRefusedOrTakesACopy() {
        Tensor[] x = both(DType.FLOAT32, 4, 6, 6);
        same(tape.apply(Linear.RESHAPE, Shape.of(36), x[1]), tape.apply(Linear.RESHAPE, Shape.of(36), x[0]), "reshape");
        same(Matrices.product(x[1], x[1], null), tape.apply(Products.MATMUL, Products.MATMUL.prepare(new Object[0], x), x[0], x[0]), "matmul");
        new Gradients(tape).attach(x[0], Leaf.Request.WRITE);
        tape.enter(true, true);
        var refusal = assertThrows(TensorException.TooLarge.class, () -> tape.apply(Arithmetic.MUL, null, x[0], x[0]));
        assertEquals("recording multiply works on up to 2147483639 elements at a time: take a larger tensor slice by slice", refusal.getMessage());
    }

    @Test
    void whatCanNeverFitIsNotBegun() {
        long before = Runtime.getRuntime().freeMemory();
        assertThrows(TensorException.TooLarge.class, () -> Storage.room(DType.BOOL, 1L << 39));
        assertThrows(TensorException.TooLarge.class, () -> Storage.room(DType.FLOAT64, Long.MAX_VALUE));
        assertTrue(before - Runtime.getRuntime().freeMemory() < 1 << 28);
    }
}
