package org.ebb.builtins;

import java.util.List;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Operators;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Value;

/**
 * The functions of math on recorded numbers, written in rows of operations so that the tape sees them. Each is given the value that the
 * function has for plain floats, and a recorded float keeps that value to the last bit.
 */
final class RecordedMath {

    private RecordedMath() {}

    /** Is one of them a value of the engine? */
    static boolean any(Object... values) {
        for (Object value : values) {
            if (value instanceof Value) {
                return true;
            }
        }
        return false;
    }

    /** The row that is a function of so many numbers by itself, or null. */
    static Elementwise row(String name, int arity) {
        return switch (name) {
            case "exp2", "erfc", "gamma", "ulp", "remainder", "nextafter" -> null; // of these the operations have none, or another one
            default -> Ops.named(title(name)) instanceof Elementwise e && e.arity == arity ? e : null;
        };
    }

    /** How the operations name a function. */
    private static String title(String name) {
        return switch (name) {
            case "fabs" -> "abs";
            case "pow" -> "power";
            default -> name.startsWith("a") ? "arc" + name.substring(1) : name;
        };
    }

    /** A function of one number. */
    static Object unary(String name, Object x, double value) {
        return exactly(switch (name) {
            case "exp2" -> row("power", 2.0, x);
            case "erfc" -> Operators.binary(BinaryOperator.SUBTRACT, 1.0, row("erf", x));
            case "gamma" -> { // below 0 the sign changes from one whole number to the next
                Object size = row("exp", row("gammaln", x));
                yield value < 0 ? row("negative", size) : size;
            }
            case "ulp" -> value; // steps
            default -> row(title(name), x);
        }, value);
    }

    /** A function of two numbers. */
    static Object binary(String name, Object x, Object y, double value) {
        return exactly(switch (name) {
            case "pow", "atan2", "copysign", "fmod" -> row(title(name), real(x), real(y));
            case "remainder" -> { // x - n*y, where n is a step of x/y
                double n = Math.rint((Numbers.requireDouble(x) - value) / Numbers.requireDouble(y));
                yield n == 0 || Double.isNaN(n) ? shifted(x, 0) : Operators.binary(BinaryOperator.SUBTRACT, x, scaled(y, n));
            }
            case "nextafter" -> shifted(x, value - Numbers.requireDouble(x));
            default -> throw Errors.notImplemented("math." + name + " of a recorded number: there is no operation of that name");
        }, value);
    }

    /** The Euclidean length of a vector. */
    static Object length(Object[] coordinates, double value) {
        Object length = row("abs", real(coordinates[0]));
        for (int k = 1; k < coordinates.length; k++) {
            length = row("hypot", length, real(coordinates[k]));
        }
        return exactly(length, value);
    }

    static Object sum(Object[] items, double value) {
        Object sum = 0.0;
        for (Object item : items) {
            sum = Operators.binary(BinaryOperator.ADD, sum, item);
        }
        return exactly(sum, value);
    }

    /** Equal numbers as one, of which each has an equal share. */
    static Object shared(List<Object> ties) {
        Object sum = 0.0;
        for (Object one : ties) {
            sum = Operators.binary(BinaryOperator.ADD, sum, scaled(one, 1.0 / ties.size()));
        }
        return exactly(sum, Numbers.asDouble(ties.getFirst()));
    }

    /** {@code x * 2**exponent}. */
    static Object scaled(Object x, int exponent, double value) {
        int half = Math.clamp(exponent, -2000, 2000) / 2; // 2**exponent itself may overflow where the product does not
        Object first = scaled(x, Math.scalb(1.0, half));
        return exactly(scaled(first, Math.scalb(1.0, Math.clamp(exponent, -2000, 2000) - half)), value);
    }

    private static Object scaled(Object x, double factor) {
        return Operators.binary(BinaryOperator.MULTIPLY, x, factor);
    }

    /** x and a constant. */
    static Object shifted(Object x, double constant, double value) {
        return exactly(shifted(x, constant), value);
    }

    private static Object shifted(Object x, double constant) {
        return Operators.binary(BinaryOperator.ADD, x, constant);
    }

    private static Object real(Object x) {
        return x instanceof Value ? x : (Object) Numbers.requireDouble(x);
    }

    private static Object row(String name, Object... operands) {
        Op op = Ops.named(name);
        if (op == null) {
            throw Errors.notImplemented("math." + name + " of a recorded number: there is no operation of that name");
        }
        return TensorArguments.apply(op, operands);
    }

    private static Object exactly(Object result, double value) {
        return switch (result) {
            case Scalar s when s.isLanguageFloat() -> new Scalar(value, s.kind, s.recording, s.id);
            case Double d -> value;
            default -> result;
        };
    }
}
