package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;
import org.junit.jupiter.api.Test;

/** Short rows beside a row or a column: element by element what the row says, whatever is written out on the way. */
class SpreadTest {

    private final Random random = new Random(11);

    private Tensor filled(DType dtype, long... dims) {
        Tensor x = Tensor.zeros(dtype, Shape.of(dims), Flavour.PLAIN);
        for (long i = 0; i < x.size(); i++) {
            x.setDouble(i, random.nextInt(7) - 3);
        }
        return x;
    }

    @Test
    void broadcastsAsTheRowSays() {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64}) {
            for (int rows : new int[] {1, 8, 20, 513}) {
                for (int columns : new int[] {1, 2, 8, 20, 31, 33}) {
                    Tensor whole = filled(dtype, rows, columns);
                    Tensor turned = Views.transpose(filled(dtype, columns, rows));
                    Tensor[] others = {filled(dtype, columns), filled(dtype, 1, columns), filled(dtype, rows, 1), filled(dtype, 1), whole,
                        Views.transpose(filled(dtype, 1, rows)), filled(dtype, 2, columns).view(Shape.of(columns), new long[] {1}, columns),
                        filled(dtype, 2 * columns).view(Shape.of(columns), new long[] {2}, 0)};
                    for (Tensor other : others) {
                        for (Tensor first : new Tensor[] {whole, turned, filled(dtype, rows, 1)}) {
                            same(Arithmetic.SUB, first, other);
                            same(Arithmetic.SUB, other, first);
                            same(Slopes.GATE, first, other.astype(DType.BOOL));
                        }
                    }
                }
            }
        }
    }

    private static void same(Elementwise row, Tensor x, Tensor y) {
        Value found = row.forward(x, y);
        Shape shape = Shape.broadcast("test", x.shape(), y.shape());
        double[] a = Views.broadcast("test", x, shape).toDoubles();
        double[] b = Views.broadcast("test", y, shape).toDoubles();
        double[] expected = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            expected[i] = row.apply(a[i], b[i]);
        }
        assertEquals(shape, found.shape());
        assertArrayEquals(expected, Dense.tensor(found).toDoubles(), 0.0, row + " of " + x.shape() + " and " + y.shape());
    }
}
