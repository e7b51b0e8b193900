package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Floats;
import org.ebb.syntax.Expr.BinaryOperator;

/** {@code left // right}: rounds toward minus infinity. */
public abstract class FloorDivideNode extends BinaryNode {

    @Specialization(guards = {"nonZero(right)", "notMinusOne(right)"})
    long longs(long left, long right) {
        return Math.floorDiv(left, right);
    }

    /** The smallest int divided by -1 does not fit a long. */
    static boolean notMinusOne(long value) {
        return value != -1;
    }

    @Specialization(guards = "nonZero(right)")
    double doubles(double left, double right) {
        return Floats.floorDivide(left, right);
    }

    @Specialization(guards = "nonZero(right)")
    double doubleLong(double left, long right) {
        return Floats.floorDivide(left, right);
    }

    @Specialization(guards = "nonZero(right)")
    double longDouble(long left, double right) {
        return Floats.floorDivide(left, right);
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
        return BinaryOperator.FLOOR_DIVIDE;
    }
}
