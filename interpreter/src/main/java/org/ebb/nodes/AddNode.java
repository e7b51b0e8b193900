package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.EbbObject;
import org.ebb.syntax.Expr.BinaryOperator;

/** {@code left + right}. */
public abstract class AddNode extends BinaryNode {

    @Specialization(rewriteOn = ArithmeticException.class)
    long longs(long left, long right) {
        return Math.addExact(left, right);
    }

    @Specialization(replaces = "longs")
    Object longsOrBig(long left, long right) {
        long sum = left + right;
        return ((left ^ sum) & (right ^ sum)) < 0 ? slow(left, right) : (Object) sum;
    }

    @Specialization
    double doubles(double left, double right) {
        return left + right;
    }

    @Specialization
    double longDouble(long left, double right) {
        return left + right;
    }

    @Specialization
    double doubleLong(double left, long right) {
        return left + right;
    }

    @Specialization
    Object objects(EbbObject left, Object right, @Cached(parameters = "operator()") SpecialBinaryNode special) {
        return special.execute(this, left, right);
    }

    @Specialization(guards = "!isObject(left)", replaces = {"longs", "longsOrBig", "doubles", "longDouble", "doubleLong"})
    Object general(Object left, Object right) {
        return slow(left, right);
    }

    @Override
    protected BinaryOperator operator() {
        return BinaryOperator.ADD;
    }
}
