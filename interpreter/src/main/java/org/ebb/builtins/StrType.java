package org.ebb.builtins;

import java.util.ArrayList;
import java.util.List;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Memory;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.StrFormat;
import org.ebb.runtime.Strings;
import org.ebb.runtime.Text;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;

/** The type str: searching, cutting, joining, padding and formatting. Questions about letters and their case: {@link StrLetters}. */
final class StrType {

    private StrType() {}

    static void fill(BuiltinTable table) {
        table.staticMethod("__new__(cls, object=?, encoding=?, errors=?)", "The text of an object.",
                b -> Args.instance(b[0], Types.STR, b[1] == null ? "" : b[2] == null && b[3] == null ? Text.str(b[1])
                        : BytesType.decode(b[1], b[2] == null ? "utf-8" : b[2], b[3] == null ? "strict" : b[3])));
        SpecialMethods.arithmetic(table, BinaryOperator.ADD, BinaryOperator.MULTIPLY, BinaryOperator.MODULO);
        SpecialMethods.equality(table);
        SpecialMethods.order(table);
        SpecialMethods.hash(table);
        SpecialMethods.text(table);
        SpecialMethods.container(table);
        SpecialMethods.subscript(table);
        table.simple("__str__(self, /)", "The string itself.", b -> b[0]);
        search(table);
        cut(table);
        lines(table);
        pad(table);
        format(table);
        StrLetters.fill(table);
    }

    private static String self(Object[] b) {
        return (String) b[0];
    }

    private static String needed(Object value) {
        if (EbbObject.unwrap(value) instanceof String s) {
            return s;
        }
        throw Errors.typeError("must be str, not " + Types.name(value));
    }

    // Searching: positions are counted in code points, found in chars.

    private record Window(String text, int from, int to, int first, boolean empty) {}

    private static Window window(String s, Object start, Object end) {
        int n = Strings.length(s);
        int from = Args.index(start, 0);
        from = from < 0 ? Math.max(0, from + n) : from;
        int to = Args.clipped(end, n, n);
        boolean empty = from > to;
        int first = Math.min(from, n);
        return new Window(s, Strings.charIndex(s, first), Strings.charIndex(s, Math.max(first, to)), first, empty);
    }

    private static long find(Object[] b) {
        Window w = window(self(b), b[2], b[3]);
        String part = needed(b[1]);
        int at = w.empty ? -1 : Strings.find(w.text, part, w.from, w.to);
        return Strings.place(w.text, at);
    }

    private static long findLast(Object[] b) {
        Window w = window(self(b), b[2], b[3]);
        String part = needed(b[1]);
        int at = w.empty ? -1 : Strings.findLast(w.text, part, w.from, w.to);
        return Strings.place(w.text, at);
    }

    private static long found(long at) {
        if (at < 0) {
            throw Errors.valueError("substring not found");
        }
        return at;
    }

    private static long count(Object[] b) {
        Window w = window(self(b), b[2], b[3]);
        String part = needed(b[1]);
        if (w.empty) {
            return 0;
        }
        if (part.isEmpty()) {
            return w.text.codePointCount(w.from, w.to) + 1;
        }
        long n = 0;
        var glance = new Glance();
        int from = w.from;
        for (int at = Strings.find(w.text, part, from, w.to); at >= 0; at = Strings.find(w.text, part, from, w.to)) {
            n++;
            glance.steps(at + part.length() - from);
            from = at + part.length();
        }
        return n;
    }

    private static boolean affix(Object[] b, boolean start) {
        Window w = window(self(b), b[2], b[3]);
        if (EbbObject.unwrap(b[1]) instanceof EbbTuple choices) {
            for (Object choice : choices.items) {
                if (!(EbbObject.unwrap(choice) instanceof String)) {
                    throw Errors.typeError("tuple for " + (start ? "starts" : "ends") + "with must only contain str, not " + Types.name(choice));
                }
                if (affix(w, needed(choice), start)) {
                    return true;
                }
            }
            return false;
        }
        if (!(EbbObject.unwrap(b[1]) instanceof String part)) {
            throw Errors.typeError((start ? "starts" : "ends") + "with first arg must be str or a tuple of str, not " + Types.name(b[1]));
        }
        return affix(w, part, start);
    }

