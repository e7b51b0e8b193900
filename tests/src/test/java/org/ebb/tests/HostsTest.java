package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    @ValueSource(strings = {"Pricing", "Calibration", "Rules"})
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
            spot * density * vol / (2 * Math.sqrt(time)) + rate * discounted * below(d2)};
        double[] market = {spot, vol, rate, time};
        try (HostProgram host = new HostProgram(HOSTS.resolve("Pricing.java")); Ebb ebb = Ebb.create()) {
            double[] noise = (double[]) call(host, "noise", 100_000);
            var script = ebb.compile("payoff.ebb", (String) field(host, "SCRIPT"));
            Object greeks = call(host, "greeks", script.function("call"), market, noise);
            String[] names = {"value", "delta", "vega", "rho", "theta"};
            for (int j = 0; j < expected.length; j++) {
                assertEquals(expected[j], part(greeks, "means")[j], part(greeks, "errors")[j], names[j]);
            }
            Object gamma = call(host, "gamma", script.function("smooth"), market, noise);
            double formula = density / (spot * root);
            assertEquals(formula, part(gamma, "means")[0], part(gamma, "errors")[0] + 0.02 * formula, "gamma, with 2 % for the smoothing");
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

    private static double[] part(Object result, String name) throws Exception {
        Method part = result.getClass().getDeclaredMethod(name);
        part.setAccessible(true);
        return (double[]) part.invoke(result);
    }
}
