package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.op.Arithmetic;
import org.ebb.op.Comparison;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.op.Products;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** The operators of the language on tensors and on numbers that may have been recorded. */
public final class TensorOperators {

    private static final Object[] NOTHING = {};

    private TensorOperators() {}

    /** {@code a op b} where one side is a value of the engine; null where the other is nothing it can meet. */
    @TruffleBoundary
    public static Object binary(BinaryOperator operator, Object a, Object b) {
        if (a instanceof Tensor x && b instanceof Tensor y && operator != BinaryOperator.MATMUL) {
            return Tensors.apply(row(operator, x, y), x, y);
        }
        boolean floats = !Tensors.isTensor(a) && !Tensors.isTensor(b);
        if (floats) {
            // A float that was recorded is a float first: what a float refuses, it refuses.
            Object plain = Numbers.binary(operator, a, b);
            if (plain == null) {
                return null;
            }
        }
        Value x = Tensors.operand(a, Tensors.isWhole(b));
        Value y = x == null ? null : Tensors.operand(b, Tensors.isWhole(a));
        if (y == null) {
            return null;
        }
        if (operator == BinaryOperator.MATMUL) {
            return floats ? null : Tensors.result(Tensors.apply(Products.MATMUL, NOTHING, x, y));
        }
        return isSquare(operator, x, y) ? Tensors.apply(Arithmetic.SQUARE, x) : Tensors.apply(row(operator, x, y), x, y);
    }

    /** {@code x ** 2}: its backward needs no powers. */
    private static boolean isSquare(BinaryOperator operator, Value x, Value y) {
        return operator == BinaryOperator.POWER && x instanceof Tensor && x.dtype().isFloat() && y instanceof Scalar s && s.value == 2
                && s.isLanguageFloat() && s.recording == null;
    }

    /** The row that an operator stands for. */
    static Op row(BinaryOperator operator, Value x, Value y) {
        return switch (operator) {
            case ADD -> Arithmetic.ADD;
            case SUBTRACT -> Arithmetic.SUB;
            case MULTIPLY -> Arithmetic.MUL;
            case DIVIDE -> Arithmetic.DIV;
            case FLOOR_DIVIDE -> Arithmetic.FLOOR_DIVIDE;
            case MODULO -> Arithmetic.MOD;
            case POWER -> Arithmetic.POW;
            case MATMUL -> Products.MATMUL;
            case BIT_AND -> logical(operator, "bitwise_and", Comparison.LOGICAL_AND, x, y);
            case BIT_OR -> logical(operator, "bitwise_or", Comparison.LOGICAL_OR, x, y);
            case BIT_XOR -> logical(operator, "bitwise_xor", Comparison.LOGICAL_XOR, x, y);
            case LEFT_SHIFT -> named(operator, "left_shift", x, y);
            case RIGHT_SHIFT -> named(operator, "right_shift", x, y);
        };
    }

    private static Op logical(BinaryOperator operator, String bitwise, Elementwise onBooleans, Value x, Value y) {
        return isBoolean(x) && isBoolean(y) ? onBooleans : named(operator, bitwise, x, y);
    }

    private static boolean isBoolean(Value v) {
        return v.dtype() == DType.BOOL;
    }

    private static Op named(BinaryOperator operator, String name, Value x, Value y) {
        Op row = Ops.named(name);
        if (row == null || x.dtype().isFloat() || y.dtype().isFloat()) {
            throw Errors.typeError(operator.text + ": defined for tensors of bools" + (row == null ? "" : " or whole numbers") + ", not for "
                    + x.dtype().text + " and " + y.dtype().text);
        }
        return row;
    }

