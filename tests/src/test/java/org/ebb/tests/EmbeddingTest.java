package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ebb inside a Java program. */
class EmbeddingTest {

    @Test
    void theExampleHostPrintsWhatItsCommentsSay(@TempDir Path folder) throws Exception {
        Path source = Repository.ROOT.resolve("examples/embed/Host.java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(messages, files, null, List.of("-d", folder.toString(), "-cp", path, "-proc:none"), null,
                    files.getJavaFileObjects(source)).call();
            assertTrue(compiled, messages::toString);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            loader.loadClass("Host").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        String expected = String.join("\n", Repository.read(source).lines().filter(line -> line.contains("// prints: "))
                .map(line -> line.replaceFirst(".*// prints: ", "")).toList());
        assertFalse(expected.isEmpty());
        assertEquals(expected, out.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void aDefaultContextReachesNothingOutside() {
        try (Context context = Context.create("ebb")) {
            for (String attempt : List.of("open('/etc/hostname')", "open('made-by-a-test.txt', 'w')")) {
                refused(context, attempt, "PermissionError: ");
            }
            refused(context, "import no_such_file_beside_the_program", "ModuleNotFoundError: ");
            // What would lead to threads, processes, the network or the host's classes is not in the language at all.
            for (String module : List.of("threading", "subprocess", "socket", "multiprocessing", "java")) {
                refused(context, "import " + module, "ModuleNotFoundError: ");
            }
            for (String name : List.of("Java", "java")) {
                refused(context, name + ".type('java.lang.System')", "NameError: ");
            }
            refused(context, "import os\nos.system('true')", "");
            assertFalse(System.getenv("PATH").isEmpty());
            refused(context, "import os\nos.environ['PATH']", "");
        }
    }

    /** The attempt ends in an exception of Ebb's that a program could catch. */
    private static void refused(Context context, String attempt, String start) {
        PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", attempt), attempt);
        assertTrue(e.isGuestException() && !e.isInternalError(), () -> attempt + ": " + e.getMessage());
        assertTrue(e.getMessage().startsWith(start), () -> attempt + ": " + e.getMessage());
        assertTrue(e.getSourceLocation() != null, () -> attempt + " has no place");
        String caught = "try:\n" + attempt.indent(4) + "except Exception as e:\n    'caught'\n";
        context.eval("ebb", caught);
    }

    @Test
    void valuesOfTheHostWorkWhereEbbsOwnWould() {
        try (Context context = Context.newBuilder("ebb").allowHostAccess(HostAccess.ALL).build()) {
            Value globals = context.getBindings("ebb");
            globals.putMember("number", 2.5);
            globals.putMember("items", new int[] {3, 4});
            globals.putMember("table", ProxyHashMap.from(new HashMap<>(Map.of("a", 1))));
            globals.putMember("twice", (ProxyExecutable) arguments -> arguments[0].asDouble() * 2);
            assertEquals(5.0, context.eval("ebb", "number * 2").asDouble());
            assertEquals(7, context.eval("ebb", "sum([i for i in items])").asInt());
            assertEquals(2, context.eval("ebb", "len(items)").asInt());
            assertEquals(1, context.eval("ebb", "table['a']").asInt());
            assertEquals(9.0, context.eval("ebb", "twice(4.5)").asDouble());
            assertEquals("[3. 4.]", context.eval("ebb", "str(tensor(items))").asString());
        }
    }

    @Test
    void valuesOfEbbWorkInTheHost() {
        try (Context context = Context.create("ebb")) {
            assertEquals(7, context.eval("ebb", "{'a': 7}").getHashValue("a").asInt());
            assertTrue(context.eval("ebb", "2 ** 100").fitsInBigInteger());
            Value point = context.eval("ebb", "class Point:\n    def __init__(self, x):\n        self.x = x\nPoint");
            assertTrue(point.canInstantiate() && point.isMetaObject());
            Value made = point.newInstance(4);
            assertEquals(4, made.getMember("x").asInt());
            assertTrue(point.isMetaInstance(made));
            Value iterator = context.eval("ebb", "def count():\n    yield 1\n    yield 2\ncount()");
            assertTrue(iterator.isIterator());
            assertEquals(1, iterator.getIteratorNextElement().asInt());
            Value slope = context.eval("ebb", "grad(lambda x: x * x)");
            assertEquals(6.0, slope.execute(3.0).asDouble());
        }
    }

    @Test
    void anExceptionOfTheHostCrossesAsItself() {
        try (Context context = Context.create("ebb")) {
            IllegalStateException trouble = new IllegalStateException("trouble");
            context.getBindings("ebb").putMember("fail", (ProxyExecutable) arguments -> {
                throw trouble;
            });
            PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", "fail()"));
            assertTrue(e.isHostException());
            assertSame(trouble, e.asHostException());
            assertEquals("caught", context.eval("ebb", "def f():\n    try:\n        fail()\n    except Exception:\n"
                    + "        return 'caught'\nf()").asString());
        }
    }

    @Test
    void theContextsArgumentsEndSysArgv() {
        try (Context context = Context.newBuilder("ebb").arguments("ebb", new String[] {"one", "two"}).build()) {
            assertEquals("two", context.eval("ebb", "import sys\nsys.argv[-1]").asString());
        }
    }

    @Test
    void aValueIsTheLastExpression() {
        try (Context context = Context.create("ebb")) {
            assertEquals(42, context.eval("ebb", "6 * 7").asInt());
            assertTrue(context.eval("ebb", "x = 1").isNull());
            assertEquals("ab", context.eval("ebb", "'a' + 'b'").asString());
            assertEquals(2.5, context.eval("ebb", "[1, 2.5]").getArrayElement(1).asDouble());
            assertEquals(9, context.eval("ebb", "lambda x: x * x").execute(3).asInt());
        }
    }

    @Test
    void programsDoNotSeeEachOther() {
        try (Context one = Context.create("ebb"); Context other = Context.create("ebb")) {
            one.eval("ebb", "secret = 1");
            assertTrue(assertThrows(PolyglotException.class, () -> other.eval("ebb", "secret")).getMessage()
                    .startsWith("NameError: "));
        }
    }
}
