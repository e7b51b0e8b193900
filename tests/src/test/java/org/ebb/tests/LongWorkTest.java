package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Long work inside one builtin looks up again and again, which is what an interruption or a limit of time waits for. No clock can test that on a
 * busy machine; but each look-up is a step of the program, so work on a million elements runs into a limit of a few steps.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongWorkTest {

    private static final int STEPS = 15;

    private final Engine engine = Engine.newBuilder("ebb").build();

    @AfterAll
    void close() {
        engine.close();
    }

    /** What is made first takes few steps. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x = list(range(1000000)) | repr(x)",
        "x = (1, 2) * 1000000 | repr(x)",
        "x = ['abc'] * 1000000 | str(x)",
        "x = 'ab\\n' * 1000000 | repr(x)",
        "x = 'ab' * 1000000 | x.replace('b', 'cd')",
        "x = 'ab' * 1000000 | x.replace('', 'cd')",
        "x = 'ab ' * 1000000 | x.split()",
        "x = 'ab ' * 1000000 | x.rsplit()",
        "x = 'ab,' * 1000000 | x.split(',')",
        "x = 'ab,' * 1000000 | x.rsplit(',')",
        "x = 'ab\\n' * 1000000 | x.splitlines()",
        "x = ['abcd'] * 1000000 | ','.join(x)",
        "x = 'ab' * 1000000 | x.count('b')",
        "x = 'ab' * 5000000 + 'c' | x.find('ba' * 1000 + 'c')",
        "x = 'c' + 'ab' * 5000000 | x.rfind('c' + 'ba' * 1000)",
        "x = 'ab' * 5000000 + 'c' | ('ba' * 1000 + 'c') in x",
        "x = 'ab' * 10000000 | x.upper()",
        "x = 'ab ' * 1000000 | x.title()",
        "x = 'ab' * 1000000 | x.swapcase()",
        "x = 'ab' * 1000000 | x.translate({97: 'xyz'})",
        "x = 'ab' * 1000000 | x.isalpha()",
        "x = ' ' * 20000000 | x.strip()",
        "x = 'ab' * 1000000 | x[::-1]",
        "x = 'ab' * 10000000 | x.encode()",
        "x = b'ab' * 10000000 | x.decode()",
        "x = b'ab' * 1000000 | x.split(b'b')",
        "x = 'ab' * 10000000 | hash(x)",
        "x = 'ab' | x * 50000000",
        "x = [0] | x * 50000000",
        "x = ['a', 0] * 1000000 | x.index('b')",
        "x = ['a', 0] * 1000000 | x.count('b')",
        "x = ['a', 0] * 1000000 | x.reverse()",
        "x = ['a', 0] * 1000000 | del x[::2]",
        "x = ['a', 0] * 1000000 | x == x[:]",
        "x = [3, 1, 2] * 1000000 | x.sort()",
        "x = [3.5, 1.5, 2.5] * 1000000 | x.sort()",
        "x = [1.5] * 3000000 | tensor(x)",
        "x = [1, 2.5] * 1000000 | tensor(x)",
        "x = [[1., 2., 3.]] * 1000000 | tensor(x)",
        "x = ones(3000000) | x.tolist()",
        "x = ones((1000000, 2)) | x.tolist()",
        "x = ones((200, 200), dtype='int64') | x @ x",
        "x = ones(1000000) | cumsum(x)",
        "x = ones(10000000) | sort(x)",
        "x = 1 | random.permutation(1000000)",
        "x = 1 | arange(30000000)",
        "x = 1 | linspace(0, 1, 1000000)",
        "x = ones(2000000) | repeat(x, 10)",
        "x = ones(1000000) | take(x, zeros(20000000, dtype='int64'))",
        "x = ones((1000, 1000)) | softmax(x)",
        "x = ones((1048576, 2)) | fft.fft(x)",
        "import sys; sys.set_int_max_str_digits(0); x = 1 << 2000000 | str(x)",
        "import sys; sys.set_int_max_str_digits(0); x = '7' * 1000000 | int(x)",
        "x = 3 | x ** 10000000",
        "x = (1 << 20000000) - 1 | x * x",
        "import json; x = '[' + '1, ' * 1000000 + '1]' | json.loads(x)",
        "import re; x = 'ab' * 1000000 | re.sub('b', 'c', x)",
        "import re; x = 'ab' * 1000000 | re.findall('b', x)",
        "import re; x = 'ab' * 1000000 | re.split('b', x)",
        "x = list(range(1000000)) | print(x)",
        "x = '[' + '1, ' * 100000 + '1]' | eval(x)",
        "x = 'x = f(1, 2)\\n' * 30000 | exec(x)",
        "x = '# a comment\\n' * 3000000 | exec(x)",
    })
    void looksUp(String setup, String work) {
        try (Context context = Context.newBuilder("ebb").engine(engine).option("ebb.max-steps", Integer.toString(STEPS)).build()) {
            context.eval("ebb", setup + "\n");
            PolyglotException end = assertThrows(PolyglotException.class, () -> context.eval("ebb", work + "\n"));
            assertEquals("LimitError: the program took more than the " + STEPS + " steps it may", end.getMessage());
            assertTrue(context.eval("ebb", "1 + 1 == 2").asBoolean(), "the context goes on");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "f = open(folder + '/words') | f.read()",
        "f = open(folder + '/words') | f.readlines()",
        "f = open(folder + '/words') | list(f)",
        "f = open(folder + '/one') | f.readline()",
        "f = open(folder + '/one') | f.read(2000000)",
        "f = open(folder + '/out', 'w'); x = 'ab' * 20000000 | f.write(x)",
        "f = open(folder + '/out', 'w'); x = ['abc\\n'] * 200000 | f.writelines(x)",
        "x = 1 | load(folder + '/array.npy')",
        "x = 1 | load(folder + '/array.npz')",
        "x = 1 | load(folder + '/array.safetensors')",
        "x = 1 | loadtxt(folder + '/table')",
        "x = 1 | read_csv(folder + '/table', delimiter=' ', header=False)",
        "x = ones(1000000) | save(folder + '/out.npy', x)",
        "x = ones(1000000) | savez(folder + '/out.npz', a=x)",
        "x = random.normal(size=(20000,)); x = concatenate([x] * 50) | savez_compressed(folder + '/out.npz', a=x)",
        "x = ones(1000000) | save_safetensors(folder + '/out.safetensors', {'a': x})",
        "x = ones((100000, 2)) | savetxt(folder + '/out', x)",
        "import json; f = open(folder + '/json') | json.load(f)",
    })
    void looksUpInFiles(String setup, String work, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("words"), "some words\n".repeat(100_000));
        Files.writeString(folder.resolve("table"), "1.5 2\n".repeat(50_000));
        Files.writeString(folder.resolve("one"), "ab".repeat(2_000_000));
        Files.writeString(folder.resolve("json"), "[" + "1, ".repeat(200_000) + "1]");
        try (Context context = Context.newBuilder("ebb").engine(engine).allowIO(IOAccess.ALL).build()) {
            context.getBindings("ebb").putMember("folder", folder.toString());
            context.eval("ebb", "x = ones(2000000)\nsave(folder + '/array.npy', x)\nsavez(folder + '/array.npz', a=x)\n"
                    + "save_safetensors(folder + '/array.safetensors', {'a': x})");
        }
        try (Context context = Context.newBuilder("ebb").engine(engine).allowIO(IOAccess.ALL).option("ebb.max-steps", Integer.toString(STEPS)).build()) {
            context.getBindings("ebb").putMember("folder", folder.toString());
            context.eval("ebb", setup + "\n");
            PolyglotException end = assertThrows(PolyglotException.class, () -> context.eval("ebb", work + "\n"));
            assertEquals("LimitError: the program took more than the " + STEPS + " steps it may", end.getMessage());
            assertTrue(context.eval("ebb", "1 + 1 == 2").asBoolean(), "the context goes on");
        }
    }
}
