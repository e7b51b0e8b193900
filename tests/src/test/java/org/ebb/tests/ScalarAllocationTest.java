package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Recorded floats stay off the heap in compiled loops: a loop of {@value #STEPS} steps, recorded and swept backward, allocates less
 * than a byte for each operation. Bytes are counted, not time, and compilation is in the foreground, so the machine's load is no matter.
 */
@Tag("fast")
class ScalarAllocationTest {

    private static final int STEPS = 100_000;
    private static final int WARM_UP = 30;
    private static final int MEASURED = 5;

    /** A function of one number whose loop makes this many entries in each step. */
    record Loop(String name, int operations, String text) {}

    private static final Stream<Loop> LOOPS = Stream.of(
            new Loop("a plain loop", 2, """
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            y = y * 0.999 + x
                        return y
                    """),
            new Loop("x if c else 0.0", 1, """
                    def f(x):
                        acc = 0.0
                        for i in range(STEPS):
                            acc = acc + (x if i % 2 == 0 else 0.0)
                        return acc
                    """),
            new Loop("acc = 0.0 before the loop", 2, """
                    def f(x):
                        acc = 0.0
                        for i in range(STEPS):
                            acc = acc + x * 0.5
                        return acc
                    """),
            new Loop("a while loop", 2, """
                    def f(x):
                        y = x
                        i = 0
                        while i < STEPS:
                            y = y * 0.999 + x
                            i += 1
                        return y
                    """),
            new Loop("a condition on the recorded value", 1, """
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            if y > 1.0:
                                y = y * 0.5
                            else:
                                y = y + x
                        return y
                    """),
            new Loop("functions", 6, """
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            y = sin(y) * 0.5 + sqrt(exp(y * -0.5))
                        return y
                    """),
            new Loop("functions of two numbers", 7, """
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            y = maximum(y, 0.1) * 0.5 / hypot(y, 0.3) + minimum(x, y) * 0.1
                        return y
                    """),
            new Loop("functions of math", 5, """
                    import math
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            y = math.cos(y) * 0.5 + math.log(1.5 + math.fabs(y))
                        return y
                    """),
            new Loop("math.pow and math.atan2", 3, """
                    import math
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            y = math.pow(math.fabs(y), 0.9) + math.atan2(y, 0.7)
                        return y
                    """),
            new Loop("max, min and abs", 7, """
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            y = max(abs(y) * 0.9 + x, 0.2) + min(y * 0.5, 9.5) * 0.1 + x * 0.01
                        return y
                    """),
            new Loop("where and clip", 4, """
                    def f(x):
                        y = x
                        for i in range(STEPS):
                            y = where(y > 1.0, y * 0.5, y + x)
                            y = clip(y, 0.1, 2.0)
                        return y
                    """));

    /** Where the loop's first value comes from. */
    private enum From {
        FLOAT("slope = grad(f)\ndef run():\n    return slope(0.7)\n"),
        LEAF("""
                leaf = tensor(0.7)
                leaf.attach_grad()
                def run():
                    with record:
                        y = f(leaf)
                    y.backward()
                    return leaf.grad.item()
                """);

        final String program;

        From(String program) {
            this.program = program;
        }
    }

    @TestFactory
    Stream<DynamicTest> allocateLessThanAByteForEachOperation() {
        return LOOPS.flatMap(loop -> Stream.of(From.values())
                .map(from -> DynamicTest.dynamicTest(loop.name + ", from a " + from, () -> check(loop, from))));
    }

    private static void check(Loop loop, From from) {
        try (Context context = Context.newBuilder("ebb").allowExperimentalOptions(true).option("engine.BackgroundCompilation", "false").build()) {
            context.eval("ebb", loop.text.replace("STEPS", String.valueOf(STEPS)) + from.program);
            Value run = context.parse(Source.create("ebb", "run()"));
            double first = run.execute().asDouble();
            for (int i = 0; i < WARM_UP; i++) {
                run.executeVoid();
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < MEASURED; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                run.executeVoid();
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            double each = (double) least / STEPS / loop.operations;
            assertTrue(each < 1, () -> "%s, from a %s: %.2f bytes for each operation".formatted(loop.name, from, each));
            assertEquals(first, run.execute().asDouble(), "compiled code gives the same slope");
        }
    }
}
