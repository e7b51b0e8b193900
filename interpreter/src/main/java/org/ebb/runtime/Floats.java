package org.ebb.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** The arithmetic and text of floats where Java's own differs from the language's. */
public final class Floats {

    private Floats() {}

    public static double divide(double a, double b) {
        if (b == 0) {
            throw Errors.zeroDivision("float division by zero");
        }
        return a / b;
    }

    public static double floorDivide(double a, double b) {
        if (b == 0) {
            throw Errors.zeroDivision("float floor division by zero");
        }
        return quotientAndRemainder(a, b)[0];
    }

    /** The remainder with the sign of the divisor. */
    public static double modulo(double a, double b) {
        if (b == 0) {
            throw Errors.zeroDivision("float modulo");
        }
        double r = a % b;
        if (r == 0) {
            return Math.copySign(0.0, b);
        }
        return b < 0 != r < 0 ? r + b : r;
    }

    /** Floored quotient and remainder of a nonzero divisor, such that both agree. */
    static double[] quotientAndRemainder(double a, double b) {
        double r = a % b;
        double q = (a - r) / b;
        if (r != 0) {
            if (b < 0 != r < 0) {
                r += b;
                q -= 1;
            }
        } else {
            r = Math.copySign(0.0, b);
        }
        if (q != 0) {
            double floor = Math.floor(q);
            q = q - floor > 0.5 ? floor + 1 : floor;
        } else {
            q = Math.copySign(0.0, a / b);
        }
        return new double[]{q, r};
    }

    public static double power(double a, double b) {
        if (b == 0 || a == 1) {
            return 1.0;
        }
        if (a == -1 && Double.isInfinite(b)) {
            return 1.0;
        }
        if (a == 0 && b < 0 && b != Double.NEGATIVE_INFINITY) {
            throw Errors.zeroDivision("0.0 cannot be raised to a negative power");
        }
        if (a < 0 && Double.isFinite(a) && Double.isFinite(b) && b != Math.rint(b)) {
            throw Errors.notImplemented("complex numbers: a negative number to a fractional power");
        }
        double result = Math.pow(a, b);
        if (Double.isInfinite(result) && Double.isFinite(a) && Double.isFinite(b)) {
            throw tooLarge();
        }
        return result;
    }

    public static EbbException tooLarge() {
        return Errors.of(Types.OVERFLOW_ERROR, 34L, "Numerical result out of range");
    }

