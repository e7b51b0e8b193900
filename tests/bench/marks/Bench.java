/**
 * In place of the class of the same name in a peer kit: does not measure, but runs one metric's work without end and prints a line every few
 * milliseconds, how often it ran since the last one. See `turns`; `libtorch_java` starts it with the metric as a property.
 */
public final class Bench {

    public interface Fn {
        void run();
    }

    public static String peer = "java";

    private static final String WANTED = System.getProperty("metric");

    private Bench() {}

    public static void row(String workload, String metric, double value, String unit) {}

    public static void text(String workload, String metric, String text) {}

    public static void perOp(String workload, String metric, double seconds, double operations) {}

    public static double[] measure(Fn run) {
        return new double[] {1, 1, 1};
    }

    public static double emit(String workload, String metric, double scale, String unit, Fn run) {
        mark(metric, run);
        return 1;
    }

    public static void gflops(String metric, double work, Fn run) {
        mark(metric, run);
    }

    private static void mark(String metric, Fn run) {
        while (metric.equals(WANTED)) {
            int calls = 0;
            for (long start = System.nanoTime(); System.nanoTime() - start < 5_000_000; calls++) {
                run.run();
            }
            System.out.println(calls);
            System.out.flush();
        }
    }
}
