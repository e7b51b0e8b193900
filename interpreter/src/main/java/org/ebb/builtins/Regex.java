package org.ebb.builtins;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Turns the regular expressions of Python into those of the JVM. Groups keep their numbers; their names are kept aside. */
final class Regex {

    static final int IGNORECASE = 2;
    static final int MULTILINE = 8;
    static final int DOTALL = 16;
    static final int UNICODE = 32;
    static final int VERBOSE = 64;
    static final int ASCII = 256;

    /** What the translation found: the JVM's pattern, the names of groups, all flags. */
    record Compiled(Pattern pattern, Map<String, Integer> names, int groups, int flags) {}

    /** A mistake in the expression and its place. */
    static final class Mistake extends RuntimeException {
        final int place;

        Mistake(String message, int place) {
            super(message, null, false, false);
            this.place = place;
        }
    }

    private final String source;
    private int flags;
    private int at;
    private int groups;
    private final Map<String, Integer> names = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private Regex(String source, int flags) {
        this.source = source;
        this.flags = flags;
    }

    static Compiled compile(String source, int flags) {
        var regex = new Regex(source, flags);
        regex.translate();
        int java = Pattern.UNIX_LINES | ((regex.flags & ASCII) == 0 ? Pattern.UNICODE_CHARACTER_CLASS : 0)
                | ((regex.flags & IGNORECASE) == 0 ? 0 : Pattern.CASE_INSENSITIVE | ((regex.flags & ASCII) == 0 ? Pattern.UNICODE_CASE : 0))
                | ((regex.flags & MULTILINE) == 0 ? 0 : Pattern.MULTILINE) | ((regex.flags & DOTALL) == 0 ? 0 : Pattern.DOTALL);
        try {
            return new Compiled(Pattern.compile(regex.out.toString(), java), regex.names, regex.groups,
                    regex.flags | ((regex.flags & ASCII) == 0 ? UNICODE : 0));
        } catch (PatternSyntaxException wrong) {
            String words = words(wrong.getDescription());
            int place = words.startsWith("missing )") ? unclosed(source) : wrong.getIndex();
            throw new Mistake(words, Math.max(0, Math.min(place, source.length())));
        }
    }

