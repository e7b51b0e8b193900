package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.unary;

import org.ebb.kernel.Unary;
import org.ebb.op.Elementwise.Result;

/**
 * Rows that give whole numbers, or numbers that stand for all alike. Their slope is 0 wherever they have one: none is recorded.
 */
public final class Rounding {

    private Rounding() {}

    public static final Elementwise FLOOR = unary("floor", Math::floor).kernel(Unary.FLOOR).whole(x -> x)
            .doc("The largest whole number that is not above x.", "floor(-1.5)", "-2.0");

    public static final Elementwise CEIL = unary("ceil", Math::ceil).kernel(Unary.CEIL).whole(x -> x)
            .doc("The smallest whole number that is not below x.", "ceil(-1.5)", "-1.0");

    public static final Elementwise RINT = unary("rint", Math::rint).kernel(Unary.RINT).whole(x -> x)
            .doc("The nearest whole number; of two, the even one.", "rint(2.5)", "2.0");

    public static final Elementwise TRUNC = unary("trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x)).kernel(Unary.TRUNC)
            .whole(x -> x)
            .doc("x without its decimals.", "trunc(-1.5)", "-1.0");

    public static final Elementwise SIGN = unary("sign", Math::signum).kernel(Unary.SIGN).whole(x -> Long.signum(x))
            .doc("-1, 0 or 1, as x is below, at or above 0.", "sign(-1.5)", "-1.0");

    public static final Elementwise ZEROS_LIKE = unary("zeros_like", x -> 0).whole(x -> 0).booleans(Elementwise.Booleans.KEEP)
            .gives(Result.ARITHMETIC)
            .doc("Zeros of the shape and dtype of x.", "zeros_like(1.5)", "0.0");

    public static final Elementwise ONES_LIKE = unary("ones_like", x -> 1).whole(x -> 1).booleans(Elementwise.Booleans.KEEP)
            .gives(Result.ARITHMETIC)
            .doc("Ones of the shape and dtype of x.", "ones_like(1.5)", "1.0");

    public static final Elementwise STOP_GRADIENT = unary("stop_gradient", x -> x).whole(x -> x)
            .booleans(Elementwise.Booleans.KEEP)
            .doc("x itself, but a constant to differentiation.", "stop_gradient(1.5)", "1.5");
}
