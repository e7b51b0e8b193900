package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.ONE;
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

import org.ebb.kernel.Unary;
/** Exponentials, logarithms, roots, and the smooth functions of networks and statistics. */
public final class Functions {

    private Functions() {}

    public static final Elementwise EXP = unary("exp", Math::exp).kernel(Unary.EXP).slope(OUT)
            .doc("e to the power x.", "exp(0.0)", "1.0");

    public static final Elementwise EXP2 = unary("exp2", x -> Math.pow(2, x)).slope(mul(Math.log(2), OUT))
            .doc("2 to the power x.", "exp2(3.0)", "8.0");

    public static final Elementwise EXPM1 = unary("expm1", Math::expm1).kernel(Unary.EXPM1).slope(add(1, OUT))
            .doc("e to the power x, minus 1; exact also where x is tiny.", "expm1(0.0)", "0.0");

    public static final Elementwise LOG = unary("log", Math::log).kernel(Unary.LOG).slope(reciprocal(X)).on(Domain.POSITIVE)
            .doc("The natural logarithm; -inf at 0, nan below.", "log(1.0)", "0.0");

    public static final Elementwise LOG2 = unary("log2", Unary.LOG2::apply).kernel(Unary.LOG2).slope(div(1 / Math.log(2), X))
            .on(Domain.POSITIVE)
            .doc("The logarithm to base 2.", "log2(8.0)", "3.0");

    public static final Elementwise LOG10 = unary("log10", Math::log10).kernel(Unary.LOG10).slope(div(1 / Math.log(10), X))
            .on(Domain.POSITIVE)
            .doc("The logarithm to base 10.", "log10(100.0)", "2.0");

    public static final Elementwise LOG1P = unary("log1p", Math::log1p).kernel(Unary.LOG1P).slope(reciprocal(add(1, X)))
            .on(Domain.ABOVE_MINUS_ONE)
            .doc("The natural logarithm of 1 + x; exact also where x is tiny.", "log1p(0.0)", "0.0");

    /** The slope at 0 is infinite. */
    public static final Elementwise SQRT = unary("sqrt", Math::sqrt).kernel(Unary.SQRT).slope(div(0.5, OUT)).on(Domain.POSITIVE)
            .doc("The square root; nan below 0.", "sqrt(9.0)", "3.0");

    public static final Elementwise RSQRT = unary("rsqrt", x -> 1 / Math.sqrt(x)).slope(mul(-0.5, div(OUT, X)))
            .on(Domain.POSITIVE)
            .doc("The inverse of the square root.", "rsqrt(4.0)", "0.5");

    public static final Elementwise CBRT = unary("cbrt", Math::cbrt).kernel(Unary.CBRT).slope(div(1.0 / 3, square(OUT)))
            .on(Domain.POSITIVE)
            .doc("The cube root, negative for negative x.", "cbrt(-8.0)", "-2.0");

    public static final Elementwise SIGMOID = unary("sigmoid", Functions::sigmoid).kernel(Unary.SIGMOID)
            .slope(mul(OUT, sub(1, OUT)))
            .doc("The logistic function 1 / (1 + exp(-x)).", "sigmoid(0.0)", "0.5");

    public static final Elementwise SOFTPLUS = unary("softplus", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))))
            .slope(apply(() -> Functions.SIGMOID, X))
            .doc("log(1 + exp(x)) without overflow.", "softplus(0.0)", "0.6931471805599453");

    public static final Elementwise LOG_SIGMOID = unary("log_sigmoid", x -> Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))))
            .slope(apply(() -> Functions.SIGMOID, neg(X)))
            .doc("The logarithm of sigmoid(x) without overflow.", "log_sigmoid(0.0)", "-0.6931471805599453");

    public static final Elementwise LOGADDEXP = binary("logaddexp", Functions::logaddexp)
            .slope(apply(() -> Functions.SIGMOID, sub(X, Y)), apply(() -> Functions.SIGMOID, sub(Y, X)))
            .doc("log(exp(x) + exp(y)) without overflow.", "logaddexp(0.0, 0.0)", "0.6931471805599453");

    public static final Elementwise LOGADDEXP2 = binary("logaddexp2",
            (x, y) -> x == y ? x + 1 : Math.max(x, y) + Math.log1p(Math.pow(2, -Math.abs(x - y))) / Math.log(2))
            .slope(apply(() -> Functions.SIGMOID, mul(Math.log(2), sub(X, Y))), apply(() -> Functions.SIGMOID, mul(Math.log(2), sub(Y, X))))
            .doc("log2(2**x + 2**y) without overflow.", "logaddexp2(1.0, 1.0)", "2.0");

    /** Where x is 0 so is the product, also beside log(0). */
    public static final Elementwise XLOGY = binary("xlogy", (x, y) -> x == 0 && y == y ? 0 : x * Math.log(y))
            .slope(apply(() -> Slopes.LOG_OR_ZERO, Y), apply(() -> Slopes.RATIO, X, Y)).on(Domain.POSITIVE)
            .doc("x times the natural logarithm of y, and 0 where x is 0.", "xlogy(0.0, 0.0)", "0.0");

    /** Both slopes at the origin are 0. */
    public static final Elementwise HYPOT = binary("hypot", Math::hypot)
            .slope(apply(() -> Slopes.RATIO, X, OUT), apply(() -> Slopes.RATIO, Y, OUT))
            .doc("sqrt(x*x + y*y) without overflow; its slope at the origin is 0.", "hypot(3.0, 4.0)", "5.0");

    public static final Elementwise ERF = unary("erf", Special::erf)
            .slope(mul(2 / Math.sqrt(Math.PI), apply(() -> Functions.EXP, neg(square(X)))))
            .doc("The error function: the chance that a normal number of variance 1/2 is within x of 0.", "erf(0.0)", "0.0");

    public static final Elementwise GAMMALN = unary("gammaln", Special::gammaln)
            .slope(apply(() -> Functions.DIGAMMA, X)).on(Domain.POSITIVE)
            .doc("The logarithm of the absolute value of the gamma function.", "gammaln(1.0)", "0.0");

    public static final Elementwise DIGAMMA = unary("digamma", x -> Special.polygamma(0, x))
            .slope(apply(() -> Functions.POLYGAMMA, ONE, X)).on(Domain.POSITIVE)
            .doc("The slope of gammaln.", "print(round(digamma(1.0), 6))", "-0.577216");

    /** Smooth in x alone; n counts derivatives. */
    public static final Elementwise POLYGAMMA = binary("polygamma", Special::polygamma).parameters("n, x")
            .slope(null, apply(() -> Functions.POLYGAMMA, add(1, X), Y)).on(Domain.COUNT, Domain.POSITIVE)
            .doc("Derivative number n of digamma at x; n is a whole number.", "print(round(polygamma(1.0, 1.0), 6))", "1.644934");

    private static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + Math.exp(-x));
        }
        double e = Math.exp(x);
        return e / (1 + e);
    }

    private static double logaddexp(double x, double y) {
        if (x == y) {
            return x + Math.log(2);
        }
        return Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
    }
}
