package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.syntax.Expr.UnaryOperator;

/** {@code ~operand}. */
public abstract class InvertNode extends UnaryNode {

    @Specialization
    long longs(long operand) {
        return ~operand;
    }

    @Specialization(replaces = "longs")
    Object general(Object operand) {
        return slow(operand);
    }

    @Override
    protected UnaryOperator operator() {
        return UnaryOperator.INVERT;
    }
}
