package org.ebb.syntax;

import java.math.BigInteger;

/** Whole numbers of any length as digits, read and written in bounded time: Java reads in quadratic time whatever the base. */
public final class Digits {

    /** A longer decimal literal is a mistake more often than not, and a program's text is no place to wait for it. */
    public static final int MAX_DECIMAL = 4300;

    private static final int SHORT = 1000;

    private Digits() {}

    /** The number that digits stand for; they are digits of the base, without a sign. */
    public static BigInteger read(String digits, int base) {
        return Integer.bitCount(base) == 1 ? readBits(digits, base) : readHalves(digits, 0, digits.length(), base);
    }

    private static BigInteger readHalves(String digits, int from, int to, int base) {
        if (to - from <= SHORT) {
            return new BigInteger(digits.substring(from, to), base);
        }
        int low = (to - from) / 2;
        BigInteger high = readHalves(digits, from, to - low, base);
        return high.multiply(BigInteger.valueOf(base).pow(low)).add(readHalves(digits, to - low, to, base));
    }

    private static BigInteger readBits(String digits, int base) {
        int bits = Integer.numberOfTrailingZeros(base);
        byte[] bytes = new byte[(int) ((digits.length() * (long) bits + 7) / 8)];
        int held = 0;
        int count = 0;
        int at = bytes.length;
        for (int i = digits.length() - 1; i >= 0; i--) {
            held |= Character.digit(digits.charAt(i), base) << count;
            count += bits;
            if (count >= 8) {
                bytes[--at] = (byte) held;
                held >>>= 8;
                count -= 8;
            }
        }
        if (count > 0) {
            bytes[--at] = (byte) held;
        }
        return new BigInteger(1, bytes);
    }

    /** The digits of a number that is not negative. */
    public static String write(BigInteger number, int base) {
        if (Integer.bitCount(base) != 1 || number.bitLength() <= 64) {
            return number.toString(base);
        }
        int bits = Integer.numberOfTrailingZeros(base);
        byte[] bytes = number.toByteArray();
        char[] digits = new char[(number.bitLength() + bits - 1) / bits];
        int held = 0;
        int count = 0;
        int at = bytes.length;
        for (int i = digits.length - 1; i >= 0; i--) {
            if (count < bits && at > 0) {
                held |= (bytes[--at] & 0xff) << count;
                count += 8;
            }
            digits[i] = Character.forDigit(held & base - 1, base);
            held >>>= bits;
            count -= bits;
        }
        return new String(digits);
    }
}
