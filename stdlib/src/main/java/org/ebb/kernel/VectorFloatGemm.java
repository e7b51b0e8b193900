package org.ebb.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products of {@code float[]} by a tile of c that stays in registers, over packed panels of a and b (Goto and van de
 * Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008).
 *
 * <p>Every element of c is a chain of fused multiplications and additions in the order of k, as in {@link FloatGemm}: however
 * the work is cut, the bits are the same.
 */
final class VectorFloatGemm {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    /**
     * The tile: so many rows by two vectors. The compiler may read all factors of a step ahead, and with one register too few a sum goes through
     * memory at every step, for which all others wait (half the speed). 8 sums, 2 vectors of b and 4 factors fit 16 registers.
     */
    private static final int TALL = VectorKernels.MANY_REGISTERS ? 6 : 4;
    private static final int BROAD = 2 * LANES;

    /** Depth of a panel: a strip of b as broad as the tile and a strip of a stay in a first-level cache. */
    private static final int DEPTH = 192;

    /** Rows of a packed at a time, a multiple of TALL: they stay in a second-level cache. */
    private static final int ROWS = 120;

    /** Columns of b packed at a time, a multiple of every BROAD. */
    private static final int COLUMNS = 1024;

    /** A thread's panels, written before they are read: fresh arrays have to be cleared and are in no cache. At most 0.9 MB. */
    private static final class Panels {
        private float[] a = {};
        private float[] b = {};
    }

    private static final ThreadLocal<Panels> PANELS = ThreadLocal.withInitial(Panels::new);

    private VectorFloatGemm() {}

