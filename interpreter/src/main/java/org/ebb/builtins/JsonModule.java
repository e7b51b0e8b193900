package org.ebb.builtins;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.ebb.kernel.Glance;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBigInt;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.ForeignItems;
import org.ebb.runtime.Floats;
import org.ebb.runtime.IntText;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;

/** The text side of the module json: {@code _json.dumps} and {@code _json.loads}; the rest is written in Ebb. */
final class JsonModule {

    private JsonModule() {}

    static void fill(BuiltinTable table) {
        table.simple("dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, "
                + "separators=None, default=None, sort_keys=False)", "A value as JSON text.", b -> new Writer(b).write(b[0]));
        table.simple("loads(text, fail, *, object_hook=None, parse_float=None, parse_int=None, object_pairs_hook=None)",
                "The value of JSON text; fail(message, place) makes the error.",
                b -> new Reader(Args.str(b[0], "the JSON object"), b[1], b[2], b[3], b[4], b[5]).read());
    }

    private static final class Writer {
        private final boolean skipKeys;
        private final boolean ascii;
        private final boolean allowNan;
        private final String indent;
        private final String itemSeparator;
        private final String keySeparator;
        private final Object otherwise;
        private final boolean sortKeys;
        private final StringBuilder out = new StringBuilder();
        private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

        Writer(Object[] b) {
            skipKeys = Truth.of(b[1]);
            ascii = Truth.of(b[2]);
            allowNan = Truth.of(b[4]);
            Object plain = Numbers.plain(b[6]);
            indent = plain == EbbNone.NONE ? null : plain instanceof String s ? s : " ".repeat(Math.max(0, Args.index(plain, 0)));
            Object[] separators = b[7] == EbbNone.NONE ? null : Iteration.toArray(b[7]);
            itemSeparator = separators != null ? Args.str(separators[0], "item separator") : indent == null ? ", " : ",";
            keySeparator = separators != null ? Args.str(separators[1], "key separator") : ": ";
            otherwise = b[8];
            sortKeys = Truth.of(b[9]);
        }

        String write(Object value) {
            value(value);
            return out.toString();
        }

        private void value(Object value) {
            switch (Numbers.plain(value)) {
                case EbbNone none -> out.append("null");
                case Boolean truth -> out.append(truth ? "true" : "false");
                case Long number -> out.append((long) number);
                case EbbBigInt number -> out.append(number);
                case Double number -> out.append(number(number));
                case String text -> string(text);
                case EbbList list -> array(value, list.toArray());
                case EbbTuple tuple -> array(value, tuple.items);
                case EbbDict dict -> object(value, dict);
                default -> {
                    Object own = ForeignItems.copy(value);
                    if (own != value) {
                        inside(value, "object", () -> value(own));
                        return;
                    }
                    if (otherwise == EbbNone.NONE) {
                        throw Errors.typeError("Object of type " + Types.name(value) + " is not JSON serializable");
                    }
                    inside(value, "object", () -> value(Calls.call(otherwise, value)));
                }
            }
        }

        private String number(double number) {
            if (!Double.isFinite(number)) {
                if (!allowNan) {
                    throw Errors.valueError("Out of range float values are not JSON compliant");
                }
                return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
            }
            return Floats.repr(number);
        }

        /** Writes what is inside a value, which must not be that value again. */
        private void inside(Object value, String what, Runnable body) {
            if (!open.add(value)) {
                throw Errors.valueError("Circular reference detected");
            }
            EbbContext.get(null).deeper("while encoding a JSON " + what, () -> {
                body.run();
                return null;
            });
            open.remove(value);
        }

        private void newLine() {
            if (indent != null) {
                out.append('\n').repeat(indent, open.size());
            }
        }

        private void array(Object value, Object[] items) {
            if (items.length == 0) {
                out.append("[]");
                return;
            }
            out.append('[');
            inside(value, "object", () -> {
                for (int i = 0; i < items.length; i++) {
                    out.append(i == 0 ? "" : itemSeparator);
                    newLine();
                    value(items[i]);
                }
            });
            newLine();
            out.append(']');
        }

        private void object(Object value, EbbDict dict) {
            if (dict.size() == 0) {
                out.append("{}");
                return;
            }
            out.append('{');
            inside(value, "object", () -> entries(dict));
            newLine();
            out.append('}');
        }

        private void entries(EbbDict dict) {
            Object[] keys = dict.keyArray();
            if (sortKeys) {
                Sorting.sort(keys, EbbNone.NONE, false);
            }
            boolean first = true;
            for (Object key : keys) {
                String name = name(key);
                if (name == null) {
                    continue;
                }
                out.append(first ? "" : itemSeparator);
                first = false;
                newLine();
                string(name);
                out.append(keySeparator);
                value(dict.get(key));
            }
        }

        private String name(Object key) {
            return switch (Numbers.plain(key)) {
                case String s -> s;
                case Boolean truth -> truth ? "true" : "false";
                case EbbNone none -> "null";
                case Long number -> Long.toString(number);
                case EbbBigInt number -> IntText.decimal(number);
                case Double number -> number(number);
                default -> {
                    if (!skipKeys) {
                        throw Errors.typeError("keys must be str, int, float, bool or None, not " + Types.name(key));
                    }
                    yield null;
                }
            };
        }

