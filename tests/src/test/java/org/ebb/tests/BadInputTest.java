package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ebb.tests.CommandTest.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that no program should be, and programs that ask for more than there is: one clear error each. More in cases/errors/too_much.ebb. */
class BadInputTest {

    @TempDir
    Path folder;

    @Test
    void bytesThatAreNoTextAreToldWithTheirLine() throws Exception {
        Path program = Files.write(folder.resolve("program.ebb"), "x = 1\ny = '\u00ff'\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(new End(2, "", "ebb: cannot open '" + program + "': it is not text in UTF-8: there is a byte 0xff in line 2\n"),
                ebb("200m", program));
        Files.move(program, folder.resolve("module.ebb"));
        End end = ebb("200m", write("import module\n"));
        assertEquals(1, end.status());
        assertEquals("SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff in line 2 of " + folder.resolve("module.ebb"),
                end.errors().lines().toList().getLast());
    }

    @Test
    void zeroBytesAreRefusedWhereverTheyStand() throws Exception {
        for (String text : new String[] {"x = 1\n\0", "x = 1  # a\0b\n", "x = 'a\0b'\n"}) {
            End end = ebb("200m", write(text));
            assertEquals(1, end.status());
            assertEquals("SyntaxError: source code cannot contain null bytes", end.errors().lines().toList().getLast());
        }
    }

    @Test
    void nestsAndNumbersOfAnySizeEndSoon() throws Exception {
        assertTrue(ebb("500m", write("(".repeat(100_000) + ")".repeat(100_000))).errors().endsWith("SyntaxError: too many nested parentheses\n"));
        assertTrue(ebb("500m", write("x = " + "1".repeat(1_000_000))).errors().contains("SyntaxError: Exceeds the limit (4300 digits)"));
    }

    /** Without a compiler, which asks for memory at any moment and then meets its end first. */
    @Test
    void memoryThatComesToItsEndIsAMemoryErrorWithItsLine() throws Exception {
        End end = ebb("200m -Dtruffle.UseFallbackRuntime=true -Dpolyglot.engine.WarnInterpreterOnly=false", write("rows = []\nwhile True:\n    rows.append([None] * 10000)\n"));
        assertEquals(1, end.status());
        assertTrue(end.errors().contains(", line 3, in <module>\n    rows.append([None] * 10000)\n"), end.errors());
        assertTrue(end.errors().lines().toList().getLast().startsWith("MemoryError: the program needs more memory than the "), end.errors());
    }

    @Test
    void aProgramGoesOnAfterAMemoryError() throws Exception {
        assertEquals(new End(0, "caught\n[0, 1, 2]\n", ""), ebb("200m -Dtruffle.UseFallbackRuntime=true -Dpolyglot.engine.WarnInterpreterOnly=false", write("""
                def fill():
                    rows = []
                    while True:
                        rows.append([None] * 10000)

                try:
                    fill()
                except MemoryError:
                    print('caught')
                print(list(range(3)))
                """)));
    }

    /** The recursion limit set out of reach: what ends first may be the stack, and no class may be left half made by that. */
    @Test
    void endlessRecursionIsARecursionErrorUnderAnyLimit() throws Exception {
        assertEquals(new End(0, "caught\n3\n", ""), ebb("800m", write("""
                import re, sys
                def plain(n): return plain(n + 1) + 1
                sys.setrecursionlimit(10 ** 9)
                try:
                    plain(0)
                except RecursionError:
                    print('caught')
                print(len(re.findall('a', 'banana')))
                """)));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("program.ebb"), text);
    }

    private static End ebb(String memory, Path program) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Repository.ROOT.resolve("ebb").toString(), program.toString());
        builder.environment().put("EBB_JAVA_OPTS", "-Xmx" + memory);
        return CommandTest.end(builder.start(), "");
    }
}
