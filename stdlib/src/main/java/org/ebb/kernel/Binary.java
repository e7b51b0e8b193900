package org.ebb.kernel;

/** The arithmetic of two numbers that has kernels. */
public enum Binary {
    ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2,

    /** x where y is above 0, otherwise 0: what relu lets through backward. nan where y is, but 0 for an x of 0. */
    PASS,

    /** x where y is above 0 or nan, half of it where y is 0, otherwise 0: what maximum(y, 0) lets through. */
    PASS_HALF;

    /** In double. Remainder takes the sign of the divisor and floor division rounds down, as in Python. */
    public double apply(double x, double y) {
        return switch (this) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MAXIMUM -> Math.max(x, y);
            case MINIMUM -> Math.min(x, y);
            case POWER -> power(x, y);
            case FLOOR_DIVIDE -> floorDivide(x, y);
            case REMAINDER -> remainder(x, y);
            case ARCTAN2 -> Math.atan2(x, y);
            case PASS -> y > 0 ? x + 0 : y == y || x == 0 ? 0 : Double.NaN;
            case PASS_HALF -> y > 0 || y != y ? x + 0 : y == 0 ? x * 0.5 + 0 : 0;
        };
    }

    /** In float: what is let through is rounded before 0 is added to it, so that no -0 comes of it. */
    float apply(float x, float y) {
        return this == PASS_HALF && y == 0 ? x * 0.5f + 0 : (float) apply((double) x, (double) y);
    }

    /** In int64, wrapping; division by zero gives 0, as in NumPy. Division, arctan2 and what lets cotangents through have no integer form. */
    public long apply(long x, long y) {
        return switch (this) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case MAXIMUM -> Math.max(x, y);
            case MINIMUM -> Math.min(x, y);
            case POWER -> power(x, y);
            case FLOOR_DIVIDE -> y == 0 ? 0 : Math.floorDiv(x, y);
            case REMAINDER -> y == 0 ? 0 : Math.floorMod(x, y);
            case DIVIDE, ARCTAN2, PASS, PASS_HALF -> throw new IllegalArgumentException(this + " has no integer form");
        };
    }

    /** C's pow, which says 1 where Java says nan: a base of 1 or -1 with an infinite or (base 1 only) nan exponent. */
    private static double power(double x, double y) {
        if (x == 1 || x == -1 && Double.isInfinite(y)) {
            return 1;
        }
        return Math.pow(x, y);
    }

    private static double remainder(double x, double y) {
        double r = x % y;
        if (r == 0) {
            return Math.copySign(0.0, y);
        }
        return r < 0 != y < 0 ? r + y : r;
    }

    private static double floorDivide(double x, double y) {
        double r = x % y;
        if (y == 0 || Double.isNaN(r) || Double.isInfinite(x)) {
            return y == 0 ? x / y : r;
        }
        double q = (x - r) / y;
        if (r != 0 && r < 0 != y < 0) {
            q -= 1;
        }
        if (q == 0) {
            return Math.copySign(0.0, x / y);
        }
        double floor = Math.floor(q);
        return q - floor > 0.5 ? floor + 1 : floor;
    }

    /** Squares and multiplies; a negative exponent is the caller's to refuse and counts as 0 for a base other than 1 and -1. */
    private static long power(long x, long y) {
        if (y < 0) {
            return x == 1 ? 1 : x == -1 ? (y % 2 == 0 ? 1 : -1) : 0;
        }
        long result = 1;
        for (long base = x, left = y; left > 0; left >>= 1, base *= base) {
            if ((left & 1) == 1) {
                result *= base;
            }
        }
        return result;
    }
}
