package org.ebb.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The products of {@link FloatSlides} by tiles of the result that stay in registers, with the same chains and so the same bits. */
final class VectorFloatSlides {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    /** A vector of strands, also where there are longer ones. */
    private static final VectorSpecies<Float> STRANDS = FloatVector.SPECIES_256;
    private static final int FEW = FloatSlides.STRANDS;

    /** Rows of a tile: a whole strip, or half of it where its sums would not fit the registers. */
    private static final int HIGH = VectorKernels.MANY_REGISTERS ? FloatSlides.TALL : FloatSlides.TALL / 2;

    private VectorFloatSlides() {}

    /** Two vectors of columns divide BROAD, and the strands fit one. */
    static boolean served() {
        return FloatSlides.BROAD % (2 * LANES) == 0 && LANES >= FEW;
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

    static void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, int apart, float[] c) {
        for (int i = 0; i < m; i += FloatSlides.STEEP) {
            for (int j = 0; j < n; j += FloatSlides.WIDE) {
                tileBack(depth, rows[i], rows[i + 1], rows[i + 2], b, j * apart, apart, y, c, (i * n + j) * FloatSlides.STRANDS, n * FloatSlides.STRANDS);
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

    private static void tileBack(int depth, int x0, int x1, int x2, float[] b, int q, int apart, float[] y, float[] c, int z, int width) {
        FloatVector c00 = FloatVector.fromArray(STRANDS, c, z);
        FloatVector c01 = FloatVector.fromArray(STRANDS, c, z + FEW);
        FloatVector c02 = FloatVector.fromArray(STRANDS, c, z + 2 * FEW);
        FloatVector c03 = FloatVector.fromArray(STRANDS, c, z + 3 * FEW);
        FloatVector c10 = FloatVector.fromArray(STRANDS, c, z + width);
        FloatVector c11 = FloatVector.fromArray(STRANDS, c, z + width + FEW);
        FloatVector c12 = FloatVector.fromArray(STRANDS, c, z + width + 2 * FEW);
        FloatVector c13 = FloatVector.fromArray(STRANDS, c, z + width + 3 * FEW);
        FloatVector c20 = FloatVector.fromArray(STRANDS, c, z + 2 * width);
        FloatVector c21 = FloatVector.fromArray(STRANDS, c, z + 2 * width + FEW);
        FloatVector c22 = FloatVector.fromArray(STRANDS, c, z + 2 * width + 2 * FEW);
        FloatVector c23 = FloatVector.fromArray(STRANDS, c, z + 2 * width + 3 * FEW);
        for (int p = 0; p < depth; p += FEW) {
            FloatVector b0 = FloatVector.fromArray(STRANDS, b, x0 + p);
            FloatVector b1 = FloatVector.fromArray(STRANDS, b, x1 + p);
            FloatVector b2 = FloatVector.fromArray(STRANDS, b, x2 + p);
            FloatVector f = FloatVector.fromArray(STRANDS, y, q + p);
            c00 = b0.fma(f, c00);
            c10 = b1.fma(f, c10);
            c20 = b2.fma(f, c20);
            f = FloatVector.fromArray(STRANDS, y, q + apart + p);
            c01 = b0.fma(f, c01);
            c11 = b1.fma(f, c11);
            c21 = b2.fma(f, c21);
            f = FloatVector.fromArray(STRANDS, y, q + 2 * apart + p);
            c02 = b0.fma(f, c02);
            c12 = b1.fma(f, c12);
            c22 = b2.fma(f, c22);
            f = FloatVector.fromArray(STRANDS, y, q + 3 * apart + p);
            c03 = b0.fma(f, c03);
            c13 = b1.fma(f, c13);
            c23 = b2.fma(f, c23);
        }
        c00.intoArray(c, z);
        c01.intoArray(c, z + FEW);
        c02.intoArray(c, z + 2 * FEW);
        c03.intoArray(c, z + 3 * FEW);
        c10.intoArray(c, z + width);
        c11.intoArray(c, z + width + FEW);
        c12.intoArray(c, z + width + 2 * FEW);
        c13.intoArray(c, z + width + 3 * FEW);
        c20.intoArray(c, z + 2 * width);
        c21.intoArray(c, z + 2 * width + FEW);
        c22.intoArray(c, z + 2 * width + 2 * FEW);
        c23.intoArray(c, z + 2 * width + 3 * FEW);
    }
}
