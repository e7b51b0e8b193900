package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.ebb.tensor.DType;
import org.ebb.tensor.Storage;
import org.junit.jupiter.api.Test;

/** The quick loops over rows of one dtype, beside the plain words for what they do. */
class RowsTest {

    private static final int[] SIZES = {0, 1, 2, 7, 8, 9, 31, 100, 1000, 5001};
    private static final double[] SPECIAL = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    private static Storage random(DType dtype, int n, long seed) {
        var random = new Random(seed);
        Storage made = Storage.zeros(dtype, n);
        for (int i = 0; i < n; i++) {
            double x = random.nextInt(n / 2 + 1) - n / 4.0;
            if (dtype.isFloat()) {
                made.setDouble(i, random.nextInt(10) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : x / 8);
            } else {
                made.setLong(i, (long) x);
            }
        }
        return made;
    }

    @Test
    void sortingIsStableWithNanLast() {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32, DType.FLOAT16, DType.BOOL}) {
            for (int n : SIZES) {
                Storage x = random(dtype, n + 3, n);
                Integer[] order = new Integer[n];
                Arrays.setAll(order, i -> i);
                Comparator<Integer> rising = (a, b) -> {
                    double p = x.getDouble(3 + a);
                    double q = x.getDouble(3 + b);
                    return p < q ? -1 : p > q ? 1 : p == q ? 0 : Boolean.compare(p != p, q != q);
                };
                Arrays.sort(order, rising);
                assertArrayEquals(Arrays.stream(order).mapToInt(i -> i).toArray(), Sorting.order(x, 3, n), dtype + " " + n);
            }
        }
    }

    @Test
    void exponentialsOfFloatsAreThoseOfDoubles() {
        for (boolean logarithm : new boolean[] {false, true}) {
            for (int n : SIZES) {
                for (double scale : new double[] {1, 1000}) {
                    int count = 5;
                    Storage x = Storage.zeros(DType.FLOAT32, n * count);
                    Storage wide = Storage.zeros(DType.FLOAT64, n * count);
                    var random = new Random(n);
                    for (int i = 0; i < n * count; i++) {
                        // The first row holds one special number, the last none but infinities.
                        double one = i == n / 2 ? SPECIAL[n % SPECIAL.length] : i >= 4 * n ? Double.NEGATIVE_INFINITY : random.nextGaussian() * scale;
                        x.setDouble(i, one);
                        wide.setDouble(i, x.getDouble(i));
                    }
                    Storage out = Storage.zeros(DType.FLOAT32, n * count);
                    Storage expected = Storage.zeros(DType.FLOAT64, n * count);
                    new Exponentials(logarithm).rows(x, 0, n, count, out);
                    new Exponentials(logarithm).rows(wide, 0, n, count, expected);
                    for (int i = 0; i < n * count; i++) {
                        double e = expected.getDouble(i);
                        // x - max is right to half an ulp of its size, and its exponential to as many ulps of its own as that is large.
                        double size = logarithm || !(e > 0) ? Math.abs(e) : e * Math.max(1, -Math.log(e));
                        double most = Double.isFinite(e) ? Math.max(4e-7 * size, logarithm ? 4e-7 : 1e-37) : 1;
                        assertEquals(e, out.getDouble(i), most, logarithm + " " + n + " " + i);
                    }
                }
            }
        }
    }

    @Test
    void squaresAreThoseOfTheDefinition() {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (int n : SIZES) {
                var random = new Random(n);
                Storage x = Storage.zeros(dtype, n + 2);
                for (int i = 0; i < n + 2; i++) {
                    x.setDouble(i, random.nextGaussian());
                }
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += (x.getDouble(2 + i) - 0.25) * (x.getDouble(2 + i) - 0.25);
                }
                assertEquals(sum, Folds.squares(x, 2, n, 0.25), 1e-13 * (1 + sum));
            }
        }
    }
}
