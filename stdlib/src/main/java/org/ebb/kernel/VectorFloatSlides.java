package org.ebb.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The products of {@link FloatSlides} by tiles of the result that stay in registers, with the same chains and so the same bits. */
final class VectorFloatSlides {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    /** Rows of a tile: a whole strip, or half of it where its sums would not fit the registers. */
    private static final int HIGH = VectorKernels.MANY_REGISTERS ? FloatSlides.TALL : FloatSlides.TALL / 2;

    private VectorFloatSlides() {}

    /** Two vectors of columns divide BROAD, and one NARROW. */
    static boolean served() {
        return FloatSlides.BROAD % (2 * LANES) == 0;
    }

    static void slide(int m, int n, int[] rows, float[] a, float[] b, float[] c) {
        int width = FloatSlides.upTo(n, FloatSlides.BROAD);
        for (int j = 0; j < width; j += 2 * LANES) {
            for (int i = 0; i < m; i += HIGH) {
                int strip = i / FloatSlides.TALL * FloatSlides.TALL;
                tile(rows, a, strip * rows.length + i - strip, b, j, c, i * width + j, width);
            }
        }
    }

    static void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, float[] c) {
        int width = FloatSlides.upTo(n, FloatSlides.NARROW);
        for (int j = 0; j < width; j += LANES) {
            for (int i = 0; i < m; i += FloatSlides.TALL) {
                tileBack(depth, rows, i, b, y, j, c, i * width + j, width);
            }
        }
    }

    private static void tile(int[] rows, float[] a, int x, float[] b, int j, float[] c, int z, int width) {
        FloatVector c00 = FloatVector.zero(FLOATS), c01 = FloatVector.zero(FLOATS);
        FloatVector c10 = FloatVector.zero(FLOATS), c11 = FloatVector.zero(FLOATS);
        FloatVector c20 = FloatVector.zero(FLOATS), c21 = FloatVector.zero(FLOATS);
        FloatVector c30 = FloatVector.zero(FLOATS), c31 = FloatVector.zero(FLOATS);
        FloatVector c40 = FloatVector.zero(FLOATS), c41 = FloatVector.zero(FLOATS);
        FloatVector c50 = FloatVector.zero(FLOATS), c51 = FloatVector.zero(FLOATS);
        FloatVector c60 = FloatVector.zero(FLOATS), c61 = FloatVector.zero(FLOATS);
        FloatVector c70 = FloatVector.zero(FLOATS), c71 = FloatVector.zero(FLOATS);
        for (int p = 0; p < rows.length; p++, x += FloatSlides.TALL) {
            int y = rows[p] + j;
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
            if (HIGH == 8) {
                f = FloatVector.broadcast(FLOATS, a[x + 4]);
                c40 = f.fma(b0, c40);
                c41 = f.fma(b1, c41);
                f = FloatVector.broadcast(FLOATS, a[x + 5]);
                c50 = f.fma(b0, c50);
                c51 = f.fma(b1, c51);
                f = FloatVector.broadcast(FLOATS, a[x + 6]);
                c60 = f.fma(b0, c60);
                c61 = f.fma(b1, c61);
                f = FloatVector.broadcast(FLOATS, a[x + 7]);
                c70 = f.fma(b0, c70);
                c71 = f.fma(b1, c71);
            }
        }
        c00.intoArray(c, z);
        c01.intoArray(c, z + LANES);
        c10.intoArray(c, z + width);
        c11.intoArray(c, z + width + LANES);
        c20.intoArray(c, z + 2 * width);
        c21.intoArray(c, z + 2 * width + LANES);
        c30.intoArray(c, z + 3 * width);
        c31.intoArray(c, z + 3 * width + LANES);
        if (HIGH == 8) {
            c40.intoArray(c, z + 4 * width);
            c41.intoArray(c, z + 4 * width + LANES);
            c50.intoArray(c, z + 5 * width);
            c51.intoArray(c, z + 5 * width + LANES);
            c60.intoArray(c, z + 6 * width);
            c61.intoArray(c, z + 6 * width + LANES);
            c70.intoArray(c, z + 7 * width);
            c71.intoArray(c, z + 7 * width + LANES);
        }
    }

    private static void tileBack(int depth, int[] rows, int i, float[] b, float[] y, int j, float[] c, int z, int width) {
        int r0 = rows[i], r1 = rows[i + 1], r2 = rows[i + 2], r3 = rows[i + 3], r4 = rows[i + 4], r5 = rows[i + 5], r6 = rows[i + 6], r7 = rows[i + 7];
        FloatVector c0 = FloatVector.fromArray(FLOATS, c, z);
        FloatVector c1 = FloatVector.fromArray(FLOATS, c, z + width);
        FloatVector c2 = FloatVector.fromArray(FLOATS, c, z + 2 * width);
        FloatVector c3 = FloatVector.fromArray(FLOATS, c, z + 3 * width);
        FloatVector c4 = FloatVector.fromArray(FLOATS, c, z + 4 * width);
        FloatVector c5 = FloatVector.fromArray(FLOATS, c, z + 5 * width);
        FloatVector c6 = FloatVector.fromArray(FLOATS, c, z + 6 * width);
        FloatVector c7 = FloatVector.fromArray(FLOATS, c, z + 7 * width);
        for (int p = 0, q = j; p < depth; p++, q += width) {
            FloatVector g = FloatVector.fromArray(FLOATS, y, q);
            c0 = FloatVector.broadcast(FLOATS, b[r0 + p]).fma(g, c0);
            c1 = FloatVector.broadcast(FLOATS, b[r1 + p]).fma(g, c1);
            c2 = FloatVector.broadcast(FLOATS, b[r2 + p]).fma(g, c2);
            c3 = FloatVector.broadcast(FLOATS, b[r3 + p]).fma(g, c3);
            c4 = FloatVector.broadcast(FLOATS, b[r4 + p]).fma(g, c4);
            c5 = FloatVector.broadcast(FLOATS, b[r5 + p]).fma(g, c5);
            c6 = FloatVector.broadcast(FLOATS, b[r6 + p]).fma(g, c6);
            c7 = FloatVector.broadcast(FLOATS, b[r7 + p]).fma(g, c7);
        }
        c0.intoArray(c, z);
        c1.intoArray(c, z + width);
        c2.intoArray(c, z + 2 * width);
        c3.intoArray(c, z + 3 * width);
        c4.intoArray(c, z + 4 * width);
        c5.intoArray(c, z + 5 * width);
        c6.intoArray(c, z + 6 * width);
        c7.intoArray(c, z + 7 * width);
    }
}
