package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.syntax.Expr.UnaryOperator;

/** {@code -operand}. */
public abstract class NegateNode extends UnaryNode {

    @Specialization(rewriteOn = ArithmeticException.class)
    long longs(long operand) {
        return Math.negateExact(operand);
    }

    @Specialization
    double doubles(double operand) {
        return -operand;
    }

    @Specialization(replaces = {"longs", "doubles"})
    Object general(Object operand) {
        return slow(operand);
    }

    @Override
    protected UnaryOperator operator() {
        return UnaryOperator.MINUS;
    }
}
