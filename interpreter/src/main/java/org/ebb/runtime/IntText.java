package org.ebb.runtime;

import java.math.BigInteger;
import org.ebb.syntax.Digits;

/** Reads and writes whole numbers in any base. */
public final class IntText {

    /** No limit can be lower than 640 digits, which have at least 2122 bits. */
    private static final int BITS_OF_FEW_DIGITS = 2_122;

    private IntText() {}

    /** {@code str(int)}; of more digits than sys.set_int_max_str_digits allows a ValueError. */
    static String decimal(BigInteger value) {
        if (value.bitLength() < BITS_OF_FEW_DIGITS) {
            return value.toString();
        }
        int limit = limit();
        // a digit is more than 3.32 and less than 3.33 bits
        String text = limit > 0 && value.bitLength() > limit * 3.33 ? null
                : (value.signum() < 0 ? "-" : "") + LongProducts.write(value.abs());
        if (text == null || limit > 0 && text.length() - (value.signum() < 0 ? 1 : 0) > limit) {
            throw Errors.valueError("Exceeds the limit (" + limit + " digits) for integer string conversion; "
                    + "use sys.set_int_max_str_digits() to increase the limit");
        }
        return text;
    }

    /** How many decimal digits are converted, or 0 for any number. */
    private static int limit() {
        return EbbContext.get(null).digitLimit;
    }

    public static String decimal(Object value) {
        return value instanceof EbbBigInt big ? decimal(big.value) : Long.toString(Integers.small(value));
    }

    /** Digits with their prefix: {@code -0b101}. */
    public static String radix(Object value, int base, String prefix) {
        BigInteger big = Integers.big(value);
        return (big.signum() < 0 ? "-" : "") + prefix + Digits.write(big.abs(), base);
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
        if (digits.length() > 640 && Integer.bitCount(radix) != 1 && limit() > 0 && digits.length() > limit()) {
            throw Errors.valueError("Exceeds the limit (" + limit() + " digits) for integer string conversion: value has "
                    + digits.length() + " digits; use sys.set_int_max_str_digits() to increase the limit");
        }
        BigInteger value = radix == 10 ? LongProducts.read(digits) : Digits.read(digits, radix);
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
