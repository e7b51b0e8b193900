package org.ebb.runtime;

import java.math.BigInteger;

/** Whole numbers: a Long where it fits, else an {@link EbbBigInt}. Every result is normalised. */
public final class Integers {

    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    /** More bits than this are refused: a number of 2 GiB is a mistake and not a wish. */
    private static final long MAX_BITS = 1L << 31;

    private Integers() {}

    public static Object of(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : new EbbBigInt(value);
    }

    /** A number of the host or of another language, which is {@code value}. */
    static Object ofForeign(BigInteger value, Object foreign) {
        return value.bitLength() < 64 ? (Object) value.longValue() : new EbbBigInt(value, foreign);
    }

    /** Is this an int of the language (a bool is one)? */
    public static boolean isInt(Object value) {
        return value instanceof Long || value instanceof Boolean || value instanceof EbbBigInt;
    }

    /** The value as a BigInteger; the argument is an int or a bool. */
    public static BigInteger big(Object value) {
        return switch (value) {
            case Long l -> BigInteger.valueOf(l);
            case Boolean b -> b ? BigInteger.ONE : BigInteger.ZERO;
            case EbbBigInt b -> b.value;
            default -> throw new IllegalArgumentException("no int: " + value.getClass());
        };
    }

    /** A bool or Long as a long; the caller has checked that it is one. */
    public static long small(Object value) {
        return value instanceof Long l ? l : ((Boolean) value) ? 1 : 0;
    }

