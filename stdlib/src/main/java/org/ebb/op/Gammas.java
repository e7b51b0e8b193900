package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.ternary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.OUT;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.Z;
import static org.ebb.op.Formula.add;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.div;
import static org.ebb.op.Formula.mul;
import static org.ebb.op.Formula.neg;
import static org.ebb.op.Formula.number;
import static org.ebb.op.Formula.sub;

/** The gamma function's family: gamma, beta, their incomplete integrals, the zeta function, and Bessel functions I. */
public final class Gammas {

    private Gammas() {}

    private static Formula digamma(Formula x) {
        return apply(() -> Functions.DIGAMMA, x);
    }

    private static Formula log(Formula x) {
        return apply(() -> Functions.LOG, x);
    }

    private static Formula exp(Formula x) {
        return apply(() -> Functions.EXP, x);
    }

    private static Formula gammaln(Formula x) {
        return apply(() -> Functions.GAMMALN, x);
    }

    public static final Elementwise GAMMA = unary("gamma", Gammas::gamma).slope(mul(OUT, digamma(X))).on(Domain.POSITIVE)
            .doc("The gamma function, the factorial of x - 1, by Stirling's series (Abramowitz and Stegun 6.1.37).", "gamma(5.0)",
                    "24.0");

    public static final Elementwise BETALN = binary("betaln", Gammas::betaln).parameters("a, b")
            .slope(sub(digamma(X), digamma(add(X, Y))), sub(digamma(Y), digamma(add(X, Y)))).on(Domain.POSITIVE)
            .doc("The logarithm of the beta function of positive numbers.", "betaln(1.0, 1.0)", "0.0");

    public static final Elementwise BETA = binary("beta", (a, b) -> Math.exp(betaln(a, b))).parameters("a, b")
            .slope(mul(OUT, sub(digamma(X), digamma(add(X, Y)))), mul(OUT, sub(digamma(Y), digamma(add(X, Y)))))
            .on(Domain.POSITIVE)
            .doc("The beta function of positive numbers: gamma(a) gamma(b) / gamma(a + b).", "beta(1.0, 1.0)", "1.0");

    private static Formula gammaDensity() {
        return exp(sub(sub(mul(sub(X, number(1)), log(Y)), Y), gammaln(X)));
    }

    /** Smooth in x alone. */
    public static final Elementwise GAMMAINC = binary("_gammainc", (a, x) -> gammainc(a, x, false)).parameters("a, x")
            .slope(null, gammaDensity()).on(Domain.POSITIVE)
            .doc("The regularized lower incomplete gamma function.");

    public static final Elementwise GAMMAINCC = binary("_gammaincc", (a, x) -> gammainc(a, x, true)).parameters("a, x")
            .slope(null, neg(gammaDensity())).on(Domain.POSITIVE)
            .doc("The regularized upper incomplete gamma function.");

    /** Smooth in x alone. */
    public static final Elementwise BETAINC = ternary("_betainc", Gammas::betainc).parameters("a, b, x")
            .slope(null, null, exp(sub(add(mul(sub(X, number(1)), log(Z)),
                    mul(sub(Y, number(1)), apply(() -> Functions.LOG1P, neg(Z)))), apply(() -> Gammas.BETALN, X, Y))))
            .on(Domain.POSITIVE, Domain.POSITIVE, Domain.PROBABILITY).gives(Elementwise.Result.FLOATING)
            .doc("The regularized incomplete beta function.");

    /** Smooth in q alone. */
    public static final Elementwise ZETA = binary("_zeta", Gammas::zeta).parameters("x, q")
            .slope(null, mul(neg(X), apply(() -> Gammas.ZETA, add(1, X), Y))).on(Domain.ABOVE_ONE, Domain.POSITIVE)
            .doc("The zeta function of Hurwitz: the sum of (q + k) ** -x for k = 0, 1, 2, ...");

    private static Formula bessel(Formula n, Formula x) {
        return apply(() -> Gammas.BESSEL, n, x);
    }

    private static Formula scaledBessel(Formula n, Formula x) {
        return apply(() -> Gammas.SCALED_BESSEL, n, x);
    }

    static final Elementwise BESSEL = binary("_bessel_i", (n, x) -> besselScaled(n, x) * Math.exp(Math.abs(x)))
            .parameters("n, x")
            .slope(null, mul(0.5, add(bessel(sub(X, number(1)), Y), bessel(add(1, X), Y)))).on(Domain.COUNT, Domain.REAL)
            .doc("The modified Bessel function of the first kind of order n.");