    /** Computes {@code c += a b}: c must hold zeros where the product alone is wanted. */
    static void product(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
                        float[] c, int cAt, int cRow) {
        int depth = Math.min(DEPTH, k);
        Panels panels = PANELS.get();
        float[] packedA = panels.a = atLeast(upTo(Math.min(ROWS, m), TALL) * depth, panels.a);
        float[] packedB = panels.b = atLeast(upTo(Math.min(COLUMNS, n), BROAD) * depth, panels.b);
        float[] edge = new float[TALL * BROAD];
        for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            for (int p = 0; p < k; p += DEPTH) {
                int deep = Math.min(DEPTH, k - p);
                packB(b, bAt + p * bRow + j * bColumn, bRow, bColumn, deep, columns, packedB);
                for (int i = 0; i < m; i += ROWS) {
                    Poll.now();
                    int rows = Math.min(ROWS, m - i);
                    packA(a, aAt + i * aRow + p * aColumn, aRow, aColumn, rows, deep, packedA);
                    tiles(rows, columns, deep, packedA, packedB, c, cAt + i * cRow + j, cRow, edge);
                }
            }
        }
    }

    private static float[] atLeast(int length, float[] kept) {
        return kept.length >= length ? kept : new float[length];
    }

    private static int upTo(int n, int unit) {
        return (n + unit - 1) / unit * unit;
    }

    /** Strips of TALL rows; within a strip the rows' elements of one column lie side by side. What lacks is left as it is. */
    private static void packA(float[] a, int at, int row, int column, int rows, int depth, float[] out) {
        for (int i = 0; i < rows; i += TALL) {
            int high = Math.min(TALL, rows - i);
            int to = i * depth;
            int from = at + i * row;
            if (high == TALL) {
                packStrip(a, from, row, column, depth, out, to);
            } else {
                for (int p = 0; p < depth; p++) {
                    for (int r = 0; r < high; r++) {
                        out[to + p * TALL + r] = a[from + r * row + p * column];
                    }
                }
            }
        }
    }

    private static void packStrip(float[] a, int from, int row, int column, int depth, float[] out, int to) {
        for (int p = 0; p < depth; p++, from += column, to += TALL) {
            out[to] = a[from];
            out[to + 1] = a[from + row];
            out[to + 2] = a[from + 2 * row];
            out[to + 3] = a[from + 3 * row];
            if (TALL == 6) {
                out[to + 4] = a[from + 4 * row];
                out[to + 5] = a[from + 5 * row];
            }
        }
    }

    /** Strips of BROAD columns; within a strip the columns' elements of one row lie side by side. */
    private static void packB(float[] b, int at, int row, int column, int depth, int columns, float[] out) {
        for (int j = 0; j < columns; j += BROAD) {
            int wide = Math.min(BROAD, columns - j);
            int to = j * depth;
            int from = at + j * column;
            if (column == 1) {
                for (int p = 0; p < depth; p++) {
                    System.arraycopy(b, from + p * row, out, to + p * BROAD, wide);
                }
            } else if (row == 1) {
                turn(b, from, column, depth, wide, out, to);
            } else {
                for (int p = 0; p < depth; p++) {
                    for (int q = 0; q < wide; q++) {
                        out[to + p * BROAD + q] = b[from + p * row + q * column];
                    }
                }
            }
        }
    }

    /** Packs columns that lie contiguous, eight of their elements at a time to spare the cache. */
    private static void turn(float[] b, int from, int column, int depth, int wide, float[] out, int to) {
        for (int p = 0; p < depth; p += 8) {
            int deep = Math.min(8, depth - p);
            for (int q = 0; q < wide; q++) {
                for (int r = 0, x = from + q * column + p, y = to + p * BROAD + q; r < deep; r++, x++, y += BROAD) {
                    out[y] = b[x];
                }
            }
        }
    }

    private static void tiles(int rows, int columns, int depth, float[] a, float[] b, float[] c, int at, int cRow, float[] edge) {
        for (int j = 0; j < columns; j += BROAD) {
            for (int i = 0; i < rows; i += TALL) {
                int to = at + i * cRow + j;
                if (rows - i >= TALL && columns - j >= BROAD) {
                    tile(depth, a, i * depth, b, j * depth, c, to, cRow);
                } else {
                    int high = Math.min(TALL, rows - i);
                    int wide = Math.min(BROAD, columns - j);
                    for (int r = 0; r < high; r++) {
                        System.arraycopy(c, to + r * cRow, edge, r * BROAD, wide);
                    }
                    tile(depth, a, i * depth, b, j * depth, edge, 0, BROAD);
                    for (int r = 0; r < high; r++) {
                        System.arraycopy(edge, r * BROAD, c, to + r * cRow, wide);
                    }
                }
            }
        }
    }

    private static void tile(int depth, float[] a, int x, float[] b, int y, float[] c, int z, int cRow) {
        int z1 = z + cRow, z2 = z1 + cRow, z3 = z2 + cRow, z4 = z3 + cRow, z5 = z4 + cRow;
        FloatVector c00 = FloatVector.fromArray(FLOATS, c, z), c01 = FloatVector.fromArray(FLOATS, c, z + LANES);
        FloatVector c10 = FloatVector.fromArray(FLOATS, c, z1), c11 = FloatVector.fromArray(FLOATS, c, z1 + LANES);
        FloatVector c20 = FloatVector.fromArray(FLOATS, c, z2), c21 = FloatVector.fromArray(FLOATS, c, z2 + LANES);
        FloatVector c30 = FloatVector.fromArray(FLOATS, c, z3), c31 = FloatVector.fromArray(FLOATS, c, z3 + LANES);
        FloatVector c40 = TALL == 6 ? FloatVector.fromArray(FLOATS, c, z4) : c00, c41 = TALL == 6 ? FloatVector.fromArray(FLOATS, c, z4 + LANES) : c00;
        FloatVector c50 = TALL == 6 ? FloatVector.fromArray(FLOATS, c, z5) : c00, c51 = TALL == 6 ? FloatVector.fromArray(FLOATS, c, z5 + LANES) : c00;
        for (int p = 0; p < depth; p++, x += TALL, y += BROAD) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, y);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, y + LANES);
            FloatVector f = FloatVector.broadcast(FLOATS, a[x]);
            c00 = f.fma(b0, c00);
            c01 = f.fma(b1, c01);
            f = FloatVector.broadcast(FLOATS, a[x + 1]);
            c10 = f.fma(b0, c10);
            c11 = f.fma(b1, c11);
            f = FloatVector.broadcast(FLOATS, a[x + 2]);
            c20 = f.fma(b0, c20);
            c21 = f.fma(b1, c21);
            f = FloatVector.broadcast(FLOATS, a[x + 3]);
            c30 = f.fma(b0, c30);
            c31 = f.fma(b1, c31);
            if (TALL == 6) {
                f = FloatVector.broadcast(FLOATS, a[x + 4]);
                c40 = f.fma(b0, c40);
                c41 = f.fma(b1, c41);
                f = FloatVector.broadcast(FLOATS, a[x + 5]);
                c50 = f.fma(b0, c50);
                c51 = f.fma(b1, c51);
            }
        }
        c00.intoArray(c, z);
        c01.intoArray(c, z + LANES);
        c10.intoArray(c, z1);
        c11.intoArray(c, z1 + LANES);
        c20.intoArray(c, z2);
        c21.intoArray(c, z2 + LANES);
        c30.intoArray(c, z3);
        c31.intoArray(c, z3 + LANES);
        if (TALL == 6) {
            c40.intoArray(c, z4);
            c41.intoArray(c, z4 + LANES);
            c50.intoArray(c, z5);
            c51.intoArray(c, z5 + LANES);
        }
    }
}
