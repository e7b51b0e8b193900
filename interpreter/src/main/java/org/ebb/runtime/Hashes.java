package org.ebb.runtime;

import java.math.BigInteger;
import org.ebb.kernel.Poll;

/** The hash of numbers, strings and tuples, as Python computes them: equal numbers of different types hash alike. */
public final class Hashes {

    /** Numbers are hashed modulo this prime, 2**61 - 1. */
    private static final long PRIME = (1L << 61) - 1;
    private static final BigInteger BIG_PRIME = BigInteger.valueOf(PRIME);

    /** After so many characters one looks up. */
    private static final int GLANCE = 1 << 20;

    private Hashes() {}

    public static long integer(long value) {
        if (value >= 0 && value < PRIME) {
            return value;
        }
        long rest = value % PRIME;
        return rest == -1 ? -2 : rest;
    }

    public static long integer(BigInteger value) {
        long rest = value.remainder(BIG_PRIME).longValue();
        return rest == -1 ? -2 : rest;
    }

    public static long floating(double value) {
        if (value == (long) value && Math.abs(value) < 0x1p60) {
            return integer((long) value);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? 314159 : -314159;
        }
        if (Double.isNaN(value)) {
            return 0;
        }
        int exponent = Math.getExponent(value) + 1;
        double mantissa = Math.abs(value);
        if (exponent <= -1022) {
            mantissa *= 0x1p64;
            exponent = Math.getExponent(mantissa) + 1;
            mantissa = Math.scalb(mantissa, -exponent);
            exponent -= 64;
        } else {
            mantissa = Math.scalb(mantissa, -exponent);
        }
        long x = 0;
        while (mantissa != 0) {
            x = x << 28 & PRIME | x >>> 33;
            mantissa *= 268435456.0;
            exponent -= 28;
            long digits = (long) mantissa;
            mantissa -= digits;
            x += digits;
            if (x >= PRIME) {
                x -= PRIME;
            }
        }
        int turn = exponent >= 0 ? exponent % 61 : 60 - (-1 - exponent) % 61;
        x = x << turn & PRIME | x >>> 61 - turn;
        x = value < 0 ? -x : x;
        return x == -1 ? -2 : x;
    }

    /** The xxHash-like mix of the hashes of a tuple's elements. */
    public static long tuple(Object[] items) {
        long mix = 2870177450012600261L;
        for (Object item : items) {
            mix += Compare.hash(item) * -4417276706812531889L;
            mix = Long.rotateLeft(mix, 31) * -7046029288634856825L;
        }
        mix += items.length ^ (2870177450012600261L ^ 3527539L);
        return mix == -1 ? 1546275796 : mix;
    }

    /** A hash that does not depend on the order of the elements. */
    public static long frozenSet(Object[] items) {
        long mix = 0;
        for (Object item : items) {
            long h = Compare.hash(item);
            mix ^= (h ^ 89869747L ^ h << 16) * 3644798167L;
        }
        mix ^= (items.length + 1L) * 1927868237L;
        mix ^= mix >>> 11 ^ mix >>> 25;
        mix = mix * 69069L + 907133923L;
        return mix == -1 ? 590923713L : mix;
    }

    public static long range(EbbRange range) {
        return tuple(new Object[]{range.length,
            range.length == 0 ? EbbNone.NONE : (Object) range.start, range.length <= 1 ? EbbNone.NONE : (Object) range.step});
    }

    /** SipHash-1-3 with a zero key over the string's one, two or four bytes per character: Python's with hash seed 0. */
    public static long string(String s) {
        if (s.isEmpty()) {
            return 0;
        }
        int widest = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            widest = Character.isSurrogate(c) ? 0x10000 : Math.max(widest, c);
            if (widest == 0x10000) {
                break;
            }
        }
        int width = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
        var sip = new Sip();
        int looked = 0;
        for (int i = 0; i < s.length();) {
            if (i - looked > GLANCE) {
                looked = i;
                Poll.now();
            }
            int c = width == 4 ? s.codePointAt(i) : s.charAt(i);
            i += width == 4 ? Character.charCount(c) : 1;
            sip.add(c, width);
        }
        long hash = sip.finish();
        return hash == -1 ? -2 : hash;
    }

    /** The running state of SipHash-1-3. */
    private static final class Sip {
        private long v0 = 0x736f6d6570736575L;
        private long v1 = 0x646f72616e646f6dL;
        private long v2 = 0x6c7967656e657261L;
        private long v3 = 0x7465646279746573L;
        private long word;
        private int bytes;

        void add(int value, int width) {
            word |= (value & 0xffffffffL) << (bytes & 7) * 8;
            bytes += width;
            if ((bytes & 7) == 0) {
                mix(word);
                word = 0;
            }
        }

        private void mix(long m) {
            v3 ^= m;
            round();
            v0 ^= m;
        }

        long finish() {
            mix(word | (long) bytes << 56);
            v2 ^= 0xff;
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
