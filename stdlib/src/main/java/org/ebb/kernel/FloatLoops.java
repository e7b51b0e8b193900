package org.ebb.kernel;

/**
 * Elementwise loops over {@code float[]}. The four operations of arithmetic have loops of their own for contiguous rows and for
 * one number beside a row, because the compiler makes vector code of exactly such loops; all else goes element by element.
 */
final class FloatLoops {

    private FloatLoops() {}

    static void binary(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                       int outStep, int n) {
        boolean unit = outStep == 1 || n == 1;
        if (unit && (aStep == 1 || n == 1) && (bStep == 1 || n == 1)) {
            switch (op) {
                case ADD -> add(a, aAt, b, bAt, out, outAt, n);
                case SUBTRACT -> subtract(a, aAt, b, bAt, out, outAt, n);
                case MULTIPLY -> multiply(a, aAt, b, bAt, out, outAt, n);
                case DIVIDE -> divide(a, aAt, b, bAt, out, outAt, n);
                default -> each(op, a, aAt, 1, b, bAt, 1, out, outAt, 1, n);
            }
        } else if (unit && aStep == 1 && bStep == 0) {
            switch (op) {
                case ADD -> add(a, aAt, b[bAt], out, outAt, n);
                case SUBTRACT -> subtract(a, aAt, b[bAt], out, outAt, n);
                case MULTIPLY -> multiply(a, aAt, b[bAt], out, outAt, n);
                case DIVIDE -> divide(a, aAt, b[bAt], out, outAt, n);
                default -> each(op, a, aAt, 1, b, bAt, 0, out, outAt, 1, n);
            }
        } else if (unit && aStep == 0 && bStep == 1) {
            switch (op) {
                case ADD -> add(b, bAt, a[aAt], out, outAt, n);
                case SUBTRACT -> subtractFrom(b, bAt, a[aAt], out, outAt, n);
                case MULTIPLY -> multiply(b, bAt, a[aAt], out, outAt, n);
                case DIVIDE -> divideFrom(b, bAt, a[aAt], out, outAt, n);
                default -> each(op, a, aAt, 0, b, bAt, 1, out, outAt, 1, n);
            }
        } else {
            each(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
        }
    }

    private static void each(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                             int outStep, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i * outStep] = (float) op.apply(a[aAt + i * aStep], b[bAt + i * bStep]);
        }
    }

    static void unary(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n) {
        if (aStep == 1 && outStep == 1) {
            switch (op) {
                case NEGATIVE -> negative(a, aAt, out, outAt, n);
                case SQUARE -> multiply(a, aAt, a, aAt, out, outAt, n);
                case RELU -> relu(a, aAt, out, outAt, n);
                case RECIPROCAL -> divideFrom(a, aAt, 1, out, outAt, n);
                case EXP -> exp(a, aAt, out, outAt, n);
                case TANH -> tanh(a, aAt, out, outAt, n);
                default -> each(op, a, aAt, 1, out, outAt, 1, n);
            }
        } else {
            each(op, a, aAt, aStep, out, outAt, outStep, n);
        }
    }

    private static void each(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i * outStep] = (float) op.apply(a[aAt + i * aStep]);
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

    private static void negative(float[] a, int aAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = -a[aAt + i];
        }
    }

    private static void relu(float[] a, int aAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            float x = a[aAt + i];
            out[outAt + i] = x < 0 ? 0 : x;
        }
    }

    private static void exp(float[] a, int aAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (float) Math.exp(a[aAt + i]);
        }
    }

    private static void tanh(float[] a, int aAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (float) Math.tanh(a[aAt + i]);
        }
    }

    private static void add(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] + b[bAt + i];
        }
    }

    private static void subtract(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] - b[bAt + i];
        }
    }

    private static void multiply(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] * b[bAt + i];
        }
    }

    private static void divide(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] / b[bAt + i];
        }
    }

    private static void add(float[] a, int aAt, float y, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] + y;
        }
    }

    private static void multiply(float[] a, int aAt, float y, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] * y;
        }
    }

    private static void subtract(float[] a, int aAt, float y, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] - y;
        }
    }

    private static void divide(float[] a, int aAt, float y, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = a[aAt + i] / y;
        }
    }

    private static void subtractFrom(float[] a, int aAt, float y, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = y - a[aAt + i];
        }
    }

    private static void divideFrom(float[] a, int aAt, float y, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = y / a[aAt + i];
        }
    }
}
