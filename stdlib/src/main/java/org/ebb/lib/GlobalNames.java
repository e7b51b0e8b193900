package org.ebb.lib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions written in Ebb that every program finds without an import, and which module each comes from. The list is the
 * file {@code globals.txt}: a module and a colon, then its names; a name with a dot in front is a method of tensors too.
 */
public final class GlobalNames {

    private static final Map<String, String> HOMES = new HashMap<>();
    private static final List<String> METHODS = new ArrayList<>();

    static {
        String module = "";
        for (String word : text().split("\\s+")) {
            if (word.endsWith(":")) {
                module = word.substring(0, word.length() - 1);
                continue;
            }
            String name = word.startsWith(".") ? word.substring(1) : word;
            if (HOMES.put(name, module) != null) {
                throw new IllegalStateException("globals.txt lists " + name + " twice");
            }
            if (word.startsWith(".")) {
                METHODS.add(name);
            }
        }
    }

    private GlobalNames() {}

    private static String text() {
        try (var in = GlobalNames.class.getResourceAsStream("globals.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The module of a global name, or null; that of a module's own name is itself. */
    public static String home(String name) {
        return HOMES.get(name);
    }

    /** All global names. */
    public static Iterable<String> all() {
        return HOMES.keySet();
    }

    /** The functions that are also methods of tensors. */
    public static List<String> methods() {
        return METHODS;
    }
}
