package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.EbbObject;
import org.ebb.syntax.Expr.BinaryOperator;

/** {@code left @ right}. */
public abstract class MatmulNode extends BinaryNode {

    abstract ExpressionNode getLeft();

    abstract ExpressionNode getRight();

    /** The product of operands that were computed already. */
    abstract Object executeWith(Object left, Object right);

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
        return BinaryOperator.MATMUL;
    }
}
