package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which package may use which. Between rooms module-info decides already; this is about the packages inside them. */
class ArchitectureTest {

    private static final String P = "org.ebb.";

    private static final List<String> ENGINE = List.of("tensor", "kernel", "op", "grad", "lib", "file");

    /** Each package, and the packages of ours that it may use. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            arrow("syntax"),
            arrow("parse.antlr"),
            arrow("parse", "syntax", "parse.antlr"),
            arrow("tensor", "kernel"),
            arrow("kernel"),
            arrow("op", "tensor", "kernel"),
            arrow("grad", "tensor", "kernel", "op"),
            arrow("lib"),
            arrow("file", "tensor"),
            arrow("runtime", ENGINE, "syntax"), // the names of the operators
            arrow("nodes", ENGINE, "syntax", "runtime"),
            arrow("plot", ENGINE, "runtime"),
            arrow("builtins", ENGINE, "syntax", "runtime", "nodes", "plot"),
            arrow("language", ENGINE, "syntax", "parse", "runtime", "nodes", "builtins"),
            arrow("embed"),
            arrow("repl.expect"),
            arrow("repl", "syntax", "parse", "repl.expect"));

    /** Truffle finds the context of a program through the class of its language: the one arrow that points up. */
    private static final String SANCTIONED = "runtime -> language (EbbContext)";

    private static final Pattern DESCRIPTOR = Pattern.compile("L(org/ebb/[\\w/$]+);");

    @Test
    void everyUseIsAllowed() throws IOException {
        Set<String> broken = new TreeSet<>();
        int classes = 0;
        for (String room : List.of("grammar", "stdlib", "interpreter", "repl")) {
            for (Path file : Repository.files(Repository.ROOT.resolve(room).resolve("target/classes"), ".class")) {
                if (!file.endsWith("module-info.class")) {
                    classes++;
                    check(ClassFile.of().parse(file), broken);
                }
            }
        }
        broken.remove(SANCTIONED);
        assertTrue(classes > 40, "only " + classes + " classes found");
        assertEquals(Set.of(), broken);
    }

    private static void check(ClassModel model, Set<String> broken) {
        String internal = model.thisClass().asInternalName();
        String from = packageOf(internal);
        Set<String> uses = new TreeSet<>();
        model.constantPool().forEach(entry -> {
            if (entry instanceof ClassEntry type) {
                uses.add(type.asInternalName());
            } else if (entry instanceof Utf8Entry text) {
                DESCRIPTOR.matcher(text.stringValue()).results().forEach(match -> uses.add(match.group(1)));
            }
        });
        for (String use : uses) {
            String to = packageOf(use.replaceFirst("^\\[*L?", ""));
            if (to != null && !to.equals(from) && !(ALLOWED.containsKey(from) && ALLOWED.get(from).contains(to))) {
                String type = internal.substring(internal.lastIndexOf('/') + 1).replaceFirst("\\$.*", "");
                broken.add(from + " -> " + to + " (" + type + ")");
            }
        }
    }

    /** The package of ours without its prefix, or null. */
    private static String packageOf(String internalName) {
        String name = internalName.replace('/', '.');
        return name.startsWith(P) ? name.substring(P.length(), name.lastIndexOf('.')) : null;
    }

    private static Map.Entry<String, Set<String>> arrow(String from, String... to) {
        return Map.entry(from, Set.of(to));
    }

    private static Map.Entry<String, Set<String>> arrow(String from, List<String> engine, String... more) {
        Set<String> all = new TreeSet<>(engine);
        all.addAll(List.of(more));
        return Map.entry(from, all);
    }
}
