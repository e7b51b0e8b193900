package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Values and gradients that PyTorch computes, for the calls in {@code ../shared/data/opinfo.jsonl} where that file is present. The
 * tables in {@code tests/opinfo} say what each operation is in Ebb. One test for each operation; its name gives the number of cases.
 */
class OpInfoTest {

    private static final Path TABLES = Repository.ROOT.resolve("tests/opinfo");
    private static final String LEFT_OUT = "left-out.txt";

    /** Relative to the element, or to the largest element where sums cancel. */
    private static final double TOLERANCE = 1e-7;

    private static final Map<String, int[]> SCORE = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> operations() {
        Map<String, String> known = expressions();
        Map<String, List<Map<?, ?>>> cases = cases();
        return cases.keySet().stream().filter(known::containsKey)
                .map(op -> DynamicTest.dynamicTest(op + " (" + cases.get(op).size() + ")", () -> run(op, known.get(op), cases.get(op))));
    }

    /** An operation of the file that no table names would go unnoticed. */
    @Test
    void everyOperationIsInATable() {
        var missing = new TreeSet<>(cases().keySet());
        missing.removeAll(expressions().keySet());
        missing.removeAll(table(LEFT_OUT).keySet());
        assertTrue(missing.isEmpty(), "neither in a table nor in " + LEFT_OUT + ": " + missing);
    }

    @AfterAll
    static void score() {
        if (SCORE.isEmpty()) {
            return;
        }
        int passed = SCORE.values().stream().mapToInt(s -> s[0]).sum();
        int run = SCORE.values().stream().mapToInt(s -> s[1]).sum();
        int all = cases().values().stream().mapToInt(List::size).sum();
        System.out.println("opinfo: " + passed + " of " + run + " cases of " + SCORE.size() + " operations; " + (all - run)
                + " cases of operations left out");
        SCORE.forEach((op, s) -> {
            if (s[0] < s[1]) {
                System.out.println("opinfo: " + op + " " + s[0] + "/" + s[1]);
            }
        });
    }

    private static void run(String op, String expression, List<Map<?, ?>> cases) {
        int[] score = SCORE.computeIfAbsent(op, o -> new int[2]);
        score[1] = cases.size();
        var failed = new ArrayList<String>();
        try (Console console = new Console()) {
            console.run("opinfo/run.ebb", Repository.read(TABLES.resolve("run.ebb")));
            for (Map<?, ?> c : cases) {
                try {
                    compare(c, console.run(op, "run(" + expression + ",\n" + program(c) + ")"));
                    score[0]++;
                } catch (PolyglotException | AssertionError wrong) {
                    failed.add(shown(c) + ": " + wrong.getMessage());
                }
            }
        }
        assertTrue(failed.isEmpty(), failed.size() + " of " + cases.size() + " cases of " + op + " as " + expression + "\n"
                + String.join("\n", failed));
    }

    // ---- comparing

    private static void compare(Map<?, ?> c, Value found) {
        compareAll("value", (List<?>) c.get("value"), found.getArrayElement(0));
        compareAll("gradient", (List<?>) c.get("grads"), found.getArrayElement(1));
    }

    private static void compareAll(String what, List<?> expected, Value found) {
        assertEquals(expected.size(), found.getArraySize(), "number of " + what + "s");
        for (int k = 0; k < expected.size(); k++) {
            if (expected.get(k) != null) {
                compareOne(what + " " + k, (Map<?, ?>) expected.get(k), found.getArrayElement(k));
            }
        }
    }

    private static void compareOne(String what, Map<?, ?> expected, Value found) {
        Value shape = found.getArrayElement(0);
        var dims = new ArrayList<Object>();
        for (long k = 0; k < shape.getArraySize(); k++) {
            dims.add(shape.getArrayElement(k).asLong());
        }
        assertEquals(expected.get("shape"), dims, what + ": shape");
        Value elements = found.getArrayElement(1);
        double[] e = ((List<?>) expected.get("v")).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
        double largest = 0;
        for (double one : e) {
            largest = Double.isFinite(one) ? Math.max(largest, Math.abs(one)) : largest;
        }
        for (int i = 0; i < e.length; i++) {
            double f = elements.getArrayElement(i).asDouble();
            boolean same = e[i] == f || e[i] != e[i] && f != f;
            assertTrue(same || Math.abs(e[i] - f) <= TOLERANCE * Math.max(Math.abs(e[i]), 1e-3 * largest + 1e-5),
                    what + ": element " + i + " is " + f + ", not " + e[i]);
        }
    }