        private void string(String text) {
            out.append('"');
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '"' -> out.append("\\\"");
                    case '\\' -> out.append("\\\\");
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\t' -> out.append("\\t");
                    case '\b' -> out.append("\\b");
                    case '\f' -> out.append("\\f");
                    default -> {
                        if (c < ' ' || ascii && c > 126) {
                            out.append(String.format("\\u%04x", (int) c));
                        } else {
                            out.append(c);
                        }
                    }
                }
            }
            out.append('"');
        }
    }

    private static final class Reader {
        private final String text;
        private final Object fail;
        private final Object objectHook;
        private final Object floatHook;
        private final Object intHook;
        private final Object pairsHook;
        private final Glance glance = new Glance();
        private int at;

        /** Making a value takes as long as reading so many characters. */
        private static final int VALUE = 16;

        Reader(String text, Object fail, Object objectHook, Object floatHook, Object intHook, Object pairsHook) {
            this.text = text;
            this.fail = fail;
            this.objectHook = objectHook;
            this.floatHook = floatHook;
            this.intHook = intHook;
            this.pairsHook = pairsHook;
        }

        Object read() {
            blanks();
            Object value = value();
            blanks();
            if (at < text.length()) {
                throw wrong("Extra data", at);
            }
            return value;
        }

        private RuntimeException wrong(String message, int place) {
            Object error = Calls.call(fail, message, text, (long) place);
            return new org.ebb.runtime.EbbException((org.ebb.runtime.ExceptionObject) error);
        }

        private void blanks() {
            while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
                at++;
                glance.step();
            }
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private Object value() {
            glance.steps(VALUE);
            char c = peek();
            if (c == '"') {
                at++;
                return string();
            }
            if (c == '{') {
                return EbbContext.get(null).deeper("while decoding a JSON object from a unicode string", this::object);
            }
            if (c == '[') {
                return EbbContext.get(null).deeper("while decoding a JSON array from a unicode string", this::array);
            }
            for (String word : new String[]{"null", "true", "false", "NaN", "Infinity", "-Infinity"}) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return switch (word) {
                        case "null" -> EbbNone.NONE;
                        case "true" -> true;
                        case "false" -> false;
                        case "NaN" -> Double.NaN;
                        case "Infinity" -> Double.POSITIVE_INFINITY;
                        default -> Double.NEGATIVE_INFINITY;
                    };
                }
            }
            return number();
        }

        private Object number() {
            int start = at;
            int end = at + (peek() == '-' ? 1 : 0);
            int digits = end;
            if (end < text.length() && text.charAt(end) == '0') {
                end++;
            } else {
                end = digits(end);
            }
            if (end == digits) {
                throw wrong("Expecting value", start);
            }
            boolean real = false;
            if (end + 1 < text.length() && text.charAt(end) == '.' && digits(end + 1) > end + 1) {
                end = digits(end + 1);
                real = true;
            }
            if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
                int sign = end + 1 < text.length() && (text.charAt(end + 1) == '+' || text.charAt(end + 1) == '-') ? 2 : 1;
                if (digits(end + sign) > end + sign) {
                    end = digits(end + sign);
                    real = true;
                }
            }
            at = end;
            String number = text.substring(start, end);
            Object hook = real ? floatHook : intHook;
            if (hook != EbbNone.NONE) {
                return Calls.call(hook, number);
            }
            return real ? (Object) Double.valueOf(number) : IntText.parse(number, 10);
        }

        private int digits(int from) {
            int end = from;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return end;
        }

        private String string() {
            int start = at - 1;
            var out = new StringBuilder();
            while (true) {
                if (at >= text.length()) {
                    throw wrong("Unterminated string starting at", start);
                }
                char c = text.charAt(at++);
                glance.step();
                if (c == '"') {
                    return out.toString();
                }
                if (c < ' ') {
                    throw wrong("Invalid control character at", at - 1);
                }
                if (c != '\\') {
                    out.append(c);
                    continue;
                }
                char escape = peek();
                int simple = "\"\\/bfnrt".indexOf(escape);
                if (escape == 0) {
                    throw wrong("Unterminated string starting at", start);
                } else if (simple >= 0) {
                    out.append("\"\\/\b\f\n\r\t".charAt(simple));
                    at++;
                } else if (escape == 'u') {
                    if (at + 5 > text.length() || !text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
                        throw wrong("Invalid \\uXXXX escape", at);
                    }
                    out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 5;
                } else {
                    throw wrong("Invalid \\escape", at - 1);
                }
            }
        }

        private Object array() {
            at++;
            var list = new EbbList();
            blanks();
            if (peek() == ']') {
                at++;
                return list;
            }
            while (true) {
                blanks();
                list.append(value());
                blanks();
                char c = peek();
                if (c == ']') {
                    at++;
                    return list;
                }
                if (c != ',') {
                    throw wrong("Expecting ',' delimiter", at);
                }
                at++;
            }
        }

        private Object object() {
            at++;
            var dict = new EbbDict();
            var pairs = new EbbList();
            blanks();
            boolean more = peek() != '}';
            while (more) {
                blanks();
                if (peek() != '"') {
                    throw wrong("Expecting property name enclosed in double quotes", at);
                }
                at++;
                String key = string();
                blanks();
                if (peek() != ':') {
                    throw wrong("Expecting ':' delimiter", at);
                }
                at++;
                blanks();
                Object value = value();
                dict.put(key, value);
                pairs.append(new EbbTuple(key, value));
                blanks();
                more = peek() == ',';
                if (more) {
                    at++;
                } else if (peek() != '}') {
                    throw wrong("Expecting ',' delimiter", at);
                }
            }
            at++;
            if (pairsHook != EbbNone.NONE) {
                return Calls.call(pairsHook, pairs);
            }
            return objectHook == EbbNone.NONE ? dict : Calls.call(objectHook, dict);
        }
    }
}