    static boolean isSmall(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    public static Object add(Object a, Object b) {
        if (isSmall(a) && isSmall(b)) {
            long x = small(a);
            long y = small(b);
            long r = x + y;
            if (((x ^ r) & (y ^ r)) >= 0) {
                return r;
            }
        }
        return of(big(a).add(big(b)));
    }

    public static Object subtract(Object a, Object b) {
        if (isSmall(a) && isSmall(b)) {
            long x = small(a);
            long y = small(b);
            long r = x - y;
            if (((x ^ y) & (x ^ r)) >= 0) {
                return r;
            }
        }
        return of(big(a).subtract(big(b)));
    }

    public static Object multiply(Object a, Object b) {
        if (isSmall(a) && isSmall(b)) {
            long x = small(a);
            long y = small(b);
            long high = Math.multiplyHigh(x, y);
            long low = x * y;
            if (high == 0 && low >= 0 || high == -1 && low < 0) {
                return low;
            }
        }
        return of(LongProducts.multiply(big(a), big(b)));
    }

    /** True division with one rounding, also for numbers that no double holds. */
    public static Object divide(Object a, Object b) {
        if (isZero(b)) {
            throw Errors.zeroDivision("division by zero");
        }
        if (isSmall(a) && isSmall(b)) {
            long x = small(a);
            long y = small(b);
            if (Math.abs(x) <= 1L << 53 && Math.abs(y) <= 1L << 53 && x != Long.MIN_VALUE && y != Long.MIN_VALUE) {
                return (double) x / y;
            }
        }
        return divideExactly(big(a), big(b));
    }

    private static double divideExactly(BigInteger a, BigInteger b) {
        boolean negative = a.signum() * b.signum() < 0;
        BigInteger n = a.abs();
        BigInteger d = b.abs();
        // A quotient of at least 66 bits with a sticky last bit rounds as the exact one does.
        int shift = 66 - (n.bitLength() - d.bitLength());
        BigInteger[] parts = shift >= 0 ? LongProducts.divide(n.shiftLeft(shift), d) : LongProducts.divide(n, d.shiftLeft(-shift));
        BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
        double result = scale(quotient, -shift);
        if (Double.isInfinite(result)) {
            throw Errors.overflow("integer division result too large for a float");
        }
        return negative ? -result : result;
    }

    /** value * 2**exponent with one rounding, also where the result is subnormal. */
    static double scale(BigInteger value, int exponent) {
        int bits = value.bitLength();
        if (bits == 0) {
            return 0.0;
        }
        int lowest = Math.max(exponent, -1074);
        int excess = Math.max(bits - 64, lowest - exponent);
        if (excess > 0) {
            boolean sticky = value.getLowestSetBit() < excess;
            BigInteger top = value.shiftRight(excess);
            if (excess > bits + 2) {
                return 0.0;
            }
            if (exponent + bits <= -1022) {
                return subnormal(value, exponent);
            }
            return Math.scalb((sticky ? top.setBit(0) : top).doubleValue(), exponent + excess);
        }
        return Math.scalb(value.doubleValue(), exponent);
    }

    private static double subnormal(BigInteger value, int exponent) {
        int drop = -1074 - exponent;
        if (drop <= 0) {
            return Math.scalb(value.doubleValue(), exponent);
        }
        BigInteger kept = value.shiftRight(drop);
        BigInteger rest = value.subtract(kept.shiftLeft(drop));
        int half = rest.compareTo(BigInteger.ONE.shiftLeft(drop - 1));
        if (half > 0 || half == 0 && kept.testBit(0)) {
            kept = kept.add(BigInteger.ONE);
        }
        return kept.longValue() * Double.MIN_VALUE;
    }

    public static Object floorDivide(Object a, Object b) {
        if (isZero(b)) {
            throw Errors.zeroDivision("integer division or modulo by zero");
        }
        if (isSmall(a) && isSmall(b)) {
            long x = small(a);
            long y = small(b);
            if (x != Long.MIN_VALUE || y != -1) {
                return Math.floorDiv(x, y);
            }
        }
        return of(floorDivMod(big(a), big(b))[0]);
    }

    public static Object modulo(Object a, Object b) {
        if (isZero(b)) {
            throw Errors.zeroDivision("integer modulo by zero");
        }
        if (isSmall(a) && isSmall(b)) {
            return Math.floorMod(small(a), small(b));
        }
        return of(floorDivMod(big(a), big(b))[1]);
    }

    static BigInteger[] floorDivMod(BigInteger a, BigInteger b) {
        BigInteger[] parts = LongProducts.divide(a, b);
        if (parts[1].signum() != 0 && parts[1].signum() != b.signum()) {
            parts[0] = parts[0].subtract(BigInteger.ONE);
            parts[1] = parts[1].add(b);
        }
        return parts;
    }

    /** An int, or a float where the exponent is negative. */
    public static Object power(Object a, Object b) {
        BigInteger exponent = big(b);
        if (exponent.signum() < 0) {
            if (isZero(a)) {
                throw Errors.zeroDivision("0.0 cannot be raised to a negative power");
            }
            return Floats.power(toDouble(a), toDouble(b));
        }
        BigInteger base = big(a);
        if (base.signum() == 0 || base.equals(BigInteger.ONE)) {
            return exponent.signum() == 0 ? 1L : of(base);
        }
        if (base.equals(BigInteger.ONE.negate())) {
            return exponent.testBit(0) ? -1L : 1L;
        }
        if (exponent.bitLength() > 31 || exponent.longValue() * (base.bitLength() - 1) > MAX_BITS) {
            throw Errors.memoryError("the result of ** would have too many digits");
        }
        return of(LongProducts.power(base, exponent.intValue()));
    }

    /** {@code pow(a, b, modulus)} with the sign of the modulus. */
    public static Object power(Object a, Object b, Object modulus) {
        BigInteger m = big(modulus);
        if (m.signum() == 0) {
            throw Errors.valueError("pow() 3rd argument cannot be 0");
        }
        BigInteger exponent = big(b);
        BigInteger absolute = m.abs();
        BigInteger base = big(a);
        if (exponent.signum() < 0 && !base.gcd(absolute).equals(BigInteger.ONE)) {
            throw Errors.valueError("base is not invertible for the given modulus");
        }
        BigInteger result = LongProducts.power(base, exponent, absolute);
        return of(m.signum() < 0 && result.signum() != 0 ? result.add(m) : result);
    }

    public static Object shiftLeft(Object a, Object b) {
        BigInteger count = big(b);
        if (count.signum() < 0) {
            throw Errors.valueError("negative shift count");
        }
        BigInteger value = big(a);
        if (value.signum() == 0) {
            return 0L;
        }
        if (count.bitLength() > 31 || count.longValue() + value.bitLength() > MAX_BITS) {
            throw Errors.memoryError("the result of << would have too many digits");
        }
        return of(value.shiftLeft(count.intValue()));
    }

    public static Object shiftRight(Object a, Object b) {
        BigInteger count = big(b);
        if (count.signum() < 0) {
            throw Errors.valueError("negative shift count");
        }
        BigInteger value = big(a);
        return count.bitLength() > 31 ? value.signum() < 0 ? -1L : 0L : of(value.shiftRight(count.intValue()));
    }

    /** Bits of two bools are a bool. */
    public static Object and(Object a, Object b) {
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x & y;
        }
        return isSmall(a) && isSmall(b) ? (Object) (small(a) & small(b)) : of(big(a).and(big(b)));
    }

