package org.ebb.nodes;

import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Errors;
import org.ebb.runtime.GrowingText;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Thrown;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** An operator with two sides; also the right side of {@code a op= b}, which first tries to change {@code a} in place. */
@NodeChild(value = "left", type = ExpressionNode.class)
@NodeChild(value = "right", type = ExpressionNode.class)
public abstract class BinaryNode extends ExpressionNode {

    private boolean inPlace;
    private boolean grows;

    protected abstract BinaryOperator operator();

    public final BinaryNode inPlace() {
        inPlace = true;
        return this;
    }

    /** The right side of {@code a += b} where a is a local variable: a long string may come out as one that grows. */
    public final BinaryNode growing() {
        grows = true;
        return inPlace();
    }

    final boolean isGrowing() {
        return grows;
    }

    final boolean isInPlace() {
        return inPlace;
    }

    static boolean nonZero(long value) {
        return value != 0;
    }

    static boolean nonZero(double value) {
        return value != 0;
    }

    static boolean isPositive(double value) {
        return value > 0;
    }

    /** Is the int a double without loss? Beside a larger one the slow way decides. */
    static boolean isExact(long value) {
        return value >= -(1L << 53) && value <= 1L << 53;
    }

    /** May be divided without asking: only floats of the language mind a zero. */
    static boolean divides(Scalar left, Scalar right) {
        return right.value != 0 || !left.isLanguageFloat() || !right.isLanguageFloat();
    }

    static boolean divides(Scalar left, double right) {
        return right != 0 || !left.isLanguageFloat();
    }

    static boolean divides(@SuppressWarnings("unused") double left, Scalar right) {
        return right.value != 0 || !right.isLanguageFloat();
    }

    static boolean areLight(Object left, Object right) {
        return LiftNode.areLight(left, right);
    }

    static boolean isObject(Object value) {
        return value instanceof EbbObject;
    }

    /** Whatever the fast ways do not know; errors get their place here. */
    protected final Object slow(Object leftValue, Object right) {
        Object left = leftValue instanceof GrowingText text ? text.toString() : leftValue;
        if (left instanceof Value || right instanceof Value) {
            comesFromHere();
        }
        try {
            return inPlace ? Operators.augmented(operator(), left, right) : Operators.binary(operator(), left, right);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        }
    }

    /** The node for an operator. */
    public static BinaryNode create(BinaryOperator operator, ExpressionNode left, ExpressionNode right) {
        return switch (operator) {
            case ADD -> AddNodeGen.create(left, right);
            case SUBTRACT -> SubtractNodeGen.create(left, right);
            case MULTIPLY -> MultiplyNodeGen.create(left, right);
            case DIVIDE -> DivideNodeGen.create(left, right);
            case FLOOR_DIVIDE -> FloorDivideNodeGen.create(left, right);
            case MODULO -> ModuloNodeGen.create(left, right);
            case POWER -> PowerNodeGen.create(left, right);
            case MATMUL -> MatmulNodeGen.create(left, right);
            case LEFT_SHIFT -> LeftShiftNodeGen.create(left, right);
            case RIGHT_SHIFT -> RightShiftNodeGen.create(left, right);
            case BIT_AND -> BitAndNodeGen.create(left, right);
            case BIT_OR -> BitOrNodeGen.create(left, right);
            case BIT_XOR -> BitXorNodeGen.create(left, right);
        };
    }
}
