package org.ebb.runtime;

import java.math.BigInteger;

/** Reads and writes whole numbers in any base. */
public final class IntText {

    /** As in Python, more decimal digits than this need another base: the conversion is quadratic. */
    private static final int MAX_DIGITS = 4300;

    private IntText() {}

    /** {@code str(int)}. */
    static String decimal(BigInteger value) {
        // 4300 digits have about 14284 bits; only numbers near the limit need the exact count.
        if (value.bitLength() > 14_280) {
            String text = value.toString();
            if (text.length() - (value.signum() < 0 ? 1 : 0) > MAX_DIGITS) {
                throw Errors.valueError("Exceeds the limit (4300 digits) for integer string conversion; "
                        + "use sys.set_int_max_str_digits() to increase the limit");
            }
            return text;
        }
        return value.toString();
    }

    public static String decimal(Object value) {
        return value instanceof EbbBigInt big ? decimal(big.value) : Long.toString(Integers.small(value));
    }

    /** Digits with their prefix: {@code -0b101}. */
    public static String radix(Object value, int base, String prefix) {
        BigInteger big = Integers.big(value);
        return (big.signum() < 0 ? "-" : "") + prefix + big.abs().toString(base);
    }

    /** {@code int(text, base)}; base 0 takes the base from a prefix. */
    public static Object parse(String text, int base) {
        if (base != 0 && (base < 2 || base > 36)) {
            throw Errors.valueError("int() base must be >= 2 and <= 36, or 0");
        }
        String s = Strings.strip(text);
        int at = 0;
        boolean negative = false;
        if (at < s.length() && (s.charAt(at) == '+' || s.charAt(at) == '-')) {
            negative = s.charAt(at++) == '-';
        }
        int radix = base;
        boolean prefixed = false;
        if (at + 1 < s.length() && s.charAt(at) == '0') {
            int implied = switch (Character.toLowerCase(s.charAt(at + 1))) {
                case 'x' -> 16;
                case 'o' -> 8;
                case 'b' -> 2;
                default -> 0;
            };
            if (implied != 0 && (base == 0 || base == implied)) {
                radix = implied;
                at += 2;
                prefixed = true;
            }
        }
        if (radix == 0) {
            radix = 10;
        }
        String digits = digits(s, at, radix, prefixed);
        if (digits == null || base == 0 && !prefixed && digits.length() > 1 && digits.charAt(0) == '0' && !digits.replace("0", "").isEmpty()) {
            throw Errors.valueError("invalid literal for int() with base " + base + ": " + StringText.repr(text));
        }
        if (digits.length() > MAX_DIGITS && Integer.bitCount(radix) != 1) {
            throw Errors.valueError("Exceeds the limit (4300 digits) for integer string conversion: value has "
                    + digits.length() + " digits; use sys.set_int_max_str_digits() to increase the limit");
        }
        BigInteger value = new BigInteger(digits, radix);
        return Integers.of(negative ? value.negate() : value);
    }

    /** The digits as ASCII without underscores, or null where the text is no number. */
    private static String digits(String s, int from, int radix, boolean prefixed) {
        var digits = new StringBuilder();
        boolean mayBreak = prefixed;
        for (int at = from; at < s.length(); at++) {
            char c = s.charAt(at);
            if (c == '_') {
                if (!mayBreak || at == s.length() - 1) {
                    return null;
                }
                mayBreak = false;
                continue;
            }
            int digit = Character.digit(c, radix);
            if (digit < 0) {
                return null;
            }
            digits.append(Character.forDigit(digit, radix));
            mayBreak = true;
        }
        return digits.isEmpty() ? null : digits.toString();
    }
}
