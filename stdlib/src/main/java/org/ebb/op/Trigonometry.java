package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.unary;
import static org.ebb.op.Formula.OUT;
import static org.ebb.op.Formula.X;
import static org.ebb.op.Formula.Y;
import static org.ebb.op.Formula.add;
import static org.ebb.op.Formula.apply;
import static org.ebb.op.Formula.div;
import static org.ebb.op.Formula.mul;
import static org.ebb.op.Formula.neg;
import static org.ebb.op.Formula.number;
import static org.ebb.op.Formula.reciprocal;
import static org.ebb.op.Formula.sqrt;
import static org.ebb.op.Formula.square;
import static org.ebb.op.Formula.sub;

import org.ebb.kernel.Binary;
import org.ebb.kernel.Unary;
/** Circular and hyperbolic functions and their inverses. Angles are in radians. */
public final class Trigonometry {

    private Trigonometry() {}

    public static final Elementwise SIN = unary("sin", Math::sin).kernel(Unary.SIN).slope(apply(() -> Trigonometry.COS, X))
            .doc("The sine of x radians.", "sin(0.0)", "0.0");

    public static final Elementwise COS = unary("cos", Math::cos).kernel(Unary.COS).slope(neg(apply(() -> Trigonometry.SIN, X)))
            .doc("The cosine of x radians.", "cos(0.0)", "1.0");

    public static final Elementwise TAN = unary("tan", Math::tan).kernel(Unary.TAN).slope(add(1, square(OUT))).on(Domain.UNIT)
            .doc("The tangent of x radians.", "tan(0.0)", "0.0");

    public static final Elementwise ARCSIN = unary("arcsin", Math::asin).kernel(Unary.ARCSIN)
            .slope(reciprocal(sqrt(sub(1, square(X))))).on(Domain.UNIT)
            .doc("The angle in radians, from -pi/2 to pi/2, whose sine is x; nan beyond 1.", "arcsin(0.0)", "0.0");

    public static final Elementwise ARCCOS = unary("arccos", Math::acos).kernel(Unary.ARCCOS)
            .slope(neg(reciprocal(sqrt(sub(1, square(X)))))).on(Domain.UNIT)
            .doc("The angle in radians, from 0 to pi, whose cosine is x; nan beyond 1.", "arccos(1.0)", "0.0");

    public static final Elementwise ARCTAN = unary("arctan", Math::atan).kernel(Unary.ARCTAN).slope(reciprocal(add(1, square(X))))
            .doc("The angle in radians, from -pi/2 to pi/2, whose tangent is x.", "arctan(0.0)", "0.0");

    /** Both slopes at the origin are 0. */
    public static final Elementwise ARCTAN2 = binary("arctan2", Math::atan2).kernel(Binary.ARCTAN2).parameters("y, x")
            .slope(apply(() -> Slopes.RATIO, Y, add(square(X), square(Y))),
            neg(apply(() -> Slopes.RATIO, X, add(square(X), square(Y)))))
            .doc("The angle in radians, from -pi to pi, of the point (x, y) seen from the origin.", "arctan2(0.0, 1.0)", "0.0");

    public static final Elementwise SINH = unary("sinh", Math::sinh).kernel(Unary.SINH).slope(apply(() -> Trigonometry.COSH, X))
            .doc("The hyperbolic sine of x.", "sinh(0.0)", "0.0");

    public static final Elementwise COSH = unary("cosh", Math::cosh).kernel(Unary.COSH).slope(apply(() -> Trigonometry.SINH, X))
            .doc("The hyperbolic cosine of x.", "cosh(0.0)", "1.0");

    public static final Elementwise TANH = unary("tanh", Math::tanh).kernel(Unary.TANH).slope(sub(1, square(OUT)))
            .doc("The hyperbolic tangent of x.", "tanh(0.0)", "0.0");

    public static final Elementwise ARCSINH = unary("arcsinh", Trigonometry::arcsinh).slope(reciprocal(sqrt(add(1, square(X)))))
            .doc("The number whose hyperbolic sine is x.", "arcsinh(0.0)", "0.0");

    public static final Elementwise ARCCOSH = unary("arccosh", Trigonometry::arccosh)
            .slope(reciprocal(mul(sqrt(sub(X, number(1))), sqrt(add(1, X))))).on(Domain.ABOVE_ONE)
            .doc("The number not below 0 whose hyperbolic cosine is x; nan below 1.", "arccosh(1.0)", "0.0");

    public static final Elementwise ARCTANH = unary("arctanh", x -> 0.5 * (Math.log1p(x) - Math.log1p(-x)))
            .slope(reciprocal(sub(1, square(X)))).on(Domain.UNIT)
            .doc("The number whose hyperbolic tangent is x; infinite at 1 and -1, nan beyond.", "arctanh(0.0)", "0.0");

    public static final Elementwise DEGREES = unary("degrees", Math::toDegrees).slope(number(180 / Math.PI))
            .doc("An angle in degrees, from radians.", "degrees(0.0)", "0.0");

    public static final Elementwise RADIANS = unary("radians", Math::toRadians).slope(number(Math.PI / 180))
            .doc("An angle in radians, from degrees.", "radians(0.0)", "0.0");

    private static double arccosh(double x) {
        return x > 1e150 ? Math.log(x) + Math.log(2) : Math.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
    }

    private static double arcsinh(double x) {
        double a = Math.abs(x);
        double value = a > 1e150 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(value, x);
    }
}
