package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Interruption, cancellation and step limits reach long work of every kind, and the context or the engine goes on afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {

    private final Engine engine = Engine.newBuilder("ebb").build();
    private final ExecutorService host = Executors.newSingleThreadExecutor();

    @AfterAll
    void close() {
        host.shutdown();
        engine.close();
    }

    private interface Stop {
        void stop(Context context) throws Exception;
    }

    /** Runs a program and stops it a moment after it called start(). */
    private PolyglotException stopped(Context context, String program, Stop how) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        context.getBindings("ebb").putMember("start", (ProxyExecutable) arguments -> {
            begun.countDown();
            return null;
        });
        Future<?> stop = host.submit(() -> {
            begun.await();
            Thread.sleep(20);
            how.stop(context);
            return null;
        });
        PolyglotException end = assertThrows(PolyglotException.class,
                () -> context.eval(Source.newBuilder("ebb", program, "long.ebb").buildLiteral()), program);
        stop.get();
        return end;
    }

    private static List<Integer> guestLines(PolyglotException e) {
        return StreamSupport.stream(e.getPolyglotStackTrace().spliterator(), false).filter(frame -> frame.isGuestFrame())
                .map(frame -> frame.getSourceLocation() == null ? 0 : frame.getSourceLocation().getStartLine()).toList();
    }

    private static final String GRADIENT = """
            x = tensor([1., 2.])
            x.attach_grad()
            with record:
                y = (x ** 3).sum()
            y.backward()
            str(x.grad)
            """;

    @ParameterizedTest
    @ValueSource(strings = {
        "start()\nwhile True: pass",
        "start()\n[i for i in range(10 ** 12)]",
        "def g():\n    while True: yield 1\nstart()\nfor v in g(): pass",
        "def f(n): return f(n - 1) + f(n - 2) if n > 1 else n\nstart()\nf(90)",
        "x = ones((6000, 6000))\nstart()\nfor i in range(50): x = x @ x",
        "x = ones(20000000)\nstart()\nfor i in range(2000): y = exp(x) * sin(x)",
        "x = random.normal(size=(1200, 1200))\nlinalg.inv(x[:2, :2])\nstart()\nfor i in range(100): linalg.inv(x)",
        "x = random.normal(size=(5000000,))\nstart()\nfor i in range(100): argsort(x)",
        "start()\nfor i in range(1000): random.normal(size=(10000000,))",
        "def f(x):\n    for i in range(1000000):\n        x = x * 1.0000001\n    return x\nx = tensor(1.)\nx.attach_grad()\nwith record:\n    y = f(x)\n"
                + "start()\nwhile True: y.backward(retain_graph=True)",
        "x = random.normal(size=(2000000,))\nx.attach_grad()\nwith record:\n    y = x\n    for i in range(20): y = y * x\nstart()\n"
                + "while True: y.backward(retain_graph=True)",
        "l = [str(i * 7919 % 1000003) for i in range(300000)]\nstart()\nwhile True: sorted(l)",
    })
    void anInterruptionReachesLongWork(String program) throws Exception {
        try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
            PolyglotException end = stopped(context, program, it -> it.interrupt(Duration.ofSeconds(60)));
            assertTrue(end.isInterrupted(), () -> program + ": " + end.getMessage());
            assertEquals("[ 3. 12.]", context.eval("ebb", GRADIENT).asString(), "the context goes on");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start()\nwhile True: pass", "x = ones((4000, 4000))\nstart()\nwhile True: x @ x",
        "start()\ntry:\n    while True: pass\nexcept BaseException:\n    while True: pass\nfinally:\n    print(1)"})
    void closingEndsAProgram(String program) throws Exception {
        Context context = Context.newBuilder("ebb").engine(engine).build();
        PolyglotException end = stopped(context, program, it -> it.close(true));
        assertTrue(end.isCancelled(), () -> program + ": " + end.getMessage());
        try (Context next = Context.newBuilder("ebb").engine(engine).build()) {
            assertEquals("[ 3. 12.]", next.eval("ebb", GRADIENT).asString(), "the engine goes on");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"while True: pass", "sum(i for i in range(10 ** 9))", "def f(n):\n    if n:\n        f(n - 1)\nwhile True: f(50)",
        "def g():\n    while True:\n        yield 1\nfor v in g():\n    pass", "try:\n    while True:\n        pass\nexcept BaseException:\n    pass"})
    void aLimitOfStepsEndsAProgram(String program) {
        ResourceLimits limits = ResourceLimits.newBuilder().statementLimit(10_000, null).build();
        Context context = Context.newBuilder("ebb").engine(engine).resourceLimits(limits).build();
        PolyglotException end = assertThrows(PolyglotException.class,
                () -> context.eval(Source.newBuilder("ebb", program, "steps.ebb").buildLiteral()));
        assertTrue(end.isResourceExhausted(), end.getMessage());
        assertTrue(end.getSourceLocation() != null && end.getSourceLocation().getSource().getName().equals("steps.ebb"), "no line");
        context.close(true);
    }

    private static final String[] ENDLESS = {
        "while True:\n    pass",
        "sum(i for i in range(10 ** 12))",
        "sum(range(10 ** 12))",
        "def f(n):\n    if n:\n        f(n - 1)\nwhile True: f(50)",
        "def g():\n    while True:\n        yield 1\nfor v in g():\n    pass",
        "try:\n    while True:\n        pass\nexcept BaseException:\n    pass",
        "try:\n    while True:\n        pass\nexcept:\n    pass\nfinally:\n    while True:\n        pass",
        "class M:\n    def __enter__(self): pass\n    def __exit__(self, *a): return True\nwith M():\n    while True:\n        pass",
        "import itertools\nlist(itertools.count())",
        "def less(x):\n    return sorted([3, 1, 2], key=lambda v: less(v)) if x else 0\nwhile True:\n    [1].sort(key=lambda v: 0)",
        "x = ones((300, 300))\nfor i in range(100000): x = exp(x) @ x",
        "x = ones((300000,))\nwhile True: y = sort(x)",
        "x = tensor(1.)\nx.attach_grad()\nwith record:\n    y = x\n    for i in range(1000): y = y * x\nwhile True: y.backward(retain_graph=True)",
        "import ode\node.odeint(lambda y, t: -y, tensor([1.0]), linspace(0, 100000, 1000000))",
    };

    static String[] endless() {
        return ENDLESS;
    }

    /** The limit of the language's own: nothing catches it, it has a line, and the same context goes on with all its steps or time. */
    @ParameterizedTest
    @MethodSource("endless")
    void stepsOfAnEvaluation(String program) {
        try (Context context = Context.newBuilder("ebb").engine(engine).option("ebb.max-steps", "2000").build()) {
            ends(context, program, "LimitError: the program took more than the 2,000 steps it may");
        }
    }

    @ParameterizedTest
    @MethodSource("endless")
    void timeOfAnEvaluation(String program) {
        try (Context context = Context.newBuilder("ebb").engine(engine).option("ebb.timeout", "150ms").build()) {
            ends(context, program, "LimitError: the program ran longer than the 150 ms it may");
        }
    }

    private static void ends(Context context, String program, String message) {
        for (int k = 0; k < 2; k++) {
            PolyglotException end = assertThrows(PolyglotException.class,
                    () -> context.eval(Source.newBuilder("ebb", program, "limits.ebb").buildLiteral()));
            assertEquals(message, end.getMessage());
            assertTrue(!end.isCancelled() && !end.isInterrupted() && end.isGuestException(), "the context is no longer of use");
            assertTrue(end.getSourceLocation() != null && end.getSourceLocation().getSource().getName().equals("limits.ebb"), "no line");
            assertEquals("[ 3. 12.]", context.eval("ebb", GRADIENT).asString(), "the context goes on");
        }
    }

    /** The steps of a program are its own: not of the machine, nor of what ran before; a call of a function is an evaluation too. */
    @Test
    void stepsAreCountedExactly() {
        try (Context context = Context.newBuilder("ebb").engine(engine).option("ebb.max-steps", "1000").build()) {
            var f = context.eval("ebb", "def f(n):\n    for i in range(n): pass\nf");
            for (int k = 0; k < 5; k++) {
                assertTrue(f.execute(998).isNull());   // with the call, and that of the host
                assertThrows(PolyglotException.class, () -> f.execute(1000));
            }
            assertEquals(499500, context.eval("ebb", "s = 0\nfor i in range(999): s += i + 1\ns").asLong() );
        }
        for (String wrong : new String[] {"0", "many", "-5"}) {
            assertThrows(IllegalArgumentException.class,
                    () -> Context.newBuilder("ebb").engine(engine).option("ebb.max-steps", wrong).build().eval("ebb", "1"));
        }
        for (String wrong : new String[] {"0", "soon", "-5s", "NaN"}) {
            assertThrows(IllegalArgumentException.class,
                    () -> Context.newBuilder("ebb").engine(engine).option("ebb.timeout", wrong).build().eval("ebb", "1"));
        }
    }

    /** Tidying up is no way to run for ever: after two seconds no more of it runs. */
    @Test
    void nobodyTidiesForEver() {
        String program = "def again(n):\n    try:\n        while True: pass\n    finally:\n        again(n + 1)\nagain(0)";
        try (Context context = Context.newBuilder("ebb").engine(engine).option("ebb.timeout", "0.05").build()) {
            ends(context, program, "LimitError: the program ran longer than the 50 ms it may");
        }
    }

    @Test
    void aLibraryFunctionCountsAsOneStep() {
        ResourceLimits limits = ResourceLimits.newBuilder().statementLimit(500, source -> !source.isInternal()).build();
        // All contexts of an engine count the same statements: this one needs its own.
        try (Engine own = Engine.newBuilder("ebb").build(); Context context = Context.newBuilder("ebb").engine(own).resourceLimits(limits).build()) {
            assertEquals("[ 3. 12.]", context.eval("ebb", GRADIENT).asString());
        }
    }

    /**
     * What a host does wrong is a typed exception with the line; what its own code throws comes back as itself, with the program's frame and
     * line. The program goes on.
     */
    @Test
    void mistakesOfTheHostAreNamed() {
        try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
            var f = context.eval("ebb", "def f(x):\n    return x * 2.0\nf");
            assertEquals("TypeError: unsupported operand type(s) for *: 'NoneType' and 'float'",
                    assertThrows(PolyglotException.class, () -> f.execute((Object) null)).getMessage());
            PolyglotException arity = assertThrows(PolyglotException.class, () -> f.execute(1, 2));
            assertEquals("TypeError: f() takes 1 positional argument but 2 were given", arity.getMessage());
            PolyglotException wrong = assertThrows(PolyglotException.class, () -> f.execute("a"));
            assertEquals(2, wrong.getSourceLocation().getStartLine());
            context.getBindings("ebb").putMember("bad", (ProxyExecutable) arguments -> {
                throw new IllegalStateException("of the host");
            });
            PolyglotException thrown = assertThrows(PolyglotException.class,
                    () -> context.eval(Source.newBuilder("ebb", "x = 1\nbad()\n", "calls.ebb").buildLiteral()));
            assertTrue(thrown.isHostException() && thrown.asHostException() instanceof IllegalStateException);
            assertEquals(List.of(2), guestLines(thrown));
            PolyglotException inside = assertThrows(PolyglotException.class, () -> context.eval(
                    Source.newBuilder("ebb", "def g():\n    return 1 + bad()\n\nx = [g() for i in range(3)]", "calls.ebb").buildLiteral()));
            assertEquals(List.of(2, 4, 4), guestLines(inside));
            var vector = context.eval("ebb", "tensor([1., 2.])");
            assertTrue(!vector.hasMember("mT") && !vector.canInvokeMember("mT") && vector.getMember("mT") == null);
            assertThrows(UnsupportedOperationException.class, () -> vector.invokeMember("mT"));
            for (String refused : new String[] {"matmul", "x @ x"}) {
                var products = context.eval("ebb", refused.equals("matmul") ? "map(matmul, [ones((2, 3))], [ones((2, 3))])"
                        : "(x @ x for x in [ones((2, 3))])").getIterator();
                assertEquals("ValueError: matmul: (2, 3) @ (2, 3): inner sizes 3 and 2 differ",
                        assertThrows(PolyglotException.class, products::getIteratorNextElement).getMessage());
            }
            assertEquals("ValueError: reshape: cannot reshape (2,) (2 elements) to (7,)",
                    assertThrows(PolyglotException.class, () -> vector.invokeMember("reshape", 7)).getMessage());
            assertEquals(6.0, f.execute(3).asDouble());
        }
        Context closed = Context.newBuilder("ebb").engine(engine).build();
        var late = closed.eval("ebb", "lambda x: x");
        closed.close();
        assertThrows(IllegalStateException.class, () -> late.execute(1));
        assertThrows(IllegalStateException.class, () -> closed.eval("ebb", "1"));
    }
}
