package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Memory;
import org.ebb.kernel.Poll;

/**
 * Strings as rows of code points. A Java string without surrogates is one already, and Java says so fast for Latin-1 text:
 * {@code codePointCount} does not look at it.
 */
public final class Strings {

    /** The strings of one Latin-1 character. */
    @CompilationFinal(dimensions = 1) private static final String[] SINGLE = new String[256];

    static {
        for (int c = 0; c < SINGLE.length; c++) {
            SINGLE[c] = String.valueOf((char) c).intern();
        }
    }

    /** After so many characters, one less, a plain loop looks up. */
    private static final int GLANCE = (1 << 20) - 1;

    /** Java compares so many characters in some milliseconds. */
    private static final int QUICK = 1 << 24;

    /** So many characters are written in some milliseconds. */
    private static final int REPEATED = 1 << 22;

    /** Parts so short are looked for fastest by Java, whatever the text. */
    private static final int SHORT = 8;

    private Strings() {}

    @TruffleBoundary
    public static int length(String s) {
        return s.codePointCount(0, s.length());
    }

    /** No surrogate pairs: indexes of chars and of code points are the same. */
    static boolean isFlat(String s) {
        return length(s) == s.length();
    }

    public static String ofCodePoint(int c) {
        return c < SINGLE.length ? SINGLE[c] : Character.toString(c);
    }

    /** The character at a place in range. */
    @TruffleBoundary
    public static String at(String s, int place) {
        if (isFlat(s)) {
            return ofCodePoint(s.charAt(place));
        }
        return ofCodePoint(s.codePointAt(s.offsetByCodePoints(0, place)));
    }

    /** The code points in [from, to). */
    @TruffleBoundary
    public static String substring(String s, int from, int to) {
        if (isFlat(s)) {
            return to - from == 1 ? ofCodePoint(s.charAt(from)) : s.substring(from, to);
        }
        int start = s.offsetByCodePoints(0, from);
        return s.substring(start, s.offsetByCodePoints(start, to - from));
    }

    @TruffleBoundary
    public static String slice(String s, EbbSlice slice) {
        EbbSlice.Places places = slice.places(length(s));
        if (places.count() == 0) {
            return "";
        }
        if (places.step() == 1) {
            return substring(s, places.start(), places.start() + places.count());
        }
        int[] points = isFlat(s) ? null : s.codePoints().toArray();
        var out = new StringBuilder(places.count());
        var glance = new Glance();
        for (int i = 0, at = places.start(); i < places.count(); i++, at += places.step()) {
            glance.step();
            if (points == null) {
                out.append(s.charAt(at));
            } else {
                out.appendCodePoint(points[at]);
            }
        }
        return out.toString();
    }

    /** Where in [from, to) a part begins that lies in there as a whole; or -1. */
    @TruffleBoundary
    public static int find(String s, String part, int from, int to) {
        return isQuick(to - from, part) ? s.indexOf(part, from, to) : search(s, part, from, to, 1);
    }

    /** As {@link #find}: where the last one begins. */
    @TruffleBoundary
    public static int findLast(String s, String part, int from, int to) {
        if (isQuick(to - from, part)) {
            int found = s.lastIndexOf(part, to - part.length());
            return found >= from ? found : -1;
        }
        return search(s, part, from, to, -1);
    }

    /** Java compares a part at every place, all of it in the worst case. */
    private static boolean isQuick(int places, String part) {
        return part.length() <= SHORT || (long) places * part.length() <= QUICK;
    }

    /** The way of Knuth, Morris and Pratt (1977), forwards or backwards: no character is read again. */
    private static int search(String s, String part, int from, int to, int step) {
        int m = part.length();
        int first = step > 0 ? 0 : m - 1;
        var glance = new Glance();
        int[] border = new int[m + 1]; // of the first k characters, how many both begin and end them
        for (int k = 1, b = 0; k < m; k++) {
            glance.step();
            while (b > 0 && part.charAt(first + step * k) != part.charAt(first + step * b)) {
                b = border[b];
            }
            b += part.charAt(first + step * k) == part.charAt(first + step * b) ? 1 : 0;
            border[k + 1] = b;
        }
        int start = step > 0 ? from : to - 1;
        for (int i = 0, b = 0; i < to - from; i++) {
            glance.step();
            char c = s.charAt(start + step * i);
            while (b > 0 && c != part.charAt(first + step * b)) {
                b = border[b];
            }
            b += c == part.charAt(first + step * b) ? 1 : 0;
            if (b == m) {
                return step > 0 ? from + i - m + 1 : start - i;
            }
        }
        return -1;
    }

