package org.ebb.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.ebb.syntax.Program;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.TreeReader;
import org.ebb.syntax.TreeWriter;

/**
 * An outline that was read from its text when Ebb was built: reading a text for the first time takes a program longer than all else that an
 * import does, as the parser has to get warm.
 *
 * <p>The bytes are the checksum of the text, the texts in the trees, the left-out functions (how many; where the {@code def} of each
 * begins, and its tree among the trees), and the trees, of which the first is that of the program.
 */
public final class StoredOutline implements Outline {

    private final TreeReader reader;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final int trees;

    private StoredOutline(TreeReader reader) {
        this.reader = reader;
        reader.table();
        int count = reader.number();
        for (int i = 0; i < count; i++) {
            places.put(reader.number(), reader.number());
        }
        this.trees = reader.place();
    }

    /** What to store for a text. */
    public static byte[] store(String text) {
        TextOutline outline = new TextOutline(text);
        int[] starts = outline.starts();
        TreeWriter nodes = new TreeWriter();
        TreeWriter head = new TreeWriter();
        head.number(sum(text));
        TreeWriter index = new TreeWriter();
        index.number(starts.length);
        nodes.program(outline.program());
        for (int start : starts) {
            index.number(start);
            index.number(nodes.begin(start));
            nodes.statement(outline.function(start));
        }
        var all = new ByteArrayOutputStream();
        for (byte[] part : new byte[][] {head.bytes(), nodes.texts(), index.bytes(), nodes.bytes()}) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The outline of that text, or null where the bytes are those of another. */
    public static StoredOutline of(String text, byte[] stored) {
        TreeReader reader = new TreeReader(stored);
        return reader.number() == (int) sum(text) ? new StoredOutline(reader) : null;
    }

    private static long sum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    @Override
    public synchronized Program program() {
        reader.go(trees, 0);
        return reader.program();
    }

    @Override
    public boolean leftOut(int start) {
        return places.containsKey(start);
    }

    @Override
    public synchronized Stmt.FunctionDef function(int start) {
        reader.go(trees + places.get(start), start);
        return (Stmt.FunctionDef) reader.statement();
    }
}
