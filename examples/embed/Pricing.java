import java.util.Random;
import org.ebb.embed.DifferentiableFunction;
import org.ebb.embed.Ebb;

/**
 * A pricing host: the payoff of a European call is a script, its value and its sensitivities are means over paths. Delta, vega, rho and theta are the
 * slopes of each path; gamma is the second derivative of a payoff that is smoothed, as the slope of the plain one jumps.
 */
public class Pricing {

    static final String SCRIPT = """
            import math

            def call(spot, vol, rate, time, noise):
                end = spot * math.exp((rate - 0.5 * vol * vol) * time + vol * math.sqrt(time) * noise)
                return math.exp(-rate * time) * max(end - 100.0, 0.0)

            def smooth(spot, vol, rate, time, noise):
                end = spot * math.exp((rate - 0.5 * vol * vol) * time + vol * math.sqrt(time) * noise)
                over = (end - 100.0) / 2.0
                soft = 2.0 * (math.log(1.0 + math.exp(-abs(over))) + max(over, 0.0))
                return math.exp(-rate * time) * soft
            """;

    /** Means over the paths, and how far each may be from the truth: three standard errors. */
    record Result(double[] means, double[] errors) {}

    /** Value, delta, vega, rho, minus theta at spot, vol, rate and time. */
    static Result greeks(DifferentiableFunction payoff, double[] market, double[] noise) {
        double[] points = points(market, noise);
        double[] values = new double[noise.length];
        double[] slopes = new double[points.length];
        payoff.gradients(points, values, slopes);
        double[] sums = new double[5];
        double[] squares = new double[5];
        for (int k = 0; k < noise.length; k++) {
            for (int j = 0; j < 5; j++) {
                double x = j == 0 ? values[k] : slopes[5 * k + j - 1];
                sums[j] += x;
                squares[j] += x * x;
            }
        }
        return result(sums, squares, noise.length);
    }

    static double value(DifferentiableFunction payoff, double[] market, double[] noise) {
        double[] values = new double[noise.length];
        payoff.values(points(market, noise), values);
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The second derivative along spot, from the gradients at two spots near it, with the same noise. */
    static Result gamma(DifferentiableFunction smooth, double[] market, double[] noise) {
        double h = 0.01 * market[0];
        double[] up = slopes(smooth, new double[] {market[0] + h, market[1], market[2], market[3]}, noise);
        double[] down = slopes(smooth, new double[] {market[0] - h, market[1], market[2], market[3]}, noise);
        double[] sum = new double[1];
        double[] squares = new double[1];
        for (int k = 0; k < noise.length; k++) {
            double x = (up[5 * k] - down[5 * k]) / (2 * h);
            sum[0] += x;
            squares[0] += x * x;
        }
        return result(sum, squares, noise.length);
    }

    private static double[] slopes(DifferentiableFunction f, double[] market, double[] noise) {
        double[] points = points(market, noise);
        double[] slopes = new double[points.length];
        f.gradients(points, new double[noise.length], slopes);
        return slopes;
    }

    private static double[] points(double[] market, double[] noise) {
        double[] points = new double[5 * noise.length];
        for (int k = 0; k < noise.length; k++) {
            System.arraycopy(market, 0, points, 5 * k, 4);
            points[5 * k + 4] = noise[k];
        }
        return points;
    }

    private static Result result(double[] sums, double[] squares, int n) {
        double[] means = new double[sums.length];
        double[] errors = new double[sums.length];
        for (int j = 0; j < sums.length; j++) {
            means[j] = sums[j] / n;
            errors[j] = 3 * Math.sqrt((squares[j] / n - means[j] * means[j]) / n);
        }
        return new Result(means, errors);
    }

    /** Half of the paths mirror the other half. */
    static double[] noise(int paths) {
        Random random = new Random(42);
        double[] noise = new double[paths];
        for (int k = 0; k + 1 < paths; k += 2) {
            noise[k] = random.nextGaussian();
            noise[k + 1] = -noise[k];
        }
        return noise;
    }

    public static void main(String[] arguments) {
        double[] market = {100, 0.2, 0.05, 1};
        double[] noise = noise(100_000);
        try (Ebb ebb = Ebb.create()) {
            var script = ebb.compile("payoff.ebb", SCRIPT);
            Result greeks = greeks(script.function("call"), market, noise);
            double gamma = gamma(script.function("smooth"), market, noise).means()[0];
            System.out.printf("value %.1f, delta %.2f, gamma %.2f%n", greeks.means()[0], greeks.means()[1], gamma);   // prints: value 10.4, delta 0.64, gamma 0.02
        }
    }
}
