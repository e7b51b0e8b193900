package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Arithmetic of plain numbers in any mixture: the slow path behind the nodes, and what the library uses. */
public final class Numbers {

    private Numbers() {}

    /** The plain number a value stands for: floats that record count as floats, subclasses of int or float as their number. */
    public static Object plain(Object value) {
        return switch (value) {
            case Scalar s when s.isLanguageFloat() -> s.value;
            case EbbObject o when o.payload != null -> plain(o.payload);
            default -> value;
        };
    }

    public static boolean isFloat(Object value) {
        return value instanceof Double || value instanceof Scalar s && s.isLanguageFloat();
    }

    /** Is this an int, a bool or a float? */
    public static boolean isNumber(Object value) {
        return value instanceof Long || isFloat(value) || Integers.isInt(value);
    }

    /** The result for two plain numbers, or null where one is none or the operator is not for them. */
    @TruffleBoundary
    public static Object binary(BinaryOperator operator, Object left, Object right) {
        Object a = plain(left);
        Object b = plain(right);
        if (Integers.isInt(a) && Integers.isInt(b)) {
            return integers(operator, a, b);
        }
        if (isNumber(a) && isNumber(b)) {
            return floats(operator, asDouble(a), asDouble(b));
        }
        return null;
    }

    private static Object integers(BinaryOperator operator, Object a, Object b) {
        return switch (operator) {
            case ADD -> Integers.add(a, b);
            case SUBTRACT -> Integers.subtract(a, b);
            case MULTIPLY -> Integers.multiply(a, b);
            case DIVIDE -> Integers.divide(a, b);
            case FLOOR_DIVIDE -> Integers.floorDivide(a, b);
            case MODULO -> Integers.modulo(a, b);
            case POWER -> Integers.power(a, b);
            case LEFT_SHIFT -> Integers.shiftLeft(a, b);
            case RIGHT_SHIFT -> Integers.shiftRight(a, b);
            case BIT_AND -> Integers.and(a, b);
            case BIT_OR -> Integers.or(a, b);
            case BIT_XOR -> Integers.xor(a, b);
            case MATMUL -> null;
        };
    }

    private static Object floats(BinaryOperator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> Floats.divide(a, b);
            case FLOOR_DIVIDE -> Floats.floorDivide(a, b);
            case MODULO -> Floats.modulo(a, b);
            case POWER -> Floats.power(a, b);
            case LEFT_SHIFT, RIGHT_SHIFT, BIT_AND, BIT_OR, BIT_XOR, MATMUL -> null;
        };
    }

    /** The result for a plain number, or null. */
    @TruffleBoundary
    public static Object unary(UnaryOperator operator, Object operand) {
        Object a = plain(operand);
        if (Integers.isInt(a)) {
            return switch (operator) {
                case PLUS -> Integers.plus(a);
                case MINUS -> Integers.negate(a);
                case INVERT -> Integers.invert(a);
                case NOT -> Integers.isZero(a);
            };
        }
        if (a instanceof Double d) {
            return switch (operator) {
                case PLUS -> d;
                case MINUS -> -d;
                case INVERT -> null;
                case NOT -> d == 0;
            };
        }
        return null;
    }

    /** A number as a double; an int too large is an OverflowError. The caller has checked that it is a number. */
    public static double asDouble(Object number) {
        return switch (number) {
            case Double d -> d;
            case Scalar s -> s.value;
            default -> Integers.toDouble(number);
        };
    }

    /** The float that a value stands for ({@code __float__}, {@code __index__}), as {@code math} functions take it. */
    @TruffleBoundary
    public static double requireDouble(Object value) {
        Object plain = plain(value);
        if (isNumber(plain)) {
            return asDouble(plain);
        }
        if (plain instanceof Scalar s) {
            return s.value;
        }
        return asDouble(plain(requireFloat(value)));
    }

    /** The float that an object stands for, with its history where what {@code __float__} gave was recorded. */
    public static Object requireFloat(Object value) {
        Object method = Types.lookup(value, "__float__");
        if (method != null) {
            Object result = Calls.call(method, value);
            if (!isFloat(plain(result))) {
                throw Errors.typeError(Types.name(value) + ".__float__ returned non-float (type " + Types.name(result) + ")");
            }
            return result instanceof Value v ? Tensors.toFloat(v) : plain(result);
        }
        Object index = asIndex(value);
        if (index != null) {
            return Integers.toDouble(index);
        }
        throw Errors.typeError("must be real number, not " + Types.name(value));
    }

    /** The int that a value stands for where an int is needed ({@code __index__}), or null. Floats are none. */
    @TruffleBoundary
    public static Object asIndex(Object value) {
        Object plain = value instanceof EbbObject o && o.payload != null ? o.payload : value;
        if (Integers.isInt(plain)) {
            return Integers.plus(plain);
        }
        if (plain instanceof Value v) {
            return v instanceof Tensor t && t.size() == 1 && t.dtype().isInteger() ? (Object) t.getLong(0) : null;
        }
        if (plain instanceof Double || plain instanceof String) {
            return null;
        }
        Object method = Types.lookup(value, "__index__");
        if (method == null) {
            return null;
        }
        Object result = plain(Calls.call(method, value));
        if (!Integers.isInt(result)) {
            throw Errors.typeError("__index__ returned non-int (type " + Types.name(result) + ")");
        }
        return Integers.plus(result);
    }

    @TruffleBoundary
    public static Object requireIndex(Object value) {
        Object index = asIndex(value);
        if (index == null) {
            throw Errors.typeError("'" + Types.name(value) + "' object cannot be interpreted as an integer");
        }
        return index;
    }

    /** An int that fits a Java int, for counts and widths. */
    public static int requireSmall(Object value) {
        Object index = requireIndex(value);
        if (!(index instanceof Long l) || l != (int) (long) l) {
            throw Errors.overflow("Python int too large to convert to C int");
        }
        return (int) (long) l;
    }

    /** An int for the length of a new row, -1 for all below 0: OverflowError as in CPython, MemoryError where no row is as long. */
    public static int requireLength(Object value, String what) {
        Object index = requireIndex(value);
        if (index instanceof EbbBigInt) {
            throw Errors.overflow("Python int too large to convert to C ssize_t");
        }
        return Errors.longest(what, Math.max(-1, Integers.small(index)));
    }

    /** {@code divmod} of plain numbers, or null. */
    @TruffleBoundary
    public static EbbTuple divmod(Object left, Object right) {
        Object a = plain(left);
        Object b = plain(right);
        if (Integers.isInt(a) && Integers.isInt(b)) {
            return new EbbTuple(Integers.floorDivide(a, b), Integers.modulo(a, b));
        }
        if (isNumber(a) && isNumber(b)) {
            double divisor = asDouble(b);
            if (divisor == 0) {
                throw Errors.zeroDivision("float divmod()");
            }
            double[] parts = Floats.quotientAndRemainder(asDouble(a), divisor);
            return new EbbTuple(parts[0], parts[1]);
        }
        return null;
    }
}
