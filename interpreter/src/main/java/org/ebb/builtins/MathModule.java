package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBigInt;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Floats;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Value;

/** The module math. Gamma and error functions: {@link SpecialFunctions}; whole numbers: {@link MathIntegers}. */
final class MathModule {

    private MathModule() {}

    static void fill(BuiltinTable table) {
        table.constant("pi", Math.PI).constant("e", Math.E).constant("tau", 2 * Math.PI);
        table.constant("inf", Double.POSITIVE_INFINITY).constant("nan", Double.NaN);
        unary(table, "sqrt", Math::sqrt, false);
        unary(table, "exp", Math::exp, true);
        unary(table, "expm1", Math::expm1, true);
        unary(table, "sin", Math::sin, false);
        unary(table, "cos", Math::cos, false);
        unary(table, "tan", Math::tan, false);
        unary(table, "asin", Math::asin, false);
        unary(table, "acos", Math::acos, false);
        unary(table, "atan", Math::atan, false);
        unary(table, "sinh", Math::sinh, true);
        unary(table, "cosh", Math::cosh, true);
        unary(table, "tanh", Math::tanh, false);
        unary(table, "asinh", SpecialFunctions::asinh, false);
        unary(table, "acosh", SpecialFunctions::acosh, false);
        unary(table, "atanh", SpecialFunctions::atanh, false);
        unary(table, "log1p", MathModule::log1p, false);
        unary(table, "fabs", Math::abs, false);
        unary(table, "degrees", x -> x * (180 / Math.PI), false);
        unary(table, "radians", x -> x * (Math.PI / 180), false);
        unary(table, "erf", SpecialFunctions::erf, false);
        unary(table, "erfc", SpecialFunctions::erfc, false);
        unary(table, "gamma", SpecialFunctions::gamma, true);
        unary(table, "lgamma", SpecialFunctions::logGamma, true);
        unary(table, "cbrt", Math::cbrt, false);
        unary(table, "exp2", x -> Math.pow(2, x), true);
        unary(table, "ulp", x -> Math.ulp(x), false);
        binary(table, "pow", MathModule::pow);
        binary(table, "atan2", Math::atan2);
        binary(table, "copysign", Math::copySign);
        binary(table, "fmod", MathModule::fmod);
        binary(table, "remainder", MathModule::remainder);
        binary(table, "nextafter", Math::nextAfter);
        logarithms(table);
        rounding(table);
        sums(table);
        questions(table);
        MathIntegers.fill(table);
    }

    private static void unary(BuiltinTable table, String name, DoubleUnaryOperator function, boolean mayOverflow) {
        var one = new One(name, function, mayOverflow);
        BuiltinNode.Simple body = b -> one.of(b[0]);
        table.function(name + "(x, /)", "Return " + name + " of x.", RowNodes.one(RecordedMath.row(name, 1), one::real, body), body);
    }

    private static void binary(BuiltinTable table, String name, DoubleBinaryOperator function) {
        BuiltinNode.Simple body = b -> {
            Object x = number(b[0]);
            Object y = number(b[1]);
            double value = function.applyAsDouble(Numbers.requireDouble(x), Numbers.requireDouble(y));
            return RecordedMath.any(x, y) ? RecordedMath.binary(name, x, y, value) : (Object) value;
        };
        table.function(name + "(x, y, /)", "Return " + name + " of x and y.",
                RowNodes.two(RecordedMath.row(name, 2), function, body), body);
    }

    /** What {@code __float__} of an object gives, recorded or not; anything else as it is. */
    private static Object number(Object x) {
        return x instanceof EbbObject ? Numbers.requireFloat(x) : x;
    }

    /** A function of one double. NaN from a number is a domain error, infinity from a finite number a range or domain error. */
    private record One(String name, DoubleUnaryOperator function, boolean mayOverflow) {

        double real(double x) {
            double y = apply(x);
            if (y - y != 0) {
                check(x, y); // infinity or NaN
            }
            return y;
        }

