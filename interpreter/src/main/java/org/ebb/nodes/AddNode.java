package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.op.Arithmetic;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.GrowingText;
import org.ebb.runtime.Strings;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;

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
    Scalar scalars(Scalar left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.both(left, right, left.value + right.value);
    }

    @Specialization
    Scalar scalarDouble(Scalar left, double right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, left.value + right);
    }

    @Specialization
    Scalar doubleScalar(double left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.right(left, right, left + right.value);
    }

    @Specialization(guards = "isExact(right)")
    Scalar scalarLong(Scalar left, long right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, left.value + right);
    }

    @Specialization(guards = "isExact(left)")
    Scalar longScalar(long left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.right(left, right, left + right.value);
    }

    @Specialization(guards = {"!isInPlace()", "areLight(left, right)"})
    Scalar light(Object left, Object right, @Cached LiftNode first, @Cached LiftNode second, @Shared @Cached("scalar()") ScalarNode scalar) {
        Scalar a = first.execute(left);
        Scalar b = second.execute(right);
        return scalar.both(a, b, a.value + b.value);
    }

    @Specialization(guards = "isGrowing()")
    static GrowingText append(GrowingText left, String right) {
        left.append(right);
        return left;
    }

    @Specialization(guards = "isGrowing()")
    static Object grow(String left, String right) {
        return left.length() < GrowingText.WORTH_IT ? join(left, right) : new GrowingText(left, right);
    }

    @Specialization(guards = "!isGrowing()")
    @TruffleBoundary
    static String join(String left, String right) {
        return Strings.held(left.concat(right));
    }

    static ScalarNode scalar() {
        return new ScalarNode(Arithmetic.ADD);
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
