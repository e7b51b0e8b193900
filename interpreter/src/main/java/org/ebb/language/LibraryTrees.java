package org.ebb.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ebb.lib.Library;
import org.ebb.parse.Outline;
import org.ebb.parse.StoredOutline;
import org.ebb.parse.TextOutline;

/**
 * The trees of the library's modules, so that no program has to read their texts. The build writes them into resources; a module without one
 * (classes that an editor has built), or whose text is another by now, is read.
 */
public final class LibraryTrees {

    private LibraryTrees() {}

    /** usage: LibraryTrees FOLDER, that of this package's classes. */
    public static void main(String[] words) throws IOException {
        List<String> names = Library.names();
        if (names.isEmpty()) {
            throw new IOException("no module was found: the library must be on the module path");
        }
        for (String name : names) {
            for (String form : List.of(name, name + ".__init__")) {
                Optional<String> text = Library.source(form);
                if (text.isPresent()) {
                    Path file = Path.of(words[0], resource(form.replace('.', '/') + ".ebb"));
                    Files.createDirectories(file.getParent());
                    Files.write(file, StoredOutline.store(text.get()));
                }
            }
        }
    }

    private static String resource(String source) {
        return "trees/" + source.substring(0, source.length() - ".ebb".length()) + ".tree";
    }

    /** The outline of a module's text; {@code source} is the name of its source, such as {@code mxnet/gluon.ebb}. */
    static Outline of(String source, String text) {
        try (InputStream in = LibraryTrees.class.getResourceAsStream(resource(source))) {
            Outline stored = in == null ? null : StoredOutline.of(text, in.readAllBytes());
            return stored != null ? stored : new TextOutline(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