        /** A recorded number goes through the row of its operation, so that the tape sees it. What {@code __float__} gives may have been recorded. */
        @TruffleBoundary
        Object of(Object given) {
            Object x = number(given);
            double value = real(Numbers.requireDouble(x));
            return x instanceof Value ? RecordedMath.unary(name, x, value) : (Object) value;
        }

        @TruffleBoundary(allowInlining = true)
        private double apply(double x) {
            return function.applyAsDouble(x);
        }

        @TruffleBoundary
        private void check(double x, double y) {
            if (Double.isNaN(y) && !Double.isNaN(x)) {
                throw domain();
            }
            if (Double.isInfinite(y) && Double.isFinite(x)) {
                throw mayOverflow && !(function.applyAsDouble(0) != 0 && x == 0) ? range() : domain();
            }
        }
    }

    static RuntimeException domain() {
        return Errors.valueError("math domain error");
    }

    static RuntimeException range() {
        return Errors.overflow("math range error");
    }

    private static double log1p(double x) {
        return x == -1 ? Double.NaN : Math.log1p(x);
    }

    private static double pow(double x, double y) {
        if (x == 1 || y == 0) {
            return 1;
        }
        if (x == -1 && Double.isInfinite(y)) {
            return 1;
        }
        double result = Math.pow(x, y);
        if (Double.isFinite(x) && Double.isFinite(y)) {
            if (Double.isNaN(result) || x == 0 && y < 0) { // a pole counts as out of the domain
                throw domain();
            }
            if (Double.isInfinite(result)) {
                throw range();
            }
        }
        return result;
    }

    private static double fmod(double x, double y) {
        double result = x % y;
        if (Double.isNaN(result) && !Double.isNaN(x) && !Double.isNaN(y)) {
            throw domain();
        }
        return result;
    }

    private static double remainder(double x, double y) {
        double result = Math.IEEEremainder(x, y);
        if (Double.isNaN(result) && !Double.isNaN(x) && !Double.isNaN(y)) {
            throw domain();
        }
        return result;
    }

    private static void logarithms(BuiltinTable table) {
        logarithm(table, "log(x, base=?, /)", "The logarithm of x to a base, or the natural one.", Math::log, Math.log(2));
        logarithm(table, "log2(x, /)", "The logarithm of x to base 2.", MathModule::log2, 1);
        logarithm(table, "log10(x, /)", "The logarithm of x to base 10.", Math::log10, Math.log10(2));
    }

    private static void logarithm(BuiltinTable table, String signature, String doc, DoubleUnaryOperator log, double ofTwo) {
        String name = signature.substring(0, signature.indexOf('('));
        BuiltinNode.Simple body = b -> {
            double x = logarithm(b[0], log, ofTwo);
            Object top = b[0] instanceof Value ? RecordedMath.unary(name, b[0], x) : (Object) x;
            return b.length == 1 || b[1] == null ? top : Operators.binary(BinaryOperator.DIVIDE, top, base(b[1]));
        };
        var one = new One(name, log, false);
        table.function(signature, doc, RowNodes.one(RecordedMath.row(name, 1), one::real, body), body);
    }

