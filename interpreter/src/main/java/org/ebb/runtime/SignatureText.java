package org.ebb.runtime;

import java.util.ArrayList;

/**
 * Reads the signature of a builtin: {@code sorted(iterable, /, *, key=None, reverse=False)}. Defaults are None, True, False, numbers
 * and strings; {@code ?} means optional with no value of its own: the slot is null when left out.
 */
final class SignatureText {

    private final ArrayList<String> names = new ArrayList<>();
    private final ArrayList<Boolean> required = new ArrayList<>();
    private final ArrayList<Object> defaults = new ArrayList<>();

    private SignatureText() {}

    static String nameOf(String text) {
        return text.substring(0, text.indexOf('('));
    }

    static Signature read(String text, String messageName, int hidden) {
        return new SignatureText().parse(text, messageName, hidden);
    }

    private Signature parse(String text, String messageName, int hidden) {
        String inside = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')')).trim();
        int positionalOnly = 0;
        int positional = -1;
        boolean star = false;
        boolean doubleStar = false;
        for (String part : inside.isEmpty() ? new String[0] : split(inside)) {
            if (part.equals("/")) {
                positionalOnly = names.size();
            } else if (part.equals("*")) {
                positional = names.size();
            } else if (part.startsWith("**")) {
                doubleStar = true;
                positional = positional < 0 ? names.size() : positional;
                add(part.substring(2), false, null);
            } else if (part.startsWith("*")) {
                star = true;
                positional = names.size();
                add(part.substring(1), false, null);
            } else {
                int equals = part.indexOf('=');
                String value = equals < 0 ? null : part.substring(equals + 1).trim();
                add(equals < 0 ? part : part.substring(0, equals).trim(), value == null, value == null ? null : literal(value));
            }
        }
        int n = names.size();
        boolean[] must = new boolean[n];
        for (int i = 0; i < n; i++) {
            must[i] = required.get(i);
        }
        return new Signature(messageName, names.toArray(String[]::new), must, defaults.toArray(), positionalOnly, positional < 0 ? n : positional,
                star, doubleStar, true, hidden);
    }

    private void add(String name, boolean must, Object value) {
        names.add(name);
        required.add(must);
        defaults.add(value);
    }

    /** At commas that stand outside quotes. */
    private static String[] split(String inside) {
        var parts = new ArrayList<String>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == ',') {
                parts.add(inside.substring(start, i).trim());
                start = i + 1;
            }
        }
        parts.add(inside.substring(start).trim());
        return parts.toArray(String[]::new);
    }

    private static Object literal(String text) {
        return switch (text) {
            case "?" -> null;
            case "None" -> EbbNone.NONE;
            case "True" -> true;
            case "False" -> false;
            default -> {
                char first = text.charAt(0);
                if (first == '\'' || first == '"') {
                    yield text.substring(1, text.length() - 1).replace("\\n", "\n");
                }
                yield text.contains(".") || text.contains("e") ? (Object) Double.valueOf(text) : (Object) Long.valueOf(text);
            }
        };
    }
}
