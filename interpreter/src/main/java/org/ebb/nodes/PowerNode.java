package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.op.Arithmetic;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Floats;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;

/** {@code left ** right}. */
public abstract class PowerNode extends BinaryNode {

    @Specialization(guards = "right == 2", rewriteOn = ArithmeticException.class)
    long square(long left, long right) {
        return Math.multiplyExact(left, left);
    }

    @Specialization(guards = "right >= 0", rewriteOn = ArithmeticException.class, replaces = "square")
    long longs(long left, long right) {
        long result = 1;
        long base = left;
        for (long rest = right; rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result = Math.multiplyExact(result, base);
            }
            if (rest > 1) {
                base = Math.multiplyExact(base, base);
            }
        }
        return result;
    }

    @Specialization(guards = "right == 2")
    double squareDouble(double left, long right) {
        return finite(left * left, left);
    }

    @Specialization(guards = "isPositive(left)", replaces = "squareDouble")
    double doubleLong(double left, long right) {
        return finite(Math.pow(left, right), left);
    }

    @Specialization(guards = "isPositive(left)")
    double doubles(double left, double right) {
        double result = power(left, right);
        return Double.isInfinite(right) ? result : finite(result, left);
    }

    /** A power of plain finite numbers that is too large is an error, as in Python; recorded ones follow the tensors, which give inf. */
    private double finite(double result, double left) {
        if (Double.isInfinite(result) && !Double.isInfinite(left)) {
            CompilerDirectives.transferToInterpreter();
            throw Floats.tooLarge().at(this);
        }
        return result;
    }

    /** Only for positive bases: others have rules of their own. */
    private static double power(double left, double right) {
        return right == 0.5 ? Math.sqrt(left) : Math.pow(left, right);
    }

    @Specialization(guards = {"right == 2", "isExact(right)"})
    Scalar squareScalar(Scalar left, long right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, left.value * left.value);
    }

    @Specialization(guards = {"isExact(right)", "isPositive(left.value)"}, replaces = "squareScalar")
    Scalar scalarLong(Scalar left, long right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, Math.pow(left.value, right));
    }

    @Specialization(guards = "isPositive(left.value)")
    Scalar scalarDouble(Scalar left, double right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.left(left, right, power(left.value, right));
    }

    @Specialization(guards = "isPositive(left)")
    Scalar doubleScalar(double left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.right(left, right, power(left, right.value));
    }

    @Specialization(guards = "isPositive(left.value)")
    Scalar scalars(Scalar left, Scalar right, @Shared @Cached("scalar()") ScalarNode scalar) {
        return scalar.both(left, right, power(left.value, right.value));
    }

    static ScalarNode scalar() {
        return new ScalarNode(Arithmetic.POW);
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
        return BinaryOperator.POWER;
    }
}