    /** {@code a op= b} in place; null where a is no place to write to, so that a new value has to be made. */
    @TruffleBoundary
    public static Object augmented(BinaryOperator operator, Object a, Object b) {
        if (!(a instanceof Tensor target) || target.frozen) {
            return null;
        }
        Value value = Tensors.operand(b, Tensors.isWhole(target));
        if (value == null) {
            return null;
        }
        Value result = operator == BinaryOperator.MATMUL ? Tensors.apply(Products.MATMUL, NOTHING, target, value)
                : Tensors.tape().apply(row(operator, target, value), null, target, value);
        if (operator == BinaryOperator.MATMUL && !result.shape().equals(target.shape())) {
            throw Errors.valueError("@=: the product has shape " + result.shape() + ", which a tensor of shape " + target.shape()
                    + " cannot hold; write x = x @ ... for a new tensor");
        }
        if (!canHold(target.dtype(), result.dtype())) {
            throw Errors.typeError(operator.text + "=: the result is " + result.dtype().text + ", which a tensor of " + target.dtype().text
                    + " cannot hold; write x = x " + operator.text + " ... for a new tensor");
        }
        EbbContext.get(null).writes().assign(target, result);
        return target;
    }

    /** Can a tensor of one dtype take results of another, as PyTorch and NumPy let it? */
    public static boolean canHold(DType target, DType result) {
        return target.isFloat() || !result.isFloat() && (target != DType.BOOL || result == DType.BOOL);
    }

    @TruffleBoundary
    public static Object unary(UnaryOperator operator, Value x) {
        return switch (operator) {
            case PLUS -> x instanceof Tensor t && !t.frozen ? Tensors.result(Tensors.apply(Ops.named("copy"), NOTHING, t)) : Tensors.result(x);
            case MINUS -> Tensors.apply(Arithmetic.NEG, x);
            case NOT -> !Truth.of(x);
            case INVERT -> {
                if (isBoolean(x)) {
                    yield Tensors.apply(Comparison.LOGICAL_NOT, x);
                }
                Op row = Ops.named("invert");
                if (row == null || x.dtype().isFloat()) {
                    throw Errors.typeError("bad operand type for unary ~: '" + (x instanceof Scalar s && s.isLanguageFloat() ? "float"
                            : "tensor of " + x.dtype().text) + "'");
                }
                yield Tensors.apply(row, x);
            }
        };
    }

    /** One of the six comparisons where one side is a tensor; null where the other is nothing it can meet. */
    @TruffleBoundary
    public static Object compare(CompareOperator operator, Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return holds(operator, number(a), number(b));
        }
        Value x = Tensors.operand(a, Tensors.isWhole(b));
        Value y = x == null ? null : Tensors.operand(b, Tensors.isWhole(a));
        return y == null ? null : Tensors.apply(row(operator), x, y);
    }

    /** Light scalars beside numbers compare as numbers do, except under ND, where the answer is 0 or 1. */
    private static boolean isNumber(Object value) {
        return value instanceof Scalar s ? s.flavour() != Flavour.ND : value instanceof Double || value instanceof Long || value instanceof Boolean;
    }

    private static double number(Object value) {
        return switch (value) {
            case Scalar s -> s.value;
            case Double d -> d;
            case Long n -> n;
            default -> (Boolean) value ? 1 : 0;
        };
    }

    private static boolean holds(CompareOperator operator, double x, double y) {
        return switch (operator) {
            case EQUAL -> x == y;
            case NOT_EQUAL -> x != y;
            case LESS -> x < y;
            case LESS_EQUAL -> x <= y;
            case GREATER -> x > y;
            case GREATER_EQUAL -> x >= y;
            case IN, NOT_IN, IS, IS_NOT -> throw new IllegalArgumentException(operator.text);
        };
    }

    static Elementwise row(CompareOperator operator) {
        return switch (operator) {
            case EQUAL -> Comparison.EQUAL;
            case NOT_EQUAL -> Comparison.NOT_EQUAL;
            case LESS -> Comparison.LESS;
            case LESS_EQUAL -> Comparison.LESS_EQUAL;
            case GREATER -> Comparison.GREATER;
            case GREATER_EQUAL -> Comparison.GREATER_EQUAL;
            case IN, NOT_IN, IS, IS_NOT -> throw new IllegalArgumentException(operator.text);
        };
    }
}
