package org.ebb.kernel;

import java.util.Arrays;

/**
 * Matrix products of {@code float[]} for every size and every pair of strides.
 *
 * <p>Products with few rows or columns run straight on the operands, small ones four rows at a time. Large ones copy b in panels
 * whose rows are arrays of their own: only for loops whose arrays all start at 0 does the compiler make vector code of several
 * products at once (measured: 40 against 12 GFLOP/s).
 */
final class FloatGemm {

    /** Rows of b in one panel, a multiple of 4. */
    private static final int DEPTH = 64;

    /** Columns of b in one panel: with DEPTH rows it stays in a second-level cache. */
    private static final int WIDTH = 512;

    private FloatGemm() {}

    static void gemm(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
                     float[] c, int cAt, int cRow, boolean add) {
        clear(m, n, c, cAt, cRow, add);
        if (n == 1 && m > 1 && cRow == 1) {
            // A column is a row of the transposed product.
            product(1, m, k, b, bAt, 0, bRow, a, aAt, aColumn, aRow, c, cAt, m);
        } else {
            product(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow);
        }
    }

    /** Zeros under a product that is not to be added. */
    static void clear(int m, int n, float[] c, int at, int row, boolean add) {
        for (int i = 0; i < m && !add; i++) {
            Arrays.fill(c, at + i * row, at + i * row + n, 0);
        }
    }

    /**
     * Is every element of a product of this size one chain of fused multiplications and additions in the order of k? Narrower
     * ones may be sums in double.
     */
    static boolean chained(int m, int n) {
        return m >= 4 && n >= 4;
    }

