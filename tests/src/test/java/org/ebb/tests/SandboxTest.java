package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
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
}
