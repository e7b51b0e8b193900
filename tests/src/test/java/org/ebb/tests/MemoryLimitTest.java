package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ebb.embed.Ebb;
import org.ebb.embed.EbbException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program with a limit of memory: what takes more fails at its line, what takes as much again and again does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryLimitTest {

    private static final String SAYS = "MemoryError: the program may have 12 MB; it has ";

    private final Engine engine = Engine.newBuilder("ebb").build();

    @AfterAll
    void close() {
        engine.close();
    }

    private Context limited() {
        return Context.newBuilder("ebb").engine(engine).option("ebb.max-memory", "12MB").build();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x = [0] * 10 ** 9",
        "x = ['a', 0] * 10 ** 8",
        "x = (1,) * 10 ** 8",
        "x = 'a' * 10 ** 9",
        "x = b'ab' * 10 ** 8",
        "x = bytearray()\nwhile True: x.extend(b'abcdefgh' * 1000)",
        "x = 1 << 10 ** 9",
        "x = list(range(10 ** 8))",
        "x = [i for i in range(10 ** 8)]",
        "x = [str(i) for i in range(10 ** 8)]",
        "x = []\nwhile True: x.append(1.5)",
        "x = []\nwhile True: x.append('a')",
        "x = []\nwhile True: x.extend([1, 2, 3])",
        "x = {i: i for i in range(10 ** 8)}",
        "x = set(range(10 ** 8))",
        "x = {}\nwhile True: x[len(x)] = 1",
        "x = 'a'\nwhile True: x = x + x",
        "def f():\n    x = ''\n    while True: x += 'abcdefgh' * 100\nf()",
        "x = ','.join(['abcd' * 1000] * 100000)",
        "x = ('ab' * 1000000).replace('b', 'c' * 100)",
        "x = repr([1234567] * 4000000)",
        "x = ones(10 ** 8)",
        "x = zeros((100, 100, 10000), dtype='int64')",
        "x = ones(1000000)\nwhile True: x = concatenate([x, x])",
        "x = [ones(10000) for i in range(10 ** 6)]",
        "x = ones(2000000)\nl = [exp(x)]\nl.append(x * x)",
        "x = tensor(1.0)\nx.attach_grad()\nwith record:\n    y = x\n    for i in range(10 ** 8): y = y * 1.0000001",
        "x = ones(100000)\nx.attach_grad()\nwith record:\n    y = x\n    for i in range(10 ** 6): y = y * x",
    })
    void moreIsRefusedAtItsLine(String program) {
        try (Context context = limited()) {
            for (int k = 0; k < 2; k++) {
                PolyglotException end = assertThrows(PolyglotException.class,
                        () -> context.eval(Source.newBuilder("ebb", program, "memory.ebb").buildLiteral()));
                assertTrue(end.getMessage().startsWith(SAYS), end.getMessage());
                assertTrue(end.isGuestException() && !end.isResourceExhausted(), "the context is no longer of use");
                assertEquals("memory.ebb", end.getSourceLocation().getSource().getName());
                context.eval("ebb", "x = y = l = None");
                assertEquals(6.0, context.eval("ebb", "float(ones(6).sum())").asDouble(), "the context goes on");
            }
        }
    }

    /** Files may be larger than the program: what is read counts before there is room for it. */
    @ParameterizedTest
    @ValueSource(strings = {"open(folder + '/text').read()", "open(folder + '/text').readline()", "open(folder + '/text').read(10 ** 9)",
        "list(open(folder + '/text'))", "load(folder + '/array.npy')", "load(folder + '/array.npz')", "load(folder + '/array.safetensors')",
        "load(folder + '/header.safetensors')",
        "l = []\nwhile True: l.append(open(folder + '/some').read())"})
    void filesCount(String program, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("text"), "ab".repeat(10_000_000));
        Files.writeString(folder.resolve("some"), "ab".repeat(1_000_000));
        Files.writeString(folder.resolve("header.safetensors"), "\0\u0012z\0\0\0\0\0{" + " ".repeat(7_999_998) + "}"); // 0x7a1200 is 8 million
        try (Context context = Context.newBuilder("ebb").engine(engine).allowIO(IOAccess.ALL).build()) {
            context.getBindings("ebb").putMember("folder", folder.toString());
            context.eval("ebb", "x = ones(4000000)\nsave(folder + '/array.npy', x)\nsavez_compressed(folder + '/array.npz', a=x)\n"
                    + "save_safetensors(folder + '/array.safetensors', {'a': x})");
        }
        try (Context context = Context.newBuilder("ebb").engine(engine).allowIO(IOAccess.ALL).option("ebb.max-memory", "12MB").build()) {
            context.getBindings("ebb").putMember("folder", folder.toString());
            PolyglotException end = assertThrows(PolyglotException.class,
                    () -> context.eval(Source.newBuilder("ebb", "n = 0\n" + program, "files.ebb").buildLiteral()));
            assertTrue(end.getMessage().startsWith(SAYS), end.getMessage());
            assertTrue(end.getSourceLocation().getStartLine() >= 2);
            context.eval("ebb", "l = None");
            assertEquals(2_000_000, context.eval("ebb", "len(open(folder + '/some').read())").asInt(), "the context goes on");
        }
    }

    /** Each of these takes many times the limit altogether, but never at once. */
    @ParameterizedTest
    @ValueSource(strings = {
        "for i in range(100): x = ones(500000)",
        "x = ones(500000)\nfor i in range(100): x = exp(x) * 0.5 + x",
        "for i in range(200): x = [0] * 200000",
        "for i in range(30): x = [str(j) for j in range(100000)]",
        "for i in range(100): x = 'a' * 2000000",
        "for i in range(40): x = {j: j for j in range(30000)}",
        "def f():\n    x = ''\n    for i in range(20000): x += 'abcdefgh' * 20\n    return x\nfor i in range(10): f()",
        "x = ones((200, 200))\nx.attach_grad()\nfor i in range(60):\n    with record:\n        y = x\n        for j in range(10): y = y @ x\n"
            + "        y = y.sum()\n    y.backward()",
        "x = tensor(1.0)\nx.attach_grad()\nfor i in range(15):\n    with record:\n        y = x\n        for j in range(100000): y = y * 1.000001\n    y.backward()",
    })
    void whatIsFreedIsFree(String program) {
        try (Context context = limited()) {
            context.eval("ebb", program);
        }
    }

    /** A program may catch the error and go on with less; other programs of the engine have their own memory. */
    @Test
    void programsHaveTheirOwn() {
        try (Context context = limited(); Context other = limited(); Context free = Context.newBuilder("ebb").engine(engine).build()) {
            assertEquals("less", context.eval("ebb", "def f():\n    try:\n        return [0] * 10 ** 8\n    except MemoryError:\n        return 'less'\nf()").asString());
            context.eval("ebb", "a = ones(2000000)");
            other.eval("ebb", "a = ones(2000000)");
            free.eval("ebb", "a = ones(20000000)");
            assertThrows(PolyglotException.class, () -> context.eval("ebb", "b = ones(2000000)"));
            context.eval("ebb", "a = None\nb = ones(2000000)");
        }
        for (String wrong : new String[] {"0", "much", "-5MB", "MB"}) {
            assertThrows(IllegalArgumentException.class,
                    () -> Context.newBuilder("ebb").engine(engine).option("ebb.max-memory", wrong).build().eval("ebb", "1"));
        }
    }

    @Test
    void ofTheJavaApi() {
        try (Ebb ebb = Ebb.builder().maxMemory(12 << 20).build()) {
            EbbException end = assertThrows(EbbException.class, () -> ebb.evaluate("x = 1\nones(10 ** 8)"));
            assertTrue(end.error().startsWith(SAYS), end.error());
            assertEquals(2, end.line());
            assertThrows(IllegalArgumentException.class, () -> Ebb.builder().maxMemory(0));
        }
    }
}
