package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ebb.embed.Ebb;
import org.ebb.embed.EbbException;
import org.ebb.embed.Script;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program cannot reach unless the host says so, and how it is told. */
class SandboxTest {

    private static Context.Builder constrained() {
        return Context.newBuilder("ebb").sandbox(SandboxPolicy.CONSTRAINED).in(InputStream.nullInputStream())
                .out(new ByteArrayOutputStream()).err(new ByteArrayOutputStream());
    }

    @Test
    void aConstrainedContextRunsPrograms() {
        try (Context context = constrained().build()) {
            assertEquals(12.0, context.eval("ebb", """
                    import math, json, random, collections, itertools, re, functools
                    x = tensor([1., 2., 3.])
                    x.attach_grad()
                    with record:
                        y = (x * x).sum()
                    y.backward()
                    float(x.grad.sum())
                    """).asDouble());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "open('FILE')",
        "open('FILE', 'w')",
        "import os\nos.listdir('FOLDER')",
        "import os\nos.remove('FILE')",
        "import os\nos.mkdir('FOLDER/made')",
        "load('FILE')",
        "save('FOLDER/made.npy', ones(3))",
        "import polyglot\npolyglot.import_value('x')",
    })
    void filesAndSharedValuesAreRefused(String attempt, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret.txt"), "secret");
        String program = attempt.replace("FILE", file.toString()).replace("FOLDER", folder.toString());
        for (Context.Builder builder : List.of(constrained(), Context.newBuilder("ebb"))) {
            try (Context context = builder.build()) {
                PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", program));
                assertTrue(e.isGuestException() && e.getMessage().startsWith("PermissionError: "), e.getMessage());
                assertTrue(e.getMessage().contains("the host must allow"), e.getMessage());
                assertEquals(program.lines().count(), e.getSourceLocation().getStartLine());
                assertEquals("refused", context.eval("ebb", "def f():\n    try:\n" + program.indent(8) + "    except PermissionError:\n"
                        + "        return 'refused'\nf()").asString());
            }
        }
        assertEquals("secret", Files.readString(file));
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void modulesBesideTheProgramAreNotFound(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("beside.ebb"), "x = 1");
        Path script = Files.writeString(folder.resolve("script.ebb"), "import beside\nbeside.x");
        try (Context context = constrained().build()) {
            PolyglotException e = assertThrows(PolyglotException.class,
                    () -> context.eval(org.graalvm.polyglot.Source.newBuilder("ebb", script.toFile()).build()));
            assertTrue(e.getMessage().startsWith("ModuleNotFoundError: "), e.getMessage());
        }
    }

