package org.ebb.op;

/** Special functions in double precision. */
final class Special {

    private Special() {}

    /**
     * By the series with positive terms near 0 and the continued fraction of the complement beyond (Abramowitz and Stegun
     * 7.1.6, 7.1.14).
     */
    static double erf(double x) {
        double a = Math.abs(x);
        if (a < 2.5) {
            double term = x;
            double sum = x;
            for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }
            return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
        }
        return Double.isNaN(x) ? x : Math.signum(x) * (1 - tail(a));
    }

    /** 1 - erf(x) for x of at least 2.5. */
    static double tail(double x) {
        if (x > 27) {
            return 0;
        }
        double fraction = 0;
        for (int n = 120; n > 0; n--) {
            fraction = n / 2.0 / (x + fraction);
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
    }

    /** Bernoulli numbers B2, B4, ... */
    private static final double[] BERNOULLI = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798, -174611.0 / 330,
    };

    /** By Stirling's series at x + n of at least 15, and back by the recurrence; below 1/2 by reflection. */
    static double gammaln(double x) {
        if (x <= 0 && x == Math.rint(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0.5) {
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - gammaln(1 - x);
        }
        if (x == 1 || x == 2) {
            return 0;
        }
        double product = 1;
        double z = x;
        for (; z < 15; z++) {
            product *= z;
        }
        double sum = (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI);
        double power = 1 / z;
        for (int k = 0; k < BERNOULLI.length; k++) {
            sum += BERNOULLI[k] / ((2 * k + 1) * (2 * k + 2)) * power;
            power /= z * z;
        }
        return sum - Math.log(product);
    }

    /**
     * Derivative {@code order} of digamma, by the same series differentiated and the recurrence (Abramowitz and Stegun 6.4.6,
     * 6.4.11).
     */
    static double polygamma(double order, double x) {
        int n = (int) order;
        if (n != order || n < 0) {
            return Double.NaN;
        }
        if (x <= 0 && (x == Math.rint(x) || n == 0 || x < -100_000)) {
            return x == Math.rint(x) || n > 0 ? Double.NaN : polygamma(0, 1 - x) - Math.PI / Math.tan(Math.PI * x);
        }
        double factorial = 1;
        for (int k = 2; k <= n; k++) {
            factorial *= k;
        }
        double sign = n % 2 == 0 ? -1 : 1;
        double shifted = 0;
        double z = x;
        for (; z < 20 + n; z++) {
            shifted += sign * factorial / Math.pow(z, n + 1);
        }
        double sum = n == 0 ? Math.log(z) - 0.5 / z : sign * (factorial / n / Math.pow(z, n)
                + factorial / 2 / Math.pow(z, n + 1));
        double rising = factorial * (n + 1) / 2;
        for (int k = 0; k < BERNOULLI.length; k++) {
            int twice = 2 * k + 2;
            sum += (n == 0 ? -1 : sign) * BERNOULLI[k] * (n == 0 ? 1.0 / twice : rising) / Math.pow(z, twice + n);
            rising *= (double) (twice + n) * (twice + n + 1) / ((twice + 1) * (twice + 2));
        }
        return sum + shifted;
    }
}
