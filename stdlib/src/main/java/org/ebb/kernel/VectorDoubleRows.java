package org.ebb.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic on contiguous rows of {@code double[]} that start anywhere, one small loop for each operation. */
final class VectorDoubleRows {

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = DOUBLES.length();

    private VectorDoubleRows() {}

    static boolean has(Binary op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM -> true;
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2, PASS, PASS_HALF -> false;
        };
    }

    /** {@code out[i] = a[i] op b[i]}. */
    static void both(Binary op, double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        int whole = DOUBLES.loopBound(n);
        switch (op) {
            case ADD -> add(a, x, b, y, out, to, whole);
            case SUBTRACT -> subtract(a, x, b, y, out, to, whole);
            case MULTIPLY -> multiply(a, x, b, y, out, to, whole);
            case DIVIDE -> divide(a, x, b, y, out, to, whole);
            case MAXIMUM -> maximum(a, x, b, y, out, to, whole);
            case MINIMUM -> minimum(a, x, b, y, out, to, whole);
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2, PASS, PASS_HALF -> throw new IllegalArgumentException(op + " has no vector form");
        }
        DoubleLoops.each(op, a, x + whole, 1, b, y + whole, 1, out, to + whole, 1, n - whole);
    }

    /** {@code out[i] = a[i] op b[y]}. */
    static void right(Binary op, double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        int whole = DOUBLES.loopBound(n);
        double number = b[y];
        switch (op) {
            case ADD -> add(a, x, number, out, to, whole);
            case SUBTRACT -> subtract(a, x, number, out, to, whole);
            case MULTIPLY -> multiply(a, x, number, out, to, whole);
            case DIVIDE -> divide(a, x, number, out, to, whole);
            case MAXIMUM -> maximum(a, x, number, out, to, whole);
            case MINIMUM -> minimum(a, x, number, out, to, whole);
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2, PASS, PASS_HALF -> throw new IllegalArgumentException(op + " has no vector form");
        }
        DoubleLoops.each(op, a, x + whole, 1, b, y, 0, out, to + whole, 1, n - whole);
    }

    /** {@code out[i] = a[x] op b[i]}. */
    static void left(Binary op, double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        int whole = DOUBLES.loopBound(n);
        double number = a[x];
        switch (op) {
            case ADD -> add(b, y, number, out, to, whole);
            case SUBTRACT -> subtractFrom(number, b, y, out, to, whole);
            case MULTIPLY -> multiply(b, y, number, out, to, whole);
            case DIVIDE -> divideInto(number, b, y, out, to, whole);
            case MAXIMUM -> maximum(b, y, number, out, to, whole);
            case MINIMUM -> minimum(b, y, number, out, to, whole);
            case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2, PASS, PASS_HALF -> throw new IllegalArgumentException(op + " has no vector form");
        }
        DoubleLoops.each(op, a, x, 0, b, y + whole, 1, out, to + whole, 1, n - whole);
    }

    private static void add(double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).add(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void add(double[] a, int x, double y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).add(y).intoArray(out, to + i);
        }
    }

    private static void subtract(double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).sub(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void subtract(double[] a, int x, double y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).sub(y).intoArray(out, to + i);
        }
    }

    private static void multiply(double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).mul(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void multiply(double[] a, int x, double y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).mul(y).intoArray(out, to + i);
        }
    }

    private static void divide(double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).div(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void divide(double[] a, int x, double y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).div(y).intoArray(out, to + i);
        }
    }

    private static void maximum(double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).max(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void maximum(double[] a, int x, double y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).max(y).intoArray(out, to + i);
        }
    }

    private static void minimum(double[] a, int x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).min(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void minimum(double[] a, int x, double y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.fromArray(DOUBLES, a, x + i).min(y).intoArray(out, to + i);
        }
    }

    private static void subtractFrom(double x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.broadcast(DOUBLES, x).sub(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }

    private static void divideInto(double x, double[] b, int y, double[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector.broadcast(DOUBLES, x).div(DoubleVector.fromArray(DOUBLES, b, y + i)).intoArray(out, to + i);
        }
    }
}
