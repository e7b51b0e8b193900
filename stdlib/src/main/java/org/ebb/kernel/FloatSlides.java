package org.ebb.kernel;

/**
 * Matrix products with a matrix whose rows overlap: row p begins at {@code rows[p]} of an array. So a window that slides over an image in
 * memory takes part without being copied. Every element is one chain of fused multiplications and additions, in order, or one for each
 * strand.
 *
 * <p>Matrices are laid out for tiles, and what fills them up is computed with: see {@link #packed}.
 */
public final class FloatSlides {

    /** Rows of a tile. */
    public static final int TALL = 8;

    /** Columns are filled up to a multiple of this in {@link Kernels#slide}. */
    public static final int BROAD = 32;

    /** Sums of {@link Kernels#slideBack}: as many running sums each, */
    public static final int STRANDS = 8;

    /** and tiles of so many rows */
    public static final int STEEP = 3;

    /** by so many columns. */
    public static final int WIDE = 4;

    private FloatSlides() {}

    public static int upTo(int n, int unit) {
        return (n + unit - 1) / unit * unit;
    }

    /** Where element (i, p) of the first matrix of {@link Kernels#slide} lies, one of {@code depth} columns: strips of TALL rows. */
    public static int packed(int i, int p, int depth) {
        return i / TALL * TALL * depth + p * TALL + i % TALL;
    }

    static void slide(int m, int n, int[] rows, float[] a, float[] b, float[] c) {
        int width = upTo(n, BROAD);
        float[] sum = new float[width];
        float[] row = new float[width];
        for (int i = 0; i < m; i++) {
            java.util.Arrays.fill(sum, 0);
            for (int p = 0; p < rows.length; p++) {
                System.arraycopy(b, rows[p], row, 0, width);
                more(a[packed(i, p, rows.length)], row, sum);
            }
            System.arraycopy(sum, 0, c, i * width, width);
        }
    }

    static void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, int apart, float[] c) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                strands(depth, b, rows[i], y, j * apart, c, (i * n + j) * STRANDS);
            }
        }
    }

    private static void strands(int depth, float[] b, int x, float[] y, int q, float[] c, int z) {
        float s0 = c[z], s1 = c[z + 1], s2 = c[z + 2], s3 = c[z + 3], s4 = c[z + 4], s5 = c[z + 5], s6 = c[z + 6], s7 = c[z + 7];
        for (int end = x + depth; x < end; x += STRANDS, q += STRANDS) {
            s0 = Math.fma(b[x], y[q], s0);
            s1 = Math.fma(b[x + 1], y[q + 1], s1);
            s2 = Math.fma(b[x + 2], y[q + 2], s2);
            s3 = Math.fma(b[x + 3], y[q + 3], s3);
            s4 = Math.fma(b[x + 4], y[q + 4], s4);
            s5 = Math.fma(b[x + 5], y[q + 5], s5);
            s6 = Math.fma(b[x + 6], y[q + 6], s6);
            s7 = Math.fma(b[x + 7], y[q + 7], s7);
        }
        c[z] = s0;
        c[z + 1] = s1;
        c[z + 2] = s2;
        c[z + 3] = s3;
        c[z + 4] = s4;
        c[z + 5] = s5;
        c[z + 6] = s6;
        c[z + 7] = s7;
    }

    /** Over arrays from 0 on: of that the compiler makes vector code. */
    private static void more(float factor, float[] row, float[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = Math.fma(factor, row[j], sum[j]);
        }
    }
}