    @Test
    void theEnvironmentIsEmptyUnlessGiven() {
        try (Context context = constrained().build()) {
            assertFalse(System.getenv().isEmpty());
            assertEquals(0, context.eval("ebb", "import os\nlen(os.environ)").asInt());
            assertTrue(context.eval("ebb", "os.getenv('PATH')").isNull());
        }
        try (Context context = Context.newBuilder("ebb").allowEnvironmentAccess(EnvironmentAccess.NONE).environment("SHOWN", "yes").build()) {
            assertEquals("yes", context.eval("ebb", "import os\nos.environ['SHOWN']").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"threading", "subprocess", "socket", "multiprocessing", "ctypes", "urllib.request", "java", "signal"})
    void thereAreNoModulesForThreadsProcessesNetworkOrTheHost(String module) {
        try (Context context = constrained().build()) {
            PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", "import " + module));
            assertTrue(e.getMessage().startsWith("ModuleNotFoundError: "), e.getMessage());
        }
    }

    @Test
    void noHostClassIsReachedThroughAFunctionOfTheHost() {
        try (Context context = constrained().build()) {
            context.getBindings("ebb").putMember("f", (ProxyExecutable) arguments -> new Object());
            for (String attempt : List.of("f().getClass()", "f().__class__.forName", "f.getClass", "f().hashCode()")) {
                PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", attempt), attempt);
                assertTrue(e.isGuestException() && e.getMessage().startsWith("AttributeError: "), attempt + ": " + e.getMessage());
            }
        }
    }

    /** What a stranger's script might try with an object that a host was careless enough to hand it. */
    private static final List<String> REACHES = List.of("x.getClass()", "x.getClass", "x.__class__.forName('java.lang.Runtime')", "x.secret()", "x.secret", "x.field",
            "x.hashCode()", "x['secret']", "x()", "open('/etc/passwd').read()", "__import__('os').listdir('/')", "__import__('polyglot').eval('js', '1')",
            "__import__('java.lang.System')", "__import__('subprocess')", "__import__('os').environ['PATH']");

    public static final class Careless {
        public final String field = "secret";

        public String secret() {
            return field;
        }
    }

    /** The lines of docs/embedding.md. */
    @Test
    void aConstrainedEngineEvaluatesAndDifferentiatesAndReachesNothing() {
        try (Engine engine = Engine.newBuilder("ebb").sandbox(SandboxPolicy.CONSTRAINED)
                     .in(InputStream.nullInputStream()).out(OutputStream.nullOutputStream()).err(OutputStream.nullOutputStream()).build();
             Context context = Context.newBuilder("ebb").engine(engine).sandbox(SandboxPolicy.CONSTRAINED)
                     .in(InputStream.nullInputStream()).out(OutputStream.nullOutputStream()).err(OutputStream.nullOutputStream())
                     .option("ebb.max-steps", "1000000").option("ebb.timeout", "10s").option("ebb.max-memory", "64MB").build()) {
            assertEquals(42, context.eval("ebb", "6 * 7").asInt());
            assertEquals(12.0, context.eval("ebb", "grad(lambda x: x * x * x)").execute(2.0).asDouble());
            context.getBindings("ebb").putMember("x", new Careless());
            for (String attempt : REACHES) {
                PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", attempt), attempt);
                assertTrue(e.isGuestException(), attempt + ": " + e.getMessage());
            }
            assertTrue(assertThrows(PolyglotException.class, () -> context.eval("ebb", "while True: pass")).getMessage().startsWith("LimitError: "));
            assertTrue(assertThrows(PolyglotException.class, () -> context.eval("ebb", "ones(10 ** 8)")).getMessage().startsWith("MemoryError: "));
        }
    }

    @Test
    void soDoesTheJavaApi() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Ebb ebb = Ebb.builder().constrained().out(out).maxSteps(1_000_000).timeLimit(Duration.ofSeconds(10)).maxMemory(64 << 20).build()) {
            Script script = ebb.compile("import math\ndef f(x, y):\n    return x * x * math.exp(y)\ndef reach(x, how):\n    return eval(how)\ndef sum2(x):\n"
                    + "    return sum(x)");
            assertArrayEquals(new double[] {6, 9}, script.function("f").gradient(3, 0));
            double[] values = new double[2];
            script.function("f").gradients(new double[] {3, 0, 1, 0}, values, new double[4]);
            assertArrayEquals(new double[] {9, 1}, values);
            assertEquals(6L, script.call("sum2", List.of(1, 2, 3)));
            assertEquals(6.0, script.call("sum2", (Object) new double[] {1, 2, 3}));
            for (String attempt : REACHES) {
                EbbException e = assertThrows(EbbException.class, () -> script.call("reach", new Careless(), attempt), attempt);
                assertEquals(EbbException.Kind.SCRIPT, e.kind(), attempt + ": " + e.getMessage());
            }
            ebb.evaluate("print('told')");
            assertEquals("told\n", out.toString());
            assertEquals(EbbException.Kind.LIMIT, assertThrows(EbbException.class, () -> ebb.evaluate("while True: pass")).kind());
        }
        List<UnaryOperator<Context.Builder>> loose = List.of(c -> c.allowIO(IOAccess.ALL), c -> c.allowAllAccess(true),
                c -> c.allowEnvironmentAccess(EnvironmentAccess.INHERIT), c -> c.allowHostAccess(HostAccess.ALL),
                c -> c.allowCreateProcess(true), c -> c.in(System.in), c -> c.out(System.out));
        for (int k = 0; k < loose.size(); k++) {
            var builder = Ebb.builder().constrained().context(loose.get(k));
            assertThrows(IllegalArgumentException.class, builder::build, "number " + k);
        }
    }
}
