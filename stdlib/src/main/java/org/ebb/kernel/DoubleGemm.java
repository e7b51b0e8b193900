package org.ebb.kernel;

/**
 * Matrix products of {@code double[]} for every size and every pair of strides.
 *
 * <p>Small products, and products with a vector, run straight on the operands. Others copy b once, in panels that stay in cache
 * and whose rows are contiguous; four rows of a then share each pass over a panel row, in loops that the compiler makes vector
 * code of.
 */
final class DoubleGemm {

    /** Rows of b in one panel. */
    private static final int DEPTH = 128;

    /** Columns of b in one panel: with DEPTH rows about half of a second-level cache. */
    private static final int WIDTH = 256;

    private DoubleGemm() {}

    static void gemm(int m, int n, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, int bColumn,
                     double[] c, int cAt, int cRow, boolean add) {
        if (!add) {
            for (int i = 0; i < m; i++) {
                java.util.Arrays.fill(c, cAt + i * cRow, cAt + i * cRow + n, 0);
            }
        }
        if (m < 4 || n < 4) {
            direct(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow);
        } else if (bColumn == 1 && k <= DEPTH && n <= WIDTH) {
            panel(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow);
        } else {
            double[] packed = new double[Math.min(DEPTH, k) * Math.min(WIDTH, n)];
            for (int p = 0; p < k; p += DEPTH) {
                int depth = Math.min(DEPTH, k - p);
                for (int j = 0; j < n; j += WIDTH) {
                    int width = Math.min(WIDTH, n - j);
                    pack(b, bAt + p * bRow + j * bColumn, bRow, bColumn, depth, width, packed);
                    panel(m, width, depth, a, aAt + p * aColumn, aRow, aColumn, packed, 0, width, c, cAt + j, cRow);
                }
            }
        }
    }

    private static void direct(int m, int n, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow,
            int bColumn,
                               double[] c, int cAt, int cRow) {
        boolean rows = bColumn == 1 && n >= 4;
        for (int i = 0; i < m; i++) {
            if (rows) {
                for (int p = 0; p < k; p++) {
                    axpy(n, a[aAt + i * aRow + p * aColumn], b, bAt + p * bRow, c, cAt + i * cRow);
                }
            } else {
                for (int j = 0; j < n; j++) {
                    c[cAt + i * cRow + j] += (double) DoubleSums.dot(a, aAt + i * aRow, aColumn, b, bAt + j * bColumn, bRow, k);
                }
            }
        }
    }

    private static void pack(double[] b, int at, int row, int column, int depth, int width, double[] packed) {
        if (column == 1) {
            for (int p = 0; p < depth; p++) {
                System.arraycopy(b, at + p * row, packed, p * width, width);
            }
            return;
        }
        for (int j = 0; j < width; j++) {
            int from = at + j * column;
            for (int p = 0; p < depth; p++) {
                packed[p * width + j] = b[from + p * row];
            }
        }
    }

    private static void panel(int m, int n, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow,
                              double[] c, int cAt, int cRow) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            int p = 0;
            for (; p + 2 <= k; p += 2) {
                int x = aAt + i * aRow + p * aColumn;
                fourByTwo(n, a, x, aRow, aColumn, b, bAt + p * bRow, bRow, c, cAt + i * cRow, cRow);
            }
            for (; p < k; p++) {
                for (int r = 0; r < 4; r++) {
                    axpy(n, a[aAt + (i + r) * aRow + p * aColumn], b, bAt + p * bRow, c, cAt + (i + r) * cRow);
                }
            }
        }
        for (; i < m; i++) {
            for (int p = 0; p < k; p++) {
                axpy(n, a[aAt + i * aRow + p * aColumn], b, bAt + p * bRow, c, cAt + i * cRow);
            }
        }
    }

    /** Adds to four rows of c what two rows of b give them. */
    private static void fourByTwo(int n, double[] a, int x, int aRow, int aColumn, double[] b, int y, int bRow, double[] c,
                                  int z, int cRow) {
        double a00 = a[x], a01 = a[x + aColumn];
        double a10 = a[x + aRow], a11 = a[x + aRow + aColumn];
        double a20 = a[x + 2 * aRow], a21 = a[x + 2 * aRow + aColumn];
        double a30 = a[x + 3 * aRow], a31 = a[x + 3 * aRow + aColumn];
        int y1 = y + bRow;
        int z1 = z + cRow;
        int z2 = z + 2 * cRow;
        int z3 = z + 3 * cRow;
        for (int j = 0; j < n; j++) {
            double b0 = b[y + j];
            double b1 = b[y1 + j];
            c[z + j] += a00 * b0 + a01 * b1;
            c[z1 + j] += a10 * b0 + a11 * b1;
            c[z2 + j] += a20 * b0 + a21 * b1;
            c[z3 + j] += a30 * b0 + a31 * b1;
        }
    }

    private static void axpy(int n, double factor, double[] b, int y, double[] c, int z) {
        for (int j = 0; j < n; j++) {
            c[z + j] += factor * b[y + j];
        }
    }
}
