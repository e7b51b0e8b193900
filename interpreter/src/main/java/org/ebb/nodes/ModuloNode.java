package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Floats;
import org.ebb.syntax.Expr.BinaryOperator;

/** {@code left % right}: has the sign of the right side. Of a string: formatting. */
public abstract class ModuloNode extends BinaryNode {

    @Specialization(guards = "nonZero(right)")
    long longs(long left, long right) {
        return Math.floorMod(left, right);
    }

    @Specialization(guards = "nonZero(right)")
    double doubles(double left, double right) {
        return Floats.modulo(left, right);
    }

    @Specialization(guards = "nonZero(right)")
    double doubleLong(double left, long right) {
        return Floats.modulo(left, right);
    }

    @Specialization(guards = "nonZero(right)")
    double longDouble(long left, double right) {
        return Floats.modulo(left, right);
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
        return BinaryOperator.MODULO;
    }
}
