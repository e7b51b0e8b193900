package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Path;
import org.ebb.embed.Ebb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example hosts do what they say; prices are those of Black and Scholes within the error of the simulation. */
class HostsTest {

    private static final Path HOSTS = Repository.ROOT.resolve("examples/embed");

    @ParameterizedTest
    @ValueSource(strings = {"Pricing", "Calibration", "Rules", "WebForm"})
    void printsWhatItsCommentsSay(String name) throws Exception {
        try (HostProgram host = new HostProgram(HOSTS.resolve(name + ".java"))) {
            host.check();
        }
    }

    @Test
    void greeksAreThoseOfTheFormula() throws Exception {
        double spot = 100;
        double vol = 0.2;
        double rate = 0.05;
        double time = 1;
        double root = vol * Math.sqrt(time);
        double d1 = (Math.log(spot / 100) + (rate + vol * vol / 2) * time) / root;
        double d2 = d1 - root;
        double discounted = 100 * Math.exp(-rate * time);
        double density = Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
        double[] expected = {spot * below(d1) - discounted * below(d2), below(d1), spot * density * Math.sqrt(time), discounted * time * below(d2),
            spot * density * vol / (2 * Math.sqrt(time)) + rate * discounted * below(d2), density / (spot * root)};
        double[] market = {spot, vol, rate, time};
        try (HostProgram host = new HostProgram(HOSTS.resolve("Pricing.java")); Ebb ebb = Ebb.create()) {
            double[] noise = (double[]) call(host, "noise", 100_000);
            var model = ebb.compile("model.ebb", (String) field(host, "SCRIPT"));
            double[] errors = (double[]) call(host, "errors", model, market, noise, 50);
            double[] greeks = (double[]) call(host, "greeks", model, market);
            String[] names = (String[]) field(host, "NAMES");
            for (int j = 0; j < expected.length; j++) {
                double smoothing = names[j].equals("gamma") ? 0.01 * expected[j] : 0;
                assertEquals(expected[j], greeks[j], errors[j] + smoothing, names[j]);
                assertTrue(errors[j] < 0.05 * expected[j], names[j] + " is too uncertain to be wrong: " + errors[j]);
            }
            assertEquals(greeks[0], model.function("value").value(market));
        }
    }

    /** The normal distribution, by adding up its density: exact to ten digits here. */
    private static double below(double x) {
        int steps = 20_000;
        double h = (x + 12) / steps;
        double sum = 0;
        for (int k = 0; k < steps; k++) {
            double at = -12 + (k + 0.5) * h;
            sum += Math.exp(-at * at / 2);
        }
        return sum * h / Math.sqrt(2 * Math.PI);
    }

    private static Object call(HostProgram host, String name, Object... arguments) throws Exception {
        for (Method method : host.type().getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                method.setAccessible(true);
                return method.invoke(null, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static Object field(HostProgram host, String name) throws Exception {
        var field = host.type().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }
}
