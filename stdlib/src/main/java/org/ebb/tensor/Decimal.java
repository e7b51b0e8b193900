package org.ebb.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A finite float in decimal: its sign, its exact value, and the shortest number that reads back as the same float.
 *
 * @param negative also for -0.0
 * @param exact the absolute value
 * @param shortest as {@code exact}, without the digits that tell no neighbours apart; no trailing zeros
 */
record Decimal(boolean negative, BigDecimal exact, BigDecimal shortest) {

    /** No limit on the digits after the point. */
    static final int ALL = 10_000;

    static Decimal of(double value) {
        String text = Double.toString(Math.abs(value));
        return new Decimal(Double.doubleToRawLongBits(value) < 0, new BigDecimal(Math.abs(value)), shortest(text,
                Math.abs(value), false));
    }

    static Decimal of(float value) {
        String text = Float.toString(Math.abs(value));
        return new Decimal(Float.floatToRawIntBits(value) < 0, new BigDecimal(Math.abs(value)), shortest(text, Math.abs(value),
                true));
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
        return new Decimal(halves.array[position] < 0, exact, found);
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
        return exact.signum() == 0;
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
        int wanted = Math.clamp(shortest.scale(), least < 0 ? Integer.MIN_VALUE : least, most);
        BigDecimal x = wanted == shortest.scale() ? shortest : exact.setScale(wanted,
                RoundingMode.HALF_EVEN).stripTrailingZeros();
        String plain = x.signum() == 0 ? "0" : x.toPlainString();
        return plain.indexOf('.') < 0 ? plain + "." : plain;
    }

    /** With an exponent of at least two digits and otherwise as {@link #positional}: {@code 1.25e+02}. */
    String scientific(int least, int most) {
        int digits = shortest.precision() - 1;
        int wanted = Math.clamp(digits, Math.max(least, 0), most);
        BigDecimal x = wanted == digits || isZero() ? shortest
                : exact.round(new MathContext(wanted + 1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
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