    private static boolean affix(Window w, String part, boolean start) {
        if (w.empty || part.length() > w.to - w.from) {
            return false;
        }
        return w.text.startsWith(part, start ? w.from : w.to - part.length());
    }

    private static void search(BuiltinTable table) {
        table.simple("find(self, sub, start=None, end=None, /)", "The lowest index where sub is found, or -1.", b -> find(b));
        table.simple("rfind(self, sub, start=None, end=None, /)", "The highest index where sub is found, or -1.", b -> findLast(b));
        table.simple("index(self, sub, start=None, end=None, /)", "The lowest index where sub is found, or ValueError.", b -> found(find(b)));
        table.simple("rindex(self, sub, start=None, end=None, /)", "The highest index where sub is found, or ValueError.",
                b -> found(findLast(b)));
        table.simple("count(self, sub, start=None, end=None, /)", "How often sub occurs without overlap.", b -> count(b));
        table.simple("startswith(self, prefix, start=None, end=None, /)", "True if the string starts with prefix.", b -> affix(b, true));
        table.simple("endswith(self, suffix, start=None, end=None, /)", "True if the string ends with suffix.", b -> affix(b, false));
    }

    // Cutting and joining.

    private static void cut(BuiltinTable table) {
        table.simple("split(self, sep=None, maxsplit=-1)", "The words of the string, cut at sep or at white space.", b -> split(b, false));
        table.simple("rsplit(self, sep=None, maxsplit=-1)", "As split, from the right.", b -> split(b, true));
        table.simple("join(self, iterable, /)", "The strings with this one between them.", b -> join(self(b), b[1]));
        table.simple("replace(self, old, new, count=-1, /)", "A copy with old replaced by new.",
                b -> replace(self(b), replaceArg(b[1], 1), replaceArg(b[2], 2), Args.index(b[3], -1)));
        table.simple("partition(self, sep, /)", "Head, separator and tail at the first separator.", b -> partition(self(b), separator(b[1]), true));
        table.simple("rpartition(self, sep, /)", "Head, separator and tail at the last separator.", b -> partition(self(b), separator(b[1]), false));
        table.simple("strip(self, chars=None, /)", "A copy without leading and trailing white space or chars.", b -> strip(b, true, true));
        table.simple("lstrip(self, chars=None, /)", "A copy without leading white space or chars.", b -> strip(b, true, false));
        table.simple("rstrip(self, chars=None, /)", "A copy without trailing white space or chars.", b -> strip(b, false, true));
        table.simple("removeprefix(self, prefix, /)", "A copy without the prefix, if it has it.", b -> {
            String part = needed(b[1]);
            return self(b).startsWith(part) ? self(b).substring(part.length()) : self(b);
        });
        table.simple("removesuffix(self, suffix, /)", "A copy without the suffix, if it has it.", b -> {
            String part = needed(b[1]);
            return self(b).endsWith(part) ? self(b).substring(0, self(b).length() - part.length()) : self(b);
        });
    }

    private static String replaceArg(Object value, int number) {
        return Args.str(value, "replace() argument " + number);
    }

    private static String separator(Object value) {
        String separator = needed(value);
        if (separator.isEmpty()) {
            throw Errors.valueError("empty separator");
        }
        return separator;
    }

    private static Object split(Object[] b, boolean fromRight) {
        String s = self(b);
        int limit = Args.index(b[2], -1);
        limit = limit < 0 ? Integer.MAX_VALUE : limit;
        List<Object> parts;
        if (Args.absent(b[1])) {
            parts = fromRight ? wordsFromRight(s, limit) : words(s, limit);
        } else {
            String separator = separator(b[1]);
            parts = fromRight ? piecesFromRight(s, separator, limit) : pieces(s, separator, limit);
        }
        return new EbbList(parts.toArray());
    }

