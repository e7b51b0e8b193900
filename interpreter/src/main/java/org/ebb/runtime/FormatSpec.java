package org.ebb.runtime;

import java.math.BigInteger;
import org.ebb.syntax.Digits;

/**
 * {@code [[fill]align][sign][z][#][0][width][grouping][.precision][type]}: how a number or a string is laid out.
 *
 * <p>{@code align} and {@code type} are 0 where none was given; {@code width} and {@code precision} -1.
 */
record FormatSpec(String typeName, int fill, char align, char sign, boolean noNegativeZero, boolean alternate, int width, char grouping,
        int precision, char type) {

    /** Reads a specification; {@code typeName} is the type of the value, for messages. */
    static FormatSpec parse(String text, String typeName) {
        return new Reader(text, typeName).read();
    }

    private static final class Reader {
        private final String text;
        private final String typeName;
        private int at;

        Reader(String text, String typeName) {
            this.text = text;
            this.typeName = typeName;
        }

        FormatSpec read() {
            int fill = ' ';
            char align = 0;
            if (!text.isEmpty()) {
                int first = Character.charCount(text.codePointAt(0));
                if (isAlign(charAt(first))) {
                    fill = text.codePointAt(0);
                    align = charAt(first);
                    at = first + 1;
                } else if (isAlign(charAt(0))) {
                    align = charAt(at++);
                }
            }
            char sign = peek() == '+' || peek() == '-' || peek() == ' ' ? charAt(at++) : 0;
            boolean noNegativeZero = take('z');
            boolean alternate = take('#');
            if (peek() == '0') {
                at++;
                boolean filled = at > 1 && align != 0 && isAlign(charAt(Character.charCount(text.codePointAt(0))));
                fill = filled ? fill : '0';
                align = align != 0 ? align : typeName.equals("str") ? '<' : '=';
            }
            return rest(fill, align, sign, noNegativeZero, alternate);
        }

        private FormatSpec rest(int fill, char align, char sign, boolean noNegativeZero, boolean alternate) {
            int width = Errors.longest("str", number());
            char grouping = 0;
            while (peek() == ',' || peek() == '_') {
                char next = charAt(at++);
                if (grouping != 0) {
                    throw Errors.valueError(grouping == next && next == '_' ? "Cannot specify '_' with '_'." : grouping == next
                            ? "Cannot specify ',' with ','." : "Cannot specify both ',' and '_'.");
                }
                grouping = next;
            }
            int precision = -1;
            if (take('.')) {
                long wanted = number();
                if (wanted < 0 || wanted > Integer.MAX_VALUE) {
                    throw Errors.valueError(wanted < 0 ? "Format specifier missing precision" : "precision too big");
                }
                precision = (int) wanted;
            }
            if (text.codePointCount(Math.min(at, text.length()), text.length()) > 1) {
                throw Errors.valueError("Invalid format specifier '" + text + "' for object of type '" + typeName + "'");
            }
            char type = peek();
            requireGroupable(type == 0 && typeName.equals("str") ? 's' : type, grouping);
            return new FormatSpec(typeName, fill, align, sign, noNegativeZero, alternate, width, grouping, precision, type);
        }

        /** Digits stand in groups of three in decimal numbers; underscores part those of other bases, too. */
        private static void requireGroupable(char type, char grouping) {
            String types = grouping == ',' ? "deEfFgG%" : "deEfFgG%boxX";
            if (grouping != 0 && type != 0 && types.indexOf(type) < 0) {
                throw Errors.valueError("Cannot specify '" + grouping + "' with '" + type + "'.");
            }
        }

        /** -1 where there is none. */
        private long number() {
            int start = at;
            while (Character.digit(peek(), 10) >= 0) {
                at++;
            }
            try {
                return at == start ? -1 : Long.parseLong(text.substring(start, at));
            } catch (NumberFormatException large) {
                throw Errors.valueError("Too many decimal digits in format string");
            }
        }

        private boolean take(char c) {
            if (peek() == c) {
                at++;
                return true;
            }
            return false;
        }

        private char peek() {
            return charAt(at);
        }

        private char charAt(int index) {
            return index < text.length() ? text.charAt(index) : 0;
        }

        private static boolean isAlign(char c) {
            return c == '<' || c == '>' || c == '=' || c == '^';
        }
    }

    private EbbException unknownType() {
        String shown = type > 32 && type < 128 ? String.valueOf(type) : "\\x" + Integer.toHexString(type);
        return Errors.valueError("Unknown format code '" + shown + "' for object of type '" + (typeName.equals("bool") ? "int" : typeName) + "'");
    }

    /** A string. */
    String apply(String s) {
        if (type != 0 && type != 's') {
            throw unknownType();
        }
        if (sign != 0) {
            throw Errors.valueError(sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
        }
        if (noNegativeZero) {
            throw Errors.valueError("Negative zero coercion (z) not allowed in string format specifier");
        }
        if (alternate) {
            throw Errors.valueError("Alternate form (#) not allowed in string format specifier");
        }
        if (align == '=') {
            throw Errors.valueError("'=' alignment not allowed in string format specifier");
        }
        String cut = precision >= 0 && precision < Strings.length(s) ? Strings.substring(s, 0, precision) : s;
        return aligned("", cut, '<');
    }

    /** An int or a bool. */
    String applyInt(Object value) {
        switch (type) {
            case 'e', 'E', 'f', 'F', 'g', 'G', '%' -> {
                return applyFloat(Integers.toDouble(value));
            }
            case 'c' -> {
                return character(value);
            }
            case 0, 'd', 'n', 'b', 'o', 'x', 'X' -> {
            }
            default -> throw unknownType();
        }
        if (precision >= 0) {
            throw Errors.valueError("Precision not allowed in integer format specifier");
        }
        if (noNegativeZero) {
            throw Errors.valueError("Negative zero coercion (z) not allowed in format specifier with integer format code '"
                    + (type == 0 ? 'd' : type) + "'");
        }
        BigInteger big = Integers.big(value);
        int base = type == 'b' ? 2 : type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
        String digits = base == 10 ? IntText.decimal(big.abs()) : Digits.write(big.abs(), base);
        String prefix = alternate && base != 10 ? "0" + type : "";
        if (type == 'X') {
            digits = digits.toUpperCase(java.util.Locale.ROOT);
        }
        return numeric(signOf(big.signum() < 0) + prefix, digits, "", base == 10 ? 3 : 4);
    }

    private String character(Object value) {
        if (precision >= 0) {
            throw Errors.valueError("Precision not allowed in integer format specifier");
        }
        if (sign != 0) {
            throw Errors.valueError("Sign not allowed with integer format specifier 'c'");
        }
        if (alternate) {
            throw Errors.valueError("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        if (value instanceof EbbBigInt || Integers.small(value) < 0 || Integers.small(value) > Character.MAX_CODE_POINT) {
            throw Errors.overflow("%c arg not in range(0x110000)");
        }
        return aligned("", Character.toString((int) Integers.small(value)), '>');
    }

    /** A float. */
    String applyFloat(double value) {
        boolean upper = type == 'E' || type == 'F' || type == 'G';
        switch (type) {
            case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%' -> {
            }
            default -> throw unknownType();
        }
        double scaled = type == '%' ? value * 100 : value;
        String body = Double.isNaN(value) ? "nan" : Double.isInfinite(scaled) ? "inf"
                : FloatLayout.of(Math.abs(scaled), type, precision, alternate);
        if (upper) {
            body = body.toUpperCase(java.util.Locale.ROOT);
        }
        boolean negative = !Double.isNaN(value) && (value < 0 || value == 0 && 1 / value < 0);
        if (noNegativeZero && negative && isZeroText(body)) {
            negative = false;
        }
        int whole = 0;
        while (whole < body.length() && Character.isDigit(body.charAt(whole))) {
            whole++;
        }
        String tail = body.substring(whole) + (type == '%' ? "%" : "");
        return numeric(signOf(negative), body.substring(0, whole), tail, 3);
    }

    private static boolean isZeroText(String body) {
        for (int i = 0; i < body.length() && body.charAt(i) != 'e' && body.charAt(i) != 'E'; i++) {
            if (body.charAt(i) != '0' && body.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }

    private String signOf(boolean negative) {
        return negative ? "-" : sign == '+' ? "+" : sign == ' ' ? " " : "";
    }

    /** Groups the whole digits and pads; zeros that fill up to the width are grouped too. */
    private String numeric(String head, String digits, String tail, int group) {
        String grouped = digits;
        if (grouping != 0 && !digits.isEmpty()) {
            int room = fill == '0' && align == '=' ? width - head.length() - tail.length() : 0;
            grouped = grouped(digits, group, room);
        }
        return aligned(head, grouped + tail, '>');
    }

    private String grouped(String digits, int group, int room) {
        var out = new StringBuilder();
        int at = digits.length();
        int count = 0;
        // From the right: digits, then zeros while there is room for one more (and for the separator before it).
        while (at > 0 || out.length() < room) {
            if (count == group) {
                out.append(grouping);
                count = 0;
            }
            out.append(at > 0 ? digits.charAt(--at) : '0');
            count++;
        }
        return out.reverse().toString();
    }

    private String aligned(String head, String body, char otherwise) {
        int missing = width - Strings.length(head) - Strings.length(body);
        char way = align == 0 ? otherwise : align;
        return switch (way) {
            case '<' -> Strings.pad(head + body, 0, missing, fill);
            case '^' -> Strings.pad(head + body, Math.max(0, missing) / 2, Math.max(0, missing) - Math.max(0, missing) / 2, fill);
            case '=' -> head + Strings.pad(body, missing, 0, fill);
            default -> Strings.pad(head + body, missing, 0, fill);
        };
    }
}
