package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** The answers to names of other libraries: none hides a name that is there, and none advises one that is not. */
class ElsewhereTest {

    private static final Pattern LINE = Pattern.compile("(module|name|attribute|member|called|keyword) ([\\w.]+): (.+)");
    private static final Pattern MEMBER = Pattern.compile("\\b[xu]\\.(\\w+)");
    private static final Pattern IMPORT = Pattern.compile("\\bimport (\\w+(?:, \\w+)*)");
    private static final Pattern IN_MODULE = Pattern.compile("\\b(?:random|nn|optim)\\.\\w+");
    private static final Pattern FUNCTION = Pattern.compile("(?:Write|lambda x:) (\\w+)[(,]");

    private final List<String> lines = Repository.read(Repository.ROOT.resolve("stdlib/src/main/resources/org/ebb/lib/elsewhere.txt")).lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();

    @Test
    void everyLineIsOfUse() {
        try (Context context = Context.create("ebb")) {
            context.eval("ebb", "import builtins, random, nn, optim, mxnet");
            for (String line : lines) {
                Matcher parts = LINE.matcher(line);
                assertTrue(parts.matches(), line);
                String there = switch (parts.group(1)) {
                    case "name" -> "hasattr(builtins, '" + parts.group(2) + "')";
                    case "attribute" -> {
                        int dot = parts.group(2).indexOf('.');
                        yield "hasattr(" + parts.group(2).substring(0, dot) + ", '" + parts.group(2).substring(dot + 1) + "')";
                    }
                    case "member" -> "hasattr(tensor([1.0]), '" + parts.group(2) + "')";
                    case "called" -> "callable(tensor([1.0])." + parts.group(2) + ")";
                    case "module" -> "'" + parts.group(2) + "' in __import__('sys').module_names()";
                    default -> "False";
                };
                assertEquals(false, context.eval("ebb", there).asBoolean(), line);
                String advice = parts.group(3);
                for (MatchResult member : MEMBER.matcher(advice).results().toList()) {
                    assertTrue(context.eval("ebb", "hasattr(tensor([1.0]), '" + member.group(1) + "')").asBoolean(), line);
                }
                for (MatchResult name : IN_MODULE.matcher(advice).results().toList()) {
                    context.eval("ebb", name.group());
                }
                for (MatchResult function : FUNCTION.matcher(advice).results().toList()) {
                    assertTrue(context.eval("ebb", "callable(" + function.group(1) + ")").asBoolean(), line);
                }
                for (MatchResult modules : IMPORT.matcher(advice.replace("from mxnet import", "of")).results().toList()) {
                    context.eval("ebb", "import " + modules.group(1));
                }
            }
        }
    }
}
