package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** {@code text.format(...)}: replacement fields with names, attributes, indexes, conversions and nested specifications. */
public final class StrFormat {

    /** Where the fields' values come from. */
    private final Object[] positional;
    private final Object named;
    private int automatic;

    private StrFormat(Object[] positional, Object named) {
        this.positional = positional;
        this.named = named;
    }

    /** {@code named} is a mapping. */
    @TruffleBoundary
    public static String apply(String format, Object[] positional, Object named) {
        return new StrFormat(positional, named).render(format, 2);
    }

    private String render(String format, int depth) {
        if (depth < 0) {
            throw Errors.valueError("Max string recursion exceeded");
        }
        var out = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            boolean doubled = at < format.length() && format.charAt(at) == c;
            if (c != '{' && c != '}') {
                out.append(c);
            } else if (doubled) {
                out.append(c);
                at++;
            } else if (c == '}') {
                throw Errors.valueError("Single '}' encountered in format string");
            } else if (at == format.length()) {
                throw Errors.valueError("Single '{' encountered in format string");
            } else {
                int end = fieldEnd(format, at);
                out.append(field(format.substring(at, end), depth));
                at = end + 1;
            }
        }
        return out.toString();
    }

    /** The index of the brace that closes the field starting here. */
    private static int fieldEnd(String format, int from) {
        int depth = 1;
        boolean bracket = false;
        for (int at = from; at < format.length(); at++) {
            char c = format.charAt(at);
            if (c == '[') {
                bracket = true;
            } else if (c == ']') {
                bracket = false;
            } else if (bracket) {
                continue;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at;
            }
        }
        throw Errors.valueError("expected '}' before end of string");
    }

    private String field(String field, int depth) {
        int end = 0;
        boolean bracket = false;
        while (end < field.length()) {
            char c = field.charAt(end);
            if (c == '[') {
                bracket = true;
            } else if (c == ']') {
                bracket = false;
            } else if (!bracket && (c == ':' || c == '!')) {
                break;
            } else if (!bracket && c == '{') {
                throw Errors.valueError("unexpected '{' in field name");
            }
            end++;
        }
        Object value = value(field.substring(0, end));
        if (end < field.length() && field.charAt(end) == '!') {
            if (end + 1 >= field.length()) {
                throw Errors.valueError("end of string while looking for conversion specifier");
            }
            value = convert(value, field.charAt(end + 1));
            end += 2;
            if (end < field.length() && field.charAt(end) != ':') {
                throw Errors.valueError("expected ':' after conversion specifier");
            }
        }
        String spec = end < field.length() ? field.substring(end + 1) : "";
        return Text.format(value, spec.indexOf('{') < 0 && spec.indexOf('}') < 0 ? spec : render(spec, depth - 1));
    }

    private static Object convert(Object value, char how) {
        return switch (how) {
            case 'r' -> Text.repr(value);
            case 's' -> Text.str(value);
            case 'a' -> Text.ascii(value);
            default -> throw Errors.valueError("Unknown conversion specifier " + how);
        };
    }

    private Object value(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Object value = first(path.substring(0, end));
        while (end < path.length()) {
            if (path.charAt(end) == '.') {
                int start = ++end;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                if (start == end) {
                    throw Errors.valueError("Empty attribute in format string");
                }
                value = Attributes.get(value, path.substring(start, end));
            } else if (path.charAt(end) == '[') {
                int close = path.indexOf(']', end);
                if (close < 0) {
                    throw Errors.valueError("Missing ']' in format string");
                }
                String key = path.substring(end + 1, close);
                if (key.isEmpty()) {
                    throw Errors.valueError("Empty attribute in format string");
                }
                value = Sequences.getItem(value, isNumber(key) ? IntText.parse(key, 10) : key);
                end = close + 1;
            } else {
                throw Errors.valueError("Only '.' or '[' may follow ']' in format field specifier");
            }
        }
        return value;
    }

    private Object first(String name) {
        if (!name.isEmpty() && !isNumber(name)) {
            if (named == null) {
                throw Errors.keyError(name);
            }
            return Sequences.getItem(named, name);
        }
        if (positional == null) {
            throw Errors.valueError("Format string contains positional fields");
        }
        boolean numbered = !name.isEmpty();
        if (numbered ? automatic > 0 : automatic < 0) {
            throw Errors.valueError(numbered ? "cannot switch from automatic field numbering to manual field specification"
                    : "cannot switch from manual field specification to automatic field numbering");
        }
        int index = numbered ? Integers.clamp(IntText.parse(name, 10)) : automatic;
        automatic = numbered ? -1 : automatic + 1;
        if (index >= positional.length) {
            throw Errors.indexError("Replacement index " + index + " out of range for positional args tuple");
        }
        return positional[index];
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