    private static Object base(Object base) {
        double x = logarithm(base, Math::log, Math.log(2));
        return base instanceof Value ? RecordedMath.unary("log", base, x) : (Object) x;
    }

    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        if (Double.isFinite(x) && x == Math.scalb(1.0, exponent)) {
            return exponent; // exact for powers of two
        }
        return Math.log(x) / Math.log(2);
    }

    private static double logarithm(Object value, DoubleUnaryOperator log, double ofTwo) {
        Object plain = Numbers.plain(value);
        if (plain instanceof EbbBigInt big && big.value.signum() > 0 && Double.isInfinite(big.value.doubleValue())) {
            int bits = big.value.bitLength();
            return log.applyAsDouble(Math.scalb(big.value.shiftRight(bits - 64).doubleValue(), -64)) + ofTwo * bits;
        }
        double x = plain instanceof EbbBigInt big ? big.value.doubleValue() : Numbers.requireDouble(value);
        if (x <= 0) {
            throw domain();
        }
        return log.applyAsDouble(x);
    }

    private static void rounding(BuiltinTable table) {
        rounding(table, "floor", "__floor__", Math::floor);
        rounding(table, "ceil", "__ceil__", Math::ceil);
        rounding(table, "trunc", "__trunc__", x -> x < 0 ? Math.ceil(x) : Math.floor(x));
        table.simple("modf(x, /)", "The fractional and the whole part of x.", b -> {
            double x = Numbers.requireDouble(b[0]);
            double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
            double part = Math.copySign(Double.isInfinite(x) ? 0 : x - whole, x);
            return new EbbTuple(b[0] instanceof Value ? RecordedMath.shifted(b[0], -whole, part) : (Object) part, Math.copySign(whole, x));
        });
        table.simple("frexp(x, /)", "Mantissa and exponent: x == m * 2**e.", b -> {
            double x = Numbers.requireDouble(b[0]);
            if (x == 0 || !Double.isFinite(x)) {
                return new EbbTuple(b[0] instanceof Value ? b[0] : (Object) x, 0L);
            }
            int lift = Math.abs(x) < Double.MIN_NORMAL ? 64 : 0;
            double y = Math.scalb(x, lift);
            int exponent = Math.getExponent(y) + 1;
            double mantissa = Math.scalb(y, -exponent);
            return new EbbTuple(b[0] instanceof Value ? RecordedMath.scaled(b[0], lift - exponent, mantissa) : (Object) mantissa,
                    (long) exponent - lift);
        });
        table.simple("ldexp(x, i, /)", "x * 2**i.", b -> {
            double x = Numbers.requireDouble(b[0]);
            int exponent = Integers.clamp(Numbers.requireIndex(b[1]));
            double result = Math.scalb(x, exponent);
            if (Double.isInfinite(result) && Double.isFinite(x)) {
                throw range();
            }
            return b[0] instanceof Value ? RecordedMath.scaled(b[0], exponent, result) : (Object) result;
        });
    }

    private static void rounding(BuiltinTable table, String name, String special, DoubleUnaryOperator function) {
        table.simple(name + "(x, /)", "x rounded to a whole number by " + name + ".", b -> {
            Object plain = Numbers.plain(b[0]);
            if (Integers.isInt(plain)) {
                return Integers.plus(plain);
            }
            Object own = plain instanceof Double ? null : Calls.callSpecial(b[0], special);
            return own != null ? own : Floats.toInt(function.applyAsDouble(Numbers.requireDouble(b[0])));
        });
    }

    private static void sums(BuiltinTable table) {
        table.simple("fsum(seq, /)", "The exact sum of floats, rounded once.", b -> {
            Object[] items = Iteration.toArray(b[0]);
            double sum = exactSum(items);
            return RecordedMath.any(items) ? RecordedMath.sum(items, sum) : (Object) sum;
        });
        table.simple("prod(iterable, /, *, start=1)", "The product of start and the values.", b -> {
            Object product = b[1];
            for (Object item : Iteration.toArray(b[0])) {
                product = Operators.binary(BinaryOperator.MULTIPLY, product, item);
            }
            return product;
        });
        table.simple("hypot(*coordinates)", "The Euclidean length.", b -> {
            Object[] all = (Object[]) b[0];
            double[] x = new double[all.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = Numbers.requireDouble(all[i]);
            }
            return RecordedMath.any(all) ? RecordedMath.length(all, length(x)) : (Object) length(x);
        });
        table.simple("dist(p, q, /)", "The Euclidean distance of two points.", b -> {
            Object[] p = Iteration.toArray(b[0]);
            Object[] q = Iteration.toArray(b[1]);
            if (p.length != q.length) {
                throw Errors.valueError("both points must have the same number of dimensions");
            }
            double[] x = new double[p.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = Numbers.requireDouble(p[i]) - Numbers.requireDouble(q[i]);
            }
            if (RecordedMath.any(p) || RecordedMath.any(q)) {
                Object[] apart = new Object[x.length];
                for (int i = 0; i < x.length; i++) {
                    apart[i] = Operators.binary(BinaryOperator.SUBTRACT, p[i], q[i]);
                }
                return RecordedMath.length(apart, length(x));
            }
            return length(x);
        });
        table.simple("sumprod(p, q, /)", "The sum of products.", b -> {
            Object[] p = Iteration.toArray(b[0]);
            Object[] q = Iteration.toArray(b[1]);
            if (p.length != q.length) {
                throw Errors.valueError("Inputs are not the same length");
            }
            Object total = 0L;
            for (int i = 0; i < p.length; i++) {
                total = Operators.binary(BinaryOperator.ADD, total, Operators.binary(BinaryOperator.MULTIPLY, p[i], q[i]));
            }
            return total;
        });
    }

    /** Correctly rounded but for the last bit: the squares are added exactly. */
    private static double length(double[] x) {
        double largest = 0;
        boolean nan = false;
        for (double each : x) {
            largest = Math.max(largest, Double.isNaN(each) ? 0 : Math.abs(each));
            nan |= Double.isNaN(each);
        }
        if (Double.isInfinite(largest) || nan || largest == 0) {
            return Double.isInfinite(largest) ? largest : nan ? Double.NaN : 0.0;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (double each : x) {
            BigDecimal exact = new BigDecimal(each);
            sum = sum.add(exact.multiply(exact));
        }
        return sum.sqrt(new java.math.MathContext(40)).doubleValue();
    }

    private static double exactSum(Object[] items) {
        BigDecimal sum = BigDecimal.ZERO;
        double special = 0;
        boolean finite = true;
        for (Object item : items) {
            double x = Numbers.requireDouble(item);
            if (Double.isFinite(x)) {
                sum = sum.add(new BigDecimal(x));
            } else {
                if (Double.isInfinite(x) && Double.isInfinite(special) && x != special) {
                    throw Errors.valueError("-inf + inf in fsum");
                }
                special += x;
                finite = false;
            }
        }
        if (!finite) {
            return special;
        }
        double result = sum.doubleValue();
        if (Double.isInfinite(result)) {
            throw Errors.overflow("intermediate overflow in fsum");
        }
        return result;
    }

    private static void questions(BuiltinTable table) {
        table.simple("isnan(x, /)", "True if x is not a number.", b -> Double.isNaN(asFloat(b[0])));
        table.simple("isinf(x, /)", "True if x is infinite.", b -> Double.isInfinite(asFloat(b[0])));
        table.simple("isfinite(x, /)", "True if x is neither infinite nor NaN.", b -> Double.isFinite(asFloat(b[0])));
        table.simple("isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", "True if a and b are close.", b -> {
            double x = Numbers.requireDouble(b[0]);
            double y = Numbers.requireDouble(b[1]);
            double relative = Numbers.requireDouble(b[2]);
            double absolute = Numbers.requireDouble(b[3]);
            if (relative < 0 || absolute < 0) {
                throw Errors.valueError("tolerances must be non-negative");
            }
            if (x == y) {
                return true;
            }
            if (Double.isInfinite(x) || Double.isInfinite(y)) {
                return false;
            }
            double apart = Math.abs(x - y);
            return apart <= Math.abs(relative * y) || apart <= Math.abs(relative * x) || apart <= absolute;
        });
    }

    private static double asFloat(Object value) {
        return Numbers.requireDouble(value);
    }

    /** Needed by {@link MathIntegers}. */
    static BigInteger whole(Object value) {
        Object index = Numbers.asIndex(value);
        if (index == null) {
            throw Errors.typeError("'" + Types.name(value) + "' object cannot be interpreted as an integer");
        }
        return Integers.big(index);
    }

    static boolean isNone(Object value) {
        return value == null || value == EbbNone.NONE;
    }
}
