package org.ebb.builtins;

import java.math.BigInteger;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Floats;
import org.ebb.runtime.IntText;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.TensorOperators;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.tensor.Value;

/** The types int and bool. */
final class IntType {

    private IntType() {}

    static void fill(BuiltinTable table) {
        table.staticMethod("__new__(cls, x=?, /, base=?)", "A number or string as an int.",
                b -> Args.instance(b[0], Types.INT, create(b[1], b[2])));
        SpecialMethods.arithmetic(table, BinaryOperator.ADD, BinaryOperator.SUBTRACT, BinaryOperator.MULTIPLY, BinaryOperator.DIVIDE,
                BinaryOperator.FLOOR_DIVIDE, BinaryOperator.MODULO, BinaryOperator.POWER, BinaryOperator.LEFT_SHIFT, BinaryOperator.RIGHT_SHIFT,
                BinaryOperator.BIT_AND, BinaryOperator.BIT_OR, BinaryOperator.BIT_XOR);
        SpecialMethods.equality(table);
        SpecialMethods.order(table);
        SpecialMethods.hash(table);
        SpecialMethods.text(table);
        SpecialMethods.truth(table);
        unary(table);
        table.simple("__divmod__(self, value, /)", "Return divmod(self, value).", b -> Numbers.divmod(b[0], b[1]));
        table.simple("__invert__(self, /)", "~self", b -> Numbers.unary(UnaryOperator.INVERT, b[0]));
        table.simple("__index__(self, /)", "The int itself.", b -> Integers.plus(b[0]));
        table.simple("__int__(self, /)", "The int itself.", b -> Integers.plus(b[0]));
        table.simple("__float__(self, /)", "float(self)", b -> Integers.toDouble(b[0]));
        for (String name : new String[]{"__trunc__", "__floor__", "__ceil__", "conjugate"}) {
            table.simple(name + "(self, /)", "The int itself.", b -> Integers.plus(b[0]));
        }
        table.simple("__round__(self, ndigits=?, /)", "round(self, ndigits)", b -> NumberFunctions.round(b[0], b[1]));
        table.simple("bit_length(self, /)", "Number of bits necessary to represent self in binary.", b -> (long) Integers.big(b[0]).abs().bitLength());
        table.simple("bit_count(self, /)", "Number of ones in the binary representation of the absolute value of self.",
                b -> (long) Integers.big(b[0]).abs().bitCount());
        table.simple("as_integer_ratio(self, /)", "The pair (self, 1).", b -> new EbbTuple(Integers.plus(b[0]), 1L));
        table.simple("is_integer(self, /)", "True.", b -> true);
        table.simple("to_bytes(self, length=1, byteorder='big', *, signed=False)", "The bytes of the int.",
                b -> BytesType.ofInt(Integers.big(b[0]), Numbers.requireLength(b[1], "bytes"), BytesType.little(b[2]), Truth.of(b[3])));
        table.classMethod("from_bytes(cls, bytes, byteorder='big', *, signed=False)", "The int that bytes hold.",
                b -> BytesType.toInt(b[1], BytesType.little(b[2]), Truth.of(b[3])));
        table.property("real", "The int itself.", b -> Integers.plus(b[0]));
        table.property("imag", "0", b -> 0L);
        table.property("numerator", "The int itself.", b -> Integers.plus(b[0]));
        table.property("denominator", "1", b -> 1L);
    }

    /** What int and float share. */
    static void unary(BuiltinTable table) {
        table.simple("__neg__(self, /)", "-self", b -> b[0] instanceof Value v ? TensorOperators.unary(UnaryOperator.MINUS, v)
                : Numbers.unary(UnaryOperator.MINUS, b[0]));
        table.simple("__pos__(self, /)", "+self", b -> b[0] instanceof Value ? b[0] : Numbers.unary(UnaryOperator.PLUS, b[0]));
        table.simple("__abs__(self, /)", "abs(self)", b -> NumberFunctions.abs(b[0]));
    }

    static void fillBool(BuiltinTable table) {
        table.staticMethod("__new__(cls, x=False, /)", "True if x counts as true.", b -> Truth.of(b[1]));
    }

    static Object create(Object value, Object base) {
        if (base != null) {
            if (value == null) {
                throw Errors.typeError("int() missing string argument");
            }
            Object given = EbbObject.unwrap(value) instanceof EbbBytes bytes ? bytes.text() : EbbObject.unwrap(value);
            if (!(given instanceof String text)) {
                throw Errors.typeError("int() can't convert non-string with explicit base");
            }
            return IntText.parse(text, Args.index(base, 10));
        }
        if (value == null) {
            return 0L;
        }
        Object plain = Numbers.plain(value);
        Object own = value instanceof EbbObject ? Calls.callSpecial(value, "__int__") : null;
        if (own == null && plain instanceof String text) {
            return IntText.parse(text, 10);
        }
        if (own == null && EbbObject.unwrap(value) instanceof EbbBytes bytes) {
            return IntText.parse(bytes.text(), 10);
        }
        if (own == null && Integers.isInt(plain)) {
            return Integers.plus(plain);
        }
        if (own == null && plain instanceof Double d) {
            return Floats.toInt(d);
        }
        for (String special : new String[]{"__int__", "__index__", "__trunc__"}) {
            Object result = own != null ? own : Calls.callSpecial(value, special);
            if (result != null && Integers.isInt(Numbers.plain(result))) {
                return Integers.plus(Numbers.plain(result));
            } else if (result != null) {
                throw Errors.typeError(special + " returned non-int (type " + Types.name(result) + ")");
            }
        }
        throw Errors.typeError("int() argument must be a string, a bytes-like object or a real number, not '" + Types.name(value) + "'");
    }

