package org.ebb.kernel;

import java.util.Arrays;

/**
 * Elementwise loops over {@code float[]} of any layout. Long contiguous rows go to {@link FloatRows}, copied in pieces where
 * their starts differ, or to {@link FloatMath}. All else is computed in double and rounded once.
 */
final class FloatLoops {

    /** Rows that start at different places go in pieces, which stay in a first-level cache. */
    private static final int PIECE = 1024;

    /**
     * Shorter rows go element by element: vector code would not win, and the compiler, which unrolls a loop by how long it has
     * been running so far, must see the loops of long rows run long.
     */
    static final int LONG = 32;

    /** From this length on vector code wins more than two fresh copies cost. */
    private static final int MUCH = 256;

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
            for (int done = 0; done < n; done += PIECE) {
                int length = Math.min(PIECE, n - done);
                piece(op, a, aAt + done * aStep, aStep, b, bAt + done * bStep, bStep, out, outAt + done, length);
            }
        } else if (outStep == 1 && aStep == 1 && bStep == 1) {
            few(op, a, aAt, b, bAt, out, outAt, n);
        } else if (outStep == 1 && aStep == 1 && bStep == 0) {
            few(op, a, aAt, b[bAt], out, outAt, n);
        } else {
            each(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
        }
    }

    private static void few(Binary op, float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = a[aAt + i] + b[bAt + i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = a[aAt + i] - b[bAt + i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = a[aAt + i] * b[bAt + i];
                }
            }
            default -> each(op, a, aAt, 1, b, bAt, 1, out, outAt, 1, n);
        }
    }

    private static void few(Binary op, float[] a, int aAt, float y, float[] out, int outAt, int n) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = a[aAt + i] + y;
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = a[aAt + i] - y;
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = a[aAt + i] * y;
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = a[aAt + i] / y;
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    out[outAt + i] = op.apply(a[aAt + i], y);
                }
            }
        }
    }

    static void each(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
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
                    out[outAt + i * outStep] = op.apply(a[aAt + i * aStep], b[bAt + i * bStep]);
                }
            }
        }
    }

    /**
     * Copies what starts elsewhere to where the result goes, which is not where it came from: see {@link Kernels} on
     * {@code out}.
     */
    private static void piece(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                              int n) {
        if (bStep == 0) {
            System.arraycopy(a, aAt, out, outAt, n);
            FloatRows.right(op, out, b[bAt], out, outAt, outAt + n);
        } else if (aStep == 0) {
            System.arraycopy(b, bAt, out, outAt, n);
            FloatRows.left(op, a[aAt], out, out, outAt, outAt + n);
        } else if (aAt == outAt && out != a) {
            System.arraycopy(b, bAt, out, outAt, n);
            FloatRows.both(op, a, out, out, outAt, outAt + n);
        } else if (bAt == outAt && out != b) {
            System.arraycopy(a, aAt, out, outAt, n);
            FloatRows.both(op, out, b, out, outAt, outAt + n);
        } else if (n >= MUCH) {
            float[] x = Arrays.copyOfRange(a, aAt, aAt + n);
            float[] y = Arrays.copyOfRange(b, bAt, bAt + n);
            FloatRows.both(op, x, y, x, 0, n);
            System.arraycopy(x, 0, out, outAt, n);
        } else {
            each(op, a, aAt, 1, b, bAt, 1, out, outAt, 1, n);
        }
    }

    static void unary(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n) {
        if (aStep == 1 && outStep == 1 && n >= FloatMath.LONG && FloatMath.has(op)) {
            FloatMath.unary(op, a, aAt, out, outAt, n);
        } else if (aStep == 1 && outStep == 1 && aAt == outAt && n >= LONG) {
            FloatRows.unary(op, a, out, outAt, outAt + n);
        } else if (aStep == 1 && outStep == 1 && n >= LONG && a != out) {
            for (int done = 0; done < n; done += PIECE) {
                int length = Math.min(PIECE, n - done);
                System.arraycopy(a, aAt + done, out, outAt + done, length);
                FloatRows.unary(op, out, out, outAt + done, outAt + done + length);
            }
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
