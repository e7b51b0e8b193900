package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ebb.parse.Outline;
import org.ebb.parse.Parser;
import org.ebb.parse.StoredOutline;
import org.ebb.parse.TextOutline;
import org.ebb.syntax.Program;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.SyntaxError;
import org.ebb.syntax.TreeReader;
import org.ebb.syntax.TreeWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Modules of the library that are read piece by piece are what they are read as a whole. */
@Tag("fast")
class OutlineTest {

    @Test
    void everyFunctionOfTheLibraryIsTheSame() throws IOException {
        int[] late = new int[1];
        try (var files = Files.walk(Repository.ROOT.resolve("stdlib/src/main/resources/org/ebb/lib"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ebb")).toList()) {
                String text = Files.readString(file);
                List<Stmt> whole = Parser.parse(text).body();
                for (Outline outline : List.of(new TextOutline(text), StoredOutline.of(text, StoredOutline.store(text)))) {
                    same(whole, outline, outline.program().body(), late, file.getFileName().toString());
                }
            }
        }
        assertTrue(late[0] > 1000, "only " + late[0] + " functions were left out");
    }

    /** The build stored the trees of all modules, from the texts as they are. */
    @Test
    void theBuildStoredEveryModule() throws IOException {
        Path texts = Repository.ROOT.resolve("stdlib/src/main/resources/org/ebb/lib");
        Path trees = Repository.ROOT.resolve("interpreter/target/classes/org/ebb/language/trees");
        try (var files = Files.walk(texts)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ebb")).toList()) {
                Path tree = trees.resolve(texts.relativize(file).toString().replaceFirst("ebb$", "tree"));
                assertNotNull(StoredOutline.of(Files.readString(file), Files.readAllBytes(tree)), tree.toString());
            }
        }
        assertNull(StoredOutline.of("x = 1\n", StoredOutline.store("x = 2\n")));
    }

    /** Every form of the language, stored and read again. */
    @Test
    void everyTreeIsReadAsItWasStored() throws IOException {
        int[] count = new int[1];
        try (var files = Files.walk(Repository.ROOT.resolve("tests/cases"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ebb")).toList()) {
                for (String text : Files.readString(file).split("(?m)^# ----.*$")) {
                    try {
                        Program program = Parser.parse(text);
                        TreeWriter written = new TreeWriter();
                        written.program(program);
                        byte[] texts = written.texts();
                        byte[] nodes = written.bytes();
                        byte[] all = Arrays.copyOf(texts, texts.length + nodes.length);
                        System.arraycopy(nodes, 0, all, texts.length, nodes.length);
                        TreeReader reader = new TreeReader(all);
                        reader.table();
                        assertEquals(program, reader.program(), file.toString());
                        count[0]++;
                    } catch (SyntaxError wrong) {
                        // a case about a mistake
                    }
                }
            }
        }
        assertTrue(count[0] > 200, "only " + count[0] + " programs");
    }

    private static void same(List<Stmt> whole, Outline outline, List<Stmt> left, int[] late, String module) {
        assertEquals(whole.size(), left.size(), module);
        for (int i = 0; i < whole.size(); i++) {
            switch (whole.get(i)) {
                case Stmt.FunctionDef f when outline.leftOut(f.span().start()) -> {
                    late[0]++;
                    Stmt.FunctionDef shell = (Stmt.FunctionDef) left.get(i);
                    Stmt.FunctionDef found = outline.function(f.span().start());
                    assertEquals(f.name(), shell.name());
                    assertEquals(f.parameters(), shell.parameters());
                    assertEquals(f.decorators(), shell.decorators());
                    assertEquals(f.returns(), shell.returns());
                    assertEquals(doc(f), doc(shell), module + "." + f.name());
                    assertEquals(f.parameters(), found.parameters());
                    assertEquals(f.body(), found.body(), module + "." + f.name());
                    assertEquals(f.span(), found.span());
                }
                case Stmt.ClassDef c -> {
                    Stmt.ClassDef shell = (Stmt.ClassDef) left.get(i);
                    assertEquals(c.name(), shell.name());
                    assertEquals(c.bases(), shell.bases());
                    same(c.body(), outline, shell.body(), late, module + "." + c.name());
                }
                case Stmt s -> assertEquals(s, left.get(i), module);
            }
        }
    }

    private static List<Stmt> doc(Stmt.FunctionDef f) {
        var doc = new ArrayList<>(f.body().subList(0, 1));
        doc.removeIf(first -> !(first instanceof Stmt.Expression e && e.value() instanceof org.ebb.syntax.Expr.Str));
        return doc;
    }
}
