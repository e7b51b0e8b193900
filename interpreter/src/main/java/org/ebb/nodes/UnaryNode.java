package org.ebb.nodes;

import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Thrown;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** {@code -x}, {@code +x}, {@code ~x}. */
@NodeChild(value = "operand", type = ExpressionNode.class)
public abstract class UnaryNode extends ExpressionNode {

    protected abstract UnaryOperator operator();

    protected final Object slow(Object operand) {
        if (operand instanceof Value) {
            comesFromHere();
        }
        try {
            return Operators.unary(operator(), operand);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        }
    }
}
