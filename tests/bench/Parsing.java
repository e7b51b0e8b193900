import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ebb.parse.Parser;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.SyntaxError;

/**
 * Times the parser, with the analysis of scopes, over the texts of a folder that parsing.py wrote: the first parse in this process, and
 * the mean once it is warm. Process time in ms, which counts what compiles in the background too; and wall time.
 */
public final class Parsing {

    private Parsing() {}

    public static void main(String[] words) throws Exception {
        try (var files = Files.list(Path.of(words[0]))) {
            List<Path> order = files.sorted(Comparator.comparing((Path file) -> !file.endsWith("10000 lines")).thenComparing(Path::getFileName)).toList();
            for (Path file : order) {
                time(file.getFileName().toString(), Files.readString(file));
            }
        }
    }

    private static void time(String name, String text) {
        int rounds = text.length() > 2_000_000 ? 6 : 60;
        double[] wall = new double[rounds];
        double[] cpu = new double[rounds];
        var clock = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            long used = clock.getProcessCpuTime();
            try {
                Scopes.analyse(Parser.parse(text));
            } catch (SyntaxError error) {
                System.err.println(name + ": " + error.getMessage());
                return;
            }
            wall[i] = (System.nanoTime() - start) / 1e6;
            cpu[i] = (clock.getProcessCpuTime() - used) / 1e6;
        }
        row(name + " first", cpu[0]);
        row(name + " first (wall)", wall[0]);
        row(name, Arrays.stream(cpu, rounds * 2 / 3, rounds).average().orElseThrow()); // the clock may tick in 10 ms
    }

    private static void row(String metric, double value) {
        System.out.printf("PARSE\t%s\t%.6g\tms%n", metric, value);
    }
}
