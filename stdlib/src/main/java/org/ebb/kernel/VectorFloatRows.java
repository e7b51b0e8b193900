package org.ebb.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic on contiguous rows of {@code float[]} that start anywhere, one small loop for each operation. */
final class VectorFloatRows {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private VectorFloatRows() {}

    static boolean has(Binary op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, PASS, PASS_HALF -> true;
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2 -> false;
        };
    }

    /** {@code out[i] = a[i] op b[i]}. */
    static void both(Binary op, float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        int whole = FLOATS.loopBound(n);
        switch (op) {
            case ADD -> add(a, x, b, y, out, to, whole);
            case SUBTRACT -> subtract(a, x, b, y, out, to, whole);
            case MULTIPLY -> multiply(a, x, b, y, out, to, whole);
            case DIVIDE -> divide(a, x, b, y, out, to, whole);
            case MAXIMUM -> maximum(a, x, b, y, out, to, whole);
            case MINIMUM -> minimum(a, x, b, y, out, to, whole);
            case PASS -> pass(a, x, 1, b, y, 1, out, to, whole);
            case PASS_HALF -> passHalf(a, x, 1, b, y, 1, out, to, whole);
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2 -> throw new IllegalArgumentException(op + " has no vector form");
        }
        FloatLoops.each(op, a, x + whole, 1, b, y + whole, 1, out, to + whole, 1, n - whole);
    }

    /** {@code out[i] = a[i] op b[y]}. */
    static void right(Binary op, float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        int whole = FLOATS.loopBound(n);
        float number = b[y];
        switch (op) {
            case ADD -> add(a, x, number, out, to, whole);
            case SUBTRACT -> subtract(a, x, number, out, to, whole);
            case MULTIPLY -> multiply(a, x, number, out, to, whole);
            case DIVIDE -> divide(a, x, number, out, to, whole);
            case MAXIMUM -> maximum(a, x, number, out, to, whole);
            case MINIMUM -> minimum(a, x, number, out, to, whole);
            case PASS -> pass(a, x, 1, b, y, 0, out, to, whole);
            case PASS_HALF -> passHalf(a, x, 1, b, y, 0, out, to, whole);
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2 -> throw new IllegalArgumentException(op + " has no vector form");
        }
        FloatLoops.each(op, a, x + whole, 1, b, y, 0, out, to + whole, 1, n - whole);
    }

    /** {@code out[i] = a[x] op b[i]}. */
    static void left(Binary op, float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        int whole = FLOATS.loopBound(n);
        float number = a[x];
        switch (op) {
            case ADD -> add(b, y, number, out, to, whole);
            case SUBTRACT -> subtractFrom(number, b, y, out, to, whole);
            case MULTIPLY -> multiply(b, y, number, out, to, whole);
            case DIVIDE -> divideInto(number, b, y, out, to, whole);
            case MAXIMUM -> maximum(b, y, number, out, to, whole);
            case MINIMUM -> minimum(b, y, number, out, to, whole);
            case PASS -> pass(a, x, 0, b, y, 1, out, to, whole);
            case PASS_HALF -> passHalf(a, x, 0, b, y, 1, out, to, whole);
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2 -> throw new IllegalArgumentException(op + " has no vector form");
        }
        FloatLoops.each(op, a, x, 0, b, y + whole, 1, out, to + whole, 1, n - whole);
    }

    private static void add(float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).add(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void add(float[] a, int x, float y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).add(y).intoArray(out, to + i);
        }
    }

    private static void subtract(float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).sub(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void subtract(float[] a, int x, float y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).sub(y).intoArray(out, to + i);
        }
    }

    private static void multiply(float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).mul(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void multiply(float[] a, int x, float y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).mul(y).intoArray(out, to + i);
        }
    }

    private static void divide(float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).div(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void divide(float[] a, int x, float y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).div(y).intoArray(out, to + i);
        }
    }

    private static void maximum(float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).max(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }

    /** Is a number one beside which a comparison tells the larger and the smaller? */
    private static boolean isOrdered(float y) {
        return y == y && Float.floatToRawIntBits(y) != Integer.MIN_VALUE;
    }

    /** Beside most numbers a comparison is enough: the vector maximum asks about nan and -0 for each element. */
    private static void maximum(float[] a, int x, float y, float[] out, int to, int n) {
        if (isOrdered(y)) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector v = FloatVector.fromArray(FLOATS, a, x + i);
                v.blend(y, v.compare(VectorOperators.LE, y)).intoArray(out, to + i);
            }
            return;
        }
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).max(y).intoArray(out, to + i);
        }
    }

    private static void minimum(float[] a, int x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).min(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void minimum(float[] a, int x, float y, float[] out, int to, int n) {
        if (isOrdered(y)) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector v = FloatVector.fromArray(FLOATS, a, x + i);
                v.blend(y, v.compare(VectorOperators.GT, y)).intoArray(out, to + i);
            }
            return;
        }
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, a, x + i).min(y).intoArray(out, to + i);
        }
    }

    /** The operand from {@code at} on, or one number for all. */
    private static FloatVector load(float[] a, int at, int step) {
        return step == 1 ? FloatVector.fromArray(FLOATS, a, at) : FloatVector.broadcast(FLOATS, a[at]);
    }

    private static void pass(float[] g, int x, int xStep, float[] b, int y, int yStep, float[] out, int to, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += LANES) {
            FloatVector passed = load(g, x + i * xStep, xStep);
            FloatVector by = load(b, y + i * yStep, yStep);
            var nowhere = by.compare(VectorOperators.NE, by).and(passed.compare(VectorOperators.NE, 0f));
            zero.blend(passed.add(0f), by.compare(VectorOperators.GT, 0f)).blend(Float.NaN, nowhere).intoArray(out, to + i);
        }
    }

    private static void passHalf(float[] g, int x, int xStep, float[] b, int y, int yStep, float[] out, int to, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += LANES) {
            FloatVector passed = load(g, x + i * xStep, xStep);
            FloatVector by = load(b, y + i * yStep, yStep);
            FloatVector some = zero.blend(passed.mul(0.5f).add(0f), by.compare(VectorOperators.EQ, 0f));
            passed.add(0f).blend(some, by.compare(VectorOperators.LE, 0f)).intoArray(out, to + i);
        }
    }

    private static void subtractFrom(float x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.broadcast(FLOATS, x).sub(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void divideInto(float x, float[] b, int y, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.broadcast(FLOATS, x).div(FloatVector.fromArray(FLOATS, b, y + i)).intoArray(out, to + i);
        }
    }
}