    /** -1, 0 or 1 (2 means NaN to the caller): the order by code points; Java's own order puts surrogate pairs before the end of the basic plane. */
    public static int compare(String a, String b) {
        int n = Math.min(a.length(), b.length());
        for (int i = 0; i < n; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean pairs = Character.isSurrogate(x) || Character.isSurrogate(y);
                return pairs ? Integer.compare(pointAt(a, i), pointAt(b, i)) : x < y ? -1 : 1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** The code point that the char at an index is part of, if that is a pair which starts at or before it. */
    private static int pointAt(String s, int i) {
        int start = i > 0 && Character.isLowSurrogate(s.charAt(i)) && Character.isHighSurrogate(s.charAt(i - 1)) ? i - 1 : i;
        return s.codePointAt(start);
    }

    /** A text so often; the whole is no longer than a string can be. */
    static String repeat(String s, int times) {
        long length = (long) s.length() * times;
        Memory.claim(bytes(s, length));
        if (length <= 4 * REPEATED) {
            return held(s.repeat(times));
        }
        String part = s.repeat(Math.max(1, REPEATED / s.length()));
        var out = new StringBuilder((int) length);
        while (out.length() < length) {
            Poll.now();
            out.append(part, 0, (int) Math.min(part.length(), length - out.length()));
        }
        return held(out.toString());
    }

    /** The bytes of so many characters like those of a text. */
    private static long bytes(String s, long length) {
        return length < Memory.COUNTED ? length : s.chars().limit(SHORT).allMatch(c -> c < 256) ? length : 2 * length;
    }

    /** The text, of which the account of memory knows now. */
    public static String held(String text) {
        if (text.length() >= Memory.COUNTED / 2) {
            Memory.hold(text, bytes(text, text.length()));
        }
        return text;
    }

    /** White space as {@code str.isspace} sees it. */
    public static boolean isSpace(int c) {
        return c >= 9 && c <= 13 || c >= 28 && c <= 32 || c == 0x85 || c > 127 && (Character.isSpaceChar(c));
    }

    /** Shown as it is by repr. */
    public static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    public static String strip(String s) {
        return stripLeft(stripRight(s));
    }

    public static String stripLeft(String s) {
        int from = 0;
        while (from < s.length() && isSpace(s.charAt(from))) {
            if ((++from & GLANCE) == 0) {
                Poll.now();
            }
        }
        return s.substring(from);
    }

    public static String stripRight(String s) {
        int to = s.length();
        while (to > 0 && isSpace(s.charAt(to - 1))) {
            if ((--to & GLANCE) == 0) {
                Poll.now();
            }
        }
        return s.substring(0, to);
    }

    /** The index in chars of a place counted in code points. */
    public static int charIndex(String s, int place) {
        return isFlat(s) ? place : s.offsetByCodePoints(0, place);
    }

    /** The place in code points of an index in chars; -1 stays -1. */
    public static int place(String s, int charIndex) {
        return charIndex < 0 ? -1 : s.codePointCount(0, charIndex);
    }

    /** Pads to a width counted in code points. */
    static String pad(String s, int left, int right, int fill) {
        if (left <= 0 && right <= 0) {
            return s;
        }
        String unit = Character.toString(fill);
        return unit.repeat(Math.max(0, left)) + s + unit.repeat(Math.max(0, right));
    }

    /** Python's {@code center} puts the odd blank left when the width is odd. */
    public static String center(String s, int width, int fill) {
        int total = width - length(s);
        int left = total / 2 + (total & width & 1);
        return total <= 0 ? s : pad(s, left, total - left, fill);
    }

    public static String left(String s, int width, int fill) {
        return pad(s, 0, width - length(s), fill);
    }

    public static String right(String s, int width, int fill) {
        return pad(s, width - length(s), 0, fill);
    }
}
