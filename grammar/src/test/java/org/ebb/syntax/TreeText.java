package org.ebb.syntax;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tree as short text without spans, so that trees can be compared and expected: {@code Binary(ADD, Name(a), Int(1))}. */
public final class TreeText {

    private TreeText() {}

    public static String of(Object node) {
        return switch (node) {
            case null -> "null";
            case Optional<?> optional -> optional.map(TreeText::of).orElse("-");
            case List<?> list -> list.stream().map(TreeText::of).toList().toString();
            case Record tree -> tree.getClass().getSimpleName() + "(" + String.join(", ", parts(tree)) + ")";
            case Character c -> c == 0 ? "-" : c.toString();
            case String s -> s.replace("\n", "\\n");
            default -> node.toString();
        };
    }

    private static List<String> parts(Record tree) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent component : tree.getClass().getRecordComponents()) {
            if (component.getType() != Span.class) {
                parts.add(of(value(tree, component)));
            }
        }
        return parts;
    }

    static Object value(Record tree, RecordComponent component) {
        try {
            return component.getAccessor().invoke(tree);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
