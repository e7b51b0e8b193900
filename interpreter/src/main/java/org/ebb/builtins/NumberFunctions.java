package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.nodes.LiftNode;
import org.ebb.nodes.ScalarNode;
import org.ebb.op.Selection;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBigInt;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Floats;
import org.ebb.runtime.IntText;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Strings;
import org.ebb.runtime.TensorOperators;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Builtin functions on numbers: abs, round, divmod, pow, bin, hex, oct, chr, ord. */
final class NumberFunctions {

    private NumberFunctions() {}

    static void fill(BuiltinTable table) {
        table.function("abs(x, /)", "Return the absolute value of the argument.", NumberFunctionsFactory.AbsNodeGen::create,
                b -> abs(b[0]));
        table.simple("round(number, ndigits=None)", "Round a number to a given precision in decimal digits.", b -> round(b[0], b[1]));
        table.simple("divmod(x, y, /)", "Return the tuple (x//y, x%y).", b -> divmod(b[0], b[1]));
        table.simple("pow(base, exp, mod=None)", "base**exp, or base**exp % mod.", b -> pow(b[0], b[1], b[2]));
        table.simple("bin(number, /)", "Return the binary representation of an integer.", b -> IntText.radix(Numbers.requireIndex(b[0]), 2, "0b"));
        table.simple("oct(number, /)", "Return the octal representation of an integer.", b -> IntText.radix(Numbers.requireIndex(b[0]), 8, "0o"));
        table.simple("hex(number, /)", "Return the hexadecimal representation of an integer.",
                b -> IntText.radix(Numbers.requireIndex(b[0]), 16, "0x"));
        table.function("chr(i, /)", "Return the one-character string of a Unicode code point.", NumberFunctionsFactory.ChrNodeGen::create);
        table.function("ord(c, /)", "Return the Unicode code point of a one-character string.", NumberFunctionsFactory.OrdNodeGen::create);
    }

    @TruffleBoundary
    static Object abs(Object value) {
        if (value instanceof Value v) {
            return Tensors.apply(Selection.ABS, v);
        }
        Object plain = Numbers.plain(value);
        if (Integers.isInt(plain)) {
            return Integers.abs(plain);
        }
        if (plain instanceof Double d) {
            return Math.abs(d);
        }
        Object result = Calls.callSpecial(value, "__abs__");
        if (result == null) {
            throw Errors.typeError("bad operand type for abs(): '" + Types.name(value) + "'");
        }
        return result;
    }

    @TruffleBoundary
    static Object round(Object value, Object digits) {
        if (value instanceof Tensor x) {
            return TensorType.rounded(x, digits);
        }
        if (value instanceof Scalar x) {
            // Rounding has no slope: the result is a constant, of the language's own kind.
            return round((Object) x.value, digits);
        }
        Object plain = Numbers.plain(value);
        if (Integers.isInt(plain)) {
            int count = Args.index(digits, 0);
            return count >= 0 ? Integers.plus(plain) : Integers.roundTo(plain, -count);
        }
        if (plain instanceof Double d) {
            return Args.absent(digits) ? Floats.round(d) : (Object) Floats.roundTo(d, Args.index(digits, 0));
        }
        Object result = Args.absent(digits) ? Calls.callSpecial(value, "__round__") : Calls.callSpecial(value, "__round__", digits);
        if (result == null) {
            throw Errors.typeError("type " + Types.name(value) + " doesn't define __round__ method");
        }
        return result;
    }

    static Object divmod(Object a, Object b) {
        if (a instanceof Value || b instanceof Value) {
            Object quotient = TensorOperators.binary(BinaryOperator.FLOOR_DIVIDE, a, b);
            if (quotient != null) {
                return new EbbTuple(quotient, TensorOperators.binary(BinaryOperator.MODULO, a, b));
            }
        }
        EbbTuple result = Numbers.divmod(a, b);
        if (result != null) {
            return result;
        }
        Object own = Calls.callSpecial(a, "__divmod__", b);
        if (own == null || own == EbbConstant.NOT_IMPLEMENTED) {
            own = Calls.callSpecial(b, "__rdivmod__", a);
        }
        if (own == null || own == EbbConstant.NOT_IMPLEMENTED) {
            throw Errors.typeError("unsupported operand type(s) for divmod(): '" + Types.name(a) + "' and '" + Types.name(b) + "'");
        }
        return own;
    }