    /** Where the innermost group that is never closed opens. */
    private static int unclosed(String source) {
        var open = new ArrayDeque<Integer>();
        boolean inClass = false;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(') {
                open.push(i);
            } else if (c == ')' && !open.isEmpty()) {
                open.pop();
            }
        }
        return open.isEmpty() ? source.length() : open.pop();
    }

    private static String words(String text) {
        if (text.startsWith("Dangling meta character")) {
            return "nothing to repeat";
        }
        if (text.startsWith("Unclosed group")) {
            return "missing ), unterminated subpattern";
        }
        if (text.startsWith("Unmatched closing")) {
            return "unbalanced parenthesis";
        }
        if (text.startsWith("Look-behind")) {
            return "look-behind requires fixed-width pattern";
        }
        return text.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private char peek(int ahead) {
        return at + ahead < source.length() ? source.charAt(at + ahead) : 0;
    }

    private void translate() {
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '{' -> braces();
                default -> {
                    at++;
                    if ((flags & VERBOSE) != 0 && (Character.isWhitespace(c) || c == '#')) {
                        while (c == '#' && at < source.length() && source.charAt(at) != '\n') {
                            at++;
                        }
                    } else {
                        out.append(c == '}' || c == ']' ? "\\" : "").append(c);
                    }
                }
            }
        }
    }

    private void braces() {
        var matcher = Pattern.compile("\\{(\\d*)(,?)(\\d*)\\}").matcher(source).region(at, source.length());
        boolean repeat = matcher.lookingAt() && !(matcher.group(1).isEmpty() && matcher.group(3).isEmpty());
        if (!repeat) {
            out.append("\\{");
            at++;
            return;
        }
        out.append('{').append(matcher.group(1).isEmpty() ? "0" : matcher.group(1)).append(matcher.group(2)).append(matcher.group(3)).append('}');
        at = matcher.end();
    }

    private void escape(boolean inClass) {
        int start = at++;
        if (at == source.length()) {
            throw new Mistake("bad escape (end of pattern)", start);
        }
        char c = source.charAt(at++);
        if (c >= '1' && c <= '9' && !inClass) {
            int number = c - '0';
            if (Character.isDigit(peek(0))) {
                number = number * 10 + source.charAt(at++) - '0';
            }
            if (number > groups) {
                throw new Mistake("invalid group reference " + number, start + 1);
            }
            out.append('\\').append(number).append("(?:)");
            return;
        }
        switch (c) {
            case '0' -> {
                int value = 0;
                for (int i = 0; i < 2 && peek(0) >= '0' && peek(0) <= '7'; i++) {
                    value = value * 8 + source.charAt(at++) - '0';
                }
                out.append(String.format("\\x%02x", value));
            }
            case 'Z' -> out.append("\\z");
            case 'A', 'B', 'd', 'D', 's', 'S', 'w', 'W', 'n', 't', 'r', 'f', 'a' -> out.append('\\').append(c);
            case 'b' -> out.append(inClass ? "\\x08" : "\\b");
            case 'v' -> out.append("\\x0b");
            case 'x', 'u', 'U' -> {
                int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
                if (at + digits > source.length() || !source.substring(at, at + digits).matches("[0-9a-fA-F]+")) {
                    throw new Mistake("incomplete escape " + source.substring(start, Math.min(source.length(), at + digits)), start);
                }
                out.append("\\x{").append(source, at, at + digits).append('}');
                at += digits;
            }
            default -> {
                if (c < 128 && Character.isLetter(c)) {
                    throw new Mistake("bad escape \\" + c, start);
                }
                out.append(Character.isDigit(c) || c >= 128 ? "" : "\\").append(c);
            }
        }
    }

    private void characterClass() {
        int start = at++;
        out.append('[');
        if (peek(0) == '^') {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (true) {
            if (at >= source.length()) {
                throw new Mistake("unterminated character set", start);
            }
            char c = source.charAt(at);
            if (c == ']' && !first) {
                at++;
                out.append(']');
                return;
            }
            first = false;
            if (c == '\\') {
                escape(true);
            } else {
                out.append(c == '[' || c == ']' || c == '&' || c == '^' || c == '#' || c == ' ' ? "\\" : "").append(c);
                at++;
            }
        }
    }

    private void group() {
        int start = at++;
        if (peek(0) != '?') {
            groups++;
            out.append('(');
            return;
        }
        at++;
        char c = peek(0);
        if (c == 'P' && peek(1) == '<') {
            at += 2;
            String name = upTo('>', start);
            if (names.put(name, ++groups) != null) {
                throw new Mistake("redefinition of group name '" + name + "' as group " + groups, start + 4);
            }
            out.append('(');
        } else if (c == 'P' && peek(1) == '=') {
            at += 2;
            String name = upTo(')', start);
            if (!names.containsKey(name)) {
                throw new Mistake("unknown group name '" + name + "'", start + 4);
            }
            out.append('\\').append(names.get(name)).append("(?:)");
        } else if (c == '#') {
            upTo(')', start);
        } else if (c == '(') {
            throw new Mistake("conditional groups are not known to Ebb", start);
        } else if (c == ':' || c == '=' || c == '!' || c == '>') {
            at++;
            out.append("(?").append(c);
        } else if (c == '<' && (peek(1) == '=' || peek(1) == '!')) {
            out.append("(?<").append(peek(1));
            at += 2;
        } else {
            inlineFlags(start);
        }
    }

    private void inlineFlags(int start) {
        var text = new StringBuilder();
        while (at < source.length() && (Character.isLetter(peek(0)) || peek(0) == '-')) {
            text.append(source.charAt(at++));
        }
        char end = peek(0);
        if (text.isEmpty() || end != ')' && end != ':' || text.indexOf("P") >= 0) {
            throw new Mistake("unknown extension ?" + text + (text.isEmpty() ? end : ""), start + 1);
        }
        at++;
        if (end == ')') {
            for (char flag : text.toString().toCharArray()) {
                flags |= flag(flag, start);
            }
            return;
        }
        out.append("(?").append(text.toString().replace("a", "").replace("u", "").replace("x", "")).append(':');
    }

    private static int flag(char letter, int place) {
        return switch (letter) {
            case 'i' -> IGNORECASE;
            case 'm' -> MULTILINE;
            case 's' -> DOTALL;
            case 'x' -> VERBOSE;
            case 'a' -> ASCII;
            case 'u' -> UNICODE;
            default -> throw new Mistake("unknown flag", place + 2);
        };
    }

    private String upTo(char end, int start) {
        int close = source.indexOf(end, at);
        if (close < 0) {
            throw new Mistake("missing " + end + ", unterminated name", start);
        }
        String text = source.substring(at, close);
        at = close + 1;
        return text;
    }
}
