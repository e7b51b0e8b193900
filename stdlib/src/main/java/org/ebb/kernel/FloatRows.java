package org.ebb.kernel;

/**
 * Loops over {@code float[]} whose operands are all read and written at the same index.
 *
 * <p>The compiler makes vector code of exactly such loops: with different starts it cannot rule out that a write reaches what a
 * later turn reads. So they are written out one by one, and {@link FloatLoops} brings other layouts into this form.
 */
final class FloatRows {

    private FloatRows() {}

    /** {@code out[i] = a[i] op b[i]}. */
    static void both(Binary op, float[] a, float[] b, float[] out, int from, int to) {
        switch (op) {
            case ADD -> add(a, b, out, from, to);
            case SUBTRACT -> subtract(a, b, out, from, to);
            case MULTIPLY -> multiply(a, b, out, from, to);
            case DIVIDE -> divide(a, b, out, from, to);
            case MAXIMUM -> maximum(a, b, out, from, to);
            case MINIMUM -> minimum(a, b, out, from, to);
            case PASS -> pass(a, b, out, from, to);
            case PASS_HALF -> passHalf(a, b, out, from, to);
            default -> {
                for (int i = from; i < to; i++) {
                    out[i] = op.apply(a[i], b[i]);
                }
            }
        }
    }

    /** {@code out[i] = a[i] op y}. */
    static void right(Binary op, float[] a, float y, float[] out, int from, int to) {
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
    static void left(Binary op, float x, float[] b, float[] out, int from, int to) {
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
    static void unary(Unary op, float[] a, float[] out, int from, int to) {
        switch (op) {
            case NEGATIVE -> negative(a, out, from, to);
            case ABSOLUTE -> absolute(a, out, from, to);
            case SQUARE -> multiply(a, a, out, from, to);
            case SQRT -> sqrt(a, out, from, to);
            case RECIPROCAL -> divideInto(1, a, out, from, to);
            case RELU -> maximum(a, 0, out, from, to);
            default -> {
                for (int i = from; i < to; i++) {
                    out[i] = (float) op.apply(a[i]);
                }
            }
        }
    }

    /** As {@link Binary#PASS}; branches on signs that follow no rule would cost more than all else. */
    private static void pass(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float x = a[i];
            float y = b[i];
            out[i] = y == y || x == 0 ? gated(x, y) : Float.NaN;
        }
    }

    /** As {@link Binary#PASS_HALF}. */
    private static void passHalf(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float x = a[i];
            float y = b[i];
            out[i] = y != y ? x + 0 : y == 0 ? x * 0.5f + 0 : gated(x, y);
        }
    }

    /** x where y, which is not nan, is above 0, otherwise 0: of the numbers above 0 the bits less 1 lie between 0 and those of infinity. */
    private static float gated(float x, float y) {
        int bits = Float.floatToRawIntBits(y) - 1;
        int mask = ~(bits >> 31) & (bits - 0x7f800000 >> 31);
        return Float.intBitsToFloat(Float.floatToRawIntBits(x + 0) & mask);
    }

    private static void add(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] + b[i];
        }
    }

    private static void add(float[] a, float y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] + y;
        }
    }

    private static void subtract(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] - b[i];
        }
    }

    private static void subtract(float[] a, float y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] - y;
        }
    }

    private static void multiply(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] * b[i];
        }
    }

    private static void multiply(float[] a, float y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] * y;
        }
    }

    private static void divide(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] / b[i];
        }
    }

    private static void divide(float[] a, float y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] / y;
        }
    }

    private static void maximum(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(a[i], b[i]);
        }
    }

    private static void maximum(float[] a, float y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(a[i], y);
        }
    }

    private static void minimum(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.min(a[i], b[i]);
        }
    }

    private static void minimum(float[] a, float y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.min(a[i], y);
        }
    }

    private static void subtractFrom(float x, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x - b[i];
        }
    }

    private static void divideInto(float x, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x / b[i];
        }
    }

    private static void negative(float[] a, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = -a[i];
        }
    }

    private static void absolute(float[] a, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.abs(a[i]);
        }
    }

    private static void sqrt(float[] a, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (float) Math.sqrt(a[i]);
        }
    }
}