    private static Object pow(Object base, Object exponent, Object modulus) {
        if (modulus == EbbNone.NONE) {
            return Operators.binary(BinaryOperator.POWER, base, exponent);
        }
        Object a = Numbers.plain(base);
        Object b = Numbers.plain(exponent);
        Object m = Numbers.plain(modulus);
        if (Integers.isInt(a) && Integers.isInt(b) && Integers.isInt(m)) {
            return Integers.power(a, b, m);
        }
        if (Numbers.isNumber(a) && Numbers.isNumber(b) && Numbers.isNumber(m)) {
            throw Errors.typeError("pow() 3rd argument not allowed unless all arguments are integers");
        }
        Object own = Calls.callSpecial(base, "__pow__", exponent, modulus);
        if (own == null || own == EbbConstant.NOT_IMPLEMENTED) {
            throw Errors.typeError("unsupported operand type(s) for ** or pow(): '" + Types.name(base) + "', '" + Types.name(exponent) + "', '"
                    + Types.name(modulus) + "'");
        }
        return own;
    }

    abstract static class AbsNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0]);
        }

        abstract Object executeWith(Object value);

        @Specialization(guards = "value != MIN")
        long whole(long value) {
            return Math.abs(value);
        }

        @Specialization
        double real(double value) {
            return Math.abs(value);
        }

        @Specialization
        Scalar recorded(Scalar value, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.one(value, Math.abs(value.value));
        }

        @Specialization(guards = {"isTensor(value)", "isLight(value)"})
        Scalar light(Object value, @Cached LiftNode lift, @Shared @Cached("scalar()") ScalarNode scalar) {
            return recorded(lift.execute(value), scalar);
        }

        @Specialization(replaces = {"whole", "real"}, guards = "!isServed(value)")
        Object any(Object value) {
            return abs(value);
        }

        static boolean isTensor(Object value) {
            return value instanceof Tensor;
        }

        static boolean isLight(Object value) {
            return LiftNode.areLight(value, value);
        }

        static boolean isServed(Object value) {
            return value instanceof Scalar || isTensor(value) && isLight(value);
        }

        static ScalarNode scalar() {
            return new ScalarNode(Selection.ABS);
        }

        static final long MIN = Long.MIN_VALUE;
    }

    abstract static class ChrNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0]);
        }

        abstract Object executeWith(Object value);

        @Specialization(guards = {"value >= 0", "value < 256"})
        String latin(long value) {
            return Strings.ofCodePoint((int) value);
        }

        @Specialization(replaces = "latin")
        @TruffleBoundary
        String any(Object value) {
            Object index = Numbers.requireIndex(value);
            if (index instanceof EbbBigInt) {
                throw Errors.overflow("Python int too large to convert to C int");
            }
            long point = Integers.small(index);
            if (point < 0 || point > Character.MAX_CODE_POINT) {
                throw Errors.valueError("chr() arg not in range(0x110000)");
            }
            return Strings.ofCodePoint((int) point);
        }
    }

    abstract static class OrdNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0]);
        }

        abstract Object executeWith(Object value);

        @Specialization(guards = "value.length() == 1")
        long single(String value) {
            return value.charAt(0);
        }

        @Specialization(replaces = "single")
        @TruffleBoundary
        long any(Object value) {
            if (org.ebb.runtime.EbbObject.unwrap(value) instanceof EbbBytes bytes && bytes.size() == 1) {
                return bytes.get(0);
            }
            if (!(org.ebb.runtime.EbbObject.unwrap(value) instanceof String s)) {
                throw Errors.typeError("ord() expected string of length 1, but " + Types.name(value) + " found");
            }
            if (Strings.length(s) != 1) {
                throw Errors.typeError("ord() expected a character, but string of length " + Strings.length(s) + " found");
            }
            return s.codePointAt(0);
        }
    }
}
