package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ebb.op.Domain;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code check_grad} finds nothing wrong with any row. */
class CheckGradTest {

    /** So many of a row's samples: each costs some thousand calls. */
    private static final int SAMPLES = 2;

    private static final Pattern INPUT = Pattern.compile("\\[([0-9,]*)](:\\w+)?");

    @TestFactory
    Stream<DynamicTest> noFalseAlarms() {
        return Ops.all().stream().filter(op -> op.differentiable() && !op.samples().isEmpty() && !op.name.startsWith("_"))
                .map(op -> DynamicTest.dynamicTest(op.name, () -> check(op)));
    }

    private static void check(Op op) {
        StringBuilder program = new StringBuilder("from _rows import " + op.name + " as row\n");
        int calls = 0;
        Random random = new Random(op.name.hashCode());
        for (String sample : op.samples()) {
            Matcher input = INPUT.matcher(sample);
            StringBuilder names = new StringBuilder();
            StringBuilder given = new StringBuilder();
            StringBuilder values = new StringBuilder();
            boolean fits = true;
            int k = 0;
            for (; input.find(); k++) {
                fits &= input.group(2) == null && !("," + input.group(1) + ",").contains(",0,");
                String value = tensor(input.group(1), random, op instanceof Elementwise e ? e.domain(k) : Domain.REAL);
                boolean constant = op instanceof Elementwise e && e.slope(k) == null; // as the bounds of hardtanh, by design
                given.append(given.isEmpty() ? "" : ", ").append(constant ? value : "x" + k);
                if (!constant) {
                    names.append(names.isEmpty() ? "x" : ", x").append(k);
                    values.append(", ").append(value);
                }
            }
            if (fits && calls < SAMPLES) {
                String options = INPUT.matcher(sample).replaceAll("").strip().replaceAll("\\s+(?=\\w+=)", ", ").replaceAll("=(-?)inf", "=float('$1inf')");
                String inputs = op.variadic() ? "[" + given + "]" : given.toString();
                program.append("check_grad(lambda ").append(names).append(": row(").append(inputs).append(options.isEmpty() ? "" : ", ")
                        .append(options).append(")").append(values).append(")\n");
                calls++;
            }
        }
        try (Console console = new Console()) {
            console.run(op.name, program.toString());
            String printed = console.printed();
            assertEquals(calls, printed.lines().filter(line -> line.startsWith("check_grad: right; ")).count(), () -> program + printed);
        }
    }

    private static String tensor(String dims, Random random, Domain domain) {
        long size = 1;
        for (String dim : dims.isEmpty() ? new String[0] : dims.split(",")) {
            size *= Long.parseLong(dim);
        }
        StringBuilder text = new StringBuilder("tensor([");
        for (long k = 0; k < size; k++) {
            double drawn = domain.low + (domain.high - domain.low) * random.nextDouble();
            text.append(String.format(Locale.ROOT, "%.4f, ", domain == Domain.COUNT ? Math.rint(drawn) : drawn));
        }
        return text + "], dtype=float64).reshape((" + (dims.isEmpty() ? "" : dims + ",") + "))";
    }
}
