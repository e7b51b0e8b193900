package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.EbbObject;
import org.ebb.syntax.Expr.BinaryOperator;

/** {@code left | right}. */
public abstract class BitOrNode extends BinaryNode {

    @Specialization
    long longs(long left, long right) {
        return left | right;
    }

    @Specialization
    boolean booleans(boolean left, boolean right) {
        return left | right;
    }

    @Specialization
    Object objects(EbbObject left, Object right, @Cached(parameters = "operator()") SpecialBinaryNode special) {
        return special.execute(this, left, right);
    }

    @Specialization(guards = "!isObject(left)", replaces = {"longs", "booleans"})
    Object general(Object left, Object right) {
        return slow(left, right);
    }

    @Override
    protected BinaryOperator operator() {
        return BinaryOperator.BIT_OR;
    }
}
