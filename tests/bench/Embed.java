import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.ebb.embed.DifferentiableFunction;
import org.ebb.embed.Ebb;

/**
 * Calls from Java into a function of ten operations, and into its gradient: one by one and through a batch of arrays. Rows are
 * {@code workload, metric, value, unit}, parted by tabs. Run it by {@code tests/bench/embed}.
 */
public class Embed {

    private static final int POINTS = 10_000;
    private static final int ROUNDS = 30;

    private static final String TEXT = """
            def f(x, y, z):
                return x * y + z / (x + 2.0) - y * y * 0.5 + (x - z) * z
            """;

    private static double f(double x, double y, double z) {
        return x * y + z / (x + 2.0) - y * y * 0.5 + (x - z) * z;
    }

    @FunctionalInterface
    private interface Work {
        void run();
    }

    private static double sink;

    public static void main(String[] arguments) {
        double[] points = new double[3 * POINTS];
        Arrays.setAll(points, k -> (k * 0.618034) % 1.0);
        double[] values = new double[POINTS];
        double[] gradients = new double[3 * POINTS];
        try (Ebb ebb = Ebb.create()) {
            DifferentiableFunction f = ebb.compile("ten", TEXT).function("f");
            measure("java", "plain method", () -> {
                for (int k = 0; k < POINTS; k++) {
                    values[k] = f(points[3 * k], points[3 * k + 1], points[3 * k + 2]);
                }
            });
            double[] expected = values.clone();
            measure("value", "batch", () -> f.values(points, values));
            check(expected, values);
            measure("gradient", "batch", () -> f.gradients(points, values, gradients));
            check(expected, values);
            double[] x = new double[3];
            double[] slopes = new double[3];
            measure("value", "single", () -> {
                for (int k = 0; k < POINTS; k++) {
                    System.arraycopy(points, 3 * k, x, 0, 3);
                    values[k] = f.value(x);
                }
            });
            check(expected, values);
            measure("gradient", "single", () -> {
                for (int k = 0; k < POINTS; k++) {
                    System.arraycopy(points, 3 * k, x, 0, 3);
                    values[k] = f.valueAndGradient(x, slopes);
                    sink += slopes[0];
                }
            });
            check(expected, values);
            System.out.printf("checksum\tgradient of the last point\t%.17g %.17g %.17g\tcheck%n", slopes[0], slopes[1], slopes[2]);
        }
    }

    private static void measure(String workload, String metric, Work work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long until = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < until) {
            work.run();
        }
        double[] times = new double[ROUNDS];
        long bytes = threads.getCurrentThreadAllocatedBytes();
        for (int k = 0; k < ROUNDS; k++) {
            long began = System.nanoTime();
            work.run();
            times[k] = (System.nanoTime() - began) / (double) POINTS;
        }
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        Arrays.sort(times);
        System.out.printf("%s\t%s\t%.4f\tus%n", workload, metric, times[ROUNDS / 2] * 1e-3);
        System.out.printf("%s\t%s (min)\t%.4f\tus%n", workload, metric, times[0] * 1e-3);
        System.out.printf("%s\t%s allocates\t%.1f\tbytes%n", workload, metric, bytes / (double) (POINTS * ROUNDS));
    }

    private static void check(double[] expected, double[] found) {
        if (!Arrays.equals(expected, found)) {
            throw new AssertionError("values differ from Java's");
        }
    }
}