    private static List<Object> words(String s, int limit) {
        var words = new ArrayList<Object>();
        var glance = new Glance();
        int at = 0;
        while (true) {
            while (at < s.length() && Strings.isSpace(s.charAt(at))) {
                at++;
                glance.step();
            }
            if (at == s.length()) {
                return words;
            }
            if (words.size() == limit) {
                words.add(s.substring(at));
                return words;
            }
            int start = at;
            while (at < s.length() && !Strings.isSpace(s.charAt(at))) {
                at++;
                glance.step();
            }
            words.add(s.substring(start, at));
        }
    }

    private static List<Object> wordsFromRight(String s, int limit) {
        var words = new ArrayList<Object>();
        var glance = new Glance();
        int at = s.length();
        while (true) {
            while (at > 0 && Strings.isSpace(s.charAt(at - 1))) {
                at--;
                glance.step();
            }
            if (at == 0) {
                return words.reversed();
            }
            if (words.size() == limit) {
                words.add(s.substring(0, at));
                return words.reversed();
            }
            int end = at;
            while (at > 0 && !Strings.isSpace(s.charAt(at - 1))) {
                at--;
                glance.step();
            }
            words.add(s.substring(at, end));
        }
    }

    /** Making a string takes as long as reading so many characters. */
    private static final int PIECE = 16;

    private static List<Object> pieces(String s, String separator, int limit) {
        var pieces = new ArrayList<Object>();
        var glance = new Glance();
        int from = 0;
        for (int at = Strings.find(s, separator, 0, s.length()); at >= 0 && pieces.size() < limit; at = Strings.find(s, separator, from, s.length())) {
            pieces.add(s.substring(from, at));
            glance.steps(at - from + PIECE);
            from = at + separator.length();
        }
        pieces.add(s.substring(from));
        return pieces;
    }

    private static List<Object> piecesFromRight(String s, String separator, int limit) {
        var pieces = new ArrayList<Object>();
        var glance = new Glance();
        int to = s.length();
        for (int at = Strings.findLast(s, separator, 0, to); at >= 0 && pieces.size() < limit; at = Strings.findLast(s, separator, 0, to)) {
            glance.steps(to - at + PIECE);
            pieces.add(s.substring(at + separator.length(), to));
            to = at;
        }
        pieces.add(s.substring(0, to));
        return pieces.reversed();
    }

    static String join(String separator, Object iterable) {
        if (!Iteration.isIterable(iterable)) {
            throw Errors.typeError("can only join an iterable");
        }
        Object[] items = Iteration.toArray(iterable);
        var glance = new Glance();
        long length = (long) separator.length() * Math.max(0, items.length - 1);
        for (int i = 0; i < items.length; i++) {
            glance.step();
            if (!(EbbObject.unwrap(items[i]) instanceof String part)) {
                throw Errors.typeError("sequence item " + i + ": expected str instance, " + Types.name(items[i]) + " found");
            }
            length += part.length();
        }
        Memory.claim(length);
        var out = new StringBuilder(Errors.longest("str", length));
        for (int i = 0; i < items.length; i++) {
            String part = (String) EbbObject.unwrap(items[i]);
            out.append(i > 0 ? separator : "").append(part);
            glance.steps(part.length() + PIECE);
        }
        return Strings.held(out.toString());
    }

    /** Shorter texts are done before anybody would look up. */
    private static final int LONG = 1 << 16;

