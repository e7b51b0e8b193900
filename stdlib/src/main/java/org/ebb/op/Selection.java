package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.ternary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.Z;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.mul;
import static org.ebb.op.Formula.neg;
import static org.ebb.op.Formula.number;

import org.ebb.kernel.Binary;
import org.ebb.kernel.Unary;
import org.ebb.op.Elementwise.Booleans;

/** Rows that pass one of their inputs on. What was not selected contributes nothing to a gradient. */
public final class Selection {

    private Selection() {}

    /** At 0 the slope is 0. */
    public static final Elementwise ABS = unary("abs", Math::abs).kernel(Unary.ABSOLUTE).whole(x -> Math.abs(x))
            .booleans(Booleans.KEEP)
            .slope(apply(() -> Rounding.SIGN, X)).gated().on(Domain.POSITIVE)
            .doc("The distance of x from 0; its slope at 0 is 0.", "abs(-1.5)", "1.5");

    /** At 0 the slope is 0. */
    public static final Elementwise RELU = unary("relu", x -> x > 0 || x != x ? x : 0).kernel(Unary.RELU)
            .whole(x -> Math.max(x, 0))
            .slope(apply(() -> Slopes.STEP, X)).gated().on(Domain.POSITIVE)
            .doc("x where it is above 0, otherwise 0; its slope at 0 is 0.", "relu(-1.5)", "0.0");

    /** Where the inputs are equal each has slope 1/2. */
    public static final Elementwise MAXIMUM = binary("maximum", Math::max).kernel(Binary.MAXIMUM)
            .whole((x, y) -> Math.max(x, y)).booleans(Booleans.KEEP)
            .slope(apply(() -> Slopes.SHARE, X, Y), apply(() -> Slopes.SHARE, Y, X)).gated()
            .doc("The larger of x and y, nan if either is; equal inputs share the gradient.", "maximum(1.0, 2.0)", "2.0");

    public static final Elementwise MINIMUM = binary("minimum", Math::min).kernel(Binary.MINIMUM)
            .whole((x, y) -> Math.min(x, y)).booleans(Booleans.KEEP)
            .slope(apply(() -> Slopes.SHARE_BELOW, X, Y), apply(() -> Slopes.SHARE_BELOW, Y, X)).gated()
            .doc("The smaller of x and y, nan if either is; equal inputs share the gradient.", "minimum(1.0, 2.0)", "1.0");

    public static final Elementwise FMAX = binary("fmax", (x, y) -> y != y ? x : x != x ? y : Math.max(x, y))
            .whole((x, y) -> Math.max(x, y)).booleans(Booleans.KEEP)
            .slope(apply(() -> Slopes.SHARE_NUMBER, X, Y), apply(() -> Slopes.SHARE_NUMBER, Y, X)).gated()
            .doc("The larger of x and y, or the one that is a number; equal inputs share the gradient.", "fmax(1.0, 2.0)", "2.0");

    public static final Elementwise FMIN = binary("fmin", (x, y) -> y != y ? x : x != x ? y : Math.min(x, y))
            .whole((x, y) -> Math.min(x, y)).booleans(Booleans.KEEP)
            .slope(apply(() -> Slopes.SHARE_NUMBER, neg(X), neg(Y)), apply(() -> Slopes.SHARE_NUMBER, neg(Y), neg(X))).gated()
            .doc("The smaller of x and y, or the one that is a number; equal inputs share the gradient.", "fmin(1.0, 2.0)",
            "1.0");

    /** At 0 the slope is 0. */
    public static final Elementwise COPYSIGN = binary("copysign", Math::copySign)
            .slope(mul(apply(() -> Rounding.SIGN, X), apply(() -> Selection.COPYSIGN, Formula.ONE, Y)), null).gated()
            .doc("The size of x with the sign of y; its slope at 0 is 0.", "copysign(1.5, -2.0)", "-1.5");

    public static final Elementwise HEAVISIDE = binary("heaviside", (x, y) -> x < 0 ? 0 : x == 0 ? y : x > 0 ? 1 : x)
            .slope(null, apply(() -> Comparison.EQUAL, X, number(0))).gated()
            .doc("0 where x is below 0, 1 where it is above, y where it is 0.", "heaviside(0.0, 0.5)", "0.5");

    /** At an edge the slope along x is 1. */
    public static final Elementwise CLIP = ternary("clip", (x, low, high) -> Math.min(Math.max(x, low), high))
            .whole((x, low, high) -> Math.min(Math.max(x, low), high)).parameters("x, min=-inf, max=inf")
            .slope(apply(() -> Slopes.WITHIN, X, Y, Z), apply(() -> Slopes.CLIPPED_LOW, X, Y, Z),
            apply(() -> Slopes.CLIPPED_HIGH, X, Y, Z))
            .gated()
            .doc("x, but min where it is below that and max where it is above; its slope at an edge is 1.",
            "clip(5.0, 0.0, 1.0)", "1.0");

    /** {@link #WHERE} and {@link #CLIP} of numbers, where it is known which one is passed on. */
    public static final Elementwise CHOSEN = first("_where");
    public static final Elementwise CLIPPED = first("_clip");

    private static Elementwise first(String name) {
        return binary(name, (x, y) -> x).slope(Formula.ONE, null).doc("x; y is only known to have been there.");
    }

    public static final Elementwise WHERE = ternary("where", (c, x, y) -> c != 0 ? x : y)
            .whole((c, x, y) -> c != 0 ? x : y).parameters("condition, x, y").conditional().booleans(Booleans.KEEP)
            .slope(null, apply(() -> Comparison.NOT_EQUAL, X, number(0)), apply(() -> Comparison.EQUAL, X, number(0))).gated()
            .doc("x where the condition is true (not 0), otherwise y.", "where(True, 1.0, 2.0)", "1.0");
}
