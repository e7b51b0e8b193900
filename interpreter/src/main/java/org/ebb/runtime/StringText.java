package org.ebb.runtime;

import org.ebb.kernel.Glance;

/** The text of a string as a program would write it, quotes and escapes included. */
public final class StringText {

    private StringText() {}

    public static String repr(String s) {
        return quoted(s, false);
    }

    public static String ascii(String s) {
        return quoted(s, true);
    }

    private static String quoted(String s, boolean asciiOnly) {
        char quote = s.indexOf('\'') >= 0 && s.indexOf('"') < 0 ? '"' : '\'';
        var out = new StringBuilder(s.length() + 2).append(quote);
        var glance = new Glance();
        for (int i = 0; i < s.length();) {
            glance.step();
            int c = s.codePointAt(i);
            i += Character.charCount(c);
            append(out, c, quote, asciiOnly);
        }
        return out.append(quote).toString();
    }

    private static void append(StringBuilder out, int c, char quote, boolean asciiOnly) {
        if (c == quote || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c >= ' ' && c < 127) {
            out.append((char) c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c == '\t') {
            out.append("\\t");
        } else if (c == '\r') {
            out.append("\\r");
        } else if (!asciiOnly && Strings.isPrintable(c)) {
            out.appendCodePoint(c);
        } else {
            escape(out, c);
        }
    }

    private static void escape(StringBuilder out, int c) {
        out.append('\\');
        String hex = Integer.toHexString(c);
        int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
        out.append(width == 2 ? 'x' : width == 4 ? 'u' : 'U').repeat('0', width - hex.length()).append(hex);
    }

    /** The ASCII text with everything else escaped: {@code ascii()} of a text that is already a repr. */
    public static String escapeNonAscii(String s) {
        var out = new StringBuilder(s.length());
        var glance = new Glance();
        s.codePoints().forEach(c -> {
            glance.step();
            if (c < 128) {
                out.append((char) c);
            } else {
                escape(out, c);
            }
        });
        return out.toString();
    }
}
