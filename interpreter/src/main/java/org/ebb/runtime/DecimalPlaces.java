package org.ebb.runtime;

import java.math.BigInteger;

/**
 * Doubles in decimal with a given number of places: the exact value m 2^e times 10^places as a whole number, rounded half to even. No
 * BigDecimal, whose class takes 16 ms to come up: most programs write a float like that, and nothing else that needs it.
 */
final class DecimalPlaces {

    private static final long[] TENS = new long[19];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = 10 * TENS[i - 1];
        }
    }

    private DecimalPlaces() {}

    /** Plain text of a finite value that is not negative. */
    static String text(double value, int places) {
        String digits = scaled(value, places);
        if (places == 0) {
            return digits;
        }
        if (digits.length() <= places) {
            digits = "0".repeat(places + 1 - digits.length()) + digits;
        }
        int point = digits.length() - places;
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    /** The whole number nearest to the value times 10^places. */
    private static String scaled(double value, int places) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52);
        long mantissa = bits & (1L << 52) - 1;
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= 1L << 52;
        }
        exponent -= 1075;
        if (mantissa == 0) {
            return "0";
        }
        int zeros = Long.numberOfTrailingZeros(mantissa);
        mantissa >>= zeros;
        exponent += zeros;
        int down = -exponent;
        if (down > 0 && down < 63 && places < TENS.length && Math.multiplyHigh(mantissa, TENS[places]) == 0 && mantissa * TENS[places] >= 0) {
            long product = mantissa * TENS[places];
            long whole = product >> down;
            long rest = product - (whole << down);
            long half = 1L << down - 1;
            return Long.toString(rest > half || rest == half && (whole & 1) != 0 ? whole + 1 : whole);
        }
        BigInteger product = BigInteger.valueOf(mantissa).multiply(BigInteger.TEN.pow(places));
        if (down <= 0) {
            return product.shiftLeft(exponent).toString();
        }
        BigInteger whole = product.shiftRight(down);
        boolean up = product.testBit(down - 1) && (whole.testBit(0) || product.getLowestSetBit() < down - 1);
        return (up ? whole.add(BigInteger.ONE) : whole).toString();
    }
}
