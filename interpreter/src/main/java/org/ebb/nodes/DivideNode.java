package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.EbbObject;
import org.ebb.syntax.Expr.BinaryOperator;

/** {@code left / right}: always a float. */
public abstract class DivideNode extends BinaryNode {

    @Specialization(guards = {"nonZero(right)", "isExact(left)", "isExact(right)"})
    double longs(long left, long right) {
        return (double) left / right;
    }

    @Specialization(guards = "nonZero(right)")
    double doubles(double left, double right) {
        return left / right;
    }

    @Specialization(guards = "nonZero(right)")
    double longDouble(long left, double right) {
        return left / right;
    }

    @Specialization(guards = "nonZero(right)")
    double doubleLong(double left, long right) {
        return left / right;
    }

    /** Larger ints must be divided before they are rounded. */
    static boolean isExact(long value) {
        return Math.abs(value) <= 1L << 53;
    }

    @Specialization
    Object objects(EbbObject left, Object right, @Cached(parameters = "operator()") SpecialBinaryNode special) {
        return special.execute(this, left, right);
    }

    @Specialization(guards = "!isObject(left)")
    Object general(Object left, Object right) {
        return slow(left, right);
    }

    @Override
    protected BinaryOperator operator() {
        return BinaryOperator.DIVIDE;
    }
}
