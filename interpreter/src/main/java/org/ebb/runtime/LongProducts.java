package org.ebb.runtime;

import java.math.BigInteger;
import org.ebb.kernel.Poll;
import org.ebb.syntax.Digits;

/**
 * Products, quotients, powers and divisors of very long numbers, in steps short enough for Ctrl-C and limits to come through between them: Java's own
 * operations cannot be stopped, and one on a hundred million digits takes minutes.
 */
public final class LongProducts {

    /** Java multiplies two numbers of so many bits in a few hundredths of a second. */
    private static final int STEP_BITS = 1 << 22;

    /** Above this many bits Java's modPow takes tenths of a second, growing with the third power. */
    private static final int MODULUS_BITS = 8_192;

    /** Java reads so many digits in a tenth of a second. */
    private static final int STEP_DIGITS = 1 << 20;

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
    static BigInteger read(String digits, int from, int to) {
        if (to - from <= STEP_DIGITS) {
            return Digits.read(digits.substring(from, to), 10);
        }
        int low = (to - from) / 2;
        return multiply(read(digits, from, to - low), power(BigInteger.TEN, low)).add(read(digits, to - low, to));
    }

    /** The decimal digits of a number that is not negative. */
    static String write(BigInteger number) {
        if (number.bitLength() <= STEP_BITS) {
            return number.toString();
        }
        int low = (int) (number.bitLength() * 0.30103 / 2);
        BigInteger[] parts = divide(number, power(BigInteger.TEN, low));
        String tail = write(parts[1]);
        return write(parts[0]) + "0".repeat(low - tail.length()) + tail;
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
