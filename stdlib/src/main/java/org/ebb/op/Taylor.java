package org.ebb.op;

/**
 * A power series in a small step of one number, cut off: arithmetic on it gives all derivatives of a formula at once. Used where a
 * derivative of any order has no formula of its own.
 */
final class Taylor {

    private final double[] c;

    private Taylor(double[] c) {
        this.c = c;
    }

    /** The number itself: x + step. */
    private static Taylor variable(double x, int order) {
        double[] c = new double[order + 1];
        c[0] = x;
        if (order > 0) {
            c[1] = 1;
        }
        return new Taylor(c);
    }

    double derivative(int n) {
        double value = c[n];
        for (int k = 2; k <= n; k++) {
            value *= k;
        }
        return value;
    }

    private Taylor times(Taylor other) {
        double[] product = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; i + j < c.length; j++) {
                product[i + j] += c[i] * other.c[j];
            }
        }
        return new Taylor(product);
    }

    private Taylor scaled(double factor) {
        double[] scaled = c.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= factor;
        }
        return new Taylor(scaled);
    }

    private void add(Taylor other) {
        for (int k = 0; k < c.length; k++) {
            c[k] += other.c[k];
        }
    }

    private double size() {
        double most = 0;
        for (double one : c) {
            most = Math.max(most, Math.abs(one));
        }
        return most;
    }

    /** x / (this + shift) where this is a variable: a geometric series. */
    private Taylor under(double x, double shift) {
        double[] quotient = new double[c.length];
        quotient[0] = x / (c[0] + shift);
        for (int k = 1; k < quotient.length; k++) {
            quotient[k] = -quotient[k - 1] / (c[0] + shift);
        }
        return new Taylor(quotient);
    }

    /** By e' = f' e. */
    private static Taylor exp(double[] f) {
        double[] e = new double[f.length];
        e[0] = Math.exp(f[0]);
        for (int n = 1; n < f.length; n++) {
            for (int k = 1; k <= n; k++) {
                e[n] += k * f[k] * e[n - k] / n;
            }
        }
        return new Taylor(e);
    }

    /** {@code exp(a log(x) - x - gammaln(a + more))} in steps of a. */
    private static Taylor power(double a, double x, double more, int order) {
        double[] f = new double[order + 1];
        f[0] = a * Math.log(x) - x - Special.gammaln(a + more);
        double factorial = 1;
        for (int k = 1; k <= order; k++) {
            factorial *= k;
            f[k] = -Special.polygamma(k - 1, a + more) / factorial;
        }
        if (order > 0) {
            f[1] += Math.log(x);
        }
        return exp(f);
    }

    /** The density of the gamma distribution of shape a at x, in steps of a. */
    static Taylor density(double a, double x, int order) {
        return power(a, x, 0, order).scaled(1 / x);
    }

    /**
     * The chance of a gamma number below x, in steps of a: {@code x^a e^-x / gamma(a + 1)} times the sum of
     * {@code x^k / ((a + 1) ... (a + k))} (Abramowitz and Stegun 6.5.29), all of whose terms are positive.
     */
    static Taylor chance(double a, double x, int order) {
        Taylor shape = variable(a, order);
        double[] one = new double[order + 1];
        one[0] = 1;
        Taylor term = new Taylor(one.clone());
        Taylor sum = new Taylor(one);
        for (int k = 1; k < 100_000; k++) {
            term = term.times(shape.under(x, k));
            sum.add(term);
            if (a + k > x && term.size() < 1e-18 * sum.size()) {
                break;
            }
        }
        return power(a, x, 1, order).times(sum);
    }
}
