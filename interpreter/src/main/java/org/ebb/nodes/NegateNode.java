package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.op.Arithmetic;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.tensor.Scalar;

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

    @Specialization
    Scalar scalars(Scalar operand, @Cached("scalar()") ScalarNode scalar) {
        return scalar.one(operand, -operand.value);
    }

    static ScalarNode scalar() {
        return new ScalarNode(Arithmetic.NEG);
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
