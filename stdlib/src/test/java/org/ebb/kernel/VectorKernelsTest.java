package org.ebb.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vector kernels and the plain ones: the same bits, for every operation, layout, length and special value. */
@Tag("fast")
class VectorKernelsTest {

    private static final Kernels PLAIN = PlainKernels.INSTANCE;
    private static final Kernels VECTOR = VectorTier.required();

    private static final int[] LENGTHS = {0, 1, 7, 31, 32, 33, 47, 64, 100, 1025};
    private static final int[][] STEPS = {{1, 1, 1}, {1, 0, 1}, {0, 1, 1}, {0, 0, 1}, {2, 1, 1}, {1, -1, 1}, {1, 1, 2}, {-1, 3, 1}};
    private static final int[][] STARTS = {{0, 0, 0}, {3, 3, 3}, {1, 2, 3}, {0, 5, 0}, {9, 9, 1}};
    private static final int SIZE = 4096;

    private static final double[] SPECIAL = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, 1e-40, 88.7, 89.5, -87.5, -103.5, -105, 9.2};

    private final Random random = new Random(23);

    private double[] doubles(int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(4) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian() * 8;
        }
        return x;
    }

    private static float[] floats(double[] x) {
        float[] f = new float[x.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = (float) x[i];
        }
        return f;
    }

    private static int start(int at, int step, int n) {
        return step < 0 ? at - step * n : at;
    }

    /** Bits, but all nans are one: which of two nans an addition keeps is the machine's choice. */
    private static void assertSame(double[] x, double[] y, String what) {
        for (int i = 0; i < x.length; i++) {
            assertEquals(Double.doubleToLongBits(x[i]), Double.doubleToLongBits(y[i]), what);
        }
    }

    private static void assertSame(float[] x, float[] y, String what) {
        for (int i = 0; i < x.length; i++) {
            assertEquals(Float.floatToIntBits(x[i]), Float.floatToIntBits(y[i]), what);
        }
    }

    @Test
    void elementwiseLoopsHaveTheSameBits() {
        for (int n : LENGTHS) {
            for (int[] step : STEPS) {
                for (int[] at : STARTS) {
                    double[] a = doubles(SIZE);
                    double[] b = doubles(SIZE);
                    int x = start(at[0], step[0], n);
                    int y = start(at[1], step[1], n);
                    for (Binary op : Binary.values()) {
                        String what = op + " of " + n + " from " + x + ", " + y + " by " + step[0] + ", " + step[1];
                        double[] d = new double[SIZE], e = new double[SIZE];
                        float[] f = new float[SIZE], g = new float[SIZE];
                        PLAIN.binary(op, a, x, step[0], b, y, step[1], d, at[2], step[2], n);
                        VECTOR.binary(op, a, x, step[0], b, y, step[1], e, at[2], step[2], n);
                        assertSame(d, e, what);
                        PLAIN.binary(op, floats(a), x, step[0], floats(b), y, step[1], f, at[2], step[2], n);
                        VECTOR.binary(op, floats(a), x, step[0], floats(b), y, step[1], g, at[2], step[2], n);
                        assertSame(f, g, what);
                    }
                    for (Unary op : Unary.values()) {
                        double[] d = new double[SIZE], e = new double[SIZE];
                        float[] f = new float[SIZE], g = new float[SIZE];
                        PLAIN.unary(op, a, x, step[0], d, at[2], step[2], n);
                        VECTOR.unary(op, a, x, step[0], e, at[2], step[2], n);
                        assertSame(d, e, op.toString());
                        PLAIN.unary(op, floats(a), x, step[0], f, at[2], step[2], n);
                        VECTOR.unary(op, floats(a), x, step[0], g, at[2], step[2], n);
                        assertSame(f, g, op.toString());
                    }
                }
            }
        }
    }

    @Test
    void worksInPlace() {
        double[] a = doubles(1000);
        double[] b = doubles(1000);
        for (Binary op : Binary.values()) {
            float[] f = floats(a), g = floats(a);
            PLAIN.binary(op, f, 3, 1, floats(b), 0, 1, f, 3, 1, 900);
            VECTOR.binary(op, g, 3, 1, floats(b), 0, 1, g, 3, 1, 900);
            assertSame(f, g, op.toString());
        }
        for (Unary op : Unary.values()) {
            float[] f = floats(a), g = floats(a);
            PLAIN.unary(op, f, 3, 1, f, 3, 1, 900);
            VECTOR.unary(op, g, 3, 1, g, 3, 1, 900);
            assertSame(f, g, op.toString());
        }
    }

    @Test
    void sumsHaveTheSameBits() {
        for (int n : new int[] {0, 1, 7, 8, 9, 15, 16, 33, 127, 128, 129, 136, 1000, 3001}) {
            for (int at : new int[] {0, 5}) {
                double[] a = new double[SIZE];
                double[] b = new double[SIZE];
                for (int i = 0; i < SIZE; i++) {
                    a[i] = random.nextGaussian() * Math.exp(random.nextGaussian() * 9);
                    b[i] = random.nextGaussian();
                }
                assertEquals(PLAIN.sum(a, at, 1, n), VECTOR.sum(a, at, 1, n));
                assertEquals(PLAIN.sum(floats(a), at, 1, n), VECTOR.sum(floats(a), at, 1, n));
                assertEquals(PLAIN.dot(a, at, 1, b, 1, 1, n), VECTOR.dot(a, at, 1, b, 1, 1, n));
                assertEquals(PLAIN.dot(floats(a), at, 1, floats(b), 1, 1, n), VECTOR.dot(floats(a), at, 1, floats(b), 1, 1, n));
                assertEquals(PLAIN.dot(a, at, 1, b, 1000, -1, Math.min(n, 1000)), VECTOR.dot(a, at, 1, b, 1000, -1, Math.min(n, 1000)));
            }
        }
    }

    @Test
    void whatIsNotFiniteIsFoundWhereverItStands() {
        for (int n : new int[] {0, 1, 7, 31, 32, 33, 63, 64, 65, 200}) {
            double[] a = new double[n + 2];
            for (int i = 0; i < a.length; i++) {
                a[i] = i % 3 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE;
            }
            a[0] = a[n + 1] = Double.NaN;
            for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
                assertTrue(kernels.finite(a, 1, n));
                assertTrue(kernels.finite(floats(a), 1, n));
                for (int i = 1; i <= n; i++) {
                    double before = a[i];
                    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                        a[i] = bad;
                        assertFalse(kernels.finite(a, 1, n), n + " elements, " + i);
                        assertFalse(kernels.finite(floats(a), 1, n), n + " elements, " + i);
                    }
                    a[i] = before;
                }
            }
        }
    }

    @Test
    void magnitudesAreThoseOfALoop() {
        var random = new java.util.Random(5);
        for (int n : new int[] {0, 1, 3, 31, 32, 33, 63, 64, 65, 200}) {
            double[] a = random.doubles(n + 2, -1, 1).map(x -> x * Math.exp(40 * x)).toArray();
            double largest = 0;
            for (int i = 1; i <= n; i++) {
                largest = Math.max(largest, Math.abs(a[i]));
            }
            for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
                assertEquals(largest, kernels.magnitude(a, 1, n));
                assertEquals((float) largest, kernels.magnitude(floats(a), 1, n));
            }
        }
    }

    /** A slow call may have been interrupted by anything; several in a row mean that the compiler threw the code away. */
    @Test
    void oneSlowCallDoesNotDriveVectorKernelsOut() {
        var tiered = new Tiered(100, 1, 1, _ -> { });
        tiered.serve(VECTOR);
        for (int round = 0; round < 5; round++) {
            tiered.judge(1_000_000_000, 1000);
            tiered.judge(1_000_000_000, 1000);
            tiered.judge(1000, 1000);
            assertEquals(VECTOR, tiered.kernels(1));
        }
        for (int call = 0; call < 3; call++) {
            tiered.judge(1_000_000_000, 1000);
        }
        assertEquals(PlainKernels.INSTANCE, tiered.kernels(1));
    }

    @Test
    void productsHaveTheSameBits() {
        int[][] sizes = {{1, 1, 1}, {3, 40, 300}, {4, 16, 300}, {5, 17, 400}, {6, 32, 128}, {7, 33, 100}, {12, 64, 193}, {13, 31, 400},
            {121, 35, 67}, {130, 64, 30}, {9, 1030, 21}, {64, 10, 128}, {5, 9, 400}, {41, 5, 90}, {40, 1, 600}, {0, 20, 5000}, {30, 20, 0}};
        for (int[] s : sizes) {
            for (int form = 0; form < 8; form++) {
                int m = s[0], n = s[1], k = s[2], row = n + 3;
                double[] a = new double[m * k + 3];
                double[] b = new double[k * n + 2];
                double[] c = new double[m * row + 1];
                for (double[] x : new double[][] {a, b, c}) {
                    for (int i = 0; i < x.length; i++) {
                        x[i] = random.nextGaussian();
                    }
                }
                int ar = (form & 1) != 0 ? 1 : k, ac = (form & 1) != 0 ? m : 1;
                int br = (form & 2) != 0 ? 1 : n, bc = (form & 2) != 0 ? k : 1;
                boolean add = (form & 4) != 0;
                String what = m + "x" + k + " by " + k + "x" + n + " form " + form;
                double[] d = c.clone(), e = c.clone();
                PLAIN.gemm(m, n, k, a, 3, ar, ac, b, 2, br, bc, d, 1, row, add);
                VECTOR.gemm(m, n, k, a, 3, ar, ac, b, 2, br, bc, e, 1, row, add);
                assertArrayEquals(d, e, what);
                float[] f = floats(c), g = floats(c);
                PLAIN.gemm(m, n, k, floats(a), 3, ar, ac, floats(b), 2, br, bc, f, 1, row, add);
                VECTOR.gemm(m, n, k, floats(a), 3, ar, ac, floats(b), 2, br, bc, g, 1, row, add);
                assertArrayEquals(f, g, what);
            }
        }
    }

    @Test
    void slidesOverTheSameBits() {
        var random = new Random(11);
        for (int round = 0; round < 40; round++) {
            int m = 1 + random.nextInt(20);
            int n = 1 + random.nextInt(70);
            int depth = 1 + random.nextInt(30);
            int[] rows = random.ints(FloatSlides.upTo(Math.max(m, depth), FloatSlides.TALL), 0, 100).toArray();
            float[] b = floats(random.doubles(100 + n + FloatSlides.BROAD + depth).map(x -> x - 0.5).toArray());
            float[] a = floats(random.doubles(FloatSlides.upTo(m, FloatSlides.TALL) * depth).map(x -> x - 0.5).toArray());
            int[] deep = java.util.Arrays.copyOf(rows, depth);
            float[] c = new float[FloatSlides.upTo(m, FloatSlides.TALL) * FloatSlides.upTo(n, FloatSlides.BROAD)];
            float[] d = c.clone();
            PLAIN.slide(m, n, deep, a, b, c);
            VECTOR.slide(m, n, deep, a, b, d);
            int width = FloatSlides.upTo(n, FloatSlides.BROAD);
            assertArrayEquals(java.util.Arrays.copyOf(c, m * width), java.util.Arrays.copyOf(d, m * width));
            double sum = 0;
            for (int p = 0; p < depth; p++) {
                sum += (double) a[FloatSlides.packed(m - 1, p, depth)] * b[rows[p] + n - 1];
            }
            assertEquals(sum, c[(m - 1) * width + n - 1], 1e-5);
        }
    }

    @Test
    void slidesBackOverTheSameBits() {
        var random = new Random(12);
        for (int round = 0; round < 40; round++) {
            int m = FloatSlides.upTo(1 + random.nextInt(20), FloatSlides.STEEP);
            int n = FloatSlides.upTo(1 + random.nextInt(20), FloatSlides.WIDE);
            int depth = FloatSlides.upTo(1 + random.nextInt(100), FloatSlides.STRANDS);
            int apart = depth + random.nextInt(9);
            int[] rows = random.ints(m, 0, 100).toArray();
            float[] b = floats(random.doubles(100 + depth).map(x -> x - 0.5).toArray());
            float[] y = floats(random.doubles(n * apart).map(x -> x - 0.5).toArray());
            float[] c = floats(random.doubles(m * n * FloatSlides.STRANDS).toArray());
            float[] d = c.clone();
            int strand = random.nextInt(FloatSlides.STRANDS);
            int last = (m * n - 1) * FloatSlides.STRANDS + strand;
            double sum = c[last];
            for (int p = strand; p < depth; p += FloatSlides.STRANDS) {
                sum += (double) b[rows[m - 1] + p] * y[(n - 1) * apart + p];
            }
            PLAIN.slideBack(m, n, depth, rows, b, y, apart, c);
            VECTOR.slideBack(m, n, depth, rows, b, y, apart, d);
            assertArrayEquals(c, d);
            assertEquals(sum, c[last], 1e-5);
        }
    }
}
