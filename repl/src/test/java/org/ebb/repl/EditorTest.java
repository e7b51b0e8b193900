package org.ebb.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys go in, entries come out. */
class EditorTest {

    private static final String UP = "\033[A";
    private static final String PASTE = "\033[200~";
    private static final String PASTED = "\033[201~";

    @TempDir
    Path folder;

    private List<String> entries(String keys) throws IOException {
        Terminal terminal = new DumbTerminal("test", "xterm", new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(), StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        try (Editor editor = new Editor(terminal, (reader, line, candidates) -> candidates.add(new Candidate("some_long_name")),
                folder.resolve("history"))) {
            for (String entry = editor.next(); entry != null; entry = editor.next()) {
                found.add(entry.stripTrailing());
            }
        }
        return found;
    }

    @Test
    void linesAndBlocksAreEntries() throws IOException {
        assertEquals(List.of("x = 1", "for i in x:\n    print(i)", "y"), entries("x = 1\rfor i in x:\rprint(i)\r\ry\r"));
    }

    @Test
    void typedBlanksReplaceTheOfferedOnes() throws IOException {
        assertEquals(List.of("for i in x:\n    print(i)"), entries("for i in x:\r    print(i)\r\r"));
        assertEquals(List.of("for i in x:\n  print(i)\n  y"), entries("for i in x:\r  print(i)\ry\r\r"));
        assertEquals(List.of("if x:\n    if y:\n        z\n    w"), entries("if x:\r    if y:\r        z\r    w\r\r"));
    }

    @Test
    void clausesMoveOutAndBackspaceLeavesALevel() throws IOException {
        assertEquals(List.of("if x:\n    y\nelse:\n    z"), entries("if x:\ry\relse:\rz\r\r"));
        assertEquals(List.of("if x:\n    while y:\n        z\n    w"), entries("if x:\rwhile y:\rz\r\177w\r\r"));
    }

    @Test
    void aPastedBlockRunsAsWritten() throws IOException {
        String block = "def g(n):\n    t = 0\n    for i in range(n):\n        t = t + i\n    return t\n\ng(5)";
        assertEquals(List.of(block), entries(PASTE + block + "\n" + PASTED + "\r"));
        assertEquals(List.of("x = 1\nx"), entries(PASTE + ">>> x = 1\n>>> x\n1\n" + PASTED + "\r"));
        assertEquals(List.of("x = 1\nif x:\n    y"), entries(PASTE + "    x = 1\n    if x:\n        y\n" + PASTED + "\r"));
    }

    @Test
    void upBringsBackWholeEntriesThatBeginAlike() throws IOException {
        assertEquals(List.of("for i in x:\n    y", "z = 2", "for i in x:\n    y"),
                entries("for i in x:\ry\r\rz = 2\rfo" + UP + "\r\r"));
        assertEquals(List.of("a = 1", "b = 2", "a = 1"), entries("a = 1\rb = 2\r" + UP + UP + "\r"));
    }

    @Test
    void entriesAreKeptForTheNextTime() throws IOException {
        assertEquals(List.of("kept = 1"), entries("kept = 1\r"));
        assertEquals(List.of("kept = 1"), entries(UP + "\r"));
        assertEquals(1, Files.readString(folder.resolve("history")).lines().distinct().filter(line -> line.contains("kept")).count());
    }

    @Test
    void tabIndentsCompletesAndWritesSymbols() throws IOException {
        assertEquals(List.of("some_long_name"), entries("some_lo\t\r"));
        assertEquals(List.of("'α'"), entries("'\\alpha\t'\r"));
        assertEquals(List.of("f(\n    1)"), entries("f(\r\t1)\r"));
    }

    @Test
    void theEndOfTheInputEndsALineThatWasBegun() throws IOException {
        assertEquals(List.of(), entries("\004"));
        assertEquals(List.of("x"), entries("x\r\004"));
    }
}
