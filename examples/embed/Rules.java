import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ebb.embed.Ebb;
import org.ebb.embed.EbbException;
import org.ebb.embed.Script;

/** A rules service: thousands of small scripts that others wrote, in one engine, none of which can stop or spoil the others. */
public class Rules {

    /** One rule in eight is broken, in one of four ways. */
    static String rule(int number) {
        return switch (number % 32) {
            case 3 -> "def rule(order):\n    while True:\n        pass";
            case 11 -> "def rule(order):\n    return order['no such key']";
            case 19 -> "def rule(order):\n    return open('/etc/passwd').read()";
            case 27 -> "def rule(order:\n    return 1";
            default -> "limit = %d\n\ndef rule(order):\n    return order['total'] > limit".formatted(number % 100);
        };
    }

    /** How many orders were above their rule's limit, and how many rules failed in each way. */
    record Count(int above, int syntax, int script, int limit) {}

    static Count run(int rules, double total) {
        int above = 0;
        int syntax = 0;
        int script = 0;
        int limit = 0;
        Map<String, Object> order = Map.of("total", total, "items", List.of("pen", "ink"));
        try (Ebb ebb = Ebb.builder().maxSteps(10_000).timeLimit(Duration.ofSeconds(10)).build()) {
            List<Script> compiled = new ArrayList<>();
            for (int k = 0; k < rules; k++) {
                try {
                    compiled.add(ebb.compile("rule-" + k, rule(k)));
                } catch (EbbException wrong) {
                    switch (wrong.kind()) {
                        case SYNTAX -> syntax++;
                        case LIMIT -> limit++; // a script runs once when it is compiled
                        default -> throw wrong;
                    }
                }
            }
            for (Script each : compiled) {
                try {
                    above += each.call("rule", order).equals(true) ? 1 : 0;
                } catch (EbbException wrong) {
                    switch (wrong.kind()) {
                        case LIMIT -> limit++;
                        case SCRIPT -> script++;
                        default -> throw wrong;
                    }
                }
            }
        }
        return new Count(above, syntax, script, limit);
    }

    public static void main(String[] arguments) {
        System.out.println(run(2000, 50));   // prints: Count[above=880, syntax=62, script=125, limit=63]
    }
}
