package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that run for minutes or for ever inside one builtin: each obeys an interruption, as Ctrl-C and limits send it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptTest {

    private static final String IMPORTS = "import collections, functools, itertools, math, operator, re, sys\n";

    private final Engine engine = Engine.newBuilder("ebb").build();
    private final ScheduledExecutorService host = Executors.newSingleThreadScheduledExecutor();

    @AfterAll
    void close() {
        host.shutdown();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sum(range(10 ** 12))",
        "max(range(10 ** 12))",
        "min(itertools.repeat(0), key=lambda v: v)",
        "-1.5 in map(float, range(10 ** 12))",
        "list(map(len, itertools.permutations(range(12))))",
        "dict(zip(itertools.cycle([1]), itertools.count()))",
        "set(itertools.repeat(1))",
        "{1}.isdisjoint(itertools.repeat(0))",
        "any(itertools.repeat(0))",
        "next(filter(None, itertools.repeat(0)))",
        "next(itertools.islice(itertools.count(), 10 ** 12, None))",
        "next(itertools.compress(itertools.repeat(1), itertools.repeat(0)))",
        "list(itertools.chain.from_iterable(itertools.repeat([])))",
        "next(itertools.dropwhile(bool, itertools.repeat(1)))",
        "collections.deque(itertools.repeat(0), maxlen=3)",
        "collections.Counter(itertools.repeat(0))",
        "functools.reduce(operator.or_, itertools.repeat(1))",
        "[] == sorted((i * 7919 % 1000003,) for i in range(10 ** 9))",
        "re.match('a*a*a*a*a*a*b', 'a' * 2000)",
        "3 ** (5 * 10 ** 8)",
        "pow(3, 10 ** 100000 + 1, 10 ** 30000 + 7)",
        "((1 << 400000000) - 1) // ((1 << 200000000) + 12345)",
        "((1 << 2000000000) - 1) % ((1 << 20000000) + 12345)",
        "sys.set_int_max_str_digits(0); int('7' * 200000000)",
        "sys.set_int_max_str_digits(0); str(1 << 1000000000)",
        "math.factorial(10 ** 7)",
        "math.gcd(10 ** 1000000 + 1, 10 ** 1000000 - 7)",
        "sum([[i] for i in range(300000)], [])",
        "a, *b = itertools.repeat(1)",
        "next(i for i in range(10 ** 15) if i < 0)",
        "def f():\n    while True:\n        if not f: yield 1\nnext(f())",
        "while True: pass",
    })
    void stops(String statement) throws Exception {
        Future<?>[] stopped = new Future<?>[1];
        Context[] running = new Context[1];
        // The program says when it begins; a moment later it is inside the builtin.
        OutputStream begins = new OutputStream() {
            @Override
            public void write(int b) {
                if (stopped[0] == null) {
                    stopped[0] = host.schedule(() -> {
                        running[0].interrupt(Duration.ofSeconds(60));
                        return null;
                    }, 50, TimeUnit.MILLISECONDS);
                }
            }
        };
        try (Context context = Context.newBuilder("ebb").engine(engine).out(begins).build()) {
            running[0] = context;
            PolyglotException end = assertThrows(PolyglotException.class, () -> context.eval(
                    Source.newBuilder("ebb", IMPORTS + "print('begins', flush=True)\n" + statement + "\n", "endless").buildLiteral()));
            assertTrue(end.isInterrupted(), () -> statement + ": " + end.getMessage());
            stopped[0].get();
        }
    }
}
