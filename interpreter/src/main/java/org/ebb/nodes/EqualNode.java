package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.tensor.Scalar;

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

    @Specialization(guards = {"isPlain(left)", "isPlain(right)"})
    boolean scalars(Scalar left, Scalar right) {
        return left.value == right.value;
    }

    @Specialization(guards = "isPlain(left)")
    boolean scalarDouble(Scalar left, double right) {
        return left.value == right;
    }

    @Specialization(guards = "isPlain(right)")
    boolean doubleScalar(double left, Scalar right) {
        return left == right.value;
    }

    @Specialization(guards = {"isPlain(left)", "isExact(right)"})
    boolean scalarLong(Scalar left, long right) {
        return left.value == right;
    }

    @Specialization(guards = {"isExact(left)", "isPlain(right)"})
    boolean longScalar(long left, Scalar right) {
        return left == right.value;
    }

    @Specialization(guards = "areLight(left, right)")
    boolean light(Object left, Object right, @Cached LiftNode first, @Cached LiftNode second) {
        return first.execute(left).value == second.execute(right).value;
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
