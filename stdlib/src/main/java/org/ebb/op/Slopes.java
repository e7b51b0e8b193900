package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.ternary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.OUT;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.neg;
import static org.ebb.op.Formula.reciprocal;

import org.ebb.kernel.Binary;

/** Rows that only derivative rules use: strong products, and the slopes of rows that select. See Note [Strong zero]. */
public final class Slopes {

    private Slopes() {}

    public static final Elementwise SCALE = binary("_scale", (g, s) -> g == 0 ? 0 : g * s + 0).parameters("g, slope")
            .slope(apply(() -> Slopes.PASSED, X, Y), X)
            .doc("The product of a cotangent and a slope: 0 where the cotangent is 0, whatever the slope.");

    /** The slope of SCALE in the cotangent. */
    public static final Elementwise PASSED = binary("_passed", (g, s) -> g == 0 && !Double.isFinite(s) ? 0 : s).parameters("g, slope")
            .slope(null, apply(() -> Slopes.COUNTED, X, Y))
            .doc("The slope, but 0 where a cotangent of 0 met one that is not finite.");

    public static final Elementwise COUNTED = binary("_counted", (g, s) -> g == 0 && !Double.isFinite(s) ? 0 : 1).parameters("g, slope")
            .doc("0 where a cotangent of 0 met a slope that is not finite, otherwise 1.");

    public static final Elementwise GATE = binary("_gate", (g, s) -> g == 0 || s == 0 ? 0 : g * s + 0).parameters("g, slope")
            .slope(Y, X).gated()
            .doc("The product of a cotangent and the slope of a selection: 0 where either is 0.");

    /** {@code GATE(g, STEP(x))} in one. */
    public static final Elementwise PASS = binary("_pass", Binary.PASS::apply).kernel(Binary.PASS).parameters("g, x")
            .slope(apply(() -> Slopes.STEP, Y), null).gated()
            .doc("g where x is above 0, otherwise 0.");

    /** {@code GATE(g, SHARE(x, 0))} in one. */
    public static final Elementwise PASS_HALF = binary("_pass_half", Binary.PASS_HALF::apply).kernel(Binary.PASS_HALF).parameters("g, x")
            .slope(apply(() -> Slopes.SHARE, Y, Formula.number(0)), null).gated()
            .doc("g where x is above 0, half of it where x is 0, otherwise 0.");

    /** x / y, and 0 where x is 0 whatever y. */
    public static final Elementwise RATIO = binary("_ratio", (x, y) -> x == 0 ? 0 : x / y).on(Domain.POSITIVE)
            .slope(reciprocal(Y), neg(apply(() -> Slopes.RATIO, OUT, Y)))
            .doc("The quotient x / y, but 0 where x is 0.");

    public static final Elementwise LOG_OR_ZERO = unary("_log_or_zero", x -> x == 0 ? 0 : Math.log(x)).slope(reciprocal(X))
            .on(Domain.POSITIVE)
            .doc("The natural logarithm, but 0 at 0.");

    /** What float() and item() record: the value itself, now a float of the language. */
    public static final Elementwise FLOAT = unary("_float", x -> x).slope(Formula.ONE)
            .doc("x itself.");

    public static final Elementwise STEP = unary("_step", x -> x > 0 ? 1 : x != x ? x : 0)
            .doc("1 where x is above 0, otherwise 0.");

    public static final Elementwise SHARE = binary("_share", (x, y) -> x > y || x != x ? 1 : x == y ? 0.5 : 0)
            .doc("How much of maximum(x, y) is x: 1, 1/2 or 0.");

    public static final Elementwise SHARE_BELOW = binary("_share_below", (x, y) -> x < y || x != x ? 1 : x == y ? 0.5 : 0)
            .doc("How much of minimum(x, y) is x: 1, 1/2 or 0.");

    public static final Elementwise SHARE_NUMBER = binary("_share_number", (x, y) -> x > y || y != y ? 1 : x == y ? 0.5 : 0)
            .doc("How much of fmax(x, y) is x: 1, 1/2 or 0.");

    public static final Elementwise WITHIN = ternary("_within", (x, low, high) -> x >= low && x <= high || x != x ? 1 : 0)
            .parameters("x, low, high").doc("1 where x is between low and high, edges included.");

    public static final Elementwise CLIPPED_LOW = ternary("_clipped_low", (x, low, high) -> x < low && low <= high ? 1 : 0)
            .parameters("x, low, high").doc("1 where clip gives low.");

    public static final Elementwise CLIPPED_HIGH = ternary("_clipped_high", (x, low, high) -> Math.max(x, low) > high ? 1 : 0)
            .parameters("x, low, high").doc("1 where clip gives high.");
}

// Note [Strong zero]
// A cotangent that is exactly 0 says: nothing downstream depends on this element. Then an infinite or undefined slope must not
// turn it into nan; SCALE is the product that knows, and stays 0 when it is differentiated again (PASSED). The reverse case, an
// infinite cotangent that meets a slope of 0, is a real 0 * inf and stays nan - except where the slope 0 says that the row
// selected something else (maximum, where, clip, relu): GATE is 0 there too.
