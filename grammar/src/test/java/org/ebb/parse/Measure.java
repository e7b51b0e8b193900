package org.ebb.parse;

import java.util.function.IntFunction;
import org.ebb.syntax.Program;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.SyntaxError;

/** Prints how long parsing takes: the first time in a process, warm, and for texts made to be slow. Not a test. */
public final class Measure {

    private Measure() {}

    public static void main(String[] arguments) {
        String program = Shapes.program(10_000);
        System.out.printf("10,000 lines, %d characters%n", program.length());
        System.out.printf("cold %.0f ms%n", milliseconds(program));
        for (int i = 0; i < 10; i++) {
            milliseconds(program);
        }
        System.out.printf("warm %.0f ms%n", milliseconds(program));
        show("operators", Shapes::operators, 2_500);
        show("statements of long lines", n -> (Shapes.operators(2_000) + "\n").repeat(n / 100), 2_000);
        show("list items", Shapes::list, 100_000);
        show("elif", Shapes::elifs, 20_000);
        show("attributes", Shapes::attributes, 2_500);
        show("prefixes", Shapes::prefixes, 2_500);
        show("comparisons", Shapes::comparisons, 100_000);
        show("strings side by side", n -> "x = (" + "'a' ".repeat(n) + ")", 100_000);
        show("fields", n -> "x = f'" + "{a+1:{w}}".repeat(n) + "'", 20_000);
        show("semicolons", n -> "x = 1; ".repeat(n) + "\n", 100_000);
        show("dedents", n -> ("if a:\n if b:\n  if c:\n   d\n").repeat(n), 20_000);
        show("one long string", n -> "x = '" + "a".repeat(10 * n) + "'", 100_000);
        show("foreign names", n -> "переменная = 値 + 1\n".repeat(n), 10_000);
        show("foreign comments", n -> "# комментарий 注釈\n".repeat(n), 50_000);
        show("open brackets", n -> "x = " + "(".repeat(n), 100_000);
        show("open prefixes", n -> "x = " + "-".repeat(n) + "1", 100_000);
        show("open lambdas", n -> "x = " + "lambda: ".repeat(n) + "1", 100_000);
        show("open conditions", n -> "x = " + "a if b else ".repeat(n) + "1", 100_000);
        show("open operators", n -> "x = " + "1 + ".repeat(n) + "1", 100_000);
        show("open blocks", n -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < Math.min(n, 1000); i++) {
                text.append(" ".repeat(i)).append("if x:\n");
            }
            return text.append(" ".repeat(Math.min(n, 1000))).append("y\n").toString();
        }, 1000);
        show("unterminated strings", n -> "x = 'abc\n".repeat(n), 10_000);
        show("adjacent names", n -> "f(" + "a, ".repeat(n) + "b c)", 50_000);
    }

    private static void show(String what, IntFunction<String> shape, int n) {
        milliseconds(shape.apply(n / 4));
        double half = milliseconds(shape.apply(n / 2));
        double whole = milliseconds(shape.apply(n));
        System.out.printf("%-26s %,9d: %7.1f ms, half of it %7.1f ms  %s%n", what, n, whole, half, outcome(shape.apply(n)));
    }

    private static double milliseconds(String text) {
        long start = System.nanoTime();
        outcome(text);
        return (System.nanoTime() - start) / 1e6;
    }

    private static String outcome(String text) {
        try {
            Program program = Parser.parse(text);
            Scopes.analyse(program);
            return "";
        } catch (SyntaxError error) {
            return error.kind() + ": " + error.getMessage();
        }
    }
}
