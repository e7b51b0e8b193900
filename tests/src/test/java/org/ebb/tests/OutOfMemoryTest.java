package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that ask for more memory than java has, without any limit of ours: each ends in a MemoryError at its line, and its context goes on.
 * They run in a java of their own with a small heap, without the compiler, whose own work there meets its end first.
 */
class OutOfMemoryTest {

    /** The line of each that says {@code # full} is the one that has no memory. */
    private static final List<String> PROGRAMS = List.of(
            "x = 1\nx = zeros(10 ** 9)  # full",
            "x = zeros((10 ** 5, 10 ** 5))  # full",
            "x = random.normal(size=(30000000,))  # full",
            "x = arange(10 ** 8)  # full",
            "x = ones((2000, 1)) * ones((1, 20000))  # full",
            "x = ones((4000, 1))\ny = x @ x.T  # full",
            "x = ones(1000)\nwhile True:\n    x = concatenate([x, x])  # full",
            "x = []\nwhile True:\n    x.append(ones(10000))  # full",
            "x = []\nwhile True:\n    x.append('a' * 1000)  # full",
            "x = []\nwhile True:\n    x.append(1.5)  # full",
            "x = []\nwhile True:\n    x.append([len(x)] * 500)  # full",
            "x = [0] * 10 ** 9  # full",
            "x = list(range(10 ** 9))  # full",
            "x = ['a' * 1000 + str(i) for i in range(10 ** 9)]  # full",
            "x = {}\nwhile True:\n    x[len(x)] = 'a' * 100  # full",
            "x = {i: i for i in range(10 ** 9)}  # full",
            "x = set(range(10 ** 9))  # full",
            "x = 'ab'\nwhile True:\n    x = x + x  # full",
            "x = 'ab' * 10 ** 9  # full",
            "x = b'ab' * 10 ** 9  # full",
            "x = ','.join(['abcd' * 1000] * 100000)  # full",
            "def f(x):\n    while True:\n        x += 'abcdefgh' * 1000  # full\nf('')",
            "x = 3\nwhile True:\n    x = x << 20000000  # full",
            "x = []\nwhile True:\n    x.append(1 << 8000000)  # full",
            "def f(n):\n    t = ones(100000) * n  # full\n    return f(n + 1) + t.sum()\nf(0)",
            "x = ones(50000)\nx.attach_grad()\nwith record:\n    y = x\n    while True:\n        y = y * x  # full",
            "x = tensor(1.0)\nx.attach_grad()\nwith record:\n    y = x\n    while True:\n        y = y * x  # full",
            "def f(x):\n    for i in range(10 ** 9):\n        x = x * 1.000001  # full\n    return x\ngrad(f)(1.0)",
            "def g():\n    t = ones(100000)  # full\n    while True:\n        yield t\nx = []\nwhile True:\n    x.append(g())\n    next(x[-1])",
            "def make():\n    t = ones(100000)  # full\n    return lambda: t\nx = []\nwhile True:\n    x.append(make())",
            "class Node:\n    def __init__(self, next):\n        self.next = next\n        self.data = [0] * 1000  # full\nx = None\nwhile True:\n    x = Node(x)",
            "import collections\nx = collections.deque()\nwhile True:\n    x.append('a' * 1000)  # full",
            "import json\nx = json.dumps([[1, 2, 3]] * 10000000)  # full",
            "import copy\nx = [ones(10000) for i in range(100)]\nwhile True:\n    x.extend(copy.deepcopy(x))  # full",
            "x = repr([1234567] * 5000000)  # full",
            "x = sorted(range(10 ** 9))  # full",
            "x = jacobian(lambda x: x * x)(ones(10000))  # full",
            "x = ones((3000, 1000)).tolist()\ny = x + x + [None]\nz = [list(x) for x in y]  # full",
            "x = []\nwhile True:\n    x.append(ValueError('a' * 10000))  # full");

    @TempDir
    Path folder;

    @Test
    void eachEndsInAMemoryErrorAtItsLine() throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx80m", "-Xmn20m", "-XX:+UseSerialGC", "-Xss8m",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "-Dtruffle.UseFallbackRuntime=true",
                "-Dpolyglot.engine.WarnInterpreterOnly=false", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
                OutOfMemoryTest.class.getName()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertTrue(ended, () -> "what of this did not end? " + Repository.read(output));
        assertEquals(0, process.exitValue(), () -> Repository.read(output));
        List<String> told = Repository.read(output).lines().toList();
        assertEquals(PROGRAMS.size(), told.size(), () -> Repository.read(output));
        List<String> wrong = new ArrayList<>();
        for (int k = 0; k < PROGRAMS.size(); k++) {
            String program = PROGRAMS.get(k);
            if (!told.get(k).startsWith("line " + program.substring(0, program.indexOf("# full")).lines().count() + " MemoryError: ")) {
                wrong.add(program + "\n--> " + told.get(k));
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** In the java of its own: a line for each program. */
    public static void main(String[] arguments) {
        try (Engine engine = Engine.newBuilder("ebb").build()) {
            end(engine, GRADIENT);
            for (String program : PROGRAMS) {
                System.out.println(end(engine, program));
            }
        }
    }

    private static final String GRADIENT = """
            x = tensor([1., 2.])
            x.attach_grad()
            with record:
                y = (x ** 3).sum()
            y.backward()
            str(x.grad)
            """;

    /** While the program's names hold all memory, nothing but a program that frees some is run, nor any code of ours. */
    private static String end(Engine engine, String program) {
        try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
            Source source = Source.newBuilder("ebb", program, "full.ebb").buildLiteral();
            PolyglotException end = null;
            try {
                context.eval(source);
            } catch (PolyglotException e) {
                end = e;
            }
            context.eval("ebb", "x = y = z = None");
            assertEquals("[ 3. 12.]", context.eval("ebb", GRADIENT).asString());
            return end == null ? "no end" : told(end);
        } catch (RuntimeException | Error unusable) {
            return "the context does not go on: " + unusable;
        }
    }

    private static String told(PolyglotException e) {
        return "line " + (e.getSourceLocation() == null ? "?" : e.getSourceLocation().getStartLine())
                + (e.isGuestException() && !e.isResourceExhausted() && !e.isInternalError() ? " " : " not of the language: ") + e.getMessage();
    }
}
