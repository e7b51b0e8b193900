package org.ebb.builtins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.EbbBoundMethod;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Signature;
import org.ebb.runtime.Text;
import org.ebb.runtime.Types;

/** What {@code help} says: how a thing is called, what its doc string says, and what a class or module has. */
final class HelpText {

    private HelpText() {}

    static String of(Object object) {
        if (object == null) {
            return "help(thing) says what a function, class or module is for; dir(thing) lists its names.";
        }
        return switch (object) {
            case EbbClass type -> described("class " + type.name + made(type), doc(type.members().get("__doc__")), members(type.members(), 1));
            case EbbModule module -> described("module " + module.name, doc(module.get("__doc__")), members(module.members(), 0));
            case EbbBuiltin builtin -> described(head(builtin), builtin.doc, "");
            case EbbFunction function -> described(head(function, 0), doc(function.doc()), "");
            case EbbBoundMethod method when method.function instanceof EbbFunction function -> described(head(function, 1), doc(function.doc()), "");
            case EbbObject thing when thing.type() != Types.FUNCTION -> Text.repr(thing) + "\n\n" + of(thing.type());
            default -> described(Text.repr(object), doc(Attributes.find(object, "__doc__")), "");
        };
    }

    private static String described(String head, String doc, String members) {
        return head + (doc == null || doc.isBlank() ? "" : "\n    " + doc.strip()) + members;
    }

    private static String doc(Object value) {
        return value instanceof String text ? text : null;
    }

    private static String head(EbbBuiltin builtin) {
        return builtin.signatureText.replace("=?", "=...");
    }

    /** As the function's definition has it, without the first so many parameters. */
    private static String head(EbbFunction function, int hidden) {
        return function.name() + parameters(function.code.signature, function.defaults, hidden);
    }

    private static String parameters(Signature signature, Object[] defaults, int hidden) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < signature.names.length; i++) {
            if (i == signature.positional && i != signature.star && i != signature.doubleStar) {
                parts.add("*");
            }
            if (i >= hidden) {
                Object value = defaults == null ? null : defaults[i];
                parts.add((i == signature.star ? "*" : i == signature.doubleStar ? "**" : "") + signature.names[i]
                        + (value == null ? "" : "=" + Text.repr(value)));
            }
            if (i + 1 == signature.positionalOnly && i >= hidden) {
                parts.add("/");
            }
        }
        return "(" + String.join(", ", parts) + ")";
    }

    /** What a call of the class takes, where its {@code __init__} says so. */
    private static String made(EbbClass type) {
        return type.lookup("__init__") instanceof EbbFunction function ? parameters(function.code.signature, function.defaults, 1) : "";
    }

    /** One line for each public member that has a doc string: its head, and the first line of the doc. */
    private static String members(Map<String, Object> members, int hidden) {
        StringBuilder lines = new StringBuilder();
        members.forEach((name, value) -> {
            if (name.startsWith("_")) {
                return;
            }
            String head = switch (value) {
                case EbbFunction function -> head(function, hidden);
                case EbbBuiltin builtin -> head(builtin);
                case EbbClass type -> "class " + type.name + made(type);
                default -> null;
            };
            String doc = switch (value) {
                case EbbFunction function -> doc(function.doc());
                case EbbBuiltin builtin -> builtin.doc;
                case EbbClass type -> doc(type.members().get("__doc__"));
                default -> null;
            };
            if (head != null && doc != null && !doc.isBlank()) {
                lines.append("\n  ").append(head).append("\n      ").append(doc.strip().lines().findFirst().orElse(""));
            }
        });
        return lines.isEmpty() ? "" : "\n" + lines;
    }
}
