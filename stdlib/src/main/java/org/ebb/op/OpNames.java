package org.ebb.op;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names and aliases of all operations, known without making the table: most programs have no tensors, and the table takes a tenth of the
 * time in which a small program runs. The build writes them into a resource; without it (classes that an editor has built) the table is asked.
 */
public final class OpNames {

    private static final String RESOURCE = "names.txt";

    private static final Set<String> ALL = read();

    private OpNames() {}

    /** usage: OpNames FOLDER, that of this package's classes. */
    public static void main(String[] words) throws IOException {
        Files.writeString(Path.of(words[0], RESOURCE), String.join("\n", new TreeSet<>(Ops.table())));
    }

    /** Whether {@link Ops#named} knows the name. */
    public static boolean contains(String name) {
        return ALL.contains(name);
    }

    private static Set<String> read() {
        try (InputStream in = OpNames.class.getResourceAsStream(RESOURCE)) {
            return in == null ? Set.copyOf(Ops.table()) : Set.copyOf(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
