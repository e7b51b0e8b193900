package org.ebb.kernel;

/**
 * Elementwise loops over {@code float[]} of any layout. Long contiguous rows go to {@link FloatRows}, copied in pieces where
 * their starts differ.
 */
final class FloatLoops {

    /** Pieces of rows that start at different places: two of them stay in a first-level cache. */
    private static final int PIECE = 1024;

    /**
     * Shorter rows go element by element: vector code would not win, and the compiler, which unrolls a loop by how long it has
     * been
     * running so far, must see the loops of long rows run long.
     */
    private static final int LONG = 32;

    private FloatLoops() {}

    static void binary(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                       int outStep, int n) {
        boolean row = outStep == 1 && n >= LONG;
        if (row && aStep == 1 && bStep == 1 && aAt == outAt && bAt == outAt) {
            FloatRows.both(op, a, b, out, outAt, outAt + n);
        } else if (row && aStep == 1 && bStep == 0 && aAt == outAt) {
            FloatRows.right(op, a, b[bAt], out, outAt, outAt + n);
        } else if (row && aStep == 0 && bStep == 1 && bAt == outAt) {
            FloatRows.left(op, a[aAt], b, out, outAt, outAt + n);
        } else if (row && (aStep | bStep) == 1) {
            pieces(op, a, aAt, aStep, b, bAt, bStep, out, outAt, n);
        } else {
            each(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
        }
    }

    private static void each(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                             int outStep, int n) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i * outStep] = a[aAt + i * aStep] + b[bAt + i * bStep];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i * outStep] = a[aAt + i * aStep] - b[bAt + i * bStep];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i * outStep] = a[aAt + i * aStep] * b[bAt + i * bStep];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i * outStep] = a[aAt + i * aStep] / b[bAt + i * bStep];
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i * outStep] = (float) op.apply(a[aAt + i * aStep], b[bAt + i * bStep]);
                }
            }
        }
    }

    private static void pieces(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                               int n) {
        float[] x = new float[Math.min(n, PIECE)];
        float[] y = new float[aStep == 1 && bStep == 1 ? x.length : 0];
        for (int done = 0; done < n; done += PIECE) {
            int length = Math.min(PIECE, n - done);
            if (bStep == 0) {
                System.arraycopy(a, aAt + done, x, 0, length);
                FloatRows.right(op, x, b[bAt], x, 0, length);
            } else if (aStep == 0) {
                System.arraycopy(b, bAt + done, x, 0, length);
                FloatRows.left(op, a[aAt], x, x, 0, length);
            } else {
                System.arraycopy(a, aAt + done, x, 0, length);
                System.arraycopy(b, bAt + done, y, 0, length);
                FloatRows.both(op, x, y, x, 0, length);
            }
            System.arraycopy(x, 0, out, outAt + done, length);
        }
    }

    static void unary(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n) {
        if (aStep == 1 && outStep == 1 && aAt == outAt && n >= LONG) {
            FloatRows.unary(op, a, out, outAt, outAt + n);
        } else {
            for (int i = 0; i < n; i++) {
                out[outAt + i * outStep] = (float) op.apply(a[aAt + i * aStep]);
            }
        }
    }

    static void compare(Compare op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, byte[] out, int outAt,
                        int outStep, int n) {
        switch (op) {
            case LESS -> less(a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
            case LESS_EQUAL -> lessEqual(a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
            case GREATER -> less(b, bAt, bStep, a, aAt, aStep, out, outAt, outStep, n);
            case GREATER_EQUAL -> lessEqual(b, bAt, bStep, a, aAt, aStep, out, outAt, outStep, n);
            case EQUAL -> equal(a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, 1, n);
            case NOT_EQUAL -> equal(a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, 0, n);
        }
    }

    private static void less(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, byte[] out, int outAt, int outStep,
                             int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i * outStep] = (byte) (a[aAt + i * aStep] < b[bAt + i * bStep] ? 1 : 0);
        }
    }

    private static void lessEqual(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, byte[] out, int outAt,
                                  int outStep, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i * outStep] = (byte) (a[aAt + i * aStep] <= b[bAt + i * bStep] ? 1 : 0);
        }
    }

    private static void equal(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, byte[] out, int outAt, int outStep,
                              int yes, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i * outStep] = (byte) (a[aAt + i * aStep] == b[bAt + i * bStep] ? yes : 1 - yes);
        }
    }
}
