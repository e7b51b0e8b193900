package org.ebb.runtime;

/** Digits of a finite float that is not negative, as {@code e f g %} and the empty type lay them out. */
final class FloatLayout {

    private FloatLayout() {}

    static String of(double value, char type, int precision, boolean alternate) {
        return switch (type) {
            case 'e', 'E' -> exponential(value, precision < 0 ? 6 : precision, alternate);
            case 'f', 'F', '%' -> {
                int digits = precision < 0 ? 6 : precision;
                yield Floats.fixed(value, digits) + (alternate && digits == 0 ? "." : "");
            }
            case 'g', 'G', 'n' -> general(value, precision < 0 ? 6 : Math.max(1, precision), alternate, false);
            default -> precision < 0 ? Floats.repr(value) : general(value, Math.max(1, precision), alternate, true);
        };
    }

    private static String exponential(double value, int precision, boolean alternate) {
        Floats.Decimal rounded = Floats.rounded(value, precision + 1);
        String digits = rounded.digits();
        String tail = digits.length() > 1 ? "." + digits.substring(1) : alternate ? "." : "";
        return digits.charAt(0) + tail + 'e' + Floats.exponentText(value == 0 ? 0 : rounded.point() - 1);
    }

    /** So many significant digits; plain where the exponent is in [-4, digits), without trailing zeros unless {@code #} is given. */
    private static String general(double value, int digits, boolean alternate, boolean needsPoint) {
        Floats.Decimal rounded = Floats.rounded(value, digits);
        int exponent = value == 0 ? 0 : rounded.point() - 1;
        // Without a type the point must show, so a number with as many whole digits as the precision goes to the exponent form.
        int limit = needsPoint && digits > 0 ? digits - 1 : digits;
        if (exponent < -4 || exponent >= limit) {
            String text = exponential(value, digits - 1, alternate);
            int e = text.indexOf('e');
            return (alternate ? text.substring(0, e) : trimmed(text.substring(0, e))) + text.substring(e);
        }
        String text = plain(rounded, exponent);
        if (alternate) {
            return text.indexOf('.') < 0 ? text + "." : text;
        }
        String trimmed = trimmed(text);
        return needsPoint && trimmed.indexOf('.') < 0 ? trimmed + ".0" : trimmed;
    }

    private static String plain(Floats.Decimal rounded, int exponent) {
        String digits = rounded.digits();
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        if (exponent + 1 >= digits.length()) {
            return digits + "0".repeat(exponent + 1 - digits.length());
        }
        return digits.substring(0, exponent + 1) + '.' + digits.substring(exponent + 1);
    }

    private static String trimmed(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