    static final Elementwise SCALED_BESSEL = binary("_bessel_ie", Gammas::besselScaled).parameters("n, x")
            .slope(null, sub(mul(0.5, add(scaledBessel(sub(X, number(1)), Y), scaledBessel(add(1, X), Y))),
                    mul(apply(() -> Rounding.SIGN, Y), OUT)))
            .on(Domain.COUNT, Domain.REAL)
            .doc("The modified Bessel function of the first kind of order n, times exp(-abs(x)).");

    public static final Elementwise I0 = unary("i0", x -> besselScaled(0, x) * Math.exp(Math.abs(x)))
            .slope(bessel(number(1), X))
            .doc("The modified Bessel function of order 0 (Abramowitz and Stegun 9.6.10, 9.7.1).", "i0(0.0)", "1.0");

    public static final Elementwise I0E = unary("i0e", x -> besselScaled(0, x))
            .slope(sub(scaledBessel(number(1), X), mul(apply(() -> Rounding.SIGN, X), OUT)))
            .doc("i0(x) exp(-abs(x)).", "i0e(0.0)", "1.0");

    public static final Elementwise I1 = unary("i1", x -> besselScaled(1, x) * Math.exp(Math.abs(x)))
            .slope(mul(0.5, add(bessel(number(0), X), bessel(number(2), X))))
            .doc("The modified Bessel function of order 1.", "i1(0.0)", "0.0");

    public static final Elementwise I1E = unary("i1e", x -> besselScaled(1, x))
            .slope(sub(mul(0.5, add(scaledBessel(number(0), X), scaledBessel(number(2), X))), mul(apply(() -> Rounding.SIGN, X), OUT)))
            .doc("i1(x) exp(-abs(x)).", "i1e(0.0)", "0.0");

    // ---- in double precision

