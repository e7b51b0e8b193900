package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.ternary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.ONE;
import static org.ebb.op.Formula.OUT;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.Z;
import static org.ebb.op.Formula.add;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.mul;
import static org.ebb.op.Formula.sub;

/** Numbers taken apart into mantissa, exponent and decimals, put together again, and mixed. */
public final class Blending {

    private Blending() {}

    public static final Elementwise LERP = ternary("lerp", (x, y, weight) -> x + weight * (y - x)).parameters("x, y, weight")
            .gives(Elementwise.Result.FLOATING).slope(sub(1, Z), Z, sub(Y, X))
            .doc("The point between x and y: x for weight 0, y for weight 1.", "lerp(1.0, 3.0, 0.5)", "2.0");

    public static final Elementwise LDEXP = binary("ldexp", (x, y) -> x * Math.pow(2, y))
            .slope(apply(() -> Functions.EXP2, Y), mul(Math.log(2), OUT))
            .doc("x times 2 to the power y.", "ldexp(0.5, 3.0)", "4.0");

    /** The exponent is constant almost everywhere: the slope is the power of 2 that was taken out. */
    public static final Elementwise MANTISSA = unary("mantissa", Blending::mantissa).on(Domain.POSITIVE)
            .slope(apply(() -> Slopes.RATIO, OUT, X))
            .doc("x with its power of 2 taken out: the first part of frexp(x), from 1/2 up to 1.", "mantissa(6.0)", "0.75");

    public static final Elementwise EXPONENT = unary("exponent", Blending::exponent)
            .doc("The power of 2 that mantissa(x) leaves out: the second part of frexp(x).", "exponent(6.0)", "3.0");

    public static final Elementwise FRAC = unary("frac", x -> x - (x < 0 ? Math.ceil(x) : Math.floor(x))).slope(ONE)
            .doc("The decimals of x, with its sign: x - trunc(x).", "frac(-1.5)", "-0.5");

    public static final Elementwise POSITIVE = unary("positive", x -> x).whole(x -> x).slope(ONE)
            .doc("x itself, +x.", "positive(1.5)", "1.5");

    /** The derivatives are {@link #SINC_DERIVATIVE}s, which are smooth at 0 too. */
    public static final Elementwise SINC = unary("sinc", x -> derivative(0, x))
            .slope(apply(() -> Blending.SINC_DERIVATIVE, ONE, X))
            .doc("sin(pi x) / (pi x), and 1 at 0.", "sinc(0.0)", "1.0");

    static final Elementwise SINC_DERIVATIVE = binary("_sinc_derivative", Blending::derivative).parameters("n, x")
            .slope(null, apply(() -> Blending.SINC_DERIVATIVE, add(1, X), Y)).on(Domain.COUNT, Domain.REAL)
            .doc("Derivative number n of sinc at x.");

    private static double mantissa(double x) {
        return x == 0 || x - x != 0 ? x : Math.scalb(x, -(int) exponent(x));
    }

    private static double exponent(double x) {
        if (x == 0 || x - x != 0) {
            return 0;
        }
        boolean tiny = Math.getExponent(x) < Double.MIN_EXPONENT;
        return tiny ? Math.getExponent(x * 0x1p54) - 53 : Math.getExponent(x) + 1;
    }

    /**
     * The derivative of x f(x) = sin(pi x) / pi gives each derivative of f from the one before, which is steady where |pi x|
     * is above n; below, the power series of f is differentiated term by term.
     */
    private static double derivative(double order, double x) {
        int n = (int) order;
        if (n != order || n < 0 || n > 60) {
            return Double.NaN;
        }
        double a = Math.PI * x;
        if (Math.abs(a) > n + 1) {
            double f = Math.sin(a) / a;
            for (int k = 1; k <= n; k++) {
                f = (Math.pow(Math.PI, k - 1) * Math.sin(a + k * Math.PI / 2) - k * f) / x;
            }
            return f;
        }
        double sum = 0;
        for (int k = (n + 1) / 2; k < (n + 1) / 2 + 40; k++) {
            double term = (k % 2 == 0 ? 1.0 : -1.0) / (2 * k + 1);
            for (int j = 1; j <= 2 * k - n; j++) {
                term *= a / j;
            }
            sum += term;
        }
        return Math.pow(Math.PI, n) * sum;
    }
}