    private static void product(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow,
                                int bColumn, float[] c, int cAt, int cRow) {
        if (n >= 32 && k >= 4 && (m >= 8 || bColumn == 1)) {
            panels(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow);
        } else if (m >= 32 && n >= 8 && k >= 4) {
            turned(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow);
        } else if (!chained(m, n)) {
            direct(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow);
        } else if (bColumn == 1) {
            small(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow);
        } else {
            float[] straight = new float[k * n];
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < n; j++) {
                    straight[p * n + j] = b[bAt + p * bRow + j * bColumn];
                }
            }
            small(m, n, k, a, aAt, aRow, aColumn, straight, 0, n, c, cAt, cRow);
        }
    }

    /** The transposed product, whose rows are long. */
    private static void turned(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
                               float[] c, int cAt, int cRow) {
        float[] turned = new float[n * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                turned[j * m + i] = c[cAt + i * cRow + j];
            }
        }
        panels(n, m, k, b, bAt, bColumn, bRow, a, aAt, aColumn, aRow, turned, 0, m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                c[cAt + i * cRow + j] = turned[j * m + i];
            }
        }
    }

    private static void panels(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow,
                               int bColumn, float[] c, int cAt, int cRow) {
        int width = Math.min(WIDTH, n);
        float[][] rows = new float[Math.min(DEPTH, k)][width];
        float[] sums = new float[width];
        float[] factors = new float[rows.length];
        for (int j = 0; j < n; j += WIDTH) {
            int columns = Math.min(WIDTH, n - j);
            for (int p = 0; p < k; p += DEPTH) {
                int depth = Math.min(DEPTH, k - p);
                pack(b, bAt + p * bRow + j * bColumn, bRow, bColumn, depth, columns, rows);
                for (int i = 0; i < m; i++) {
                    if ((i & 15) == 0) {
                        Poll.now();
                    }
                    for (int f = 0, x = aAt + i * aRow + p * aColumn; f < depth; f++, x += aColumn) {
                        factors[f] = a[x];
                    }
                    int z = cAt + i * cRow + j;
                    System.arraycopy(c, z, sums, 0, columns);
                    int q = 0;
                    for (; q + 4 <= depth; q += 4) {
                        fourRows(columns, factors[q], factors[q + 1], factors[q + 2], factors[q + 3],
                                 rows[q], rows[q + 1], rows[q + 2], rows[q + 3], sums);
                    }
                    for (; q < depth; q++) {
                        oneRow(columns, factors[q], rows[q], 0, sums, 0);
                    }
                    System.arraycopy(sums, 0, c, z, columns);
                }
            }
        }
    }

    private static void pack(float[] b, int at, int row, int column, int depth, int width, float[][] rows) {
        for (int p = 0; p < depth; p++) {
            if (column == 1) {
                System.arraycopy(b, at + p * row, rows[p], 0, width);
            } else {
                for (int j = 0, from = at + p * row; j < width; j++, from += column) {
                    rows[p][j] = b[from];
                }
            }
        }
    }

    private static void fourRows(int n, float a0, float a1, float a2, float a3, float[] b0, float[] b1, float[] b2, float[] b3,
                                 float[] c) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
        }
    }

    private static void direct(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow,
                               int bColumn, float[] c, int cAt, int cRow) {
        boolean rows = bColumn == 1 && n >= 4;
        for (int i = 0; i < m; i++) {
            if (rows) {
                for (int p = 0; p < k; p++) {
                    oneRow(n, a[aAt + i * aRow + p * aColumn], b, bAt + p * bRow, c, cAt + i * cRow);
                }
            } else {
                for (int j = 0; j < n; j++) {
                    c[cAt + i * cRow + j] += (float) FloatSums.dot(a, aAt + i * aRow, aColumn, b, bAt + j * bColumn, bRow, k);
                }
            }
        }
    }

    private static void small(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow,
                              float[] c, int cAt, int cRow) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            int p = 0;
            for (; p + 2 <= k; p += 2) {
                int x = aAt + i * aRow + p * aColumn;
                fourByTwo(n, a, x, aRow, aColumn, b, bAt + p * bRow, bRow, c, cAt + i * cRow, cRow);
            }
            for (; p < k; p++) {
                for (int r = 0; r < 4; r++) {
                    oneRow(n, a[aAt + (i + r) * aRow + p * aColumn], b, bAt + p * bRow, c, cAt + (i + r) * cRow);
                }
            }
        }
        for (; i < m; i++) {
            for (int p = 0; p < k; p++) {
                oneRow(n, a[aAt + i * aRow + p * aColumn], b, bAt + p * bRow, c, cAt + i * cRow);
            }
        }
    }

    /** Adds to four rows of c what two rows of b give them. */
    private static void fourByTwo(int n, float[] a, int x, int aRow, int aColumn, float[] b, int y, int bRow, float[] c, int z,
                                  int cRow) {
        float a00 = a[x], a01 = a[x + aColumn];
        float a10 = a[x + aRow], a11 = a[x + aRow + aColumn];
        float a20 = a[x + 2 * aRow], a21 = a[x + 2 * aRow + aColumn];
        float a30 = a[x + 3 * aRow], a31 = a[x + 3 * aRow + aColumn];
        int y1 = y + bRow;
        int z1 = z + cRow;
        int z2 = z + 2 * cRow;
        int z3 = z + 3 * cRow;
        for (int j = 0; j < n; j++) {
            float b0 = b[y + j];
            float b1 = b[y1 + j];
            c[z + j] = Math.fma(a01, b1, Math.fma(a00, b0, c[z + j]));
            c[z1 + j] = Math.fma(a11, b1, Math.fma(a10, b0, c[z1 + j]));
            c[z2 + j] = Math.fma(a21, b1, Math.fma(a20, b0, c[z2 + j]));
            c[z3 + j] = Math.fma(a31, b1, Math.fma(a30, b0, c[z3 + j]));
        }
    }

    private static void oneRow(int n, float factor, float[] b, int y, float[] c, int z) {
        for (int j = 0; j < n; j++) {
            c[z + j] = Math.fma(factor, b[y + j], c[z + j]);
        }
    }
}
