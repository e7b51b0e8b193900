package org.ebb.builtins;

/** Functions of the module math that Java's Math lacks. */
final class SpecialFunctions {

    /** Lanczos' approximation of gamma with g = 607/128 and 15 terms (Godfrey's coefficients). */
    private static final double G = 607.0 / 128.0;
    private static final double[] LANCZOS = {0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174,
        -0.49191381609762019978, .33994649984811888699e-4, .46523628927048575665e-4, -.98374475304879564677e-4, .15808870322491248884e-3,
        -.21026444172410488319e-3, .21743961811521264320e-3, -.16431810653676389022e-3, .84418223983852743293e-4, -.26190838401581408670e-4,
        .36899182659531622704e-5};

    /** B(2k) / (2k (2k - 1)) for k = 8 down to 1. */
    private static final double[] STIRLING = {-3617.0 / 122400, 1.0 / 156, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360,
        1.0 / 12};

    private SpecialFunctions() {}

    static double asinh(double x) {
        double a = Math.abs(x);
        if (a < 1e-9 || !Double.isFinite(x)) {
            return x;
        }
        double y = a > 1e8 ? Math.log(a) + Math.log(2) : a > 2 ? Math.log(2 * a + 1 / (Math.sqrt(a * a + 1) + a))
                : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(y, x);
    }

    static double acosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        double t = x - 1;
        return x > 1e8 ? Math.log(x) + Math.log(2) : x > 2 ? Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1))) : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    static double atanh(double x) {
        double a = Math.abs(x);
        if (a >= 1) {
            return Double.NaN;
        }
        if (a < 1e-9) {
            return x;
        }
        double t = 2 * a;
        return Math.copySign(0.5 * (a < 0.5 ? Math.log1p(t + t * a / (1 - a)) : Math.log1p(t / (1 - a))), x);
    }

    /** A power series near 0, else 1 - erfc. */
    static double erf(double x) {
        double a = Math.abs(x);
        if (Double.isNaN(x)) {
            return x;
        }
        if (a > 1.5) {
            return Math.copySign(a > 6 ? 1 : 1 - erfc(a), x);
        }
        double square = a * a;
        double sum = 0;
        for (int n = 40; n >= 0; n--) {
            sum = 1 + sum * 2 * square / (2 * n + 3);
        }
        return 2 / Math.sqrt(Math.PI) * x * Math.exp(-square) * sum;
    }

    /** A continued fraction for large arguments, else 1 - erf. */
    static double erfc(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (x < 1.5) {
            return 1 - erf(x);
        }
        if (x > 30) {
            return 0;
        }
        double square = x * x;
        // Lentz's method for erfc(x) = exp(-x*x) / sqrt(pi) / (x + 1/2/(x + 2/2/(x + 3/2/(x + ...))))
        double f = x;
        double c = x;
        double d = 0;
        for (int n = 1; n < 500; n++) {
            d = 1 / (x + n / 2.0 * d);
            c = x + n / 2.0 / c;
            double delta = c * d;
            f *= delta;
            if (Math.abs(delta - 1) < 1e-16) {
                break;
            }
        }
        return Math.exp(-square) / Math.sqrt(Math.PI) / f;
    }

    private static double series(double x) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        return sum;
    }

    static double gamma(double x) {
        if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (x == Math.floor(x)) {
            if (x <= 0) {
                return Double.NaN;
            }
            if (x <= 23) {
                double product = 1;
                for (int i = 2; i < x; i++) {
                    product *= i;
                }
                return product;
            }
        }
        if (x > 172) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0.5) {
            return x < -190 ? 0.0 * (Math.floor(x) % 2 == 0 ? 1 : -1) : Math.PI / (Math.sin(Math.PI * reduced(x)) * sign(x) * gamma(1 - x));
        }
        double y = x - 1;
        double t = y + G + 0.5;
        double half = Math.pow(t, y / 2 + 0.25); // in two steps, since the power alone may overflow
        return Math.sqrt(2 * Math.PI) * half * Math.exp(-t) * half * series(y);
    }

    /** The distance to the whole number below, so that sin(pi x) keeps its digits. */
    private static double reduced(double x) {
        return x - Math.floor(x);
    }

    private static int sign(double x) {
        return Math.floor(x) % 2 == 0 ? 1 : -1;
    }

    static double logGamma(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Double.isInfinite(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x <= 0 && x == Math.floor(x)) {
            return Double.NaN;
        }
        if (x == 1 || x == 2) {
            return 0.0;
        }
        if (x < 0.5) {
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * reduced(x)))) - logGamma(1 - x);
        }
        // Stirling's series, after the recurrence has carried x to where eight terms are enough.
        double product = 1;
        double y = x;
        while (y < 16) {
            product *= y;
            y += 1;
        }
        double square = 1 / (y * y);
        double series = 0;
        for (double term : STIRLING) {
            series = series * square + term;
        }
        return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series / y - Math.log(product);
    }
}
