package org.ebb.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ebb.syntax.Stmt.Pattern;

/** Turns a pattern into text. */
final class PatternPrinter {

    private PatternPrinter() {}

    static String print(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Value p -> Printer.print(p.value());
            case Pattern.Capture p -> p.name().orElse("_");
            case Pattern.As p -> (p.pattern() instanceof Pattern.As ? closed(p.pattern()) : print(p.pattern())) + " as "
                    + p.name();
            case Pattern.Or p -> p.choices().stream().map(PatternPrinter::closed).collect(Collectors.joining(" | "));
            case Pattern.Sequence p -> "[" + all(p.items()) + "]";
            case Pattern.Star p -> "*" + p.name().orElse("_");
            case Pattern.Mapping p -> mapping(p);
            case Pattern.ClassPattern p -> classPattern(p);
        };
    }

    private static String closed(Pattern pattern) {
        boolean open = pattern instanceof Pattern.As || pattern instanceof Pattern.Or;
        return open ? "(" + print(pattern) + ")" : print(pattern);
    }

    private static String all(List<Pattern> patterns) {
        return patterns.stream().map(PatternPrinter::print).collect(Collectors.joining(", "));
    }

    private static String mapping(Pattern.Mapping pattern) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < pattern.keys().size(); i++) {
            items.add(Printer.print(pattern.keys().get(i)) + ": " + print(pattern.values().get(i)));
        }
        pattern.rest().ifPresent(rest -> items.add("**" + rest));
        return "{" + String.join(", ", items) + "}";
    }

    private static String classPattern(Pattern.ClassPattern pattern) {
        List<String> items = new ArrayList<>();
        pattern.positional().forEach(p -> items.add(print(p)));
        for (int i = 0; i < pattern.names().size(); i++) {
            items.add(pattern.names().get(i) + "=" + print(pattern.keyword().get(i)));
        }
        return Printer.print(pattern.type()) + "(" + String.join(", ", items) + ")";
    }
}
