package org.ebb.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON that a header may hold: objects, lists, strings and whole numbers. Everything else is refused. */
final class JsonText {

    private static final int DEEPEST = 16;

    private final Source in;
    private final String text;
    private int at;
    private int depth;

    JsonText(Source in, String text) {
        this.in = in;
        this.text = text;
    }

    /** The object that is the whole text. */
    Map<String, Object> object() {
        Map<String, Object> object = readObject();
        blank();
        if (at < text.length()) {
            throw wrong("a second value");
        }
        return object;
    }

    private RuntimeException wrong(String what) {
        return in.wrong("the header's JSON has " + what + " at character " + at);
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        blank();
        if (at >= text.length()) {
            throw wrong("its end");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("no '" + c + "'");
        }
        at++;
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> readObject();
            case '[' -> readList();
            case '"' -> string();
            default -> number();
        };
    }

    private Map<String, Object> readObject() {
        deeper();
        var object = new LinkedHashMap<String, Object>();
        expect('{');
        while (peek() != '}') {
            if (!object.isEmpty()) {
                expect(',');
                blank();
            }
            String key = string();
            expect(':');
            if (object.put(key, value()) != null) {
                throw wrong("the name '" + key + "' twice");
            }
        }
        at++;
        depth--;
        return object;
    }

    private List<Object> readList() {
        deeper();
        var list = new ArrayList<Object>();
        expect('[');
        while (peek() != ']') {
            if (!list.isEmpty()) {
                expect(',');
            }
            list.add(value());
        }
        at++;
        depth--;
        return list;
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw wrong("more than " + DEEPEST + " values inside each other");
        }
    }

    private Long number() {
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        try {
            return Long.parseLong(text.substring(start, at));
        } catch (NumberFormatException strange) {
            throw wrong("no whole number, string, list or object");
        }
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw wrong("a string without end");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw wrong("a broken \\u");
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw wrong("a broken escape");
        };
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