    // ---- calls as programs

    private static String program(Map<?, ?> c) {
        return "lambda leaves: [" + joined((List<?>) c.get("args")) + "],\nlambda leaves: " + text(c.get("kwargs")) + ",\n["
                + tensors((List<?>) c.get("leaves")) + "],\n[" + tensors((List<?>) c.get("head")) + "]";
    }

    private static String shown(Map<?, ?> c) {
        String text = c.get("variant") + " " + c.get("args") + " " + c.get("kwargs") + " on shapes "
                + ((List<?>) c.get("leaves")).stream().map(leaf -> ((Map<?, ?>) leaf).get("shape")).toList();
        return text.length() < 400 ? text : text.substring(0, 400) + "...";
    }

    private static String tensors(List<?> all) {
        return String.join(", ", all.stream().map(t -> tensor((Map<?, ?>) t, "v", "float64")).toList());
    }

    private static String tensor(Map<?, ?> t, String elements, String dtype) {
        return "made(" + text(t.get(elements)) + ", " + text(t.get("shape")) + ", " + dtype + ")";
    }

    private static String joined(List<?> items) {
        return String.join(", ", items.stream().map(OpInfoTest::text).toList());
    }

    /** An argument as Ebb writes it. */
    private static String text(Object argument) {
        return switch (argument) {
            case null -> "None";
            case Boolean b -> b ? "True" : "False";
            case String s -> "'" + s + "'";
            case Double d -> Double.isFinite(d) ? d.toString() : "float('" + d + "')";
            case List<?> list -> "(" + joined(list) + (list.size() == 1 ? ",)" : ")");
            case Map<?, ?> map when map.containsKey("leaf") -> "leaves[" + map.get("leaf") + "]";
            case Map<?, ?> map when map.containsKey("list") -> "[" + joined((List<?>) map.get("list")) + "]";
            case Map<?, ?> map when map.containsKey("t") -> tensor(map, "t", (String) map.get("dtype"));
            case Map<?, ?> map -> "{" + String.join(", ", map.entrySet().stream()
                    .map(e -> "'" + e.getKey() + "': " + text(e.getValue())).toList()) + "}";
            default -> argument.toString();
        };
    }

    // ---- files

    private static Map<String, List<Map<?, ?>>> cases() {
        var cases = new TreeMap<String, List<Map<?, ?>>>();
        for (Path file : Repository.files(Repository.SHARED.resolve("data"), "opinfo.jsonl")) {
            Repository.read(file).lines().map(line -> (Map<?, ?>) Json.read(line))
                    .forEach(c -> cases.computeIfAbsent((String) c.get("op"), op -> new ArrayList<>()).add(c));
        }
        return cases;
    }

    private static Map<String, String> expressions() {
        var all = new LinkedHashMap<String, String>();
        for (Path file : Repository.files(TABLES, ".txt")) {
            if (!file.endsWith(LEFT_OUT)) {
                table(file.getFileName().toString()).forEach((op, expression) ->
                        assertEquals(null, all.put(op, expression), op + " is in two tables"));
            }
        }
        return all;
    }

    /** Lines of a name, blanks, and the rest; a line that begins with blanks goes on with the one above. */
    private static Map<String, String> table(String file) {
        var table = new LinkedHashMap<String, String>();
        String name = null;
        for (String line : Repository.read(TABLES.resolve(file)).lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                table.merge(name, line, (a, b) -> a + "\n" + b);
                continue;
            }
            String[] parts = line.split("\\s+", 2);
            name = parts[0];
            table.put(name, parts[1]);
        }
        return table;
    }
}
