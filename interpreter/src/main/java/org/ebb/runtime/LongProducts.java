package org.ebb.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.ebb.kernel.Poll;
import org.ebb.syntax.Digits;

/**
 * Products, quotients, powers and divisors of very long numbers, in steps short enough for Ctrl-C and limits to come through between them: Java's own
 * operations cannot be stopped, and one on a hundred million digits takes minutes.
 */
public final class LongProducts {

    /** Java multiplies two numbers of so many bits in a hundredth of a second, and divides by one in a tenth. */
    private static final int STEP_BITS = 1 << 19;

    /** Above this many bits Java's modPow takes tenths of a second, growing with the third power. */
    private static final int MODULUS_BITS = 8_192;

    /** So many digits are read and written by Java, in milliseconds. */
    private static final int LEAF = 1 << 14;

    /** Made when a number is that long: it takes 13 ms in a program that has just begun. */
    private static final class Leaf {
        static final BigInteger POWER = BigInteger.TEN.pow(LEAF);
    }

    private static final int GCD_BITS = 100_000;

    private LongProducts() {}

    /** a times b; Karatsuba's way down to steps that Java does faster still. */
    public static BigInteger multiply(BigInteger a, BigInteger b) {
        if (Math.min(a.bitLength(), b.bitLength()) <= STEP_BITS) {
            return a.multiply(b);
        }
        Poll.now();
        if (a.signum() * b.signum() < 0) {
            return multiply(a.abs(), b.abs()).negate();
        }
        BigInteger x = a.abs();
        BigInteger y = a == b ? x : b.abs(); // one object: Java squares faster than it multiplies
        int half = Math.max(x.bitLength(), y.bitLength()) / 2;
        BigInteger xHigh = x.shiftRight(half);
        BigInteger yHigh = x == y ? xHigh : y.shiftRight(half);
        BigInteger xLow = x.subtract(xHigh.shiftLeft(half));
        BigInteger yLow = x == y ? xLow : y.subtract(yHigh.shiftLeft(half));
        BigInteger xSum = xHigh.add(xLow);
        BigInteger ySum = x == y ? xSum : yHigh.add(yLow);
        BigInteger high = multiply(xHigh, yHigh);
        BigInteger low = multiply(xLow, yLow);
        BigInteger middle = multiply(xSum, ySum).subtract(high).subtract(low);
        return high.shiftLeft(half).add(middle).shiftLeft(half).add(low);
    }

    /** Quotient and rest, as Java's {@code divideAndRemainder}. */
    static BigInteger[] divide(BigInteger a, BigInteger b) {
        return divide(a, b, STEP_BITS);
    }

    /** The same in steps of so many bits. */
    static BigInteger[] divide(BigInteger a, BigInteger b, int step) {
        if (a.bitLength() <= 2 * step) {
            return a.divideAndRemainder(b);
        }
        BigInteger[] parts = quotient(a.abs(), b.abs(), step);
        return new BigInteger[] {a.signum() == b.signum() ? parts[0] : parts[0].negate(), a.signum() < 0 ? parts[1].negate() : parts[1]};
    }

    /**
     * Burnikel's and Ziegler's way: half of the quotient at a time; and where the divisor is twice as long as the quotient, its upper half
     * gives one that is at most a few too large.
     */
    private static BigInteger[] quotient(BigInteger a, BigInteger b, int step) {
        int length = a.bitLength() - b.bitLength();
        if (a.bitLength() <= 2 * step || length <= 0) {
            return a.divideAndRemainder(b);
        }
        Poll.now();
        if (b.bitLength() >= 2 * length) {
            int cut = b.bitLength() - length;
            BigInteger upper = b.shiftRight(cut);
            BigInteger[] parts = quotient(a.shiftRight(cut), upper, step);
            BigInteger rest = parts[1].shiftLeft(cut).add(low(a, cut)).subtract(multiply(parts[0], low(b, cut)));
            BigInteger quotient = parts[0];
            while (rest.signum() < 0) {
                quotient = quotient.subtract(BigInteger.ONE);
                rest = rest.add(b);
            }
            return new BigInteger[] {quotient, rest};
        }
        int half = length / 2;
        BigInteger[] high = quotient(a.shiftRight(half), b, step);
        BigInteger[] low = quotient(high[1].shiftLeft(half).add(low(a, half)), b, step);
        return new BigInteger[] {high[0].shiftLeft(half).add(low[0]), low[1]};
    }

