package org.ebb.kernel;

/** The functions of one number that have kernels. */
public enum Unary {
    NEGATIVE, ABSOLUTE, SIGN, SQUARE, SQRT, RECIPROCAL, EXP, EXPM1, LOG, LOG1P, LOG2, LOG10, SIN, COS, TAN, TANH, SINH, COSH,
            ARCSIN, ARCCOS,
    ARCTAN, CBRT, SIGMOID, RELU, FLOOR, CEIL, RINT, TRUNC;

    /** In double; a float32 kernel rounds this once. */
    public double apply(double x) {
        return switch (this) {
            case NEGATIVE -> -x;
            case ABSOLUTE -> Math.abs(x);
            case SIGN -> x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;
            case SQUARE -> x * x;
            case SQRT -> Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case LOG2 -> log2(x);
            case LOG10 -> Math.log10(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case TANH -> Math.tanh(x);
            case SINH -> Math.sinh(x);
            case COSH -> Math.cosh(x);
            case ARCSIN -> Math.asin(x);
            case ARCCOS -> Math.acos(x);
            case ARCTAN -> Math.atan(x);
            case CBRT -> Math.cbrt(x);
            case SIGMOID -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
            case RELU -> Math.max(x, 0);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case RINT -> Math.rint(x);
            case TRUNC -> x < 0 ? Math.ceil(x) : Math.floor(x);
        };
    }

    /** Splits off the power of two first, so that powers of two come out exact. */
    private static double log2(double x) {
        if (!(x > 0) || Double.isInfinite(x)) {
            return Math.log(x);
        }
        int exponent = Math.getExponent(x);
        if (exponent < Double.MIN_EXPONENT) {
            return log2(x * 0x1p60) - 60;
        }
        double mantissa = Math.scalb(x, -exponent);
        if (mantissa > Math.sqrt(2)) {
            mantissa /= 2;
            exponent++;
        }
        return exponent + Math.log(mantissa) / Math.log(2);
    }
}
