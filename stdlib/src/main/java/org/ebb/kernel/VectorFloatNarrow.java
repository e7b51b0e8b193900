package org.ebb.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products of {@code float[]} with few columns, as at the end of a network of ten classes: a row of c is one vector, or two short ones. Only b is
 * copied, since each element of a is read once. The chains are those of {@link FloatGemm}.
 */
final class VectorFloatNarrow {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    /** More columns than this are served by tiles. */
    static final int WIDEST = Math.min(2 * LANES, 16);

    /** Rows of one vector that are summed at a time; of two, half as many. */
    private static final int TALL = 8;

    private VectorFloatNarrow() {}

    static void product(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
                        float[] c, int cAt, int cRow, boolean add) {
        int width = n <= LANES ? LANES : 2 * LANES;
        int tall = n <= LANES ? TALL : TALL / 2;
        float[] wide = new float[k * width];
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                wide[p * width + j] = b[bAt + p * bRow + j * bColumn];
            }
        }
        float[] sums = new float[TALL * LANES];
        for (int i = 0; i < m; i += tall) {
            int high = Math.min(tall, m - i);
            for (int r = 0; r < high && add; r++) {
                System.arraycopy(c, cAt + (i + r) * cRow, sums, r * width, n);
            }
            if (!add) {
                java.util.Arrays.fill(sums, 0);
            }
            // Rows that lack are read as the last one, and their sums are not taken.
            if (n <= LANES) {
                strip(k, a, aAt + i * aRow, aRow, high - 1, aColumn, wide, sums);
            } else {
                broadStrip(k, a, aAt + i * aRow, aRow, high - 1, aColumn, wide, sums);
            }
            for (int r = 0; r < high; r++) {
                System.arraycopy(sums, r * width, c, cAt + (i + r) * cRow, n);
            }
        }
    }

    private static void broadStrip(int depth, float[] a, int at, int row, int last, int column, float[] b, float[] sums) {
        int x0 = at, x1 = at + Math.min(1, last) * row, x2 = at + Math.min(2, last) * row, x3 = at + last * row;
        FloatVector c0 = FloatVector.fromArray(FLOATS, sums, 0), d0 = FloatVector.fromArray(FLOATS, sums, LANES);
        FloatVector c1 = FloatVector.fromArray(FLOATS, sums, 2 * LANES), d1 = FloatVector.fromArray(FLOATS, sums, 3 * LANES);
        FloatVector c2 = FloatVector.fromArray(FLOATS, sums, 4 * LANES), d2 = FloatVector.fromArray(FLOATS, sums, 5 * LANES);
        FloatVector c3 = FloatVector.fromArray(FLOATS, sums, 6 * LANES), d3 = FloatVector.fromArray(FLOATS, sums, 7 * LANES);
        for (int p = 0, y = 0, q = 0; p < depth; p++, y += 2 * LANES, q += column) {
            FloatVector f = FloatVector.fromArray(FLOATS, b, y);
            FloatVector g = FloatVector.fromArray(FLOATS, b, y + LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[x0 + q]);
            c0 = a0.fma(f, c0);
            d0 = a0.fma(g, d0);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[x1 + q]);
            c1 = a1.fma(f, c1);
            d1 = a1.fma(g, d1);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[x2 + q]);
            c2 = a2.fma(f, c2);
            d2 = a2.fma(g, d2);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[x3 + q]);
            c3 = a3.fma(f, c3);
            d3 = a3.fma(g, d3);
        }
        c0.intoArray(sums, 0);
        d0.intoArray(sums, LANES);
        c1.intoArray(sums, 2 * LANES);
        d1.intoArray(sums, 3 * LANES);
        c2.intoArray(sums, 4 * LANES);
        d2.intoArray(sums, 5 * LANES);
        c3.intoArray(sums, 6 * LANES);
        d3.intoArray(sums, 7 * LANES);
    }

    private static void strip(int depth, float[] a, int at, int row, int last, int column, float[] b, float[] sums) {
        int x0 = at, x1 = at + Math.min(1, last) * row, x2 = at + Math.min(2, last) * row, x3 = at + Math.min(3, last) * row;
        int x4 = at + Math.min(4, last) * row, x5 = at + Math.min(5, last) * row, x6 = at + Math.min(6, last) * row, x7 = at + last * row;
        FloatVector c0 = FloatVector.fromArray(FLOATS, sums, 0), c1 = FloatVector.fromArray(FLOATS, sums, LANES);
        FloatVector c2 = FloatVector.fromArray(FLOATS, sums, 2 * LANES), c3 = FloatVector.fromArray(FLOATS, sums, 3 * LANES);
        FloatVector c4 = FloatVector.fromArray(FLOATS, sums, 4 * LANES), c5 = FloatVector.fromArray(FLOATS, sums, 5 * LANES);
        FloatVector c6 = FloatVector.fromArray(FLOATS, sums, 6 * LANES), c7 = FloatVector.fromArray(FLOATS, sums, 7 * LANES);
        for (int p = 0, y = 0, q = 0; p < depth; p++, y += LANES, q += column) {
            FloatVector f = FloatVector.fromArray(FLOATS, b, y);
            c0 = FloatVector.broadcast(FLOATS, a[x0 + q]).fma(f, c0);
            c1 = FloatVector.broadcast(FLOATS, a[x1 + q]).fma(f, c1);
            c2 = FloatVector.broadcast(FLOATS, a[x2 + q]).fma(f, c2);
            c3 = FloatVector.broadcast(FLOATS, a[x3 + q]).fma(f, c3);
            c4 = FloatVector.broadcast(FLOATS, a[x4 + q]).fma(f, c4);
            c5 = FloatVector.broadcast(FLOATS, a[x5 + q]).fma(f, c5);
            c6 = FloatVector.broadcast(FLOATS, a[x6 + q]).fma(f, c6);
            c7 = FloatVector.broadcast(FLOATS, a[x7 + q]).fma(f, c7);
        }
        c0.intoArray(sums, 0);
        c1.intoArray(sums, LANES);
        c2.intoArray(sums, 2 * LANES);
        c3.intoArray(sums, 3 * LANES);
        c4.intoArray(sums, 4 * LANES);
        c5.intoArray(sums, 5 * LANES);
        c6.intoArray(sums, 6 * LANES);
        c7.intoArray(sums, 7 * LANES);
    }
}
