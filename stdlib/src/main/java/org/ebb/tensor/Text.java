package org.ebb.tensor;

/** Numbers and tensors as text. */
public final class Text {

    private Text() {}

    /** As Python writes a float: the shortest digits that give the same double back. */
    public static String python(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        var exact = new java.math.BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = exact.unscaledValue().toString();
        int exponent = value == 0 ? 0 : digits.length() - 1 - exact.scale();
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value != 0 && (exponent < -4 || exponent >= 16)) {
            String point = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + point + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        String plain = exact.toPlainString();
        return sign + plain + (plain.contains(".") ? "" : ".0");
    }
}
