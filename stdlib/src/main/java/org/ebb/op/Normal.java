package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.OUT;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.add;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.div;
import static org.ebb.op.Formula.mul;
import static org.ebb.op.Formula.neg;
import static org.ebb.op.Formula.reciprocal;
import static org.ebb.op.Formula.square;
import static org.ebb.op.Formula.sub;

/** Integrals of the bell curve, their inverses, and logarithms that go with probabilities. */
public final class Normal {

    private Normal() {}

    private static final double ROOT_TWO = Math.sqrt(2);
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
    private static final double OVER_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

    private static Formula bell(Formula exponent) {
        return apply(() -> Functions.EXP, exponent);
    }

    public static final Elementwise ERFC = unary("erfc", Normal::erfc)
            .slope(mul(-TWO_OVER_ROOT_PI, bell(neg(square(X)))))
            .doc("1 - erf(x), exact also where that is tiny (Abramowitz and Stegun 7.1.14).", "erfc(0.0)", "1.0");

    public static final Elementwise ERFCX = unary("erfcx", Normal::erfcx)
            .slope(sub(mul(mul(2, X), OUT), Formula.number(TWO_OVER_ROOT_PI))).on(Domain.POSITIVE)
            .doc("exp(x * x) * erfc(x) without overflow.", "erfcx(0.0)", "1.0");

    public static final Elementwise ERFINV = unary("erfinv", Normal::erfinv)
            .slope(mul(1 / TWO_OVER_ROOT_PI, bell(square(OUT)))).on(Domain.UNIT)
            .doc("The x for which erf(x) is the argument, by Newton's method; infinite at 1 and -1, nan beyond.", "erfinv(0.0)", "0.0");

    public static final Elementwise NDTR = unary("ndtr", Normal::ndtr)
            .slope(mul(OVER_ROOT_TWO_PI, bell(mul(-0.5, square(X)))))
            .doc("The chance that a standard normal number is below x.", "ndtr(0.0)", "0.5");

    public static final Elementwise LOG_NDTR = unary("log_ndtr", Normal::logNdtr)
            .slope(mul(OVER_ROOT_TWO_PI, bell(sub(mul(-0.5, square(X)), OUT))))
            .doc("The logarithm of ndtr(x), exact also far below 0.", "print(round(log_ndtr(0.0), 6))", "-0.693147");

    public static final Elementwise NDTRI = unary("ndtri", Normal::ndtri)
            .slope(mul(1 / OVER_ROOT_TWO_PI, bell(mul(0.5, square(OUT))))).on(Domain.PROBABILITY)
            .doc("The x for which ndtr(x) is the argument; infinite at 0 and 1, nan beyond.", "ndtri(0.5)", "0.0");

    public static final Elementwise LOGIT = unary("_logit", Normal::logit)
            .slope(reciprocal(mul(X, sub(1, X)))).on(Domain.PROBABILITY)
            .doc("The x for which sigmoid(x) is the argument.");

    public static final Elementwise ENTR = unary("entr", x -> x > 0 ? -x * Math.log(x) : x == 0 ? 0 : x != x ? x
            : Double.NEGATIVE_INFINITY)
            .slope(sub(-1, apply(() -> Functions.LOG, X))).on(Domain.POSITIVE)
            .doc("-x log(x), 0 at 0, -inf below: a term of an entropy.", "entr(1.0)", "-0.0");

    /** Where x is 0 so is the product, also beside log(0). */
    public static final Elementwise XLOG1PY = binary("xlog1py", (x, y) -> x == 0 && y == y ? 0 : x * Math.log1p(y))
            .slope(apply(() -> Normal.LOG1P_OR_ZERO, Y), apply(() -> Slopes.RATIO, X, add(1, Y))).on(Domain.POSITIVE)
            .doc("x times log(1 + y), and 0 where x is 0.", "xlog1py(0.0, -1.0)", "0.0");

