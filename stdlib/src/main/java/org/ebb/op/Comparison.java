package org.ebb.op;

import static org.ebb.op.ElementwiseBuilder.binary;
import static org.ebb.op.ElementwiseBuilder.unary;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.ebb.kernel.Compare;
import org.ebb.op.Elementwise.Result;

/** Questions with the answer true or false (1 or 0 for arrays of MXNet 1.x). They are constants to differentiation. */
public final class Comparison {

    private Comparison() {}

    public static final Elementwise EQUAL = compare("equal", (x, y) -> x == y ? 1 : 0, (x, y) -> x == y ? 1 : 0,
            "Is x equal to y? Nan equals nothing.", "print(equal(1.0, 2.0))", "False");

    public static final Elementwise NOT_EQUAL = compare("not_equal", (x, y) -> x != y ? 1 : 0, (x, y) -> x != y ? 1 : 0,
            "Does x differ from y? Nan differs from everything.", "print(not_equal(1.0, 2.0))", "True");

    public static final Elementwise LESS = compare("less", (x, y) -> x < y ? 1 : 0, (x, y) -> x < y ? 1 : 0,
            "Is x below y?", "print(less(1.0, 2.0))", "True");

    public static final Elementwise LESS_EQUAL = compare("less_equal", (x, y) -> x <= y ? 1 : 0, (x, y) -> x <= y ? 1 : 0,
            "Is x below or equal to y?", "print(less_equal(1.0, 2.0))", "True");

    public static final Elementwise GREATER = compare("greater", (x, y) -> x > y ? 1 : 0, (x, y) -> x > y ? 1 : 0,
            "Is x above y?", "print(greater(1.0, 2.0))", "False");

    public static final Elementwise GREATER_EQUAL = compare("greater_equal", (x, y) -> x >= y ? 1 : 0, (x, y) -> x >= y ? 1 : 0,
            "Is x above or equal to y?", "print(greater_equal(1.0, 2.0))", "False");

    public static final Elementwise LOGICAL_AND = compare("logical_and", (x, y) -> x != 0 && y != 0 ? 1 : 0,
            (x, y) -> x != 0 && y != 0 ? 1 : 0, "Are both x and y true (not 0)?", "print(logical_and(1.0, 0.0))", "False");

    public static final Elementwise LOGICAL_OR = compare("logical_or", (x, y) -> x != 0 || y != 0 ? 1 : 0,
            (x, y) -> x != 0 || y != 0 ? 1 : 0, "Is x or y true (not 0)?", "print(logical_or(1.0, 0.0))", "True");

    public static final Elementwise LOGICAL_XOR = compare("logical_xor", (x, y) -> x != 0 != (y != 0) ? 1 : 0,
            (x, y) -> x != 0 != (y != 0) ? 1 : 0, "Is exactly one of x and y true (not 0)?", "print(logical_xor(1.0, 0.0))",
                    "True");

    public static final Elementwise LOGICAL_NOT = unary("logical_not", x -> x == 0 ? 1 : 0).gives(Result.TRUTH)
            .doc("Is x false (0)?", "print(logical_not(0.0))", "True");

    public static final Elementwise ISNAN = unary("isnan", x -> x != x ? 1 : 0).gives(Result.TRUTH)
            .doc("Is x not a number?", "print(isnan(1.0))", "False");

    public static final Elementwise ISINF = unary("isinf", x -> Double.isInfinite(x) ? 1 : 0).gives(Result.TRUTH)
            .doc("Is x inf or -inf?", "print(isinf(1.0))", "False");

    public static final Elementwise ISFINITE = unary("isfinite", x -> Double.isFinite(x) ? 1 : 0).gives(Result.TRUTH)
            .doc("Is x neither infinite nor nan?", "print(isfinite(1.0))", "True");

    public static final Elementwise SIGNBIT = unary("signbit", x -> x < 0 || 1 / x < 0 ? 1 : 0).gives(Result.TRUTH)
            .doc("Has x a minus sign? -0.0 has one.", "print(signbit(-0.0))", "True");

    private static Elementwise compare(String name, DoubleBinaryOperator value, LongBinaryOperator whole, String sentence,
            String call,
            String printed) {
        var row = binary(name, value).whole(whole).gives(Result.TRUTH);
        for (Compare kernel : Compare.values()) {
            row = kernel.name().equalsIgnoreCase(name) ? row.kernel(kernel) : row;
        }
        return row.doc(sentence, call, printed);
    }
}
