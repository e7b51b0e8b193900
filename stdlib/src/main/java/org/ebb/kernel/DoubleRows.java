package org.ebb.kernel;

/**
 * Loops over {@code double[]} whose operands are all read and written at the same index.
 *
 * <p>The compiler makes vector code of exactly such loops: with different starts it cannot rule out that a write reaches what a
 * later turn reads. So they are written out one by one, and {@link DoubleLoops} brings other layouts into this form.
 */
final class DoubleRows {

    private DoubleRows() {}

    /** {@code out[i] = a[i] op b[i]}. */
    static void both(Binary op, double[] a, double[] b, double[] out, int from, int to) {
        switch (op) {
            case ADD -> add(a, b, out, from, to);
            case SUBTRACT -> subtract(a, b, out, from, to);
            case MULTIPLY -> multiply(a, b, out, from, to);
            case DIVIDE -> divide(a, b, out, from, to);
            case MAXIMUM -> maximum(a, b, out, from, to);
            case MINIMUM -> minimum(a, b, out, from, to);
            default -> {
                for (int i = from; i < to; i++) {
                    out[i] = op.apply(a[i], b[i]);
                }
            }
        }
    }

    /** {@code out[i] = a[i] op y}. */
    static void right(Binary op, double[] a, double y, double[] out, int from, int to) {
        switch (op) {
            case ADD -> add(a, y, out, from, to);
            case SUBTRACT -> subtract(a, y, out, from, to);
            case MULTIPLY -> multiply(a, y, out, from, to);
            case DIVIDE -> divide(a, y, out, from, to);
            case MAXIMUM -> maximum(a, y, out, from, to);
            case MINIMUM -> minimum(a, y, out, from, to);
            default -> {
                for (int i = from; i < to; i++) {
                    out[i] = op.apply(a[i], y);
                }
            }
        }
    }

    /** {@code out[i] = x op b[i]}. */
    static void left(Binary op, double x, double[] b, double[] out, int from, int to) {
        switch (op) {
            case ADD, MULTIPLY, MAXIMUM, MINIMUM -> right(op, b, x, out, from, to);
            case SUBTRACT -> subtractFrom(x, b, out, from, to);
            case DIVIDE -> divideInto(x, b, out, from, to);
            default -> {
                for (int i = from; i < to; i++) {
                    out[i] = op.apply(x, b[i]);
                }
            }
        }
    }

    /** {@code out[i] = op(a[i])}. */
    static void unary(Unary op, double[] a, double[] out, int from, int to) {
        switch (op) {
            case NEGATIVE -> negative(a, out, from, to);
            case ABSOLUTE -> absolute(a, out, from, to);
            case SQUARE -> multiply(a, a, out, from, to);
            case SQRT -> sqrt(a, out, from, to);
            case RECIPROCAL -> divideInto(1, a, out, from, to);
            case RELU -> maximum(a, 0, out, from, to);
            case EXP -> exp(a, out, from, to);
            case TANH -> tanh(a, out, from, to);
            default -> {
                for (int i = from; i < to; i++) {
                    out[i] = op.apply(a[i]);
                }
            }
        }
    }

    private static void add(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] + b[i];
        }
    }

    private static void add(double[] a, double y, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] + y;
        }
    }

    private static void subtract(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] - b[i];
        }
    }

    private static void subtract(double[] a, double y, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] - y;
        }
    }

    private static void multiply(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] * b[i];
        }
    }

    private static void multiply(double[] a, double y, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] * y;
        }
    }

    private static void divide(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] / b[i];
        }
    }

    private static void divide(double[] a, double y, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] / y;
        }
    }

    private static void maximum(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(a[i], b[i]);
        }
    }

    private static void maximum(double[] a, double y, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(a[i], y);
        }
    }

    private static void minimum(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.min(a[i], b[i]);
        }
    }

    private static void minimum(double[] a, double y, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.min(a[i], y);
        }
    }

    private static void subtractFrom(double x, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x - b[i];
        }
    }

    private static void divideInto(double x, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x / b[i];
        }
    }

    private static void negative(double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = -a[i];
        }
    }

    private static void absolute(double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.abs(a[i]);
        }
    }

    private static void sqrt(double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.sqrt(a[i]);
        }
    }

    private static void exp(double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.exp(a[i]);
        }
    }

    private static void tanh(double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.tanh(a[i]);
        }
    }
}
