package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.Compare;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.TensorException;

/** One link of a comparison. */
@NodeChild(value = "left", type = ExpressionNode.class)
@NodeChild(value = "right", type = ExpressionNode.class)
public abstract class CompareNode extends ExpressionNode {

    protected abstract CompareOperator operator();

    protected final Object slow(Object left, Object right) {
        try {
            return Compare.compare(operator(), left, right);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        }
    }

    /** A larger int loses digits as a double, so that case is left to the slow way. */
    static boolean isExact(long value) {
        return value >= -(1L << 53) && value <= 1L << 53;
    }

    /** Light scalars compare as floats do; only those of MXNet 1.x have an answer of their own. */
    static boolean isPlain(Scalar value) {
        return value.flavour() != Flavour.ND;
    }

    static boolean areLight(Object left, Object right) {
        return LiftNode.areLight(left, right);
    }

    @TruffleBoundary
    static boolean sameText(String left, String right) {
        return left.equals(right);
    }

    /** The node for a link. */
    public static ExpressionNode create(CompareOperator operator, ExpressionNode left, ExpressionNode right) {
        return switch (operator) {
            case EQUAL -> EqualNodeGen.create(left, right);
            case NOT_EQUAL -> NotEqualNodeGen.create(left, right);
            case LESS -> LessNodeGen.create(left, right);
            case LESS_EQUAL -> LessEqualNodeGen.create(left, right);
            case GREATER -> GreaterNodeGen.create(left, right);
            case GREATER_EQUAL -> GreaterEqualNodeGen.create(left, right);
            case IN, NOT_IN -> new InNode(operator, left, right);
            case IS, IS_NOT -> new IsNode(operator == CompareOperator.IS_NOT, left, right);
        };
    }

    /** {@code in} and {@code not in}. */
    private static final class InNode extends ExpressionNode {
        @Child private ExpressionNode left;
        @Child private ExpressionNode right;
        private final CompareOperator operator;

        InNode(CompareOperator operator, ExpressionNode left, ExpressionNode right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            Object item = left.execute(frame);
            Object container = right.execute(frame);
            try {
                return Compare.compare(operator, item, container);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }
    }

    /** {@code is} and {@code is not}. */
    private static final class IsNode extends ExpressionNode {
        @Child private ExpressionNode left;
        @Child private ExpressionNode right;
        private final boolean negated;

        IsNode(boolean negated, ExpressionNode left, ExpressionNode right) {
            this.negated = negated;
            this.left = left;
            this.right = right;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            return executeBoolean(frame);
        }

        @Override
        public boolean executeBoolean(VirtualFrame frame) {
            Object a = left.execute(frame);
            Object b = right.execute(frame);
            return (a == b || hasValueIdentity(a) && Compare.is(a, b)) != negated;
        }

        private static boolean hasValueIdentity(Object value) {
            return value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof String
                    || !(value instanceof org.ebb.runtime.Typed);
        }
    }
}
