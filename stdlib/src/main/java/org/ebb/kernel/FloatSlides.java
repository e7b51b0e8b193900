package org.ebb.kernel;

/**
 * Matrix products with a matrix whose rows overlap: row p begins at {@code rows[p]} of an array. So a window that slides over an image in
 * memory takes part without being copied. Every element is one chain of fused multiplications and additions, in order.
 *
 * <p>Matrices are laid out for tiles, and what fills them up is computed with: see {@link #packed}.
 */
public final class FloatSlides {

    /** Rows of a tile. */
    public static final int TALL = 8;

    /** Columns are filled up to a multiple of this in {@link Kernels#slide}, */
    public static final int BROAD = 32;

    /** and of this in {@link Kernels#slideBack}. */
    public static final int NARROW = 16;

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

    static void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, float[] c) {
        int width = upTo(n, NARROW);
        float[] sum = new float[width];
        float[] row = new float[width];
        for (int i = 0; i < m; i++) {
            System.arraycopy(c, i * width, sum, 0, width);
            for (int p = 0; p < depth; p++) {
                System.arraycopy(y, p * width, row, 0, width);
                more(b[rows[i] + p], row, sum);
            }
            System.arraycopy(sum, 0, c, i * width, width);
        }
    }

    /** Over arrays from 0 on: of that the compiler makes vector code. */
    private static void more(float factor, float[] row, float[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = Math.fma(factor, row[j], sum[j]);
        }
    }
}
