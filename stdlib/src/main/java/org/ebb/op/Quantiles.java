package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.ternary;
import static org.ebb.op.Formula.ONE;
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
import static org.ebb.op.Formula.reciprocal;
import static org.ebb.op.Formula.sub;

/**
 * The gamma distribution, whose samples depend smoothly on its shape. The quantile is a function of shape and chance; its slopes
 * follow from F(shape, quantile) = chance (implicit differentiation), and so samples drawn by inversion have exact gradients of any
 * order.
 */
public final class Quantiles {

    private Quantiles() {}

    /** Derivative number n along the shape a of the chance that a gamma number is below x. */
    static final Elementwise GAMMA_CHANCE = ternary("_gamma_chance", Quantiles::chance).parameters("n, a, x")
            .gives(Elementwise.Result.FLOATING)
            .slope(null, apply(() -> Quantiles.GAMMA_CHANCE, add(1, X), Y, Z), apply(() -> Quantiles.GAMMA_DENSITY, X, Y, Z))
            .on(Domain.COUNT, Domain.POSITIVE, Domain.POSITIVE)
            .doc("Derivative number n along a of the chance that a number of the gamma distribution of shape a is below x.");

    /** Derivative number n along the shape a of the density at x. */
    static final Elementwise GAMMA_DENSITY = ternary("_gamma_density", Quantiles::density).parameters("n, a, x")
            .gives(Elementwise.Result.FLOATING)
            .slope(null, apply(() -> Quantiles.GAMMA_DENSITY, add(1, X), Y, Z),
            add(mul(sub(div(sub(Y, ONE), Z), ONE), apply(() -> Quantiles.GAMMA_DENSITY, X, Y, Z)),
            mul(div(X, Z), apply(() -> Quantiles.GAMMA_DENSITY, sub(X, ONE), Y, Z))))
            .on(Domain.COUNT, Domain.POSITIVE, Domain.POSITIVE)
            .doc("Derivative number n along a of the density of the gamma distribution of shape a at x.");

    public static final Elementwise GAMMA_QUANTILE = binary("gamma_quantile", Quantiles::quantile).parameters("shape, chance")
            .slope(neg(div(apply(() -> Quantiles.GAMMA_CHANCE, ONE, X, OUT), apply(() -> Quantiles.GAMMA_DENSITY, number(0), X, OUT))),
            reciprocal(apply(() -> Quantiles.GAMMA_DENSITY, number(0), X, OUT)))
            .on(Domain.POSITIVE, Domain.PROBABILITY)
            .doc("The number that a number of the gamma distribution of this shape (above 0) and scale 1 is below with this chance.",
            "print(round(gamma_quantile(1.0, 0.5), 6))", "0.693147");

    private static final int MOST = 8;

    private static double density(double order, double a, double x) {
        int n = (int) order;
        if (n != order || n > MOST || !(a > 0) || !(x > 0) || x == Double.POSITIVE_INFINITY) {
            return n < 0 || x >= 0 && a > 0 ? 0 : Double.NaN;
        }
        return n < 0 ? 0 : Taylor.density(a, x, n).derivative(n);
    }

    private static double chance(double order, double a, double x) {
        int n = (int) order;
        if (n != order || n < 0 || n > MOST || !(a > 0) || x != x) {
            return Double.NaN;
        }
        if (x <= 0 || x == Double.POSITIVE_INFINITY) {
            return x > 0 && n == 0 ? 1 : 0;
        }
        return Taylor.chance(a, x, n).derivative(n);
    }

    /** Newton's method within a bracket that halves where Newton leaves it, on the logarithm of x. */
    private static double quantile(double a, double chance) {
        if (!(a > 0) || !(chance >= 0) || chance > 1) {
            return Double.NaN;
        }
        if (chance == 0 || chance == 1) {
            return chance == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double low = -745;
        double high = Math.log(a + 40 + 12 * Math.sqrt(a) + 40);
        double start = (Math.log(chance) + Special.gammaln(a + 1)) / a;
        double y = Math.clamp(start < 0 ? start : Math.log(a + 1e-3), low, high);
        for (int step = 0; step < 200; step++) {
            double x = Math.exp(y);
            double off = chance(0, a, x) - chance;
            if (off > 0) {
                high = y;
            } else {
                low = y;
            }
            double slope = density(0, a, x) * x;
            double next = y - off / slope;
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - y) <= 1e-15 * Math.max(1, Math.abs(y)) || high - low < 1e-15 * Math.max(1, Math.abs(y))) {
                return Math.exp(next);
            }
            y = next;
        }
        return Math.exp(y);
    }
}
