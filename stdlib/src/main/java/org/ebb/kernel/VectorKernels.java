package org.ebb.kernel;

import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * Kernels by the Vector API where they are faster than loops that the compiler turns into vector code by itself. They do the
 * same steps in the same order as the plain ones, and so give the same bits.
 *
 * <p>Only {@link VectorTier} names this class, and only once it has found the module {@code jdk.incubator.vector}.
 */
final class VectorKernels extends PlainKernels {

    /** Does the processor have 32 registers for vectors? On x86 without AVX-512 it has 16. */
    static final boolean MANY_REGISTERS = bits() == 512 || !List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

    VectorKernels() {}

    /** How many bits a vector has. */
    static int bits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    @Override
    public void binary(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                       int outStep, int n) {
        if (!VectorFloatRows.has(op) || outStep != 1 || n < FloatLoops.LONG) {
            super.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
        } else if (aStep == 1 && bStep == 1) {
            VectorFloatRows.both(op, a, aAt, b, bAt, out, outAt, n);
        } else if (aStep == 1 && bStep == 0) {
            VectorFloatRows.right(op, a, aAt, b, bAt, out, outAt, n);
        } else if (aStep == 0 && bStep == 1) {
            VectorFloatRows.left(op, a, aAt, b, bAt, out, outAt, n);
        } else {
            super.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
        }
    }

    @Override
    public void binary(Binary op, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] out, int outAt,
                       int outStep, int n) {
        if (!VectorDoubleRows.has(op) || outStep != 1 || n < DoubleLoops.LONG) {
            super.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
        } else if (aStep == 1 && bStep == 1) {
            VectorDoubleRows.both(op, a, aAt, b, bAt, out, outAt, n);
        } else if (aStep == 1 && bStep == 0) {
            VectorDoubleRows.right(op, a, aAt, b, bAt, out, outAt, n);
        } else if (aStep == 0 && bStep == 1) {
            VectorDoubleRows.left(op, a, aAt, b, bAt, out, outAt, n);
        } else {
            super.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
        }
    }

    @Override
    public void unary(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n) {
        if (aStep == 1 && outStep == 1 && n >= FloatMath.LONG && FloatMath.has(op)) {
            VectorFloatMath.unary(op, a, aAt, out, outAt, n);
        } else {
            super.unary(op, a, aAt, aStep, out, outAt, outStep, n);
        }
    }

    @Override
    public double sum(float[] a, int at, int step, int n) {
        return step == 1 && VectorSums.served() ? VectorSums.sum(a, at, n) : super.sum(a, at, step, n);
    }

    @Override
    public double sum(double[] a, int at, int step, int n) {
        return step == 1 && VectorSums.served() ? VectorSums.sum(a, at, n) : super.sum(a, at, step, n);
    }

    @Override
    public float magnitude(float[] a, int at, int n) {
        return VectorSums.magnitude(a, at, n);
    }

    @Override
    public double magnitude(double[] a, int at, int n) {
        return VectorSums.magnitude(a, at, n);
    }

    @Override
    public double dot(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int n) {
        return aStep == 1 && bStep == 1 && VectorSums.served() ? VectorSums.dot(a, aAt, b, bAt, n)
                : super.dot(a, aAt, aStep, b, bAt, bStep, n);
    }

    @Override
    public double dot(double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, int n) {
        return aStep == 1 && bStep == 1 && VectorSums.served() ? VectorSums.dot(a, aAt, b, bAt, n)
                : super.dot(a, aAt, aStep, b, bAt, bStep, n);
    }

    /** One vector holds a row of the product, and the rows are many. */
    private static boolean narrow(int m, int n, int k) {
        return n <= VectorFloatNarrow.WIDEST && m >= 8 && k >= 8;
    }

    /** Packing costs more than tiles bring for small matrices, and most of a tile of two vectors is wasted on narrow ones. */
    private static boolean worth(int lanes, int m, int n, int k) {
        return n > Math.min(lanes, 15) && (long) m * n * k >= 1 << 14;
    }

    @Override
    public void gemm(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
                     float[] c, int cAt, int cRow, boolean add) {
        if (FloatGemm.chained(m, n) && narrow(m, n, k)) {
            VectorFloatNarrow.product(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow, add);
        } else if (FloatGemm.chained(m, n) && worth(FloatVector.SPECIES_PREFERRED.length(), m, n, k)) {
            FloatGemm.clear(m, n, c, cAt, cRow, add);
            VectorFloatGemm.product(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow);
        } else {
            super.gemm(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow, add);
        }
    }

    @Override
    public void gemm(int m, int n, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow,
                     int bColumn, double[] c, int cAt, int cRow, boolean add) {
        if (DoubleGemm.chained(m, n) && worth(DoubleVector.SPECIES_PREFERRED.length(), m, n, k)) {
            DoubleGemm.clear(m, n, c, cAt, cRow, add);
            VectorDoubleGemm.product(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow);
        } else {
            super.gemm(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow, add);
        }
    }

    @Override
    public void slide(int m, int n, int[] rows, float[] a, float[] b, float[] c) {
        if (VectorFloatSlides.served()) {
            VectorFloatSlides.slide(m, n, rows, a, b, c);
        } else {
            super.slide(m, n, rows, a, b, c);
        }
    }

    @Override
    public void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, int apart, float[] c) {
        if (VectorFloatSlides.served()) {
            VectorFloatSlides.slideBack(m, n, depth, rows, b, y, apart, c);
        } else {
            super.slideBack(m, n, depth, rows, b, y, apart, c);
        }
    }
}
