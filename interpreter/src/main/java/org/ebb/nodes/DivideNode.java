package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.op.Arithmetic;
import org.ebb.runtime.EbbObject;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;

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

    @Specialization(guards = "divides(left, right)")
    Scalar scalars(Scalar left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.both(left, right, left.value / right.value);
    }

    @Specialization(guards = "divides(left, right)")
    Scalar scalarDouble(Scalar left, double right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, left.value / right);
    }

    @Specialization(guards = "divides(left, right)")
    Scalar doubleScalar(double left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.right(left, right, left / right.value);
    }

    @Specialization(guards = {"isExact(right)", "divides(left, right)"})
    Scalar scalarLong(Scalar left, long right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, left.value / right);
    }

    @Specialization(guards = {"isExact(left)", "divides(left, right)"})
    Scalar longScalar(long left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.right(left, right, left / right.value);
    }

    @Specialization(guards = {"!isInPlace()", "areLight(left, right)"})
    Scalar light(Object left, Object right, @Cached LiftNode first, @Cached LiftNode second, @Shared @Cached("scalar()") ScalarNode scalar) {
        Scalar a = first.execute(left);
        Scalar b = second.execute(right);
        return scalar.both(a, b, a.value / b.value);
    }

    static ScalarNode scalar() {
        return new ScalarNode(Arithmetic.DIV);
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