    public static Object or(Object a, Object b) {
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x | y;
        }
        return isSmall(a) && isSmall(b) ? (Object) (small(a) | small(b)) : of(big(a).or(big(b)));
    }

    public static Object xor(Object a, Object b) {
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x ^ y;
        }
        return isSmall(a) && isSmall(b) ? (Object) (small(a) ^ small(b)) : of(big(a).xor(big(b)));
    }

    public static Object negate(Object a) {
        return subtract(0L, a);
    }

    public static Object invert(Object a) {
        return isSmall(a) ? (Object) ~small(a) : of(big(a).not());
    }

    public static Object abs(Object a) {
        return sign(a) < 0 ? negate(a) : plus(a);
    }

    /** The int that a bool stands for; other ints as they are. */
    public static Object plus(Object a) {
        return a instanceof Boolean b ? (Object) (b ? 1L : 0L) : a;
    }

    public static int sign(Object a) {
        return a instanceof EbbBigInt b ? b.value.signum() : Long.signum(small(a));
    }

    public static boolean isZero(Object a) {
        return !(a instanceof EbbBigInt) && small(a) == 0;
    }

    public static int compare(Object a, Object b) {
        return isSmall(a) && isSmall(b) ? Long.compare(small(a), small(b)) : big(a).compareTo(big(b));
    }

    /** The nearest double; too large a number is an OverflowError. */
    public static double toDouble(Object a) {
        if (isSmall(a)) {
            return small(a);
        }
        double value = ((EbbBigInt) a).value.doubleValue();
        if (Double.isInfinite(value)) {
            throw Errors.overflow("int too large to convert to float");
        }
        return value;
    }

    /** The order of an int and a float, exactly; the float is no NaN. */
    public static int compareToDouble(Object a, double b) {
        if (Double.isInfinite(b)) {
            return b > 0 ? -1 : 1;
        }
        if (isSmall(a)) {
            long x = small(a);
            if (Math.abs(x) <= 1L << 53 && x != Long.MIN_VALUE) {
                return x < b ? -1 : x > b ? 1 : 0;
            }
        }
        return new java.math.BigDecimal(big(a)).compareTo(new java.math.BigDecimal(b));
    }

    /** The int nearest to zero that a finite double stands for. */
    public static Object truncate(double value) {
        if (Math.abs(value) < 9.2e18) {
            return (long) value;
        }
        return of(new java.math.BigDecimal(value).toBigInteger());
    }

    /** Cuts an int to what a size or an index can be; too large a one becomes the nearest int. */
    public static int clamp(Object a) {
        if (a instanceof EbbBigInt b) {
            return b.value.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
        return (int) Math.clamp(small(a), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Cuts to a long. */
    public static long clampLong(Object a) {
        return a instanceof EbbBigInt b ? b.value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : small(a);
    }

    static boolean fitsLong(BigInteger value) {
        return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0;
    }

    /** Round half to even at 10**digits, digits positive: {@code round(1234, -2)}. */
    public static Object roundTo(Object a, int digits) {
        if (digits < 0 || digits > 100_000) { // negative: even -digits was too large for an int
            return 0L;
        }
        BigInteger unit = BigInteger.TEN.pow(digits);
        BigInteger value = big(a);
        BigInteger[] parts = floorDivMod(value, unit);
        int half = parts[1].shiftLeft(1).compareTo(unit);
        BigInteger steps = half > 0 || half == 0 && parts[0].testBit(0) ? parts[0].add(BigInteger.ONE) : parts[0];
        return of(steps.multiply(unit));
    }
}
