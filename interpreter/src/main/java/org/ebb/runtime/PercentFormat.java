package org.ebb.runtime;

import java.math.BigInteger;
import org.ebb.syntax.Digits;

/** {@code text % values}. */
final class PercentFormat {

    private final String format;
    private final Object values;
    private final Object[] row;
    private final boolean mapping;
    private int next;
    private int at;
    private final StringBuilder out = new StringBuilder();

    private PercentFormat(String format, Object values) {
        this.format = format;
        this.values = values;
        Object plain = EbbObject.unwrap(values);
        this.row = plain instanceof EbbTuple tuple ? tuple.items : new Object[]{values};
        this.mapping = !(plain instanceof EbbTuple) && !(plain instanceof String)
                && (plain instanceof EbbDict || plain instanceof EbbList || Types.lookup(values, "__getitem__") != null);
    }

    static String apply(String format, Object values) {
        return new PercentFormat(format, values).run();
    }

    private String run() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c == '%') {
                field();
            } else {
                out.append(c);
            }
        }
        if (next < row.length && !mapping) {
            throw Errors.typeError("not all arguments converted during string formatting");
        }
        return out.toString();
    }

    private void field() {
        int start = at;
        Object named = null;
        if (peek() == '(') {
            if (!mapping) {
                throw Errors.typeError("format requires a mapping");
            }
            named = Sequences.getItem(values, key());
            next = row.length; // from here on the values have names, not places
        }
        boolean left = false;
        boolean plus = false;
        boolean space = false;
        boolean alternate = false;
        boolean zero = false;
        for (boolean more = true; more;) {
            switch (peek()) {
                case '-' -> left = true;
                case '+' -> plus = true;
                case ' ' -> space = true;
                case '#' -> alternate = true;
                case '0' -> zero = true;
                default -> more = false;
            }
            at += more ? 1 : 0;
        }
        long given = size();
        left |= given < -1;
        int width = Errors.longest("str", Math.abs(given));
        int precision = -1;
        if (peek() == '.') {
            at++;
            long wanted = Math.max(0, size());
            if (wanted > Integer.MAX_VALUE) {
                throw Errors.valueError("precision too big");
            }
            precision = (int) wanted;
        }
        while (peek() == 'l' || peek() == 'h' || peek() == 'L') {
            at++;
        }
        if (at >= format.length()) {
            throw Errors.valueError("incomplete format");
        }
        char type = format.charAt(at++);
        if (type == '%' && at == start + 1) {
            out.append('%');
            return;
        }
        Object value = named != null ? named : take();
        char sign = plus ? '+' : space ? ' ' : 0;
        switch (type) {
            case 's', 'r', 'a' -> text(type, value, precision, width, left);
            case 'c' -> pad(character(value), width, left);
            case 'd', 'i', 'u', 'o', 'x', 'X' -> integer(type, value, sign, alternate, zero && !left, precision, width, left);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> {
                double number = real(value);
                boolean fill = zero && !left;
                out.append(new FormatSpec("float", fill ? '0' : ' ', fill ? '=' : left ? '<' : '>', sign, false, alternate, width, (char) 0,
                        precision < 0 ? 6 : precision, type).applyFloat(number));
            }
            default -> throw Errors.valueError("unsupported format character '" + type + "' (0x" + Integer.toHexString(type) + ") at index "
                    + (at - 1));
        }
    }

    private String key() {
        int depth = 1;
        int start = ++at;
        while (at < format.length()) {
            char c = format.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return format.substring(start, at - 1);
            }
        }
        throw Errors.valueError("incomplete format key");
    }

    /** A number or {@code *}; -1 where there is none. */
    private long size() {
        if (peek() == '*') {
            at++;
            Object value = take();
            if (!Integers.isInt(Numbers.plain(value))) {
                throw Errors.typeError("* wants int");
            }
            long size = sized(Numbers.plain(value));
            return size == -1 ? -2 : size; // a width of -1 is 1, flush left; both fill nothing
        }
        int start = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        return at == start ? -1 : sized(IntText.parse(format.substring(start, at), 10));
    }

    private static long sized(Object size) {
        if (size instanceof EbbBigInt) {
            throw Errors.valueError("width or precision too big");
        }
        return Integers.small(size);
    }

    private Object take() {
        if (next >= row.length) {
            throw Errors.typeError("not enough arguments for format string");
        }
        return row[next++];
    }

    private char peek() {
        return at < format.length() ? format.charAt(at) : 0;
    }

    private void pad(String text, int width, boolean left) {
        out.append(left ? Strings.left(text, width, ' ') : Strings.right(text, width, ' '));
    }

    private void text(char type, Object value, int precision, int width, boolean left) {
        String text = type == 's' ? Text.str(value) : type == 'r' ? Text.repr(value) : Text.ascii(value);
        pad(precision >= 0 && precision < Strings.length(text) ? Strings.substring(text, 0, precision) : text, width, left);
    }

    private static String character(Object value) {
        if (value instanceof String s) {
            if (Strings.length(s) == 1) {
                return s;
            }
            throw Errors.typeError("%c requires int or char");
        }
        Object index = Numbers.asIndex(value);
        if (index == null) {
            throw Errors.typeError("%c requires int or char");
        }
        int point = Integers.clamp(index);
        if (point < 0 || point > Character.MAX_CODE_POINT) {
            throw Errors.overflow("%c arg not in range(0x110000)");
        }
        return Character.toString(point);
    }

    private static double real(Object value) {
        try {
            return Numbers.requireDouble(value);
        } catch (EbbException wrong) {
            throw wrong.is(Types.TYPE_ERROR) ? Errors.typeError("must be real number, not " + Types.name(value)) : wrong;
        }
    }

    private void integer(char type, Object value, char sign, boolean alternate, boolean zero, int precision, int width, boolean left) {
        Object plain = Numbers.plain(value);
        boolean decimal = type == 'd' || type == 'i' || type == 'u';
        Object whole = plain instanceof Double d && decimal ? Floats.toInt(d) : Numbers.asIndex(value);
        if (whole == null && decimal && !(plain instanceof String)) {
            whole = Calls.callSpecial(value, "__int__");
        }
        if (whole == null) {
            throw Errors.typeError("%" + type + " format: " + (decimal ? "a real number" : "an integer") + " is required, not " + Types.name(value));
        }
        BigInteger big = Integers.big(whole);
        String digits = decimal ? IntText.decimal(big.abs()) : Digits.write(big.abs(), type == 'o' ? 8 : 16);
        if (type == 'X') {
            digits = digits.toUpperCase(java.util.Locale.ROOT);
        }
        digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
        String head = (big.signum() < 0 ? "-" : sign == 0 ? "" : String.valueOf(sign)) + (alternate && !decimal ? "0" + type : "");
        if (zero) {
            digits = "0".repeat(Math.max(0, width - head.length() - digits.length())) + digits;
        }
        pad(head + digits, width, left);
    }
}
