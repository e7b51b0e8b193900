package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long recording: backward needs no stack, and an entry at most {@value #BYTES} bytes. */
@Tag("fast")
class TapeMemoryTest {

    private static final int BYTES = 40;

    /** Each step makes two entries; the exact slope is a geometric sum. */
    private static final String LOOP = """
            x = tensor(1.0, dtype='float64')
            x.attach_grad()
            def walk(steps):
                y = 0.0
                for i in range(steps):
                    y = y * 0.5 + x
                return y
            def forward(steps):
                global y
                with record:
                    y = walk(steps)
            def backward():
                y.backward()
                return x.grad.item()
            """;

    @Test
    void oneMillionEntries() throws InterruptedException {
        check(1_000_000);
    }

    @Test
    @Tag("long")
    void tenMillionEntries() throws InterruptedException {
        check(10_000_000);
    }

    private static void check(int entries) throws InterruptedException {
        try (Context context = Context.newBuilder("ebb").allowExperimentalOptions(true).option("engine.BackgroundCompilation", "false").build()) {
            context.eval("ebb", LOOP);
            context.eval("ebb", "forward(1000)\nbackward()");
            long before = settled();
            context.eval("ebb", "forward(" + entries / 2 + ")");
            double each = (double) (used() - before) / entries;
            assertTrue(each <= BYTES, () -> "%.1f bytes for each of %d entries".formatted(each, entries));
            assertTrue(each >= 16, () -> "%.1f bytes for an entry cannot hold a recording: the test measures something else".formatted(each));
            // 1 + 1/2 + 1/4 + ... , which in doubles is 2 exactly.
            assertEquals(2.0, context.eval("ebb", "backward()").asDouble());
        }
    }

    /** What is used once other tests' contexts, which end in threads of their own, are gone: they once left 5 MB between two readings. */
    private static long settled() throws InterruptedException {
        long used = used();
        for (int i = 0; i < 20; i++) {
            Thread.sleep(200);
            long again = used();
            if (Math.abs(again - used) < 100_000) {
                return again;
            }
            used = again;
        }
        return used;
    }

    /** The smallest of several readings: what nobody holds is gone by then. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