    static String replace(String s, String old, String by, int count) {
        if (count < 0 && !old.isEmpty() && s.length() < LONG) {
            return Strings.held(s.replace(old, by));
        }
        long left = count < 0 ? Long.MAX_VALUE : count;
        var out = new StringBuilder(s.length() < LONG ? 16 : s.length());
        var glance = new Glance();
        int from = 0;
        if (old.isEmpty()) {
            while (left-- > 0) {
                glance.steps(PIECE + by.length());
                out.append(by);
                if (from == s.length()) {
                    return Strings.held(out.toString());
                }
                int c = s.codePointAt(from);
                out.appendCodePoint(c);
                from += Character.charCount(c);
            }
            return Strings.held(out.append(s, from, s.length()).toString());
        }
        for (int at = Strings.find(s, old, 0, s.length()); at >= 0 && left-- > 0; at = Strings.find(s, old, from, s.length())) {
            out.append(s, from, at).append(by);
            glance.steps(at - from + by.length() + PIECE);
            from = at + old.length();
        }
        return Strings.held(out.append(s, from, s.length()).toString());
    }

    private static EbbTuple partition(String s, String separator, boolean first) {
        int at = first ? Strings.find(s, separator, 0, s.length()) : Strings.findLast(s, separator, 0, s.length());
        if (at < 0) {
            return first ? new EbbTuple(s, "", "") : new EbbTuple("", "", s);
        }
        return new EbbTuple(s.substring(0, at), separator, s.substring(at + separator.length()));
    }

    private static String strip(Object[] b, boolean left, boolean right) {
        String s = self(b);
        if (Args.absent(b[1])) {
            s = left ? Strings.stripLeft(s) : s;
            return right ? Strings.stripRight(s) : s;
        }
        if (!(EbbObject.unwrap(b[1]) instanceof String chars)) {
            throw Errors.typeError((left ? right ? "" : "l" : "r") + "strip arg must be None or str");
        }
        int from = 0;
        int to = s.length();
        while (left && from < to && chars.indexOf(s.codePointAt(from)) >= 0) {
            from += Character.charCount(s.codePointAt(from));
        }
        while (right && to > from && chars.indexOf(s.codePointBefore(to)) >= 0) {
            to -= Character.charCount(s.codePointBefore(to));
        }
        return s.substring(from, to);
    }

    private static void lines(BuiltinTable table) {
        table.simple("splitlines(self, keepends=False)", "The lines of the string.", b -> {
            boolean keep = org.ebb.runtime.Truth.of(b[1]);
            var lines = new EbbList();
            String s = self(b);
            var glance = new Glance();
            int from = 0;
            for (int at = 0; at < s.length(); at++) {
                glance.step();
                if (isLineEnd(s.charAt(at))) {
                    int end = at;
                    at += s.charAt(at) == '\r' && at + 1 < s.length() && s.charAt(at + 1) == '\n' ? 1 : 0;
                    lines.append(s.substring(from, keep ? at + 1 : end));
                    from = at + 1;
                }
            }
            if (from < s.length()) {
                lines.append(s.substring(from));
            }
            return lines;
        });
        table.simple("expandtabs(self, tabsize=8)", "A copy with tabs replaced by blanks.", b -> expandTabs(self(b), Numbers.requireSmall(b[1])));
    }

