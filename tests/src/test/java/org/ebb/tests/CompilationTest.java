package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops that the compiler once gave up on: what it refuses runs five times slower for good, and nothing tells. */
@Tag("fast")
class CompilationTest {

    @ParameterizedTest
    @ValueSource(strings = {
        // At one place a method with its receiver beside it and one that is bound to it: the number of arguments is no constant.
        """
        from collections import defaultdict
        def run(n):
            groups = defaultdict(list)
            for i in range(n):
                groups[i % 97].append(i)
            return sum(len(v) for v in groups.values())
        """,
        """
        class Own(dict):
            pass
        def run(n):
            last = 0
            for d in [{1: 2}, Own({1: 3}), {}] * (n // 3):
                last += d.get(1, 5) + len(d.keys())
            return last
        """,
    })
    void everythingCompiles(String program) throws Exception {
        var refusals = new StringBuffer();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getMessage().contains("opt failed")) {
                    refusals.append(line.getMessage()).append('\n');
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        try (Context context = Context.newBuilder("ebb").allowExperimentalOptions(true).option("engine.BackgroundCompilation", "false")
                .option("engine.TraceCompilation", "true").logHandler(log).out(new ByteArrayOutputStream()).build()) {
            context.eval(Source.newBuilder("ebb", program + "\nfor k in range(60):\n    run(3000)\n", "loops").build());
        }
        assertEquals("", refusals.toString());
    }
}
