package org.ebb.lib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What to say to somebody who looks for a name of another library: the lines of {@code elsewhere.txt}. */
public final class Elsewhere {

    private Elsewhere() {}

    /** {@code ". Write x.reshape(...)"}, or nothing. The kinds are those of the file. */
    public static String hint(String kind, String name) {
        String start = kind + " " + name + ": ";
        try (var in = Elsewhere.class.getResourceAsStream("elsewhere.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith(start)).findFirst()
                    .map(line -> ". " + line.substring(start.length())).orElse("");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
