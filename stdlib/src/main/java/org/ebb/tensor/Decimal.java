package org.ebb.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A finite float in decimal: its sign, its exact value, and the shortest number that reads back as the same float.
 *
 * <p>Usual ones are written by whole numbers and by Java's own text: BigDecimal, whose class takes 16 to 35 ms to come up, waits for a number
 * that needs it.
 */
final class Decimal {

    /** No limit on the digits after the point. */
    static final int ALL = 10_000;

    private final boolean negative;
    private final double size;
    private final boolean single;
    /** As Java writes the size; null where it is given. */
    private final String text;
    private BigDecimal shortest;

    private Decimal(boolean negative, double size, boolean single, String text, BigDecimal shortest) {
        this.negative = negative;
        this.size = size;
        this.single = single;
        this.text = text;
        this.shortest = shortest;
    }

    static Decimal of(double value) {
        double size = Math.abs(value);
        return new Decimal(Double.doubleToRawLongBits(value) < 0, size, false, Double.toString(size), null);
    }

    static Decimal of(float value) {
        float size = Math.abs(value);
        return new Decimal(Float.floatToRawIntBits(value) < 0, size, true, Float.toString(size), null);
    }

    /** The shortest number that rounds back to the element's bits. */
    static Decimal of(Storage.Halves halves, int position) {
        float value = Math.abs(halves.get(position));
        var one = new Storage.Halves(halves.dtype(), new short[1]);
        BigDecimal exact = new BigDecimal(value);
        BigDecimal found = exact;
        for (int digits = 1; digits < 6; digits++) {
            found = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            one.setDouble(0, found.doubleValue());
            if (one.get(0) == value) {
                break;
            }
        }
        found = found.signum() == 0 ? BigDecimal.ZERO : found.stripTrailingZeros();
        return new Decimal(halves.array[position] < 0, value, true, null, found);
    }

    /** Also for -0.0. */
    boolean negative() {
        return negative;
    }

    /** The absolute value. */
    private BigDecimal exact() {
        return new BigDecimal(size);
    }

    /** As {@link #exact}, without the digits that tell no neighbours apart; no trailing zeros. */
    private BigDecimal shortest() {
        if (shortest == null) {
            shortest = shortest(text, size, single);
        }
        return shortest;
    }

    /** Java never writes fewer than two digits and then prefers the closer two to one that would do (4.9E-324 for 5e-324). */
    private static BigDecimal shortest(String text, double value, boolean single) {
        BigDecimal two = new BigDecimal(text).stripTrailingZeros();
        if (two.precision() != 2) {
            return two;
        }
        BigDecimal one = two.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        boolean same = single ? one.floatValue() == (float) value : one.doubleValue() == value;
        return same ? one : two;
    }

    boolean isZero() {
        return size == 0;
    }

    String sign(boolean plus) {
        return negative ? "-" : plus ? "+" : "";
    }

    /**
     * Without an exponent, with at least the point behind the whole part, without trailing zeros.
     *
     * @param least where the shortest number has fewer digits after the point than this, those of the exact one are written
     * instead: NumPy writes 50331648 and not 50331650 among other numbers; -1 for never
     * @param most digits after the point, rounded to even
     */
    String positional(int least, int most) {
        String plain = text == null || !isUsual() ? null : usual(least, most);
        return plain == null ? exactly(least, most) : plain;
    }

    /** Between these bounds Java writes no exponent, and its whole numbers are exact. */
    private boolean isUsual() {
        return size == 0 || size >= 1e-3 && size < 1e7;
    }

    /** By whole numbers; null where the digits that are wanted are too many for these. */
    private String usual(int least, int most) {
        int point = text.indexOf('.');
        int digits = text.endsWith(".0") ? 0 : text.length() - point - 1;
        int wanted = Math.clamp(digits, Math.max(least, 0), most);
        if (wanted == digits) {
            return digits == 0 ? text.substring(0, point + 1) : text;
        }
        int exponent = Math.getExponent(size) - 52;
        if (wanted >= TENS.length || size == 0) {
            return size == 0 ? "0." : null;
        }
        long mantissa = Double.doubleToRawLongBits(size) & (1L << 52) - 1 | 1L << 52;
        int zeros = Long.numberOfTrailingZeros(mantissa);
        int down = -exponent - zeros;
        long product = (mantissa >> zeros) * TENS[wanted];
        if (down <= 0 || Math.multiplyHigh(mantissa >> zeros, TENS[wanted]) != 0 || product < 0) {
            return null;
        }
        long whole = product >> down;
        long rest = product - (whole << down);
        long half = 1L << down - 1;
        return pointed(rest > half || rest == half && (whole & 1) != 0 ? whole + 1 : whole, wanted);
    }

    private static final long[] TENS = new long[18];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = 10 * TENS[i - 1];
        }
    }

    /** A number of units of that many places, without zeros at its end. */
    private static String pointed(long units, int places) {
        while (places > 0 && units % 10 == 0) {
            units /= 10;
            places--;
        }
        String digits = Long.toString(units);
        digits = "0".repeat(Math.max(0, places + 1 - digits.length())) + digits;
        return digits.substring(0, digits.length() - places) + "." + digits.substring(digits.length() - places);
    }

    /** What {@link #positional} means, for every number. */
    String exactly(int least, int most) {
        BigDecimal shortest = shortest();
        int wanted = Math.clamp(shortest.scale(), least < 0 ? Integer.MIN_VALUE : least, most);
        BigDecimal x = wanted == shortest.scale() ? shortest : exact().setScale(wanted,
                RoundingMode.HALF_EVEN).stripTrailingZeros();
        String plain = x.signum() == 0 ? "0" : x.toPlainString();
        return plain.indexOf('.') < 0 ? plain + "." : plain;
    }

    /** With an exponent of at least two digits and otherwise as {@link #positional}: {@code 1.25e+02}. */
    String scientific(int least, int most) {
        BigDecimal shortest = shortest();
        int digits = shortest.precision() - 1;
        int wanted = Math.clamp(digits, Math.max(least, 0), most);
        BigDecimal x = wanted == digits || isZero() ? shortest
                : exact().round(new MathContext(wanted + 1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        String text = isZero() ? "0" : x.unscaledValue().toString();
        int exponent = isZero() ? 0 : x.precision() - 1 - x.scale();
        return text.charAt(0) + "." + text.substring(1) + exponentText(exponent, 2);
    }

    static String exponentText(int exponent, int width) {
        String digits = Integer.toString(Math.abs(exponent));
        return (exponent < 0 ? "e-" : "e+") + "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    /** As Python writes a float; {@code exponents} asks for the exponent form. */
    String python(boolean exponents) {
        if (exponents) {
            return sign(false) + scientific(-1, ALL).replace(".e", "e");
        }
        String plain = positional(-1, ALL);
        return sign(false) + plain + (plain.endsWith(".") ? "0" : "");
    }
}