    /** Shortest text that reads back as the same double, in the language's form. */
    public static String repr(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e16) {
            if (value == 0) {
                return 1 / value < 0 ? "-0.0" : "0.0";
            }
            return (long) value + ".0";
        }
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        Decimal shortest = shortest(Math.abs(value));
        return (value < 0 ? "-" : "") + shortest.toText(-4, 16, true);
    }

    /** Digits without leading or trailing zeros, and where the point stands: 0.digits * 10**point. */
    record Decimal(String digits, int point) {

        /** Plain notation where the exponent of the first digit lies in [low, high), else with an exponent. */
        String toText(int low, int high, boolean dotZero) {
            int exponent = point - 1;
            if (exponent < low || exponent >= high) {
                return mantissa() + 'e' + exponentText(exponent);
            }
            if (point <= 0) {
                return "0." + "0".repeat(-point) + digits;
            }
            if (point >= digits.length()) {
                return digits + "0".repeat(point - digits.length()) + (dotZero ? ".0" : "");
            }
            return digits.substring(0, point) + '.' + digits.substring(point);
        }

        private String mantissa() {
            return digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        }
    }

    static String exponentText(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }

    /** The shortest digits of a positive finite double (Double.toString gives them since JDK 19). */
    static Decimal shortest(double value) {
        String text = Double.toString(value);
        int e = text.indexOf('E');
        int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
        String mantissa = e < 0 ? text : text.substring(0, e);
        int dot = mantissa.indexOf('.');
        String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
        int point = dot + exponent;
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
            point--;
        }
        int end = digits.length();
        while (end > start + 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        String shown = digits.substring(start, end);
        if (shown.length() == 2) {
            // Java shows two digits even where one is enough: 4.9E-324 for 5e-324.
            int nearest = (Integer.parseInt(shown) + 5) / 10;
            if (nearest < 10 && Double.parseDouble("0." + nearest + "e" + point) == value) {
                shown = String.valueOf(nearest);
            } else if (nearest == 10 && Double.parseDouble("1e" + point) == value) {
                return new Decimal("1", point + 1);
            }
        }
        return new Decimal(shown, point);
    }

    /** No double has a digit other than 0 further behind the point, nor more digits from the first to the last. */
    private static final int MOST_PLACES = 1100;

    /** Correctly rounded (half even on the exact value) plain text with so many digits after the point; value is finite, not negative. */
    static String fixed(double value, int precision) {
        int exact = Math.min(precision, MOST_PLACES);
        String text = DecimalPlaces.text(value, exact);
        return precision == exact ? text : text + "0".repeat(precision - exact);
    }

    /** Correctly rounded digits, exactly {@code count} of them, of a finite value that is not negative. */
    static Decimal rounded(double value, int count) {
        if (value == 0) {
            return new Decimal("0".repeat(count), 1);
        }
        BigDecimal exact = new BigDecimal(value).round(new MathContext(Math.min(count, MOST_PLACES), RoundingMode.HALF_EVEN));
        String digits = exact.unscaledValue().toString();
        int point = digits.length() - exact.scale();
        if (digits.length() > count) {
            digits = digits.substring(0, count);
        } else {
            digits += "0".repeat(count - digits.length());
        }
        return new Decimal(digits, point);
    }

    /** {@code round(value, digits)}. */
    public static double roundTo(double value, int digits) {
        if (!Double.isFinite(value) || value == 0 || digits > 323) {
            return value;
        }
        if (digits < -308) {
            return Math.copySign(0.0, value);
        }
        double result = digits >= 0 ? Math.copySign(Double.parseDouble(DecimalPlaces.text(Math.abs(value), digits)), value)
                : new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        if (Double.isInfinite(result)) {
            throw Errors.overflow("rounded value too large to represent");
        }
        return result == 0 ? Math.copySign(0.0, value) : result;
    }

    /** {@code round(value)}: the nearest int, ties to even. */
    public static Object round(double value) {
        requireFinite(value);
        return Integers.truncate(Math.rint(value));
    }

    /** {@code int(value)}. */
    public static Object toInt(double value) {
        requireFinite(value);
        return Integers.truncate(value);
    }

    static void requireFinite(double value) {
        if (Double.isNaN(value)) {
            throw Errors.valueError("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(value)) {
            throw Errors.overflow("cannot convert float infinity to integer");
        }
    }

    /** {@code float(text)}; null if the text is no number. */
    public static Double parse(String text) {
        String s = Strings.strip(text);
        if (s.indexOf('_') >= 0) {
            if (!underscoresFit(s)) {
                return null;
            }
            s = s.replace("_", "");
        }
        int i = 0;
        int n = s.length();
        StringBuilder plain = new StringBuilder(n);
        if (i < n && (s.charAt(i) == '+' || s.charAt(i) == '-')) {
            plain.append(s.charAt(i++));
        }
        String rest = s.substring(i).toLowerCase(java.util.Locale.ROOT);
        boolean negative = plain.length() > 0 && plain.charAt(0) == '-';
        switch (rest) {
            case "inf", "infinity" -> {
                return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            case "nan" -> {
                return Double.NaN;
            }
            default -> {
            }
        }
        int digits = 0;
        boolean point = false;
        for (; i < n; i++) {
            char c = s.charAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                plain.append((char) ('0' + digit));
                digits++;
            } else if (c == '.' && !point) {
                plain.append(c);
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return null;
        }
        if (i < n && (s.charAt(i) == 'e' || s.charAt(i) == 'E')) {
            plain.append('e');
            i++;
            if (i < n && (s.charAt(i) == '+' || s.charAt(i) == '-')) {
                plain.append(s.charAt(i++));
            }
            int start = i;
            while (i < n && Character.digit(s.charAt(i), 10) >= 0) {
                plain.append((char) ('0' + Character.digit(s.charAt(i++), 10)));
            }
            if (i == start) {
                return null;
            }
        }
        return i == n ? Double.valueOf(Double.parseDouble(plain.toString())) : null;
    }

    private static boolean underscoresFit(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) == '_' && (i == 0 || i == s.length() - 1
                    || !Character.isDigit(s.charAt(i - 1)) || !Character.isDigit(s.charAt(i + 1)))) {
                return false;
            }
        }
        return true;
    }

    /** {@code float.hex}. */
    public static String hex(double value) {
        if (!Double.isFinite(value)) {
            return repr(value);
        }
        long bits = Double.doubleToRawLongBits(value);
        String sign = bits < 0 ? "-" : "";
        long mantissa = bits & (1L << 52) - 1;
        int exponent = (int) (bits >>> 52 & 0x7ff);
        if (exponent == 0 && mantissa == 0) {
            return sign + "0x0.0p+0";
        }
        int power = exponent == 0 ? -1022 : exponent - 1023;
        String digits = String.format("%013x", mantissa);
        return sign + "0x" + (exponent == 0 ? 0 : 1) + '.' + digits + 'p' + (power < 0 ? "" : "+") + power;
    }

    /** Numerator and denominator in lowest terms of a finite double. */
    public static BigInteger[] ratio(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigInteger numerator = exact.unscaledValue();
        BigInteger denominator = BigInteger.ONE;
        if (exact.scale() > 0) {
            denominator = BigInteger.TEN.pow(exact.scale());
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
        }
        BigInteger common = numerator.gcd(denominator);
        return new BigInteger[]{numerator.divide(common), denominator.divide(common)};
    }
}
