package org.ebb.kernel;

/**
 * A row and a multiple of another, {@code a + c * b}, in one pass: what steps of optimisers and moving averages end with. Product and sum are
 * rounded one after the other, so the bits are those of two passes. All rows have their elements at the same places from {@code from} to
 * {@code to}, which lets the compiler make vector code of the loops; {@code out} may be one of the others.
 */
public final class ScaledSums {

    private ScaledSums() {}

    public static void add(float[] a, float c, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] + c * b[i];
        }
    }

    public static void subtract(float[] a, float c, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] - c * b[i];
        }
    }

    /** {@code c * b - a}. */
    public static void subtractFrom(float[] a, float c, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = c * b[i] - a[i];
        }
    }

    public static void add(double[] a, double c, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] + c * b[i];
        }
    }

    public static void subtract(double[] a, double c, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] - c * b[i];
        }
    }

    /** {@code c * b - a}. */
    public static void subtractFrom(double[] a, double c, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = c * b[i] - a[i];
        }
    }
}
