package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ebb.embed.DifferentiableFunction;
import org.ebb.embed.Ebb;
import org.ebb.embed.EbbException;
import org.ebb.embed.EbbException.Kind;
import org.ebb.embed.Script;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The Java API, {@code org.ebb.embed}: beside plain Java and differences, and what it does with bad input. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbedTest {

    private final Ebb ebb = Ebb.builder().context(context -> context.err(OutputStream.nullOutputStream())).build(); // warnings of nan

    @AfterAll
    void close() {
        ebb.close();
    }

    // ---- the same numbers as Java

    private interface Plain {
        double of(double[] x);
    }

    private record Pair(String text, int inputs, Plain plain) {}

    /** Functions said twice, with every form a number can take on its way. */
    private static final List<Pair> PAIRS = List.of(
            new Pair("def f(x):\n    return x * x", 1, x -> x[0] * x[0]),
            new Pair("def f(x, y):\n    return x * y + x / y - 3", 2, x -> x[0] * x[1] + x[0] / x[1] - 3),
            new Pair("import math\ndef f(x, y):\n    return math.exp(-x * x) * math.sin(y) + math.sqrt(x + y)", 2,
                    x -> Math.exp(-x[0] * x[0]) * Math.sin(x[1]) + Math.sqrt(x[0] + x[1])),
            new Pair("def f(x, y, z):\n    s = 0.0\n    for i in range(7):\n        s = s * z + (x if i % 2 else y)\n    return s", 3, x -> {
                double s = 0;
                for (int i = 0; i < 7; i++) {
                    s = s * x[2] + (i % 2 == 1 ? x[0] : x[1]);
                }
                return s;
            }),
            new Pair("def f(x, y):\n    return max(x, y) if x > 1 else 2", 2, x -> x[0] > 1 ? Math.max(x[0], x[1]) : 2),
            new Pair("def f(x, y):\n    return y", 2, x -> x[1]),
            new Pair("def f(x, y):\n    return (tensor([x, y], dtype=float64) ** 2).sum()", 2, x -> x[0] * x[0] + x[1] * x[1]),
            new Pair("def f(x, y):\n    return tensor(x, dtype=float64) * y", 2, x -> x[0] * x[1]),
            new Pair("def f(x, y):\n    with pause:\n        w = x * y\n    return w * x", 2, null),
            new Pair("def f(*x):\n    return sum([a * a * (k + 1) for k, a in enumerate(x)])", 40, x -> {
                double s = 0;
                for (int k = 0; k < x.length; k++) {
                    s += x[k] * x[k] * (k + 1);
                }
                return s;
            }));

    @Test
    void valuesAreJavasAndSlopesAreDifferences() {
        for (Pair pair : PAIRS) {
            DifferentiableFunction f = ebb.compile("pair", pair.text).function("f", pair.inputs);
            double[][] points = points(pair.inputs, 50);
            for (double[] x : points) {
                double[] slopes = new double[pair.inputs];
                double value = f.valueAndGradient(x, slopes);
                assertEquals(value, f.value(x), 0, pair.text);
                assertArrayEquals(slopes, f.gradient(x), 0, pair.text);
                assertArrayEquals(slopes, f.jacobian(x)[0], 1e-15, pair.text);
                assertArrayEquals(new double[] {value}, f.outputs(x), 0, pair.text);
                if (pair.plain == null) {
                    continue; // what is paused counts as a constant, which differences do not see
                }
                assertEquals(pair.plain.of(x), value, 1e-13 * Math.max(1, Math.abs(value)), pair.text);
                for (int j = 0; j < pair.inputs; j++) {
                    assertEquals(difference(pair.plain, x, j), slopes[j], 1e-5 * Math.max(1, Math.abs(slopes[j])), pair.text + " along " + j);
                }
                double[] direction = new double[pair.inputs];
                Arrays.setAll(direction, j -> 1.0 / (j + 1));
                double[] product = f.hessianVectorProduct(x, direction);
                for (int j = 0; j < pair.inputs; j++) {
                    int along = j;
                    double expected = difference(at -> f.gradient(at)[along], x, direction);
                    assertEquals(expected, product[j], 1e-5 * Math.max(1, Math.abs(expected)), pair.text + ", second along " + j);
                }
            }
            batchesAreTheSameBits(f, points);
        }
    }

    private static void batchesAreTheSameBits(DifferentiableFunction f, double[][] points) {
        int n = f.inputs();
        double[] flat = Arrays.stream(points).flatMapToDouble(Arrays::stream).toArray();
        double[] values = new double[points.length];
        double[] again = new double[points.length];
        double[] slopes = new double[flat.length];
        double[][] rows = new double[points.length][n];
        f.values(flat, values);
        f.gradients(flat, again, slopes);
        assertArrayEquals(values, again, 0);
        f.gradients(points, again, rows);
        for (int k = 0; k < points.length; k++) {
            assertEquals(f.value(points[k]), values[k], 0);
            assertArrayEquals(f.gradient(points[k]), rows[k], 0);
            assertArrayEquals(rows[k], Arrays.copyOfRange(slopes, k * n, k * n + n), 0);
        }
        f.values(points, again);
        assertArrayEquals(values, again, 0);
    }

    private static double[][] points(int inputs, int count) {
        Random random = new Random(7);
        double[][] points = new double[count][inputs];
        for (double[] point : points) {
            Arrays.setAll(point, j -> 0.5 + random.nextDouble());
        }
        return points;
    }

    private static double difference(Plain f, double[] x, int j) {
        double[] direction = new double[x.length];
        direction[j] = 1;
        return difference(f, x, direction);
    }

    private static double difference(Plain f, double[] x, double[] direction) {
        double h = 1e-6;
        double[] up = x.clone();
        double[] down = x.clone();
        for (int j = 0; j < x.length; j++) {
            up[j] += h * direction[j];
            down[j] -= h * direction[j];
        }
        return (f.of(up) - f.of(down)) / (2 * h);
    }

    @Test
    void aVectorFunctionTakesOneTensor() {
        DifferentiableFunction f = ebb.compile("def f(x):\n    return (x[1:] * x[:-1]).sum() + (x ** 3)[0]").vectorFunction("f", 4);
        double[] x = {1, 2, 3, 4};
        double[] slopes = new double[4];
        assertEquals(21, f.valueAndGradient(x, slopes));
        assertArrayEquals(new double[] {5, 4, 6, 3}, slopes);
        assertEquals(21, f.value(x));
        assertArrayEquals(new double[] {7, 1, 2, 0}, f.hessianVectorProduct(x, new double[] {1, 1, 0, 1}));
        double[] values = new double[2];
        double[] gradients = new double[8];
        f.gradients(new double[] {1, 2, 3, 4, 0, 0, 1, 1}, values, gradients);
        assertArrayEquals(new double[] {21, 1}, values);
        assertArrayEquals(new double[] {5, 4, 6, 3, 0, 1, 1, 1}, gradients);
        DifferentiableFunction several = ebb.compile("def f(x):\n    return x * x").vectorFunction("f", 2);
        assertArrayEquals(new double[][] {{6, 0}, {0, 8}}, several.jacobian(3, 4));
        assertArrayEquals(new double[] {9, 16}, several.outputs(3, 4));
    }

    @Test
    void aJacobianHasARowForEachNumber() {
        DifferentiableFunction f = ebb.compile("def f(x, y):\n    return [x * y, (y, 5), tensor([x, x * x], dtype=float64)]").function("f");
        double[][] rows = new double[5][2];
        assertArrayEquals(new double[] {6, 3, 5, 2, 4}, f.outputsAndJacobian(new double[] {2, 3}, rows));
        assertArrayEquals(new double[][] {{3, 2}, {0, 1}, {0, 0}, {1, 0}, {4, 0}}, rows);
        assertArrayEquals(rows, f.jacobian(2, 3));
        assertThrows(IllegalArgumentException.class, () -> f.outputsAndJacobian(new double[] {2, 3}, new double[4][2]));
    }

    /** A value kept from one point must not be taken for one of the next, whose entries have the same room. */
    @Test
    void whatOutlivesACallIsUsedUp() {
        DifferentiableFunction f = ebb.compile("kept.ebb", "kept = []\ndef f(x):\n    kept.append(x * x)\n    return kept[0] * x").function("f");
        assertEquals(12, f.gradient(2)[0]);
        EbbException e = assertThrows(EbbException.class, () -> f.gradients(new double[] {2, 2}, new double[2], new double[2]));
        assertTrue(e.error().startsWith("GradError: ") && e.error().contains("used up"), e::getMessage);
        DifferentiableFunction once = ebb.compile("kept.ebb", "kept = []\ndef f(x):\n    kept.append(x * x)\n    return kept[0] * x").function("f");
        EbbException inABatch = assertThrows(EbbException.class, () -> once.gradients(new double[] {2, 2}, new double[2], new double[2]));
        assertTrue(inABatch.error().contains("used up"), inABatch::getMessage);
    }

    @Test
    void strongZerosAndNotFiniteNumbersAreAsInTheLanguage() {
        DifferentiableFunction root = ebb.compile("import math\ndef f(x, y):\n    return math.sqrt(x) * y").function("f");
        assertArrayEquals(new double[] {0, 0}, root.gradient(0, 0));
        DifferentiableFunction f = ebb.compile("def f(x, y):\n    return x * y").function("f");
        assertArrayEquals(new double[] {Double.NaN, 2}, f.gradient(2, Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, f.value(2, Double.POSITIVE_INFINITY));
        double[] values = new double[2];
        f.values(new double[] {1, Double.NaN, 2, 3}, values);
        assertArrayEquals(new double[] {Double.NaN, 6}, values);
    }

    // ---- threads

    @Test
    void eightThreadsGiveTheBitsOfOne() throws Exception {
        Script script = ebb.compile("threads.ebb", """
                import math
                calls = 0
                def f(x, y):
                    global calls
                    calls += 1
                    s = 0.0
                    for i in range(20):
                        s = s * 0.9 + math.sin(x * i) * y
                    return s
                """);
        DifferentiableFunction f = script.function("f");
        double[] points = new double[2000];
        Arrays.setAll(points, k -> Math.sin(k * 1.7));
        double[][] alone = run(f, points);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<double[][]>> all = new ArrayList<>();
            for (int k = 0; k < 16; k++) {
                all.add(() -> run(f, points));
            }
            for (Future<double[][]> one : threads.invokeAll(all)) {
                assertArrayEquals(alone[0], one.get()[0], 0);
                assertArrayEquals(alone[1], one.get()[1], 0);
            }
        }
    }

    private static double[][] run(DifferentiableFunction f, double[] points) {
        double[] values = new double[points.length / 2];
        double[] slopes = new double[points.length];
        f.gradients(points, values, slopes);
        for (int k = 0; k < 50; k++) {
            assertEquals(values[k], f.value(points[2 * k], points[2 * k + 1]), 0);
        }
        return new double[][] {values, slopes};
    }

    @Test
    void theProgramOfAnEndedThreadGoesToTheNext() throws Exception {
        Script script = ebb.compile("next.ebb", "calls = 0\ndef count():\n    global calls\n    calls += 1\n    return calls");
        assertEquals(1L, script.call("count"));
        List<Object> counts = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            Thread thread = new Thread(() -> counts.add(script.call("count")));
            thread.start();
            thread.join();
        }
        assertEquals(5, counts.size());
        assertTrue((Long) counts.getLast() > 1, () -> counts + ": each thread got a program of its own");
        assertEquals(2L, script.call("count"));
    }

    // ---- scripts and data

    @Test
    void scriptsHaveNamesOfTheirOwn() {
        Script one = ebb.compile("one", "n = 1\ndef f(x):\n    return x * n");
        Script other = ebb.compile("other", "n = 2\ndef f(x):\n    return x * n");
        assertEquals(5, one.function("f").value(5));
        assertEquals(10, other.function("f").value(5));
        assertEquals(1L, one.get("n"));
        assertNull(one.get("missing"));
    }

    @Test
    void dataPassesBothWays() {
        Script script = ebb.compile("def same(x):\n    return x\ndef twice(x):\n    return tensor(x, dtype=float64) * 2");
        for (Object data : new Object[] {null, true, 3L, 2.5, 2.0, "text", new java.math.BigInteger("123456789012345678901234567890")}) {
            assertEquals(data, script.call("same", data));
        }
        assertEquals(List.of(1L, 2.0, "x"), ebb.evaluate("[1, 2.0, 'x']"));
        assertEquals(Map.of("a", List.of(1L)), ebb.evaluate("{'a': (1,)}"));
        assertArrayEquals(new double[] {2, 4}, (double[]) script.call("twice", (Object) new double[] {1, 2}));
        assertArrayEquals(new double[][] {{2, 4}}, (double[][]) script.call("twice", List.of(List.of(1, 2))));
        assertThrows(IllegalArgumentException.class, () -> ebb.evaluate("len"));
    }

    @Test
    void whatIsPrintedGoesWhereTheHostSays() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Ebb own = Ebb.builder().out(out).build()) {
            own.compile("print('at first')\ndef f():\n    print('later')").call("f");
        }
        assertEquals("at first\nlater\n", out.toString());
    }

    // ---- bad input

    @Test
    void errorsOfScriptsNameTheirLine() {
        EbbException syntax = assertThrows(EbbException.class, () -> ebb.compile("bad.ebb", "x = 1\ny = (\n"));
        assertEquals(Kind.SYNTAX, syntax.kind());
        assertEquals("bad.ebb", syntax.source());
        EbbException atOnce = assertThrows(EbbException.class, () -> ebb.compile("bad.ebb", "x = 1\ny = x / 0"));
        assertEquals(Kind.SCRIPT, atOnce.kind());
        assertEquals(2, atOnce.line());
        assertEquals(5, atOnce.column());
        DifferentiableFunction f = ebb.compile("f.ebb", "def f(x):\n    if x < 0:\n        raise ValueError('negative')\n    return x").function("f");
        for (int k = 0; k < 2; k++) {
            EbbException later = assertThrows(EbbException.class, () -> f.valueAndGradient(new double[] {-1}, new double[1]));
            assertEquals("f.ebb:3: ValueError: negative", later.getMessage());
            assertEquals("ValueError: negative", later.error());
            assertTrue(later.traceback().startsWith("Traceback (most recent call last):\n"), later::traceback);
            assertEquals(4, f.value(4));
            assertEquals(1, f.gradient(4)[0]);
        }
        EbbException inABatch = assertThrows(EbbException.class, () -> f.values(new double[] {1, -1}, new double[2]));
        assertEquals(3, inABatch.line());
        DifferentiableFunction text = ebb.compile("t.ebb", "\ndef f(x):\n    return 'text'").function("f");
        EbbException noNumber = assertThrows(EbbException.class, () -> text.value(1));
        assertEquals("t.ebb:2: TypeError: the host asked for one number, but the function gave a value of type str", noNumber.getMessage());
        assertThrows(EbbException.class, () -> text.gradient(1));
        assertThrows(EbbException.class, () -> text.jacobian(1));
        assertEquals(Kind.SCRIPT, assertThrows(EbbException.class, () -> ebb.compile("x = 1").function("x")).kind());
        assertEquals(Kind.SCRIPT, assertThrows(EbbException.class, () -> ebb.compile("x = 1").function("missing")).kind());
    }

    @Test
    void arraysThatDoNotFitAreRefusedBeforeAnythingRuns() {
        DifferentiableFunction f = ebb.compile("def f(x, y):\n    return x * y").function("f");
        assertEquals(2, f.inputs());
        List<org.junit.jupiter.api.function.Executable> calls = List.of(
                () -> f.value(1), () -> f.value(), () -> f.value(1, 2, 3), () -> f.gradient(1),
                () -> f.valueAndGradient(new double[2], new double[3]),
                () -> f.values(new double[3], new double[2]),
                () -> f.gradients(new double[4], new double[2], new double[3]),
                () -> f.values(new double[][] {{1, 2}, {3}}, new double[2]),
                () -> f.values(new double[][] {{1, 2}}, new double[2]),
                () -> f.gradients(new double[][] {{1, 2}}, new double[1], new double[][] {{1}}),
                () -> f.hessianVectorProduct(new double[2], new double[1]),
                () -> f.jacobian(1), () -> f.outputs(1),
                () -> f.outputsAndJacobian(new double[1], new double[1][2]),
                () -> f.outputsAndJacobian(new double[2], new double[1][1]),
                () -> f.outputsAndJacobian(new double[2], new double[3][2]));
        for (int k = 0; k < calls.size(); k++) {
            assertThrows(IllegalArgumentException.class, calls.get(k), "call " + k);
        }
        assertThrows(NullPointerException.class, () -> f.value((double[]) null));
        List<org.junit.jupiter.api.function.Executable> nulls = List.of(
                () -> f.values(new double[2], null), () -> f.gradient((double[]) null), () -> f.jacobian((double[]) null), () -> f.outputs((double[]) null),
                () -> f.valueAndGradient(null, new double[2]), () -> f.valueAndGradient(new double[2], null),
                () -> f.gradients(null, new double[1], new double[2]), () -> f.gradients(new double[2], new double[1], null),
                () -> f.values((double[][]) null, new double[1]), () -> f.values(new double[1][], new double[1]),
                () -> f.gradients(new double[1][2], new double[1], null), () -> f.gradients(new double[1][2], new double[1], new double[1][]),
                () -> f.hessianVectorProduct(null, new double[2]), () -> f.hessianVectorProduct(new double[2], null),
                () -> f.outputsAndJacobian(null, new double[1][2]), () -> f.outputsAndJacobian(new double[2], null),
                () -> f.outputsAndJacobian(new double[2], new double[1][]));
        for (int k = 0; k < nulls.size(); k++) {
            String message = assertThrows(NullPointerException.class, nulls.get(k), "call " + k).getMessage();
            assertTrue(message.matches("(a |an )?[\\w ]+"), "call " + k + " says " + message); // the argument's name, not java's words
        }
        assertThrows(NullPointerException.class, () -> f.values((double[]) null, new double[1]));
        assertThrows(NullPointerException.class, () -> ebb.compile((String) null));
        f.values(new double[0], new double[0]);
        assertEquals(6, f.value(2, 3));
        assertThrows(IllegalArgumentException.class, () -> ebb.compile("def f():\n    return 1").function("f"));
        assertThrows(IllegalArgumentException.class, () -> ebb.compile("def f(*x):\n    return 1").function("f"));
    }

    @Test
    void aClosedOneRefuses() {
        Ebb own = Ebb.create();
        DifferentiableFunction f = own.compile("def f(x):\n    return x").function("f");
        assertEquals(3, f.value(3));
        own.close();
        own.close();
        assertThrows(IllegalStateException.class, () -> f.value(3));
        assertThrows(IllegalStateException.class, () -> f.hessianVectorProduct(new double[1], new double[1]));
        assertThrows(IllegalStateException.class, () -> own.evaluate("1"));
        assertThrows(IllegalStateException.class, () -> own.compile("1"));
    }

    @Test
    void aHostsExceptionComesBack() {
        IllegalStateException trouble = new IllegalStateException("trouble");
        Script script = ebb.compile("h.ebb", "def f(g):\n    return g()");
        EbbException e = assertThrows(EbbException.class, () -> script.call("f", (ProxyExecutable) arguments -> {
            throw trouble;
        }));
        assertEquals(Kind.HOST, e.kind());
        assertSame(trouble, e.getCause());
        assertEquals("h.ebb:2: trouble", e.getMessage());
        assertEquals(12, e.column());
    }

    /** While a gradient is recorded, a callback asks for another one. */
    @Test
    void aCallbackMayCallInAgain() {
        Script script = ebb.compile("def inner(x):\n    return x * x * x\ndef outer(g, x):\n    return grad(lambda a: a * g())(x)");
        DifferentiableFunction inner = script.function("inner");
        Object slope = script.call("outer", (ProxyExecutable) arguments -> inner.gradient(2)[0] + inner.value(1), 5.0);
        assertEquals(13.0, slope);
    }

    // ---- limits

    @Test
    void limitsEndACallAndTheNextOneWorks() {
        String text = "def forever(x):\n    while True:\n        x = x + 1\ndef stubborn(x):\n    while True:\n        try:\n            while True:\n"
                + "                x = x + 1\n        except BaseException:\n            pass\ndef f(x):\n    return 2 * x\n";
        try (Ebb own = Ebb.builder().maxSteps(100_000).build()) {
            Script script = own.compile("steps.ebb", text);
            for (int k = 0; k < 3; k++) {
                EbbException e = assertThrows(EbbException.class, () -> script.function("forever").value(1));
                assertEquals(Kind.LIMIT, e.kind());
                assertEquals("LimitError: the program took more than the 100,000 steps it may", e.error());
                assertEquals(2, e.line());
                assertEquals(6, script.function("f").value(3));
            }
            DifferentiableFunction f = script.function("f");
            for (int k = 0; k < 30_000; k++) {
                f.value(k); // each call may do so many steps
            }
        }
        try (Ebb own = Ebb.builder().timeLimit(Duration.ofMillis(100)).build()) {
            Script script = own.compile("time.ebb", text);
            for (String name : List.of("forever", "stubborn", "forever")) {
                DifferentiableFunction f = script.function(name);
                long began = System.nanoTime();
                EbbException e = assertThrows(EbbException.class, () -> f.gradient(1));
                assertEquals(Kind.LIMIT, e.kind(), e::getMessage);
                assertEquals("LimitError: the program ran longer than the 100 ms it may", e.error());
                assertTrue(e.line() >= 2 && e.line() <= 8, e::getMessage);
                assertTrue(System.nanoTime() - began < 5_000_000_000L, "it took too long to end");
                assertEquals(6, script.function("f").value(3));
            }
        }
    }

    @Test
    void theHostCanEndWhatRuns() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Ebb own = Ebb.builder().out(out).build()) {
            DifferentiableFunction f = own.compile("def f(x):\n    print('runs', flush=True)\n    while x > 0:\n        pass\n    return x").function("f");
            try (var threads = Executors.newSingleThreadExecutor()) {
                Future<EbbException> running = threads.submit(() -> assertThrows(EbbException.class, () -> f.value(1)));
                while (out.size() == 0) {
                    Thread.onSpinWait();
                }
                own.interrupt();
                assertEquals(Kind.CANCELLED, running.get().kind());
                assertNotNull(threads.submit(() -> f.value(0)).get());
            }
        }
    }
}