    private static boolean isLineEnd(char c) {
        return c >= 10 && c <= 13 || c >= 28 && c <= 30 || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static String expandTabs(String s, int size) {
        var out = new StringBuilder();
        var glance = new Glance();
        long column = 0;
        for (int at = 0; at < s.length(); at++) {
            glance.step();
            char c = s.charAt(at);
            if (c == '\t') {
                int blanks = size > 0 ? (int) (size - column % size) : 0;
                Errors.longest("str", (long) out.length() + blanks);
                out.repeat(' ', blanks);
                column += blanks;
            } else {
                out.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + (Character.isLowSurrogate(c) ? 0 : 1);
            }
        }
        return out.toString();
    }

    private static int fill(Object value) {
        if (!(EbbObject.unwrap(value) instanceof String s)) {
            throw Errors.typeError("The fill character must be a unicode character, not " + Types.name(value));
        }
        if (Strings.length(s) != 1) {
            throw Errors.typeError("The fill character must be exactly one character long");
        }
        return s.codePointAt(0);
    }

    private static void pad(BuiltinTable table) {
        table.simple("center(self, width, fillchar=' ', /)", "The string in the middle of width.",
                b -> Strings.center(self(b), Numbers.requireLength(b[1], "str"), fill(b[2])));
        table.simple("ljust(self, width, fillchar=' ', /)", "The string at the left of width.",
                b -> Strings.left(self(b), Numbers.requireLength(b[1], "str"), fill(b[2])));
        table.simple("rjust(self, width, fillchar=' ', /)", "The string at the right of width.",
                b -> Strings.right(self(b), Numbers.requireLength(b[1], "str"), fill(b[2])));
        table.simple("zfill(self, width, /)", "The string with zeros after its sign up to width.", b -> {
            String s = self(b);
            int sign = s.startsWith("+") || s.startsWith("-") ? 1 : 0;
            return s.substring(0, sign) + Strings.right(s.substring(sign), Numbers.requireLength(b[1], "str") - sign, '0');
        });
    }

    private static void format(BuiltinTable table) {
        table.simple("format(self, *args, **kwargs)", "The string with its {} fields filled in.",
                b -> StrFormat.apply(self(b), (Object[]) b[1], b[2]));
        table.simple("format_map(self, mapping, /)", "The string with its {} fields filled in from a mapping.",
                b -> StrFormat.apply(self(b), null, b[1]));
        table.simple("encode(self, encoding='utf-8', errors='strict')", "The text as bytes.", b -> new EbbBytes(Types.BYTES,
                Codecs.encode(self(b), Args.str(b[1], "encode() argument 'encoding'"), Args.str(b[2], "encode() argument 'errors'"))));
        table.staticMethod("maketrans(x, y=?, z=?, /)", "A table for translate.", b -> makeTable(b[0], b[1], b[2]));
        table.simple("translate(self, table, /)", "The string with each character replaced by what the table says.",
                b -> translate(self(b), b[1]));
    }

    private static EbbDict makeTable(Object x, Object y, Object z) {
        var table = new EbbDict();
        if (y == null) {
            if (!(EbbObject.unwrap(x) instanceof EbbDict source)) {
                throw Errors.typeError("if you give only one argument to maketrans it must be a dict");
            }
            for (Object key : source.keyArray()) {
                if (key instanceof String s && Strings.length(s) != 1) {
                    throw Errors.valueError("string keys in translate table must be of length 1");
                }
                table.put(key instanceof String s ? (Object) (long) s.codePointAt(0) : key, source.get(key));
            }
            return table;
        }
        int[] from = needed(x).codePoints().toArray();
        int[] to = needed(y).codePoints().toArray();
        if (from.length != to.length) {
            throw Errors.valueError("the first two maketrans arguments must have equal length");
        }
        for (int i = 0; i < from.length; i++) {
            table.put((long) from[i], (long) to[i]);
        }
        if (z != null) {
            needed(z).codePoints().forEach(c -> table.put((long) c, EbbNone.NONE));
        }
        return table;
    }

    private static String translate(String s, Object table) {
        var out = new StringBuilder();
        var glance = new Glance();
        s.codePoints().forEach(c -> {
            glance.step();
            Object by;
            try {
                by = table instanceof EbbDict dict ? dict.get((long) c) : Sequences.getItem(table, (long) c);
            } catch (org.ebb.runtime.EbbException absent) {
                if (!absent.is(Types.LOOKUP_ERROR)) {
                    throw absent;
                }
                by = null;
            }
            switch (by) {
                case null -> out.appendCodePoint(c);
                case EbbNone none -> {
                }
                case String text -> out.append(text);
                case Long point when point >= 0 && point <= Character.MAX_CODE_POINT -> out.appendCodePoint((int) (long) point);
                default -> throw Errors.typeError("character mapping must return integer, None or str");
            }
        });
        return out.toString();
    }
}
