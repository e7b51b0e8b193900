package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.EbbObject;
import org.ebb.syntax.Expr.BinaryOperator;

/** {@code left * right}. */
public abstract class MultiplyNode extends BinaryNode {

    @Specialization(rewriteOn = ArithmeticException.class)
    long longs(long left, long right) {
        return Math.multiplyExact(left, right);
    }

    @Specialization(replaces = "longs")
    Object longsOrBig(long left, long right) {
        long product = left * right;
        long high = Math.multiplyHigh(left, right);
        return high == product >> 63 ? (Object) product : slow(left, right);
    }

    @Specialization
    double doubles(double left, double right) {
        return left * right;
    }

    @Specialization
    double longDouble(long left, double right) {
        return left * right;
    }

    @Specialization
    double doubleLong(double left, long right) {
        return left * right;
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
        return BinaryOperator.MULTIPLY;
    }
}
