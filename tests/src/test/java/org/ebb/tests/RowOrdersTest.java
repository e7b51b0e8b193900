package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ebb.op.Domain;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of the table that has a name, called as the language calls it and differentiated along a random line to order 3: by grad of grad
 * of grad, with jvp in the place of any of the three, by hvp at a float and at a 0-d tensor, and as a batch. What decides whether each order
 * is right is the difference of the order below. Elementwise rows are tried on plain floats as well.
 */
class RowOrdersTest {

    private static final Pattern INPUT = Pattern.compile("\\[([0-9,]*)](?::(\\w+))?");

    private static final String LAW = """
            import random
            from math import inf
            draw = random.Random(SEED)
            forward = lambda f: lambda s: jvp(f, (s,), (1.0,))[1]
            def differ(f, s):
                h = 1e-4
                return (f(s + h) - f(s - h)) / (2 * h)
            def close(a, b, size, by):
                return a == b or abs(a - b) <= by * max(1.0, abs(size), abs(b))
            def law(f):
                value = f(0.0)
                orders = [f, grad(f), grad(grad(f)), grad(grad(grad(f)))]
                for k in (1, 2, 3):
                    found, right = orders[k](0.0), differ(orders[k - 1], 0.0)
                    if not close(found, right, value, 1e-5):
                        print("order", k, found, "differences", right)
                third = orders[3](0.0)
                for a in (grad, forward):
                    for b in (grad, forward):
                        for c in (grad, forward):
                            found = a(b(c(f)))(0.0)
                            if not close(found, third, value, 1e-9):
                                print("order 3", [w is grad for w in (a, b, c)], found, third)
                for at, along in ((0.0, 1.0), (tensor(0.0, dtype=float64), tensor(1.0, dtype=float64))):
                    found = float(hvp(f, at, along))
                    if not close(found, orders[2](0.0), value, 1e-9):
                        print("hvp at a", type(at).__name__, found, orders[2](0.0))
                s = tensor([0.0, 0.01, -0.02], dtype=float64)
                found = vmap(grad(forward(f)))(s).tolist()
                right = [orders[2](v) for v in s.tolist()]
                if not all(close(u, v, value, 1e-9) for u, v in zip(found, right)):
                    print("vmap", found, right)
                if is_recording():
                    print("left recording on")
            """;

    /** Every fourth row: all of them are too many for each run. */
    @TestFactory
    Stream<DynamicTest> firstSamples() {
        return rows().filter(row -> row.ordinal % 4 == 0).map(row -> DynamicTest.dynamicTest(row.name, () -> check(row, row.samples().getFirst())));
    }

    @TestFactory
    @Tag("long")
    Stream<DynamicTest> allSamples() {
        return rows().flatMap(row -> row.samples().stream().map(sample -> DynamicTest.dynamicTest(row.name + " " + sample,
                () -> check(row, sample))));
    }

    private static Stream<Op> rows() {
        return Ops.all().stream().filter(row -> row.differentiable() && !row.name.startsWith("_") && !row.samples().isEmpty());
    }

    private static void check(Op row, String sample) {
        Random random = new Random((row.name + sample).hashCode());
        var text = new StringBuilder(LAW.replace("SEED", Integer.toString(random.nextInt(1000))));
        text.append("law(lambda s: ").append(number(row, call(row, sample, random, true))).append(")\n");
        if (row instanceof Elementwise) {
            text.append("law(lambda s: 1.0 * ").append(call(row, sample, random, false)).append(")\n");
        }
        try (Console console = new Console()) {
            console.run(row.name, text.toString());
            assertEquals("", console.printed(), text.substring(LAW.length()));
        }
    }

    /** A sum with weights that are not all the same, so that what has to cancel has to cancel. */
    private static String number(Op row, String call) {
        return "(lambda y: (y * (arange(y.size, dtype=float64) * 0.3 + 0.7).reshape(y.shape)).sum() * 1.0)(" + call + " * ones(()))";
    }

    private static String call(Op row, String sample, Random random, boolean tensors) {
        List<String> inputs = new ArrayList<>();
        Matcher input = INPUT.matcher(sample);
        while (input.find()) {
            inputs.add(input(row, inputs.size(), input, random, tensors));
        }
        String options = INPUT.matcher(sample).replaceAll("").strip().replaceAll("\\s+(?=\\w+=)", ", ");
        String joined = String.join(", ", inputs);
        return row.name + "(" + (row.variadic() ? "[" + joined + "]" : joined) + (options.isEmpty() ? "" : ", " + options) + ")";
    }

    private static String input(Op row, int k, Matcher input, Random random, boolean tensors) {
        Domain domain = row instanceof Elementwise e ? e.domain(k) : Domain.REAL;
        boolean constant = input.group(2) != null || row instanceof Elementwise e && e.slope(k) == null || domain == Domain.COUNT;
        String[] dims = input.group(1).isEmpty() ? new String[0] : input.group(1).split(",");
        int size = 1;
        for (String dim : dims) {
            size *= Integer.parseInt(dim);
        }
        if (!tensors) {
            size = 1;
        }
        List<String> values = new ArrayList<>();
        List<String> slopes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double value = domain.low + (domain.high - domain.low) * random.nextDouble();
            values.add(input.group(2) != null ? Integer.toString(random.nextInt(2)) : Double.toString(constant ? Math.rint(value) : value));
            slopes.add(Double.toString(random.nextDouble() - 0.5));
        }
        if (!tensors) {
            return constant ? values.getFirst() : "(" + values.getFirst() + " + s * " + slopes.getFirst() + ")";
        }
        String type = input.group(2) == null ? "float64" : input.group(2);
        String shape = "(" + String.join(", ", dims) + (dims.length == 1 ? ",)" : ")");
        String base = "tensor(" + values + ", dtype=" + type + ").reshape(" + shape + ")";
        return constant ? base : "(" + base + " + s * tensor(" + slopes + ", dtype=float64).reshape(" + shape + "))";
    }
}
