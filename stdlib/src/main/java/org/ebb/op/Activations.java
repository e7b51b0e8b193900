package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.ternary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.OUT;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.Z;
import static org.ebb.op.Formula.add;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.mul;
import static org.ebb.op.Formula.neg;
import static org.ebb.op.Formula.number;
import static org.ebb.op.Formula.square;
import static org.ebb.op.Formula.sub;

/**
 * The bends that networks put between their linear layers. Where two pieces meet the slope is that of the outer, flat one
 * unless said otherwise.
 */
public final class Activations {

    private Activations() {}

    /** 1 strictly between two bounds. */
    static final Elementwise BETWEEN = ternary("_between", (x, low, high) -> x > low && x < high || x != x ? 1 : 0)
            .parameters("x, low, high").doc("1 where x is strictly between low and high, otherwise 0.");

    static final Elementwise EXP_BELOW = unary("_exp_below", x -> x > 0 ? 0 : Math.exp(x))
            .slope(OUT).gated().doc("exp(x) where x is not above 0, otherwise 0.");

    static final Elementwise EXPM1_BELOW = unary("_expm1_below", x -> x > 0 ? 0 : Math.expm1(x))
            .slope(apply(() -> Activations.EXP_BELOW, X)).gated().doc("expm1(x) where x is not above 0, otherwise 0.");

    static final Elementwise LEAK = binary("_leak", (x, slope) -> x > 0 ? 1 : x <= 0 ? slope : x).parameters("x, slope")
            .slope(null, sub(1, apply(() -> Slopes.STEP, X))).gated()
            .doc("1 where x is above 0, otherwise slope.");

    static final Elementwise BEYOND = binary("_beyond", (x, edge) -> x > edge || x < -edge || x != x ? 1 : 0)
            .parameters("x, edge").doc("1 where x is farther from 0 than edge, otherwise 0.");

    static final Elementwise HARDSWISH_SLOPE = unary("_hardswish_slope",
            x -> x <= -3 ? 0 : x < 3 || x != x ? x / 3 + 0.5 : 1)
            .slope(mul(1.0 / 3, apply(() -> Activations.BETWEEN, X, number(-3), number(3)))).gated()
            .doc("The slope of hardswish.");

    /** The chance that a normal number is below x; exact in the tail below. */
    static final Elementwise BELOW_NORMAL = unary("_below_normal", Activations::normal)
            .slope(apply(() -> Activations.NORMAL_DENSITY, X)).doc("The chance that a number of the normal distribution is below x.");

