package org.ebb.op;

import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Generator;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** Random counts: numbers of the Poisson and the binomial distribution, by the rejection methods of Hoermann (1993). */
public final class Counts {

    private Counts() {}

    /** Poisson numbers whose means broadcast to the shape. */
    public static Tensor poisson(Generator g, Value mean, Shape shape) {
        Tensor means = spread("poisson", mean, shape);
        Storage out = Storage.zeros(DType.INT64, shape.size());
        for (long i = 0; i < out.length(); i++) {
            double lambda = means.getDouble(i);
            if (!(lambda >= 0) || lambda > 1e18) {
                throw new TensorException.BadValue("poisson: the mean must lie between 0 and 1e18, but one is " + lambda);
            }
            out.setLong(i, poisson(g, lambda));
        }
        return Tensor.of(out, shape, Flavour.PLAIN);
    }

    /** Binomial numbers: successes in so many trials of a chance. */
    public static Tensor binomial(Generator g, Value trials, Value chance, Shape shape) {
        Tensor n = spread("binomial", trials, shape);
        Tensor p = spread("binomial", chance, shape);
        Storage out = Storage.zeros(DType.INT64, shape.size());
        for (long i = 0; i < out.length(); i++) {
            double count = n.getDouble(i);
            double one = p.getDouble(i);
            if (count < 0 || count != Math.rint(count) || count > 1e15 || !(one >= 0 && one <= 1)) {
                throw new TensorException.BadValue("binomial: needs a whole number of trials and a chance between 0 and 1, not "
                        + count + " and " + one);
            }
            out.setLong(i, one > 0.5 ? (long) count - binomial(g, (long) count, 1 - one) : binomial(g, (long) count, one));
        }
        return Tensor.of(out, shape, Flavour.PLAIN);
    }

    private static Tensor spread(String what, Value v, Shape shape) {
        return Views.broadcast(what, Dense.tensor(v), shape);
    }

    private static long poisson(Generator g, double lambda) {
        if (lambda < 10) {
            double left = Math.exp(-lambda);
            double product = g.uniformDouble();
            long k = 0;
            for (; product > left; k++) {
                product *= g.uniformDouble();
            }
            return k;
        }
        double root = Math.sqrt(lambda);
        double b = 0.931 + 2.53 * root;
        double a = -0.059 + 0.02483 * b;
        double scale = 1.1239 + 1.1328 / (b - 3.4);
        double sure = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = g.uniformDouble() - 0.5;
            double v = g.uniformDouble();
            double rest = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / rest + b) * u + lambda + 0.43);
            if (rest >= 0.07 && v <= sure) {
                return (long) k;
            }
            if (k < 0 || rest < 0.013 && v > rest) {
                continue;
            }
            if (Math.log(v * scale / (a / (rest * rest) + b)) <= -lambda + k * Math.log(lambda) - Special.gammaln(k + 1)) {
                return (long) k;
            }
        }
    }

    /** For a chance of at most one half. */
    private static long binomial(Generator g, long n, double p) {
        if (n * p < 10) {
            return few(g, n, p);
        }
        double odds = p / (1 - p);
        double root = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * root;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double center = n * p + 0.5;
        double sure = 0.92 - 4.2 / b;
        double alpha = (2.83 + 5.1 / b) * root;
        double mode = Math.floor((n + 1) * p);
        double atMode = Special.gammaln(mode + 1) + Special.gammaln(n - mode + 1);
        while (true) {
            double u = g.uniformDouble() - 0.5;
            double v = g.uniformDouble();
            double rest = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / rest + b) * u + center);
            if (rest >= 0.07 && v <= sure) {
                return (long) k;
            }
            if (k < 0 || k > n) {
                continue;
            }
            double ratio = atMode - Special.gammaln(k + 1) - Special.gammaln(n - k + 1) + (k - mode) * Math.log(odds);
            if (Math.log(v * alpha / (a / (rest * rest) + b)) <= ratio) {
                return (long) k;
            }
        }
    }

    /** By the waiting times between successes. */
    private static long few(Generator g, long n, double p) {
        if (p == 0) {
            return 0;
        }
        double log = Math.log1p(-p);
        long successes = 0;
        for (double at = 0;;) {
            at += Math.floor(Math.log(1 - g.uniformDouble()) / log) + 1;
            if (at > n) {
                return successes;
            }
            successes++;
        }
    }
}
