package org.ebb.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plain kernels against their definitions, at every mix of strides. */
class PlainKernelsTest {

    private static final Kernels KERNELS = PlainKernels.INSTANCE;
    private static final int[] STEPS = {1, 0, 2, -1, 3};
    private static final int[] LENGTHS = {0, 1, 2, 7, 31, 32, 33};

    private final Random random = new Random(17);

    private double[] numbers(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> random.nextInt(5) == 0 ? random.nextInt(-2, 3) : Math.round(random.nextGaussian() * 64) / 16.0);
        return x;
    }

    private static float[] floats(double[] x) {
        float[] f = new float[x.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = (float) x[i];
        }
        return f;
    }

    private static long[] longs(double[] x) {
        return Arrays.stream(x).mapToLong(v -> (long) v).toArray();
    }

    /** Where a row of n elements must start so that it stays inside an array of 128. */
    private static int start(int step, int n) {
        return step < 0 ? 100 : 3;
    }

    @Test
    void elementwiseLoopsDoWhatTheOperationSays() {
        for (int n : LENGTHS) {
            for (int as : STEPS) {
                for (int bs : STEPS) {
                    for (int os : new int[] {1, 2, -1}) {
                        double[] a = numbers(128);
                        double[] b = numbers(128);
                        int at = start(as, n);
                        int bt = start(bs, n);
                        int ot = start(os, n);
                        for (Binary op : Binary.values()) {
                            double[] out = new double[128];
                            float[] fout = new float[128];
                            KERNELS.binary(op, a, at, as, b, bt, bs, out, ot, os, n);
                            KERNELS.binary(op, floats(a), at, as, floats(b), bt, bs, fout, ot, os, n);
                            double[] expected = new double[128];
                            for (int i = 0; i < n; i++) {
                                expected[ot + i * os] = op.apply(a[at + i * as], b[bt + i * bs]);
                            }
                            assertArrayEquals(expected, out, op + " " + as + " " + bs);
                            assertArrayEquals(floats(expected), fout, op + " " + as + " " + bs);
                        }
                        for (Compare op : Compare.values()) {
                            byte[] out = new byte[128];
                            byte[] fout = new byte[128];
                            byte[] lout = new byte[128];
                            byte[] expected = new byte[128];
                            byte[] lexpected = new byte[128];
                            KERNELS.compare(op, a, at, as, b, bt, bs, out, ot, os, n);
                            KERNELS.compare(op, floats(a), at, as, floats(b), bt, bs, fout, ot, os, n);
                            KERNELS.compare(op, longs(a), at, as, longs(b), bt, bs, lout, ot, os, n);
                            for (int i = 0; i < n; i++) {
                                double x = a[at + i * as];
                                double y = b[bt + i * bs];
                                expected[ot + i * os] = (byte) (op.apply(x, y) ? 1 : 0);
                                lexpected[ot + i * os] = (byte) (op.apply((long) x, (long) y) ? 1 : 0);
                            }
                            assertArrayEquals(expected, out);
                            assertArrayEquals(expected, fout);
                            assertArrayEquals(lexpected, lout);
                        }
                    }
                }
            }
        }
    }

    @Test
    void unaryLoopsDoWhatTheOperationSays() {
        for (int n : LENGTHS) {
            for (int as : STEPS) {
                for (int os : new int[] {1, 2}) {
                    double[] a = numbers(128);
                    for (Unary op : Unary.values()) {
                        double[] out = new double[128];
                        float[] fout = new float[128];
                        double[] expected = new double[128];
                        KERNELS.unary(op, a, start(as, n), as, out, 3, os, n);
                        KERNELS.unary(op, floats(a), start(as, n), as, fout, 3, os, n);
                        for (int i = 0; i < n; i++) {
                            expected[3 + i * os] = op.apply(a[start(as, n) + i * as]);
                        }
                        assertArrayEquals(expected, out, op.toString());
                        if (FloatMath.has(op)) {
                            FloatMathTest.assertNear(floats(expected), fout, op.toString());
                        } else {
                            assertArrayEquals(floats(expected), fout, op.toString());
                        }
                    }
                }
            }
        }
    }

    /** Rows long enough for every path: equal starts, different starts in several pieces, one number on either side, in place. */
    @Test
    void longRowsAgreeWithShortOnes() {
        double[] a = numbers(5000);
        double[] b = numbers(5000);
        for (int n : new int[] {100, 1024, 1025, 4000}) {
            for (int[] at : new int[][] {{0, 0, 0}, {7, 7, 7}, {3, 3, 9}, {3, 9, 3}, {1, 2, 3}, {0, 5, 0}}) {
                for (int[] step : new int[][] {{1, 1}, {1, 0}, {0, 1}, {0, 0}}) {
                    for (Binary op : Binary.values()) {
                        double[] expected = a.clone();
                        for (int i = 0; i < n; i++) {
                            expected[at[2] + i] = op.apply(a[at[0] + i * step[0]], b[at[1] + i * step[1]]);
                        }
                        double[] out = a.clone();
                        float[] fout = floats(a);
                        // In place where a starts where the result does.
                        KERNELS.binary(op, at[0] == at[2] && step[0] == 1 ? out : a, at[0], step[0], b, at[1], step[1], out,
                                at[2], 1, n);
                        KERNELS.binary(op, floats(a), at[0], step[0], floats(b), at[1], step[1], fout, at[2], 1, n);
                        assertArrayEquals(expected, out, op.toString());
                        assertArrayEquals(floats(expected), fout, op.toString());
                    }
                }
            }
            for (Unary op : Unary.values()) {
                double[] expected = new double[5000];
                double[] out = new double[5000];
                float[] fout = new float[5000];
                for (int i = 0; i < n; i++) {
                    expected[5 + i] = op.apply(a[5 + i]);
                }
                KERNELS.unary(op, a, 5, 1, out, 5, 1, n);
                KERNELS.unary(op, floats(a), 5, 1, fout, 5, 1, n);
                assertArrayEquals(expected, out, op.toString());
                if (FloatMath.has(op)) {
                    FloatMathTest.assertNear(floats(expected), fout, op.toString());
                } else {
                    assertArrayEquals(floats(expected), fout, op.toString());
                }
            }
        }
    }

    /** {@code //} and {@code %} of Python 3. */
    @Test
    void divisionRoundsAsInPython() {
        double[][] cases = {{7, 3, 2, 1}, {-7, 3, -3, 2}, {7, -3, -3, -2}, {-7, -3, 2, -1}, {0.5, 0.1, 4, 0.09999999999999998},
            {-0.5, 0.1, -5, 2.7755575615628914e-17}, {1e17, 3, 3.3333333333333332e16, 1}, {3, Double.POSITIVE_INFINITY, 0, 3},
            {-3, Double.POSITIVE_INFINITY, -1, Double.POSITIVE_INFINITY}};
        for (double[] c : cases) {
            assertEquals(c[2], Binary.FLOOR_DIVIDE.apply(c[0], c[1]), Arrays.toString(c));
            assertEquals(c[3], Binary.REMAINDER.apply(c[0], c[1]), Arrays.toString(c));
        }
        assertEquals(-4, Binary.FLOOR_DIVIDE.apply(-7L, 2L));
        assertEquals(1, Binary.REMAINDER.apply(-7L, 2L));
        assertEquals(0, Binary.FLOOR_DIVIDE.apply(5L, 0L));
        assertEquals(-8, Binary.POWER.apply(-2L, 3L));
        assertEquals(1, Binary.POWER.apply(1, Double.NaN));
        assertEquals(1, Binary.POWER.apply(-1, Double.NEGATIVE_INFINITY));
    }

    @Test
    void log2IsExactAtPowersOfTwo() {
        for (int e = -1074; e <= 1023; e++) {
            assertEquals(e, Unary.LOG2.apply(Math.scalb(1.0, e)));
        }
        assertEquals(1.5849625007211562, Unary.LOG2.apply(3), 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, Unary.LOG2.apply(0));
    }

    @Test
    void sumsAreNearTheExactSum() {
        for (int n : new int[] {0, 1, 7, 8, 9, 127, 128, 129, 1000, 5001}) {
            for (int step : new int[] {1, 2, -1}) {
                double[] a = new double[12000];
                Arrays.setAll(a, i -> random.nextGaussian() * 1000);
                int at = step < 0 ? 11000 : 5;
                BigDecimal exact = BigDecimal.ZERO;
                BigDecimal exactDot = BigDecimal.ZERO;
                double size = 0;
                for (int i = 0; i < n; i++) {
                    double x = a[at + i * step];
                    exact = exact.add(new BigDecimal(x));
                    exactDot = exactDot.add(new BigDecimal(x).multiply(new BigDecimal(a[i])));
                    size += Math.abs(x) * Math.max(1, Math.abs(a[i]));
                }
                // Pairwise addition: one rounding for each level of the tree, and one for each pass of a block of eight sums.
                double bound = size * Math.ulp(1.0) * 64;
                assertEquals(exact.doubleValue(), KERNELS.sum(a, at, step, n), bound);
                assertEquals(exactDot.doubleValue(), KERNELS.dot(a, at, step, a, 0, 1, n), bound);
                double floatSum = 0;
                for (int i = 0; i < n; i++) {
                    floatSum += (float) a[at + i * step];
                }
                assertEquals((float) floatSum, (float) KERNELS.sum(floats(a), at, step, n), Math.abs(floatSum) * 1e-7 + bound);
            }
        }
    }

    /** The bits of NumPy 1.24's np.sum for these numbers: its tree and ours are the same. */
    @Test
    void theSumOfDoublesHasNumPysBits() {
        double[] tenths = new double[1000];
        Arrays.setAll(tenths, i -> 0.1 * i);
        assertEquals(49950.0, KERNELS.sum(tenths, 0, 1, 1000));
        double[] thirds = new double[777];
        Arrays.setAll(thirds, i -> 1.0 / (i + 3));
        assertEquals(5.735868421972876, KERNELS.sum(thirds, 0, 1, 777));
    }

    @Test
    void extremesTakeTheFirstAndNanWins() {
        double[] a = {1, 3, 3, -2, -2};
        assertEquals(1, KERNELS.argmax(a, 0, 1, 5));
        assertEquals(3, KERNELS.argmin(a, 0, 1, 5));
        assertEquals(1, KERNELS.argmax(a, 4, -2, 3));
        float[] f = {1, Float.NaN, 9, Float.NaN};
        assertEquals(1, KERNELS.argmax(f, 0, 1, 4));
        assertEquals(1, KERNELS.argmin(f, 0, 1, 4));
    }

    @Test
    void productsAreThoseOfTheDefinition() {
        int[][] sizes = {{1, 1, 1}, {1, 5, 3}, {3, 3, 9}, {4, 4, 4}, {5, 7, 3}, {4, 33, 2}, {9, 40, 5}, {8, 32, 4}, {20, 600,
                130},
            {13, 35, 67}, {6, 0, 3}, {4, 4, 0}, {10, 40, 0}, {0, 3, 2}, {100, 64, 65}, {1, 40, 70}, {3, 33, 9}, {70, 1, 40}};
        for (int[] s : sizes) {
            for (int form = 0; form < 8; form++) {
                product(s[0], s[1], s[2], (form & 1) != 0, (form & 2) != 0, (form & 4) != 0);
            }
        }
    }

    /** Small whole numbers, so that every order of addition gives the same. */
    private void product(int m, int n, int k, boolean turnA, boolean turnB, boolean add) {
        double[] a = whole(m * k + 3);
        double[] b = whole(k * n + 2);
        int row = n + 5;
        double[] c = whole(m * row + 1);
        int ar = turnA ? 1 : k;
        int ac = turnA ? m : 1;
        int br = turnB ? 1 : n;
        int bc = turnB ? k : 1;
        double[] expected = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = add ? c[1 + i * row + j] : 0;
                for (int p = 0; p < k; p++) {
                    sum += a[3 + i * ar + p * ac] * b[2 + p * br + j * bc];
                }
                expected[1 + i * row + j] = sum;
            }
        }
        float[] cf = floats(c);
        KERNELS.gemm(m, n, k, a, 3, ar, ac, b, 2, br, bc, c, 1, row, add);
        KERNELS.gemm(m, n, k, floats(a), 3, ar, ac, floats(b), 2, br, bc, cf, 1, row, add);
        String what = m + "x" + k + " by " + k + "x" + n + " " + turnA + turnB + add;
        assertArrayEquals(expected, c, what);
        assertArrayEquals(floats(expected), cf, what);
    }

    private double[] whole(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> random.nextInt(-8, 9));
        return x;
    }

    @Test
    void scatterAddsWhatGatherTook() {
        double[] x = numbers(20);
        long[] positions = {3, 3, 19, 0};
        double[] out = new double[5];
        KERNELS.gather(x, positions, out, 1);
        assertArrayEquals(new double[] {0, x[3], x[3], x[19], x[0]}, out);
        double[] back = new double[20];
        KERNELS.scatterAdd(out, 1, positions, back);
        double[] expected = new double[20];
        expected[3] = 2 * x[3];
        expected[19] = x[19];
        expected[0] = x[0];
        assertArrayEquals(expected, back);
        float[] fout = new float[4];
        float[] fback = new float[20];
        KERNELS.gather(floats(x), positions, fout, 0);
        KERNELS.scatterAdd(fout, 0, positions, fback);
        assertArrayEquals(floats(expected), fback);
    }
}
