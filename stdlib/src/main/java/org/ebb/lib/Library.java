package org.ebb.lib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
}
