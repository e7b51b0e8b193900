package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.MINUS_ONE;
import static org.ebb.op.Formula.ONE;
import static org.ebb.op.Formula.OUT;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.div;
import static org.ebb.op.Formula.mul;
import static org.ebb.op.Formula.neg;
import static org.ebb.op.Formula.reciprocal;
import static org.ebb.op.Formula.scale;
import static org.ebb.op.Formula.square;
import static org.ebb.op.Formula.sub;

import org.ebb.kernel.Binary;
import org.ebb.kernel.Unary;
import org.ebb.op.Elementwise.Booleans;
import org.ebb.op.Elementwise.Result;
import org.ebb.tensor.TensorException;

/** The operators of the language and what goes with them. */
public final class Arithmetic {

    private Arithmetic() {}

    public static final Elementwise ADD = binary("add", (x, y) -> x + y).kernel(Binary.ADD).whole((x, y) -> x + y)
            .booleans(Booleans.KEEP).slope(ONE, ONE)
            .doc("The sum x + y; of booleans, whether either is true.", "add(1.5, 2.0)", "3.5");

    public static final Elementwise SUB = binary("subtract", (x, y) -> x - y).kernel(Binary.SUBTRACT).whole((x, y) -> x - y)
            .booleans(Booleans.REFUSE).slope(ONE, MINUS_ONE)
            .doc("The difference x - y.", "subtract(1.5, 2.0)", "-0.5");

    public static final Elementwise MUL = binary("multiply", (x, y) -> x * y).kernel(Binary.MULTIPLY).whole((x, y) -> x * y)
            .booleans(Booleans.KEEP).slope(Y, X)
            .doc("The product x * y; of booleans, whether both are true.", "multiply(1.5, 2.0)", "3.0");

    public static final Elementwise DIV = binary("divide", (x, y) -> x / y).kernel(Binary.DIVIDE)
            .slope(reciprocal(Y), neg(div(OUT, Y))).on(Domain.POSITIVE)
            .doc("The quotient x / y; of integers it is a float. By 0 it is an infinity or nan.", "divide(1.5, 2.0)", "0.75");

    public static final Elementwise NEG = unary("negative", x -> -x).kernel(Unary.NEGATIVE).whole(x -> -x)
            .booleans(Booleans.REFUSE).slope(MINUS_ONE)
            .doc("The number with its sign turned, -x.", "negative(1.5)", "-1.5");

    /** At y = 0 the slope along x is exactly 0, also where x is 0; along y it is 0 where x is 0 and y is not negative. */
    public static final Elementwise POW = binary("power", Binary.POWER::apply).kernel(Binary.POWER).whole(Arithmetic::wholePower)
            .slope(scale(Y, apply(() -> Arithmetic.POW, X, sub(Y, Formula.ONE))), scale(OUT, apply(() -> Slopes.LOG_OR_ZERO, X)))
            .on(Domain.POSITIVE)
            .doc("x to the power y. An integer to a negative integer power raises ValueError.", "power(2.0, 3.0)", "8.0");

    public static final Elementwise FLOOR_DIVIDE = binary("floor_divide", Binary.FLOOR_DIVIDE::apply).kernel(Binary.FLOOR_DIVIDE)
            .whole((x, y) -> y == 0 ? 0 : Math.floorDiv(x, y))
            .doc("The quotient x / y rounded down; of integers an integer, 0 where y is 0.", "floor_divide(7.0, 2.0)", "3.0");

    public static final Elementwise MOD = binary("mod", Binary.REMAINDER::apply).kernel(Binary.REMAINDER)
            .whole((x, y) -> y == 0 ? 0 : Math.floorMod(x, y))
            .slope(ONE, neg(apply(() -> Arithmetic.FLOOR_DIVIDE, X, Y))).on(Domain.PROBABILITY)
            .doc("What is left of x after floor_divide(x, y) times y; it has the sign of y.", "mod(-7.0, 3.0)", "2.0");

    public static final Elementwise FMOD = binary("fmod", (x, y) -> x % y).whole((x, y) -> y == 0 ? 0 : x % y)
            .slope(ONE, neg(apply(() -> Rounding.TRUNC, div(X, Y)))).on(Domain.PROBABILITY)
            .doc("What is left of x after dividing by y toward 0; it has the sign of x.", "fmod(-7.0, 3.0)", "-1.0");

    public static final Elementwise SQUARE = unary("square", x -> x * x).kernel(Unary.SQUARE).whole(x -> x * x)
            .slope(mul(2, X))
            .doc("The product of x with itself.", "square(3.0)", "9.0");

    public static final Elementwise RECIPROCAL = unary("reciprocal", x -> 1 / x).kernel(Unary.RECIPROCAL)
            .slope(neg(square(OUT))).on(Domain.POSITIVE)
            .doc("The inverse 1 / x.", "reciprocal(4.0)", "0.25");

    private static long wholePower(long x, long y) {
        if (y < 0) {
            throw new TensorException.BadValue("power: an integer to the negative power " + y
                    + " is no integer; make x a float first");
        }
        long power = 1;
        for (long bits = y, factor = x; bits != 0; bits >>= 1, factor *= factor) {
            if ((bits & 1) != 0) {
                power *= factor;
            }
        }
        return power;
    }
}
