package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.op.Arithmetic;
import org.ebb.runtime.EbbObject;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;

/** {@code left - right}. */
public abstract class SubtractNode extends BinaryNode {

    @Specialization(rewriteOn = ArithmeticException.class)
    long longs(long left, long right) {
        return Math.subtractExact(left, right);
    }

    @Specialization(replaces = "longs")
    Object longsOrBig(long left, long right) {
        long difference = left - right;
        return ((left ^ right) & (left ^ difference)) < 0 ? slow(left, right) : (Object) difference;
    }

    @Specialization
    double doubles(double left, double right) {
        return left - right;
    }

    @Specialization
    double longDouble(long left, double right) {
        return left - right;
    }

    @Specialization
    double doubleLong(double left, long right) {
        return left - right;
    }

    @Specialization
    Scalar scalars(Scalar left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.both(left, right, left.value - right.value);
    }

    @Specialization
    Scalar scalarDouble(Scalar left, double right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, left.value - right);
    }

    @Specialization
    Scalar doubleScalar(double left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.right(left, right, left - right.value);
    }

    @Specialization(guards = "isExact(right)")
    Scalar scalarLong(Scalar left, long right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, left.value - right);
    }

    @Specialization(guards = "isExact(left)")
    Scalar longScalar(long left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.right(left, right, left - right.value);
    }

    @Specialization(guards = {"!isInPlace()", "areLight(left, right)"})
    Scalar light(Object left, Object right, @Cached LiftNode first, @Cached LiftNode second, @Shared @Cached("scalar()") ScalarNode scalar) {
        Scalar a = first.execute(left);
        Scalar b = second.execute(right);
        return scalar.both(a, b, a.value - b.value);
    }

    static ScalarNode scalar() {
        return new ScalarNode(Arithmetic.SUB);
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
        return BinaryOperator.SUBTRACT;
    }
}
