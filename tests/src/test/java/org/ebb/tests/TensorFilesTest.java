package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors in files, from the language: through the context's file system alone, and whole or not at all. */
class TensorFilesTest {

    @TempDir
    Path folder;

    private String run(String program, IOAccess access) {
        var out = new ByteArrayOutputStream();
        var builder = Context.newBuilder("ebb").allowIO(access).out(out);
        if (access != IOAccess.NONE) {
            builder.currentWorkingDirectory(folder.toAbsolutePath());
        }
        try (Context context = builder.build()) {
            context.eval("ebb", program);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String run(String program) {
        return run(program, IOAccess.ALL);
    }

    @Test
    void whatIsSavedCanBeLoaded() throws IOException {
        String printed = run("""
                x = tensor([[1.5, 2.], [3., 4.]])
                save("x", x)
                print(load("x.npy"))
                save("all.npz", {"a": x, "b": tensor([1, 2], dtype=int64)})
                savez_compressed("packed", x, last=x.T)
                print(sorted(load("all.npz")), load("all.npz")["b"].dtype, sorted(load("packed.npz")))
                save_safetensors("w.safetensors", {"w": x}, {"by": "test"})
                tensors, texts = load_safetensors("w.safetensors", metadata=True)
                print(array_equal(tensors["w"], x), texts, list(load("w.safetensors")))
                savetxt("x.txt", x, fmt="%g", header="two columns")
                print(open("x.txt").read())
                print(loadtxt("x.txt"), loadtxt("x.txt", usecols=1), loadtxt("x.txt", unpack=True)[0])
                write_csv("t.csv", {"name": ["Ann, B.", None], "age": tensor([3., 4.5])})
                print(read_csv("t.csv"))
                save("x", -x)
                print(load("x.npy")[0, 0])
                """);
        assertEquals("""
                [[1.5 2. ]
                 [3.  4. ]]
                ['a', 'b'] int64 ['arr_0', 'last']
                True {'by': 'test'} ['w']
                # two columns
                1.5 2
                3 4

                [[1.5 2. ]
                 [3.  4. ]] [2. 4.] [1.5 3. ]
                {'name': ['Ann, B.', None], 'age': tensor([3. , 4.5])}
                -1.5
                """, printed);
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.getFileName().toString().endsWith(".tmp")), "no file is left beside");
        }
    }

    @Test
    void aContextWithoutFilesReachesNone() {
        for (String program : new String[] {"load('x.npy')", "save('x.npy', ones(2))", "save_safetensors('x', {})"}) {
            var refused = assertThrows(PolyglotException.class, () -> run(program, IOAccess.NONE));
            assertTrue(refused.isGuestException() && refused.getMessage().startsWith("PermissionError"), refused.getMessage());
        }
    }

    private String refusal(String program) {
        return assertThrows(PolyglotException.class, () -> run(program)).getMessage();
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsName() throws IOException {
        Files.writeString(folder.resolve("text.npy"), "no array");
        Files.writeString(folder.resolve("short.csv"), "a,b\n1\n");
        Files.writeString(folder.resolve("cut.npz"), "PK\3\4");
        assertEquals("ValueError: text.npy: this is no .npy, .npz or .safetensors file; for tables see loadtxt and read_csv",
                refusal("load('text.npy')"));
        assertTrue(refusal("load('cut.npz')").startsWith("ValueError: cut.npz: "));
        assertEquals("ValueError: read_csv: line 2 has 1 columns, not 2", refusal("read_csv('short.csv')"));
        assertEquals("ValueError: loadtxt: line 1: 'a,b' is no number", refusal("loadtxt('short.csv')"));
        assertTrue(refusal("load('missing.npy')").startsWith("FileNotFoundError"));
        assertTrue(refusal("save('missing/x.npy', ones(1))").startsWith("FileNotFoundError"));
        assertTrue(refusal("load('.')").startsWith("IsADirectoryError"));
    }
}
