package org.ebb.kernel;

/**
 * Functions of long rows of {@code float[]} in float32 arithmetic, right to 2.4 units in the last place.
 *
 * <p>Written without branches and with {@link Math#fma} throughout, so that {@link VectorFloatMath} can do the very same steps
 * in vector code: the bits do not depend on which of the two runs. Short rows are computed in double instead and rounded once:
 * see {@link FloatLoops}. The reductions of the argument follow Cody and Waite, "Software Manual for the Elementary Functions"
 * (1980); the polynomials are minimax fits of our own.
 */
final class FloatMath {

    /** Shorter rows are computed in double: they would fill no vector, or one. */
    static final int LONG = 16;

    /** The nearest whole number of x is {@code (x + ROUND) - ROUND}, and stands in the low bits of the sum. */
    static final float ROUND = 0x1.8p23f;

    static final float LOG2_E = 0x1.715476p0f;

    /** The logarithm of 2 in two parts; the first has so few bits that its multiples by whole numbers up to 2^9 are exact. */
    static final float LN2_HIGH = 0x1.62e4p-1f;
    static final float LN2_LOW = 0x1.7f7d1cp-20f;

    /** {@code (e^r - 1 - r) / r^2} for |r| up to half the logarithm of 2, to 2^-28. */
    static final float E2 = 0x1.fffffcp-2f;
    static final float E3 = 0x1.555492p-3f;
    static final float E4 = 0x1.5558f2p-5f;
    static final float E5 = 0x1.1239e4p-7f;
    static final float E6 = 0x1.6a243p-10f;

    /** Beyond these the exponential is infinite, or rounds to 0. */
    static final float EXP_MAX = 89;
    static final float EXP_MIN = -104;

    /** The exponential of minus this is too small to matter beside 1. */
    static final float SIGMOID_MAX = 104;

    /** Beyond this the hyperbolic tangent rounds to 1. */
    static final float TANH_MAX = 9.1f;

    /** {@code (log(1 + f) - f + f^2 / 2) / f^3} where 1 + f lies between the roots of 1/2 and 2, to 2^-27. */
    static final float L3 = 0.33333331f;
    static final float L4 = -0.25000823f;
    static final float L5 = 0.20001227f;
    static final float L6 = -0.16623355f;
    static final float L7 = 0.1420176f;
    static final float L8 = -0.13160197f;
    static final float L9 = 0.12761563f;
    static final float L10 = -0.076344378f;

    /** The bits of the root of 1/2 and how far they are below those of 1. */
    static final int HALF_ROOT = 0x3f3504f3;
    static final int BELOW_ONE = 0x3f800000 - HALF_ROOT;

    private FloatMath() {}

    /** Are long rows of this function computed here? */
    static boolean has(Unary op) {
        return switch (op) {
            case EXP, LOG, TANH, SIGMOID -> true;
            default -> false;
        };
    }

    static void unary(Unary op, float[] a, int at, float[] out, int to, int n) {
        switch (op) {
            case EXP -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = exp(a[at + i]);
                }
            }
            case LOG -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = log(a[at + i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = tanh(a[at + i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = sigmoid(a[at + i]);
                }
            }
            default -> throw new IllegalArgumentException(op + " is computed in double");
        }
    }

    static float exp(float x) {
        float y = Math.max(Math.min(x, EXP_MAX), EXP_MIN);
        float t = Math.fma(y, LOG2_E, ROUND);
        float k = t - ROUND;
        float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, y));
        float q = Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
        float p = 1 + Math.fma(r * r, q, r);
        // 2^k in two factors, as a subnormal result needs a k that no float's exponent has.
        int whole = Float.floatToRawIntBits(t) - Float.floatToRawIntBits(ROUND);
        int half = whole >> 1;
        return p * Float.intBitsToFloat(half + 127 << 23) * Float.intBitsToFloat(whole - half + 127 << 23);
    }

    /**
     * With m = e^2|x| - 1 the tangent is h = m / (m + 2): no digits are lost near 0. There m is p, and what rounding left off
     * of p is added times 1 / (m + 2) = (1 - h) / 2; without it h is 2.61 units off at 0.06241588. Where m is more than p,
     * it is too little to matter.
     */
    static float tanh(float x) {
        float y = Math.min(Math.abs(x), TANH_MAX) * 2;
        float t = Math.fma(y, LOG2_E, ROUND);
        float k = t - ROUND;
        float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, y));
        float q = Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
        float square = r * r;
        float p = Math.fma(square, q, r);
        float low = Math.fma(square, q, r - p);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) - Float.floatToRawIntBits(ROUND) + 127 << 23);
        float m = Math.fma(power, p, power - 1);
        float h = m / (m + 2);
        return Math.copySign(Math.fma(low, Math.fma(h, -0.5f, 0.5f), h), x);
    }

    /** {@code 1 / (1 + e^-x)}, by e^-|x| on both sides. */
    static float sigmoid(float x) {
        float y = -Math.min(Math.abs(x), SIGMOID_MAX);
        float t = Math.fma(y, LOG2_E, ROUND);
        float k = t - ROUND;
        float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, y));
        float q = Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
        float p = 1 + Math.fma(r * r, q, r);
        int whole = Float.floatToRawIntBits(t) - Float.floatToRawIntBits(ROUND);
        int half = whole >> 1;
        float e = p * Float.intBitsToFloat(half + 127 << 23) * Float.intBitsToFloat(whole - half + 127 << 23);
        return (x < 0 ? e : 1) / (1 + e);
    }

    static float log(float x) {
        boolean small = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(small ? x * 0x1p23f : x) + BELOW_ONE;
        float k = ((bits >> 23) - 127) - (small ? 23f : 0f);
        float f = Float.intBitsToFloat((bits & 0x7fffff) + HALF_ROOT) - 1;
        float p = Math.fma(Math.fma(Math.fma(Math.fma(L10, f, L9), f, L8), f, L7), f, L6);
        p = Math.fma(Math.fma(Math.fma(p, f, L5), f, L4), f, L3);
        float square = f * f;
        // f - f^2/2 + f^3 p + k log 2, the large parts last.
        float low = Math.fma(k, LN2_LOW, Math.fma(square * f, p, -0.5f * square));
        float y = Math.fma(k, LN2_HIGH, f + low);
        y = x > 0 ? y : x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        return x == Float.POSITIVE_INFINITY ? x : y;
    }
}