    static final Elementwise NORMAL_DENSITY = unary("_normal_density", x -> Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI))
            .slope(neg(mul(X, OUT))).doc("The density of the normal distribution.");

    // ---- bends made of straight lines

    public static final Elementwise RELU6 = unary("relu6", x -> Math.min(Math.max(x, 0), 6))
            .slope(apply(() -> Activations.BETWEEN, X, number(0), number(6))).gated()
            .doc("x kept between 0 and 6; its slope at either edge is 0.", "relu6(8.0)", "6.0");

    public static final Elementwise HARDTANH = ternary("hardtanh", (x, low, high) -> Math.min(Math.max(x, low), high))
            .parameters("x, min_val=-1.0, max_val=1.0").gives(Elementwise.Result.FLOATING)
            .slope(apply(() -> Activations.BETWEEN, X, Y, Z), null, null).gated()
            .doc("x kept between two bounds, which are constants; its slope at either edge is 0.", "hardtanh(3.0)", "1.0");

    /** The slope along x at 0 is that of the lower side, as the upper side does not contain 0. */
    public static final Elementwise LEAKY_RELU = binary("leaky_relu", (x, slope) -> x > 0 ? x : slope * x)
            .parameters("x, negative_slope=0.01")
            .slope(apply(() -> Activations.LEAK, X, Y), neg(apply(() -> Selection.RELU, neg(X)))).gated()
            .doc("x where it is above 0, otherwise negative_slope times x.", "leaky_relu(-2.0, 0.5)", "-1.0");

    public static final Elementwise HARDSIGMOID = unary("hardsigmoid", x -> Math.min(Math.max(x / 6 + 0.5, 0), 1))
            .slope(mul(1.0 / 6, apply(() -> Activations.BETWEEN, X, number(-3), number(3)))).gated()
            .doc("x / 6 + 1/2 kept between 0 and 1.", "hardsigmoid(0.0)", "0.5");

    public static final Elementwise HARDSWISH = unary("hardswish", x -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1))
            .slope(apply(() -> Activations.HARDSWISH_SLOPE, X)).gated()
            .doc("x times hardsigmoid(x).", "hardswish(3.0)", "3.0");

    public static final Elementwise HARDSHRINK = binary("hardshrink", (x, edge) -> x >= -edge && x <= edge ? 0 : x)
            .parameters("x, lambd=0.5").slope(apply(() -> Activations.BEYOND, X, Y), null).gated()
            .doc("x, but 0 where it is not farther than lambd from 0.", "hardshrink(0.3)", "0.0");

    public static final Elementwise SOFTSHRINK = binary("softshrink", (x, edge) -> x > edge ? x - edge : x < -edge ? x + edge : x * 0)
            .parameters("x, lambd=0.5").on(Domain.REAL, Domain.POSITIVE)
            .slope(apply(() -> Activations.BEYOND, X, Y), neg(mul(apply(() -> Rounding.SIGN, X), apply(() -> Activations.BEYOND, X, Y))))
            .gated()
            .doc("x moved lambd toward 0, and 0 where that would cross it.", "softshrink(-2.0)", "-1.5");

    public static final Elementwise THRESHOLD = ternary("threshold", (x, edge, value) -> x > edge || x != x ? x : value)
            .parameters("x, threshold, value")
            .slope(apply(() -> Slopes.STEP, sub(X, Y)), null, sub(1, apply(() -> Slopes.STEP, sub(X, Y)))).gated()
            .doc("x where it is above threshold, otherwise value.", "threshold(0.5, 1.0, 9.0)", "9.0");

    // ---- smooth ones

    public static final Elementwise ELU = binary("elu", (x, alpha) -> x > 0 ? x : alpha * Math.expm1(x))
            .parameters("x, alpha=1.0")
            .slope(add(apply(() -> Slopes.STEP, X), mul(Y, apply(() -> Activations.EXP_BELOW, X))),
            apply(() -> Activations.EXPM1_BELOW, X)).gated()
            .doc("x where it is above 0, otherwise alpha (exp(x) - 1).", "print(round(elu(-1.0), 6))", "-0.632121");

    public static final Elementwise GELU = unary("gelu", x -> x == Double.NEGATIVE_INFINITY ? -0.0 : x * Activations.normal(x))
            .slope(add(apply(() -> Activations.BELOW_NORMAL, X), mul(X, apply(() -> Activations.NORMAL_DENSITY, X))))
            .doc("x times the chance that a number of the normal distribution is below x (the exact form).", "gelu(0.0)", "0.0");

    public static final Elementwise SILU = unary("silu", x -> x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + Math.exp(-x)))
            .slope(mul(apply(() -> Functions.SIGMOID, X),
            add(1, mul(X, apply(() -> Functions.SIGMOID, neg(X))))))
            .doc("x times sigmoid(x), also called swish.", "silu(0.0)", "0.0");

    public static final Elementwise MISH = unary("mish",
            x -> x * Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))))
            .slope(add(apply(() -> Trigonometry.TANH, apply(() -> Functions.SOFTPLUS, X)),
            mul(mul(X, apply(() -> Functions.SIGMOID, X)),
            sub(1, square(apply(() -> Trigonometry.TANH, apply(() -> Functions.SOFTPLUS, X)))))))
            .doc("x times tanh(softplus(x)).", "mish(0.0)", "0.0");

    public static final Elementwise TANHSHRINK = unary("tanhshrink", x -> x - Math.tanh(x))
            .slope(square(apply(() -> Trigonometry.TANH, X)))
            .doc("x - tanh(x).", "tanhshrink(0.0)", "0.0");

    public static final Elementwise SOFTSIGN = unary("softsign", x -> x / (1 + Math.abs(x)))
            .slope(square(Formula.reciprocal(add(1, apply(() -> Selection.ABS, X)))))
            .doc("x / (1 + |x|).", "softsign(1.0)", "0.5");

    private static double normal(double x) {
        double a = -x / Math.sqrt(2);
        return a < 2.5 ? 0.5 * (1 - Special.erf(a)) : 0.5 * Special.tail(a);
    }
}
