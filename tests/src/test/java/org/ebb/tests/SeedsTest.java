package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ebb.parse.Parser;
import org.ebb.syntax.Stmt;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.graalvm.polyglot.PolyglotException;

/**
 * The tutorial notebooks beside the repository, where they are present, run unchanged and print what they print. A notebook is one
 * program; a marker line after each cell tells the outputs apart. A cell with random numbers passes by its checks.
 */
class SeedsTest {

    private static final String MARK = "@@cell@@";

    @TestFactory
    Stream<DynamicTest> notebooks() {
        return Repository.files(Repository.SHARED.resolve("seeds"), ".json").stream().flatMap(SeedsTest::cells);
    }

    private static Stream<DynamicTest> cells(Path file) {
        Map<?, ?> notebook = (Map<?, ?>) Json.read(Repository.read(file));
        List<?> cells = (List<?>) notebook.get("cells");
        String name = file.getFileName().toString().substring(0, 3);
        List<String> outputs = new ArrayList<>();
        String[] end = new String[1];
        DynamicTest run = DynamicTest.dynamicTest(name + " runs", () -> {
            end[0] = "it ended";
            try (Console console = new Console()) {
                try {
                    console.run("notebook " + name, program(cells));
                } catch (PolyglotException e) {
                    end[0] = e.getMessage();
                    throw e;
                } finally {
                    outputs.addAll(Arrays.asList(console.printed().split(MARK + "\n", -1)));
                }
            }
        });
        return Stream.concat(Stream.of(run), IntStream.range(0, cells.size()).mapToObj(i -> {
            Map<?, ?> cell = (Map<?, ?>) cells.get(i);
            return DynamicTest.dynamicTest(name + " cell " + cell.get("label"),
                    () -> compare(cell, i + 1 < outputs.size() ? outputs.get(i + 1) : "(not reached: " + end[0] + ")"));
        }));
    }

    private static void compare(Map<?, ?> cell, String output) {
        StringBuilder body = new StringBuilder();
        List<String> checks = new ArrayList<>();
        for (String line : output.splitWithDelimiters("\n", 0)) {
            if (line.startsWith(MARK)) {
                checks.add(line);
            } else if (!(line.equals("\n") && !checks.isEmpty())) {
                body.append(line);
            }
        }
        for (String check : checks) {
            assertEquals(MARK + "check True", check, () -> cell.get("source") + "\n" + cell.get("check"));
        }
        assertEquals(checksOf(cell).size(), checks.size(), () -> "checks reached in " + cell.get("source"));
        if (!cell.containsKey("random") || checks.isEmpty()) {
            String wanted = (cell.containsKey("stdout") ? cell.get("stdout") : "")
                    + (cell.containsKey("display") ? cell.get("display") + "\n" : "");
            assertEquals(wanted, body.toString(), () -> String.valueOf(cell.get("source")));
        }
    }

    private static List<?> checksOf(Map<?, ?> cell) {
        return cell.get("check") instanceof List<?> list ? list : List.of();
    }

    private static String program(List<?> cells) {
        StringBuilder program = new StringBuilder();
        for (Object one : cells) {
            Map<?, ?> cell = (Map<?, ?>) one;
            String source = (String) cell.get("source");
            program.append("print('").append(MARK).append("')\n");
            program.append(cell.containsKey("display") ? displayed(source) : source).append('\n');
            for (Object check : checksOf(cell)) {
                program.append("print('").append(MARK).append("check', ").append(check).append(")\n");
            }
        }
        return program.toString();
    }

    /** The cell with its last expression handed to display. */
    private static String displayed(String source) {
        Stmt last = Parser.parse(source).body().getLast();
        Stmt.Expression expression = assertInstanceOf(Stmt.Expression.class, last, source);
        int from = expression.value().span().start();
        return source.substring(0, from) + "display((" + source.substring(from, expression.value().span().end()) + "))";
    }
}
