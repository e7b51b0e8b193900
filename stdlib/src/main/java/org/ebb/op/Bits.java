package org.ebb.op;

import java.util.List;
import java.util.function.LongBinaryOperator;
import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Rows on the bits of integers, and on booleans: the operators {@code & | ^ ~ << >>}. They are constants to differentiation. */
public final class Bits {

    private Bits() {}

    public static final Op AND = new Bitwise("bitwise_and", (x, y) -> x & y, true, "The bits set in both x and y.", "12, 10",
            "8");
    public static final Op OR = new Bitwise("bitwise_or", (x, y) -> x | y, true, "The bits set in x or y.", "12, 10", "14");
    public static final Op XOR = new Bitwise("bitwise_xor", (x, y) -> x ^ y, true, "The bits set in exactly one of x and y.",
            "12, 10", "6");
    public static final Op LEFT_SHIFT = new Bitwise("left_shift", (x, y) -> y > 63 ? 0 : x << y, false,
            "x with its bits moved y places up.",
            "3, 2", "12");
    public static final Op RIGHT_SHIFT = new Bitwise("right_shift", (x, y) -> x >> Math.min(y, 63), false,
            "x with its bits moved y places down.", "12, 2", "3");

    public static final Op GCD = new Bitwise("gcd", Bits::divisor, false, "The greatest common divisor of x and y, not negative.",
            "12, 18", "6");
    public static final Op LCM = new Bitwise("lcm", (x, y) -> x == 0 || y == 0 ? 0 : Math.abs(x / divisor(x, y) * y), false,
            "The least common multiple of x and y, not negative; 0 where either is 0.", "4, 6", "12");

    private static long divisor(long x, long y) {
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return Math.abs(x);
    }

    /** {@code x ^ -1}; of a boolean, the other one. */
    public static final Op INVERT = new Whole("invert", "invert(x)", 1, """
            All bits turned; of booleans: is x false?

            x: integers or booleans of any shape. Raises TypeError for floats.

            >>> print(invert(tensor([True, False])))
            [False  True]""") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            Tensor x = whole(inputs[0]);
            Storage out = Storage.zeros(x.dtype(), x.size());
            for (long i = 0; i < x.size(); i++) {
                long bits = x.getLong(i);
                out.setLong(i, x.dtype() == DType.BOOL ? 1 - bits : ~bits);
            }
            return Dense.result(out, x.shape(), x.flavour());
        }
    };

    abstract static class Whole extends Op {
        private final int inputs;

        Whole(String name, String signature, int inputs, String doc) {
            super(name, signature, doc);
            this.inputs = inputs;
        }

        @Override
        public final int inputs() {
            return inputs;
        }

        @Override
        public final List<String> samples() {
            return inputs == 1 ? List.of("[2,3]:int64", "[3]:bool", "[]:int32")
                    : List.of("[2,3]:int64 [3]:int64", "[0]:int32 [1]:int32");
        }

        /** An int of the language may come as a float beside other numbers: a whole one is taken for what it was. */
        final Tensor whole(Value x) {
            if (x instanceof Scalar s && s.isLanguageFloat() && s.value == Math.rint(s.value) && Math.abs(s.value) < 0x1p53) {
                return Creation.frozen((long) s.value, DType.INT64, s.flavour());
            }
            if (x.dtype().isFloat()) {
                throw badType("needs integers or booleans, not " + x.dtype().text);
            }
            return (Tensor) x;
        }

        @Override
        public final boolean differentiable() {
            return false;
        }

        @Override
        public final Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[inputs.length];
        }

        @Override
        public final Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return null;
        }
    }

    private static final class Bitwise extends Whole {
        private final LongBinaryOperator bits;
        private final boolean keepsBooleans;

        Bitwise(String name, LongBinaryOperator bits, boolean keepsBooleans, String sentence, String arguments, String printed) {
            super(name, name + "(x, y)", 2, sentence
                    + "\n\nx, y: integers or booleans whose shapes broadcast. Raises TypeError for floats.\n\n>>> "
                    + "print(" + name + "(" + arguments + "))\n" + printed);
            this.bits = bits;
            this.keepsBooleans = keepsBooleans;
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            Tensor x = whole(inputs[0]);
            Tensor y = whole(inputs[1]);
            DType dtype = Promotion.join(x, y);
            Shape shape = Shape.broadcast(name, x.shape(), y.shape());
            Storage out = Storage.zeros(dtype == DType.BOOL && !keepsBooleans ? DType.INT64 : dtype, shape.size());
            int to = 0;
            for (var walk = Dense.walk(shape, x, y); walk.more(); walk.next()) {
                for (int i = 0; i < walk.length; i++) {
                    long a = x.cell.storage.getLong(walk.at(0) + i * walk.step(0));
                    long b = y.cell.storage.getLong(walk.at(1) + i * walk.step(1));
                    out.setLong(to++, bits.applyAsLong(a, b));
                }
            }
            return Dense.result(out, shape, x.flavour().with(y.flavour()));
        }
    }
}
