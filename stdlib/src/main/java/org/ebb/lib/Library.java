package org.ebb.lib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The modules written in Ebb itself. Needed because the resources of a named module are hidden from others. */
public final class Library {

    private Library() {}

    /** The source of a bundled module such as {@code "mxnet"}, or empty. Dots are folders. */
    public static Optional<String> source(String module) {
        try (var in = Library.class.getResourceAsStream(module.replace('.', '/') + ".ebb")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The bytes of a bundled data set ({@code .npz}) such as {@code "iris"}, or empty. */
    public static Optional<byte[]> dataSet(String name) {
        try (var in = Library.class.getResourceAsStream("sets/" + name + ".npz")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The names of the bundled modules. Empty where Ebb lies on a class path, whose folders cannot be listed. */
    public static List<String> names() {
        Module here = Library.class.getModule();
        if (!here.isNamed()) {
            return List.of();
        }
        String folder = Library.class.getPackageName().replace('.', '/') + "/";
        try (var reader = here.getLayer().configuration().findModule(here.getName()).orElseThrow().reference().open();
                var resources = reader.list()) {
            return resources.filter(name -> name.startsWith(folder) && name.endsWith(".ebb"))
                    .map(name -> name.substring(folder.length(), name.length() - ".ebb".length()).replace('/', '.'))
                    .map(name -> name.endsWith(".__init__") ? name.substring(0, name.lastIndexOf('.')) : name)
                    .sorted().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