    /** The lowest bits of a number that is not negative. */
    private static BigInteger low(BigInteger number, int bits) {
        return number.subtract(number.shiftRight(bits).shiftLeft(bits));
    }

    /** The number of a row of decimal digits. */
    static BigInteger read(String digits) {
        if (digits.length() <= LEAF) {
            return Digits.read(digits, 10);
        }
        List<BigInteger> powers = new ArrayList<>(List.of(Leaf.POWER));
        while ((long) LEAF << powers.size() < digits.length()) {
            powers.add(multiply(powers.getLast(), powers.getLast()));
        }
        return read(digits, 0, digits.length(), powers);
    }

    private static BigInteger read(String digits, int from, int to, List<BigInteger> powers) {
        if (to - from <= LEAF) {
            Poll.now();
            return Digits.read(digits.substring(from, to), 10);
        }
        int level = 31 - Integer.numberOfLeadingZeros((to - from - 1) / LEAF);
        int middle = to - (LEAF << level);
        return multiply(read(digits, from, middle, powers), powers.get(level)).add(read(digits, middle, to, powers));
    }

    /** The decimal digits of a number that is not negative. */
    static String write(BigInteger number) {
        if (number.bitLength() <= 3 * LEAF || number.compareTo(Leaf.POWER) < 0) {
            return number.toString();
        }
        List<BigInteger> powers = new ArrayList<>(List.of(Leaf.POWER));
        while (2L * powers.getLast().bitLength() <= number.bitLength() + 1L) {
            powers.add(multiply(powers.getLast(), powers.getLast()));
        }
        var out = new StringBuilder();
        write(number, powers.size(), powers, out);
        return out.toString();
    }

    /** Writes a number below the square of the power before {@code level}; with all its zeros where something stands before it. */
    private static void write(BigInteger number, int level, List<BigInteger> powers, StringBuilder out) {
        if (level == 0) {
            Poll.now();
            String text = number.toString();
            out.repeat('0', out.isEmpty() ? 0 : LEAF - text.length()).append(text);
        } else if (out.isEmpty() && number.compareTo(powers.get(level - 1)) < 0) {
            write(number, level - 1, powers, out);
        } else {
            BigInteger[] parts = divide(number, powers.get(level - 1));
            write(parts[0], level - 1, powers, out);
            write(parts[1], level - 1, powers, out);
        }
    }

    /** The greatest common divisor: Euclid's way down to numbers that Java is fast with. */
    public static BigInteger gcd(BigInteger a, BigInteger b) {
        BigInteger x = a;
        BigInteger y = b;
        while (y.bitLength() > GCD_BITS) {
            Poll.now();
            BigInteger rest = divide(x, y)[1].abs();
            x = y;
            y = rest;
        }
        return x.gcd(y);
    }

    /** base to a power that is not negative; the base is neither 0 nor 1 nor -1. */
    static BigInteger power(BigInteger base, int exponent) {
        if ((long) base.bitLength() * exponent <= STEP_BITS) {
            return base.pow(exponent);
        }
        int twos = base.getLowestSetBit();
        if (twos > 0) {
            BigInteger odd = base.shiftRight(twos);
            return (odd.equals(BigInteger.ONE) ? odd : power(odd, exponent)).shiftLeft(twos * exponent);
        }
        BigInteger root = power(base, exponent / 2);
        BigInteger square = multiply(root, root);
        return exponent % 2 == 0 ? square : multiply(square, base);
    }

    /** base to the exponent, modulo a positive number; the exponent is not negative or the base can be inverted. */
    static BigInteger power(BigInteger base, BigInteger exponent, BigInteger modulus) {
        if (modulus.bitLength() <= MODULUS_BITS || exponent.signum() < 0) {
            return base.modPow(exponent, modulus);
        }
        BigInteger factor = base.mod(modulus);
        BigInteger result = BigInteger.ONE;
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            Poll.now();
            result = divide(multiply(result, result), modulus)[1];
            if (exponent.testBit(i)) {
                result = divide(multiply(result, factor), modulus)[1];
            }
        }
        return result;
    }
}
