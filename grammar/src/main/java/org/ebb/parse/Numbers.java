package org.ebb.parse;

import java.math.BigInteger;
import org.ebb.syntax.Digits;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;

/** The values of number literals; the lexer has checked their form. */
final class Numbers {

    private Numbers() {}

    static Expr of(String literal, Span span) {
        String digits = literal.indexOf('_') < 0 ? literal : literal.replace("_", "");
        if (digits.length() > 2 && digits.charAt(0) == '0') {
            switch (digits.charAt(1)) {
                case 'x', 'X' -> {
                    return new Expr.Int(Digits.read(digits.substring(2), 16), span);
                }
                case 'o', 'O' -> {
                    return new Expr.Int(Digits.read(digits.substring(2), 8), span);
                }
                case 'b', 'B' -> {
                    return new Expr.Int(Digits.read(digits.substring(2), 2), span);
                }
                default -> { }
            }
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return new Expr.Float(Double.parseDouble(digits), span);
            }
        }
        if (digits.length() > Digits.MAX_DECIMAL) {
            throw Faults.at(span, "Exceeds the limit (" + Digits.MAX_DECIMAL + " digits) for integer string conversion: value has " + digits.length()
                    + " digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid"
                    + " decimal conversion limits.");
        }
        return new Expr.Int(new BigInteger(digits), span);
    }
}