    static final Elementwise LOG1P_OR_ZERO = unary("_log1p_or_zero", x -> x == -1 ? 0 : Math.log1p(x))
            .slope(reciprocal(add(1, X))).on(Domain.ABOVE_MINUS_ONE).doc("log(1 + x), but 0 at -1.");

    /** exp(-x * x), the square of the argument split so that its rounding does not count. */
    private static double bell(double x) {
        double coarse = Math.rint(x * 16) / 16;
        return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse));
    }

    static double erfc(double x) {
        if (x < 0.8) {
            return x < -6 ? 2 : 1 - Special.erf(x);
        }
        return x > 28 ? 0 : bell(x) * fraction(x);
    }

    /** The continued fraction for erfcx, from x of 0.8 on. */
    private static double fraction(double x) {
        double fraction = 0;
        for (int n = x < 2.5 ? 500 : 120; n > 0; n--) {
            fraction = n / 2.0 / (x + fraction);
        }
        return 1 / Math.sqrt(Math.PI) / (x + fraction);
    }

    static double erfcx(double x) {
        if (x >= 0.8) {
            return fraction(x);
        }
        return x < -26.7 ? Double.POSITIVE_INFINITY : erfc(x) / bell(x);
    }

    static double erfinv(double y) {
        double a = Math.abs(y);
        if (!(a < 1)) {
            return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, y) : Double.NaN;
        }
        if (a < 1e-8) {
            return y / TWO_OVER_ROOT_PI;
        }
        double rest = 1 - a;
        double w = Math.log(rest * (1 + a));
        double t = 2 / (Math.PI * 0.147) + w / 2;
        double x = Math.sqrt(Math.sqrt(t * t - w / 0.147) - t);
        for (int step = 0; step < 3; step++) {
            double off = a < 0.5 ? (Special.erf(x) - a) / (TWO_OVER_ROOT_PI * bell(x))
                    : x > 0.8 ? (fraction(x) - rest / bell(x)) / -TWO_OVER_ROOT_PI
                    : (erfc(x) - rest) / (-TWO_OVER_ROOT_PI * bell(x));
            x -= off / (1 + x * off);
        }
        return Math.copySign(x, y);
    }

    static double ndtr(double x) {
        double t = -x / ROOT_TWO;
        if (t < 0.8) {
            return erfc(t) / 2;
        }
        double coarse = Math.rint(x * 16) / 16;
        return fraction(t) / 2 * Math.exp(-coarse * coarse / 2) * Math.exp(-(x - coarse) * (x + coarse) / 2);
    }

    static double logNdtr(double x) {
        if (x < -1.2) {
            return Math.log(fraction(-x / ROOT_TWO) / 2) - x * x / 2;
        }
        return x > 0 ? Math.log1p(-ndtr(-x)) : Math.log(ndtr(x));
    }

    /** First guess: Abramowitz and Stegun 26.2.23, then Halley's steps on the logarithm. */
    static double ndtri(double p) {
        if (!(p > 0 && p < 1)) {
            return p == 0 ? Double.NEGATIVE_INFINITY : p == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (p > 0.25 && p < 0.75) {
            return ROOT_TWO * erfinv(2 * p - 1);
        }
        if (p > 0.5) {
            return -ndtri(1 - p);
        }
        double wanted = Math.log(p);
        double t = Math.sqrt(-2 * wanted);
        double x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
        for (int step = 0; step < 3; step++) {
            double log = logNdtr(x);
            double slope = OVER_ROOT_TWO_PI * Math.exp(-x * x / 2 - log);
            double off = (log - wanted) / slope;
            x -= off / (1 + off * (-x - slope) / 2);
        }
        return x;
    }

    private static double logit(double p) {
        return p < 0.3 ? Math.log(p) - Math.log1p(-p) : p == 1 ? Double.POSITIVE_INFINITY : Math.log1p((2 * p - 1) / (1 - p));
    }
}
