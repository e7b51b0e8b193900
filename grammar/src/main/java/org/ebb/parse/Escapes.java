package org.ebb.parse;

import org.antlr.v4.runtime.Token;
import org.ebb.syntax.Span;
import org.ebb.syntax.SyntaxError;

/** Resolves the escapes of a string literal, and makes every newline in it a {@code \n}. */
final class Escapes {

    private Escapes() {}

    static String resolve(String text, int start, int end, boolean raw, Token literal) {
        return resolve(text, start, end, raw, false, literal);
    }

    /** In bytes there are no names and code points, and no characters but ASCII. */
    static String resolve(String text, int start, int end, boolean raw, boolean bytes, Token literal) {
        StringBuilder out = new StringBuilder(end - start);
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (c == '\r') {
                out.append('\n');
                i += i + 1 < end && text.charAt(i + 1) == '\n' ? 2 : 1;
            } else if (c == '\\' && !raw) {
                i = bytes && "uUN".indexOf(text.charAt(i + 1)) >= 0 ? asItIs(text, i, out) : escape(text, i, end, start, out, literal);
            } else {
                if (bytes && c > 127) {
                    throw Faults.at(literal, "bytes can only contain ASCII literal characters");
                }
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static int asItIs(String text, int at, StringBuilder out) {
        out.append(text, at, at + 2);
        return at + 2;
    }

    /** Appends what the escape at {@code at} stands for and returns where the text goes on. */
    private static int escape(String text, int at, int end, int start, StringBuilder out, Token literal) {
        char c = text.charAt(at + 1);
        switch (c) {
            case '\n' -> { }
            case '\r' -> {
                return at + (at + 2 < end && text.charAt(at + 2) == '\n' ? 3 : 2);
            }
            case '\\', '\'', '"' -> out.append(c);
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000b');
            case 'x' -> {
                return hex(text, at, end, 2, start, out, literal);
            }
            case 'u' -> {
                return hex(text, at, end, 4, start, out, literal);
            }
            case 'U' -> {
                return hex(text, at, end, 8, start, out, literal);
            }
            case 'N' -> {
                return named(text, at, end, start, out, literal);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int value = 0;
                int i = at + 1;
                for (; i < end && i < at + 4 && text.charAt(i) >= '0' && text.charAt(i) <= '7'; i++) {
                    value = 8 * value + text.charAt(i) - '0';
                }
                out.appendCodePoint(value);
                return i;
            }
            default -> out.append('\\').append(c);
        }
        return at + 2;
    }

    private static int hex(String text, int at, int end, int digits, int start, StringBuilder out, Token literal) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int p = at + 2 + i;
            int digit = p < end && text.charAt(p) < 128 ? Character.digit(text.charAt(p), 16) : -1;
            if (digit < 0) {
                String form = switch (digits) {
                    case 2 -> "\\xXX";
                    case 4 -> "\\uXXXX";
                    default -> "\\UXXXXXXXX";
                };
                throw error(at - start, p - 1 - start, "truncated " + form + " escape", at, p, literal);
            }
            value = 16 * value + digit;
        }
        if (value < 0 || value > Character.MAX_CODE_POINT) {
            throw error(at - start, at + 1 + digits - start, "illegal Unicode character", at, at + 2 + digits, literal);
        }
        out.appendCodePoint(value);
        return at + 2 + digits;
    }

    private static int named(String text, int at, int end, int start, StringBuilder out, Token literal) {
        int close = at + 2 < end && text.charAt(at + 2) == '{' ? text.indexOf('}', at + 3) : -1;
        if (close <= at + 3 || close >= end) {
            throw error(at - start, at + 1 - start, "malformed \\N character escape", at, at + 2, literal);
        }
        try {
            out.appendCodePoint(Character.codePointOf(text.substring(at + 3, close)));
        } catch (IllegalArgumentException unknown) {
            throw error(at - start, close - start, "unknown Unicode character name", at, close + 1, literal);
        }
        return close + 1;
    }

    private static SyntaxError error(int from, int to, String what, int start, int end, Token literal) {
        int last = Math.min(end, literal.getStopIndex() + 1);
        return Faults.at(new Span(start, Math.max(1, last - start)),
                "(unicode error) 'unicodeescape' codec can't decode bytes in position %d-%d: %s".formatted(from, to, what));
    }
}
