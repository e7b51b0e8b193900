package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.syntax.Expr.UnaryOperator;

/** {@code +operand}. */
public abstract class PlusNode extends UnaryNode {

    @Specialization
    Object general(Object operand) {
        return slow(operand);
    }

    @Override
    protected UnaryOperator operator() {
        return UnaryOperator.PLUS;
    }
}
