package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to end a program, times every kind of work: what ends it has its type and stands at a line of the work (but where the host closed
 * the context under it), and the context, or the engine where the way ends the context, goes on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTableTest {

    /** What comes before start() is run first, for itself. The endless work after it is ended at one of the lines marked so. */
    private static final String HERE = "# here";

    private static final Map<String, String> WORK = new TreeMap<>(Map.ofEntries(
            Map.entry("loop", "start()\nwhile True:  # here\n    pass  # here"),
            Map.entry("recursion", "def f(n):  # here\n    return f(n - 1) + f(n - 2) if n > 1 else n  # here\nstart()\nf(90)  # here"),
            Map.entry("comprehension", "start()\n{i % 7 for i in range(10 ** 12)}  # here"),
            Map.entry("generator", "def g():  # here\n    while True:  # here\n        yield 1  # here\nstart()\nfor v in g():  # here\n    pass  # here"),
            Map.entry("product", "x = ones((500, 500))\nstart()\nwhile True:  # here\n    x @ x  # here"),
            Map.entry("elements", "x = ones(500000)\nstart()\nwhile True:  # here\n    exp(x) * sin(x)  # here"),
            Map.entry("backward", "x = ones(100000)\nx.attach_grad()\nwith record:\n    y = x * x * x * x\nstart()\n"
                    + "while True:  # here\n    y.backward(retain_graph=True)  # here"),
            Map.entry("sweep", "def f(v):\n    for i in range(200000):  # here\n        v = v * 1.0000001  # here\n    return v\nstart()\n"
                    + "while True:  # here\n    grad(f)(2.0)  # here"),
            Map.entry("sort", "start()\nwhile True:  # here\n    sorted(range(20000), key=lambda v: -v)  # here"),
            Map.entry("text", "s = 'ab'\nstart()\nwhile True:  # here\n    s = (s + 'ab').replace('a', 'b')[-100000:]  # here"),
            Map.entry("list", "start()\nwhile True:  # here\n    l = [1.5] * 300000  # here\n    l.reverse()  # here"),
            Map.entry("file", "start()\nwhile True:  # here\n    open(folder + '/text').read()  # here"),
            Map.entry("lines", "start()\nwhile True:  # here\n    open(folder + '/text').readlines()  # here"),
            Map.entry("array", "load(folder + '/array.npy')\nstart()\nwhile True:  # here\n    load(folder + '/array.npy')  # here"),
            Map.entry("save", "x = random.normal(size=(50000,))\nsavez_compressed(folder + '/out.npz', a=x[:1])\nstart()\nwhile True:  # here\n    savez_compressed(folder + '/out.npz', a=x)  # here"),
            Map.entry("callback", "start()\nwhile True:  # here\n    same(1)  # here"),
            Map.entry("called back", "def f():  # here\n    while True:  # here\n        pass  # here\nstart()\ncalls(f)"),
            Map.entry("import", "import sys\nsys.path.append(folder)\nstart()\nimport slow"),
            Map.entry("exec", "start()\nexec('while True: pass # here')"),
            Map.entry("match", "import re\nstart()\nre.match('a*a*a*a*a*a*b', 'a' * 2000)  # here")));

    private static final String MODULE = "n = 0\nwhile True:  # here\n    n += 1  # here\n";

    @TempDir
    private static Path folder;

    private final Engine engine = Engine.newBuilder("ebb").build();
    private final ExecutorService host = Executors.newSingleThreadExecutor();

    @BeforeAll
    void write() throws IOException {
        Files.writeString(folder.resolve("slow.ebb"), MODULE);
        Files.writeString(folder.resolve("text"), "some words\n".repeat(20_000));
        try (Context context = context().build()) {
            context.getBindings("ebb").putMember("folder", folder.toString());
            context.eval("ebb", "save(folder + '/array.npy', ones(300000))");
        }
    }

    @AfterAll
    void close() {
        host.shutdown();
        engine.close();
    }

    private Context.Builder context() {
        return Context.newBuilder("ebb").engine(engine).allowIO(IOAccess.ALL).allowHostAccess(HostAccess.ALL);
    }

    static Stream<Arguments> table() {
        return Stream.of(Way.values()).flatMap(way -> WORK.keySet().stream().filter(way::ends).map(work -> Arguments.of(way, work)));
    }

    /** How a program comes to its end. */
    private enum Way {
        STEPS, TIME, STATEMENTS, INTERRUPTION, CANCELLATION;

        Context.Builder limit(Context.Builder builder) {
            return switch (this) {
                case STEPS -> builder.option("ebb.max-steps", "200");
                case TIME -> builder.option("ebb.timeout", "40ms");
                case STATEMENTS -> builder.resourceLimits(ResourceLimits.newBuilder().statementLimit(40, source -> !source.isInternal()).build());
                case INTERRUPTION, CANCELLATION -> builder;
            };
        }

        boolean isOf(PolyglotException end) {
            return switch (this) {
                case STEPS -> end.getMessage().equals("LimitError: the program took more than the 200 steps it may") && !end.isCancelled();
                case TIME -> end.getMessage().equals("LimitError: the program ran longer than the 40 ms it may") && !end.isCancelled();
                case STATEMENTS -> end.isResourceExhausted();
                case INTERRUPTION -> end.isInterrupted();
                case CANCELLATION -> end.isCancelled() && !end.isResourceExhausted();
            };
        }

        /** Statements are counted by Truffle, which sees none inside a search for a pattern. */
        boolean ends(String work) {
            return this != STATEMENTS || !work.equals("match");
        }

        boolean endsTheContext() {
            return this == STATEMENTS || this == CANCELLATION;
        }

        void stop(Context context) throws Exception {
            if (this == INTERRUPTION) {
                context.interrupt(Duration.ofSeconds(60));
            } else {
                context.close(true);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void endsInItsWay(Way way, String work) throws Exception {
        Context context = way.limit(context()).build();
        try {
            PolyglotException end = ended(context, way, WORK.get(work));
            assertTrue(way.isOf(end), () -> way + ", " + work + ": " + end.getMessage());
            assertFalse(end.isInternalError());
            assertTrue(way == Way.CANCELLATION || standsAtWork(end), () -> way + ", " + work + " ended at " + places(end));
            if (way.endsTheContext()) {
                assertThrows(PolyglotException.class, () -> context.eval("ebb", "1"));
            } else {
                assertTrue(way.isOf(ended(context, way, WORK.get(work))), "the second time");
                assertEquals(6.0, context.eval("ebb", "grad(lambda v: v * v)(3.0)").asDouble(), "the context goes on");
            }
        } finally {
            context.close(true);
        }
        try (Context next = context().build()) {
            assertEquals(6.0, next.eval("ebb", "grad(lambda v: v * v)(3.0)").asDouble(), "the engine goes on");
        }
    }

    private PolyglotException ended(Context context, Way way, String text) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        var names = context.getBindings("ebb");
        names.putMember("folder", folder.toString());
        names.putMember("same", (ProxyExecutable) arguments -> arguments[0]);
        names.putMember("calls", (ProxyExecutable) arguments -> arguments[0].execute());
        names.putMember("start", (ProxyExecutable) arguments -> {
            begun.countDown();
            return null;
        });
        int work = text.indexOf("start()");
        prepare(context, way, text.substring(0, work));
        Future<?> stop = way != Way.INTERRUPTION && way != Way.CANCELLATION ? null : host.submit(() -> {
            begun.await();
            Thread.sleep(15); // into the work: every moment of it must do
            way.stop(context);
            return null;
        });
        PolyglotException end = assertThrows(PolyglotException.class,
                () -> context.eval(Source.newBuilder("ebb", text.substring(work), "work.ebb").buildLiteral()));
        if (stop != null) {
            stop.get();
        }
        return end;
    }

    /** On a machine that is busy elsewhere the limit of time may end this too; the context goes on then, as it should. */
    private static void prepare(Context context, Way way, String text) {
        for (int tries = 0; ; tries++) {
            try {
                context.eval(Source.newBuilder("ebb", text, "prepared.ebb").buildLiteral());
                return;
            } catch (PolyglotException late) {
                if (way != Way.TIME || !way.isOf(late) || tries == 20) {
                    throw late;
                }
            }
        }
    }

    /** The innermost function of the program that has a place stands at a marked line. */
    private static boolean standsAtWork(PolyglotException end) {
        return places(end).stream().findFirst().map(place -> Arrays.stream(place.getSource().getCharacters().toString().split("\n"))
                .skip(place.getStartLine() - 1L).findFirst().orElse("").contains(HERE)).orElse(false);
    }

    private static List<SourceSection> places(PolyglotException end) {
        Stream<SourceSection> frames = StreamSupport.stream(end.getPolyglotStackTrace().spliterator(), false)
                .filter(PolyglotException.StackFrame::isGuestFrame).map(PolyglotException.StackFrame::getSourceLocation);
        return Stream.concat(Stream.ofNullable(end.getSourceLocation()), frames).filter(place -> place != null && !place.getSource().isInternal()).toList();
    }
}