    /** {@code float(value)}; of what was recorded, still differentiable. */
    static Object createFloat(Object value) {
        if (value == null) {
            return 0.0;
        }
        if (value instanceof Value v) {
            return Tensors.toFloat(v);
        }
        Object plain = Numbers.plain(value);
        if (plain instanceof Double d && !(value instanceof EbbObject)) {
            return d;
        }
        if (EbbObject.unwrap(value) instanceof EbbBytes bytes) {
            return createFloat(bytes.text());
        }
        if (plain instanceof String text) {
            Double parsed = Floats.parse(text);
            if (parsed == null) {
                throw Errors.valueError("could not convert string to float: " + Text.repr(text));
            }
            return parsed;
        }
        if (Types.lookup(value, "__float__") == null && Types.lookup(value, "__index__") == null) {
            throw Errors.typeError("float() argument must be a string or a real number, not '" + Types.name(value) + "'");
        }
        return Numbers.requireFloat(value);
    }

    static void fillFloat(BuiltinTable table) {
        table.staticMethod("__new__(cls, x=?, /)", "A number or string as a float.", b -> Args.instance(b[0], Types.FLOAT, createFloat(b[1])));
        SpecialMethods.arithmetic(table, BinaryOperator.ADD, BinaryOperator.SUBTRACT, BinaryOperator.MULTIPLY, BinaryOperator.DIVIDE,
                BinaryOperator.FLOOR_DIVIDE, BinaryOperator.MODULO, BinaryOperator.POWER);
        SpecialMethods.equality(table);
        SpecialMethods.order(table);
        SpecialMethods.hash(table);
        SpecialMethods.text(table);
        SpecialMethods.truth(table);
        unary(table);
        table.simple("__divmod__(self, value, /)", "Return divmod(self, value).", b -> RecordedMath.any(b) ? NumberFunctions.divmod(b[0], b[1])
                : Numbers.divmod(b[0], b[1]));
        table.simple("__float__(self, /)", "The float itself.", b -> b[0]);
        table.simple("__int__(self, /)", "int(self)", b -> Floats.toInt(Numbers.asDouble(b[0])));
        table.simple("__trunc__(self, /)", "int(self)", b -> Floats.toInt(Numbers.asDouble(b[0])));
        table.simple("__floor__(self, /)", "The largest int not above self.", b -> Floats.toInt(Math.floor(Numbers.asDouble(b[0]))));
        table.simple("__ceil__(self, /)", "The smallest int not below self.", b -> Floats.toInt(Math.ceil(Numbers.asDouble(b[0]))));
        table.simple("__round__(self, ndigits=?, /)", "round(self, ndigits)", b -> NumberFunctions.round(b[0], b[1]));
        table.simple("conjugate(self, /)", "The float itself.", b -> b[0]);
        table.simple("is_integer(self, /)", "True if the float is a whole number.", b -> {
            double value = Numbers.asDouble(b[0]);
            return !Double.isInfinite(value) && value == Math.rint(value);
        });
        table.simple("hex(self, /)", "The float in base 16.", b -> Floats.hex(Numbers.asDouble(b[0])));
        table.simple("as_integer_ratio(self, /)", "Numerator and denominator in lowest terms.", b -> ratio(Numbers.asDouble(b[0])));
        table.staticMethod("fromhex(string, /)", "The float that hex() wrote.", b -> fromHex(Args.str(b[0], "fromhex() argument")));
        table.property("real", "The float itself.", b -> b[0]);
        table.property("imag", "0.0", b -> 0.0);
    }

    private static Object ratio(double value) {
        if (Double.isNaN(value)) {
            throw Errors.valueError("cannot convert NaN to integer ratio");
        }
        if (Double.isInfinite(value)) {
            throw Errors.overflow("cannot convert Infinity to integer ratio");
        }
        BigInteger[] ratio = Floats.ratio(value);
        return new EbbTuple(Integers.of(ratio[0]), Integers.of(ratio[1]));
    }

    private static Object fromHex(String text) {
        String s = text.strip().toLowerCase(java.util.Locale.ROOT);
        Double special = s.endsWith("inf") || s.endsWith("infinity") || s.endsWith("nan") ? Floats.parse(s) : null;
        if (special != null) {
            return special;
        }
        String sign = s.startsWith("-") ? "-" : "";
        String digits = s.startsWith("-") || s.startsWith("+") ? s.substring(1) : s;
        try {
            return Double.parseDouble(sign + (digits.startsWith("0x") ? "" : "0x") + digits + (digits.contains("p") ? "" : "p0"));
        } catch (NumberFormatException wrong) {
            throw Errors.valueError("invalid hexadecimal floating-point string");
        }
    }
}
