package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.syntax.Expr.CompareOperator;

/** {@code left == right}. */
public abstract class EqualNode extends CompareNode {

    @Specialization
    boolean longs(long left, long right) {
        return left == right;
    }

    @Specialization
    boolean doubles(double left, double right) {
        return left == right;
    }

    @Specialization(guards = "isExact(left)")
    boolean longDouble(long left, double right) {
        return left == right;
    }

    @Specialization(guards = "isExact(right)")
    boolean doubleLong(double left, long right) {
        return left == right;
    }

    @Specialization
    boolean strings(String left, String right) {
        return sameText(left, right);
    }

    @Specialization
    Object general(Object left, Object right) {
        return slow(left, right);
    }

    @Override
    protected CompareOperator operator() {
        return CompareOperator.EQUAL;
    }
}