    /** gammaln(x) less (x - 1/2) log(x) - x + log(2 pi) / 2, for x of at least 15. */
    private static double correction(double x) {
        double s = 1 / (x * x);
        return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360360)))))) / x;
    }

    static double gamma(double x) {
        if (x == 0) {
            return 1 / x;
        }
        if (x < 0 && x == Math.rint(x)) {
            return Double.NaN;
        }
        if (x < 0.5) {
            double turn = x - 2 * Math.rint(x / 2);
            return Math.PI / (Math.sin(Math.PI * turn) * gamma(1 - x));
        }
        if (x > 171.7) {
            return Double.POSITIVE_INFINITY;
        }
        if (x == Math.rint(x) && x < 24) {
            double product = 1;
            for (int k = 2; k < x; k++) {
                product *= k;
            }
            return product;
        }
        double product = 1;
        double z = x;
        for (; z < 15; z++) {
            product *= z;
        }
        double half = Math.pow(z, z / 2 - 0.25);
        return Math.sqrt(2 * Math.PI) * half * Math.exp(-z) * half * Math.exp(correction(z)) / product;
    }

    static double betaln(double a, double b) {
        double p = Math.min(a, b);
        double q = Math.max(a, b);
        if (!(p > 0)) {
            return p == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (q < 15) {
            return Math.log(gamma(p) / gamma(p + q) * gamma(q));
        }
        if (p < 15) {
            return Special.gammaln(p) - (q - 0.5) * Math.log1p(p / q) - p * Math.log(p + q) + p + correction(q) - correction(p + q);
        }
        double share = p / (p + q);
        return 0.5 * Math.log(2 * Math.PI / q) + (p - 0.5) * Math.log(share) + q * Math.log1p(-share)
                + correction(p) + correction(q) - correction(p + q);
    }

    /** x ** a exp(-x) / gamma(a + 1). */
    private static double weight(double a, double x) {
        if (a < 15) {
            return Math.exp(a * Math.log(x) - x) / gamma(a + 1);
        }
        double u = (x - a) / a;
        return Math.exp(a * log1pLess(u) - correction(a)) / Math.sqrt(2 * Math.PI * a);
    }

    /** log(1 + u) - u. */
    private static double log1pLess(double u) {
        if (Math.abs(u) > 0.3) {
            return Math.log1p(u) - u;
        }
        double sum = 0;
        double power = -u;
        for (int k = 2; k < 80; k++) {
            power *= -u;
            sum -= power / k;
        }
        return sum;
    }

    /** By the series below the mean and the continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31). */
    static double gammainc(double a, double x, boolean upper) {
        if (!(x >= 0) || !(a >= 0) || a == 0 && x == 0) {
            return Double.NaN;
        }
        if (x == 0 || a == Double.POSITIVE_INFINITY) {
            return x == Double.POSITIVE_INFINITY && x == a ? Double.NaN : upper ? 1 : 0;
        }
        if (x == Double.POSITIVE_INFINITY || a == 0) {
            return upper ? 0 : 1;
        }
        double lower;
        if (x < a + 1) {
            double term = 1;
            double sum = 1;
            for (int k = 1; term > sum * 1e-17 && k < 100_000; k++) {
                term *= x / (a + k);
                sum += term;
            }
            lower = weight(a, x) * sum;
            return upper ? 1 - lower : Math.min(lower, 1);
        }
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double h = d;
        for (int k = 1; k < 100_000; k++) {
            double an = -k * (k - a);
            b += 2;
            d = 1 / nonzero(an * d + b);
            c = nonzero(b + an / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        double above = weight(a, x) * a * h;
        return upper ? above : 1 - above;
    }

    private static double nonzero(double x) {
        return Math.abs(x) < 1e-300 ? 1e-300 : x;
    }

    /** By its continued fraction (Abramowitz and Stegun 26.5.8). */
    static double betainc(double a, double b, double x) {
        if (!(x >= 0 && x <= 1) || !(a > 0) || !(b > 0)) {
            return Double.NaN;
        }
        if (x == 0 || x == 1) {
            return x;
        }
        double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - betaln(a, b));
        return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b;
    }

    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / nonzero(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < 100_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonzero(1 + even * d);
            c = nonzero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonzero(1 + odd * d);
            c = nonzero(1 + odd / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return h;
    }

    /** B(2k) / (2k)!, k from 1. */
    private static final double[] BERNOULLI = {
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000.0, 1.0 / 74724249600.0,
        -3617.0 / 10670622842880000.0, 43867.0 / 5109094217170944000.0,
    };

    /** By Euler and Maclaurin's sum. */
    static double zeta(double x, double q) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (!(x > 1) || !(q > 0)) {
            return q <= 0 && q == Math.rint(q) && x > 1 ? Double.POSITIVE_INFINITY
                    : x > 1 && q < 0 && x == Math.rint(x) ? belowZero(x, q) : Double.NaN;
        }
        double sum = 0;
        double z = q;
        for (int k = 0; k < 12 || z < 12; k++, z++) {
            double term = Math.pow(z, -x);
            sum += term;
            if (term < sum * 1e-18) {
                return sum;
            }
        }
        double power = Math.pow(z, -x);
        sum += power * z / (x - 1) + power / 2;
        double rising = x;
        power /= z;
        for (int k = 0; k < BERNOULLI.length; k++) {
            sum += BERNOULLI[k] * rising * power;
            rising *= (x + 2 * k + 1) * (x + 2 * k + 2);
            power /= z * z;
        }
        return sum;
    }

    private static double belowZero(double x, double q) {
        double sum = 0;
        double z = q;
        for (; z <= 0; z++) {
            sum += Math.pow(z, -x);
        }
        return sum + zeta(x, z);
    }

    /** The modified Bessel function of whole order n times exp(-abs(x)). */
    static double besselScaled(double n, double x) {
        int order = (int) Math.abs(n);
        if (order != Math.abs(n) || x != x) {
            return Double.NaN;
        }
        double a = Math.abs(x);
        double sign = x < 0 && order % 2 == 1 ? -1 : 1;
        if (a == Double.POSITIVE_INFINITY) {
            return 0;
        }
        if (a > 30 + order * order) {
            double term = 1;
            double sum = 1;
            for (int k = 1; k < 200 && Math.abs(term) > 1e-17; k++) {
                double next = -term * (4.0 * order * order - (2.0 * k - 1) * (2 * k - 1)) / (8 * k * a);
                if (Math.abs(next) >= Math.abs(term)) {
                    break;
                }
                term = next;
                sum += term;
            }
            return sign * sum / Math.sqrt(2 * Math.PI * a);
        }
        double term = 1;
        for (int k = 1; k <= order; k++) {
            term *= a / 2 / k;
        }
        double sum = term;
        for (int k = 1; term > sum * 1e-18; k++) {
            term *= a / 2 / k * (a / 2 / (k + order));
            sum += term;
        }
        return sign * sum * Math.exp(-a);
    }
}
