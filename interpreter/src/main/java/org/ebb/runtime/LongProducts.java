package org.ebb.runtime;

import com.oracle.truffle.api.TruffleSafepoint;
import java.math.BigInteger;

/**
 * Products, powers and divisors of very long numbers, in steps short enough for Ctrl-C and limits to come through between them: Java's own
 * operations cannot be stopped, and one on a hundred million digits takes minutes.
 */
public final class LongProducts {

    /** Java multiplies two numbers of so many bits in a few hundredths of a second. */
    private static final int STEP_BITS = 1 << 22;

    /** Above this many bits Java's modPow takes tenths of a second, growing with the third power. */
    private static final int MODULUS_BITS = 8_192;

    private static final int GCD_BITS = 100_000;

    private LongProducts() {}

    /** a times b; Karatsuba's way down to steps that Java does faster still. */
    public static BigInteger multiply(BigInteger a, BigInteger b) {
        if (Math.min(a.bitLength(), b.bitLength()) <= STEP_BITS) {
            return a.multiply(b);
        }
        TruffleSafepoint.poll(null);
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

    /** The greatest common divisor: Euclid's way down to numbers that Java is fast with. */
    public static BigInteger gcd(BigInteger a, BigInteger b) {
        BigInteger x = a;
        BigInteger y = b;
        while (y.bitLength() > GCD_BITS) {
            TruffleSafepoint.poll(null);
            BigInteger rest = x.mod(y.abs());
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
            TruffleSafepoint.poll(null);
            result = multiply(result, result).mod(modulus);
            if (exponent.testBit(i)) {
                result = multiply(result, factor).mod(modulus);
            }
        }
        return result;
    }
}
