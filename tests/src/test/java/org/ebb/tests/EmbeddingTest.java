package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
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
                PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", attempt), attempt);
                assertTrue(e.isGuestException() && !e.isInternalError(), () -> attempt + ": " + e.getMessage());
                assertTrue(e.getMessage().startsWith("PermissionError: "), e::getMessage);
            }
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
