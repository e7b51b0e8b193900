import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.ebb.embed.Ebb;
import org.ebb.embed.Script;

/**
 * A pricing host: the model of a European call is a script, its value and its sensitivities are means over paths. Delta, vega, rho and theta
 * are the slopes of each path; gamma is how delta changes for a payoff that is smoothed, as the slope of the plain one jumps. All paths lie
 * in one tensor, and gamma uses again how each path grew.
 */
public class Pricing {

    static final String SCRIPT = """
            import math

            strike = 100.0
            width = 2.0                  # how far from the strike the smoothed payoff bends
            noise = None
            grown = None                 # what the paths grew by, for gamma to use again

            def simulate(numbers):
                global noise
                noise = tensor(numbers, dtype=float64)

            def growth(vol, rate, time):
                global grown
                paths = exp((rate - 0.5 * vol * vol) * time + vol * math.sqrt(time) * noise)
                grown = paths.detach()
                return paths

            def payoff(end):
                return maximum(end - strike, 0.0).mean()

            def value(spot, vol, rate, time):
                return math.exp(-rate * time) * payoff(spot * growth(vol, rate, time))

            def smooth(spot):
                return 0.5 * (spot * grown - strike + sqrt(square(spot * grown - strike) + width * width)).mean()

            value_and_slopes = value_and_grad(value, argnums=(0, 1, 2, 3))
            slope = grad(smooth)

            def greeks(spot, vol, rate, time):
                price, slopes = value_and_slopes(spot, vol, rate, time)
                step = 0.01 * spot
                gamma = math.exp(-rate * time) * (slope(spot + step) - slope(spot - step)) / (2.0 * step)
                return [price, *slopes, gamma]
            """;

    static final String[] NAMES = {"value", "delta", "vega", "rho", "theta", "gamma"};

    /** The numbers that {@link #NAMES} names; theta is the slope along the time to maturity. */
    static double[] greeks(Script model, double[] market) {
        return ((List<?>) model.call("greeks", market[0], market[1], market[2], market[3])).stream().mapToDouble(x -> (Double) x).toArray();
    }

    /** Three standard errors of each of them, from how much blocks of the paths differ. */
    static double[] errors(Script model, double[] market, double[] noise, int blocks) {
        double[] sums = new double[NAMES.length];
        double[] squares = new double[NAMES.length];
        int size = noise.length / blocks;
        for (int b = 0; b < blocks; b++) {
            model.call("simulate", (Object) Arrays.copyOfRange(noise, b * size, (b + 1) * size));
            double[] part = greeks(model, market);
            for (int j = 0; j < part.length; j++) {
                sums[j] += part[j];
                squares[j] += part[j] * part[j];
            }
        }
        double[] errors = new double[NAMES.length];
        for (int j = 0; j < errors.length; j++) {
            double mean = sums[j] / blocks;
            errors[j] = 3 * Math.sqrt((squares[j] / blocks - mean * mean) / (blocks - 1));
        }
        model.call("simulate", (Object) noise);
        return errors;
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

    /** Milliseconds of the value alone and of everything, measured in turns: the first time, then the median of the last half of the rounds. */
    private static double[] times(Script model, double[] market, int rounds) {
        var value = model.function("value");
        double[][] times = new double[2][rounds];
        for (int k = 0; k < rounds; k++) {
            long began = System.nanoTime();
            value.value(market);
            long between = System.nanoTime();
            greeks(model, market);
            times[0][k] = (between - began) * 1e-6;
            times[1][k] = (System.nanoTime() - between) * 1e-6;
        }
        double[] result = {times[0][0], times[1][0], 0, 0};
        for (int which = 0; which < 2; which++) {
            double[] last = Arrays.copyOfRange(times[which], rounds / 2, rounds);
            Arrays.sort(last);
            result[2 + which] = last[last.length / 2];
        }
        return result;
    }

    /** One argument: how many rounds to measure. */
    public static void main(String[] arguments) {
        double[] market = {100, 0.2, 0.05, 1};
        double[] noise = noise(100_000);
        int rounds = arguments.length == 0 ? 40 : Integer.parseInt(arguments[0]);
        try (Ebb ebb = Ebb.create()) {
            Script model = ebb.compile("model.ebb", SCRIPT);
            model.call("simulate", (Object) noise);
            double[] times = times(model, market, rounds);
            double[] found = greeks(model, market);
            double[] errors = errors(model, market, noise, 50);
            for (int j = 0; j < NAMES.length; j++) {
                System.out.printf(Locale.ROOT, "%s %.2f, 3 standard errors: %.4f%n", NAMES[j], found[j], errors[j]);
            }
            System.out.printf(Locale.ROOT, "value alone %.3f ms, with all sensitivities %.3f ms: %.2f times as long (the first time %.1f and %.1f ms)%n", times[2],
                    times[3], times[3] / times[2], times[0], times[1]);
        }
        // prints: value 10.42, 3 standard errors: ...
        // prints: delta 0.64, 3 standard errors: ...
        // prints: vega 37.39, 3 standard errors: ...
        // prints: rho 53.14, 3 standard errors: ...
        // prints: theta 6.40, 3 standard errors: ...
        // prints: gamma 0.02, 3 standard errors: ...
        // prints: value alone ... ms, with all sensitivities ... ms: ... times as long (the first time ... and ... ms)
    }
}
