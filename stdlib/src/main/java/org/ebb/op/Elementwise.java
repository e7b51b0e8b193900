package org.ebb.op;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.ebb.kernel.Binary;
import org.ebb.kernel.Compare;
import org.ebb.kernel.Unary;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * A row that works on each element alone: a function of one, two or three numbers, spread over tensors by broadcasting. Its
 * derivatives are its slopes, written as formulas; everything else is derived.
 *
 * <p>Both derivative rules multiply by the strong product (ARCHITECTURE §3): a cotangent that is exactly 0 contributes 0
 * whatever the slope. A row that selects among its inputs is {@code gated}: where its slope is exactly 0 nothing arrives
 * either, not even an infinity. Long, as value and rules of one, two and three inputs stand here together.
 */
public final class Elementwise extends Op {

    /** What dtype a row gives. */
    public enum Result {
        /** The dtype both inputs join to; integers stay integers. */
        ARITHMETIC,
        /** A float: integers and booleans become float32. */
        FLOATING,
        /** True or false; under {@link Flavour#ND}, 1 or 0 of the input's dtype. */
        TRUTH,
    }

    /** What an {@link Result#ARITHMETIC} row makes of two booleans. */
    enum Booleans { KEEP, WIDEN, REFUSE }

    /** A function of three numbers. */
    public interface Ternary {
        double apply(double x, double y, double z);
    }

    /** A function of three integers. */
    interface WholeTernary {
        long apply(long x, long y, long z);
    }

    public final int arity;
    public final Result result;

    private final Domain[] domains;

    /** For each input the slope with respect to it; null where the result does not depend on it smoothly. */
    private final Formula[] slopes;

    /** See the class comment. */
    public final boolean gated;

    /** The first input chooses between the others and has no part in the result's dtype, as in {@code where}. */
    final boolean conditional;

    private final Booleans booleans;
    private final DoubleUnaryOperator one;
    private final DoubleBinaryOperator two;
    private final Ternary three;
    private final LongUnaryOperator wholeOne;
    private final LongBinaryOperator wholeTwo;
    private final WholeTernary wholeThree;
    private final boolean whole;

    /** The faster loops of the same function, or null. */
    final Unary unaryKernel;
    final Binary binaryKernel;
    final Compare compareKernel;
    private final int[] reads;
    private final boolean sloped;

    private static final Ready[] NOT_READY = {};

    /** See {@link #ready}; found out when asked for, as formulas name rows that come later. */
    private volatile Ready[] ready;

    Elementwise(ElementwiseBuilder b, String doc) {
        super(b.name, b.signature(), doc);
        this.arity = b.arity;
        this.domains = b.domains;
        this.result = b.result;
        this.slopes = b.slopes;
        this.gated = b.gated;
        this.conditional = b.conditional;
        this.booleans = b.booleans;
        this.one = b.one;
        this.two = b.two;
        this.three = b.three;
        this.wholeOne = b.wholeOne;
        this.wholeTwo = b.wholeTwo;
        this.wholeThree = b.wholeThree;
        this.whole = wholeOne != null || wholeTwo != null || wholeThree != null;
        this.unaryKernel = b.unaryKernel;
        this.binaryKernel = b.binaryKernel;
        this.compareKernel = b.compareKernel;
        this.reads = new int[arity];
        for (int k = 0; k < arity; k++) {
            reads[k] = slopes[k] == null ? 0 : slopes[k].reads();
        }
        this.sloped = Arrays.stream(slopes).anyMatch(Objects::nonNull);
    }

    /** How the slopes are ready, which have to be; null where one is not, or may not be multiplied. Read only. */
    public Ready[] ready() {
        Ready[] known = ready;
        if (known == null) {
            Ready[] found = Ready.of(this);
            known = found == null ? NOT_READY : found;
            ready = known;
        }
        return known == NOT_READY ? null : known;
    }

    @Override
    public int inputs() {
        return arity;
    }

    @Override
    public List<String> samples() {
        return switch (arity) {
            case 1 -> List.of("[2,3]", "[4]", "[]", "[0]", "[1]", "[2,0,3]");
            case 2 -> List.of("[2,3] [2,3]", "[3] [2,3]", "[2,1] [3]", "[] [2]", "[2,2] []", "[] []", "[1] [1]", "[0] [1]",
                    "[2,1,3] [4,1]");
            default -> List.of("[2,3] [2,3] [2,3]", "[3] [2,1] []", "[] [] []", "[2] [] []", "[0] [0] [1]");
        };
    }

    @Override
    public Domain domain(int k) {
        return domains[Math.min(k, domains.length - 1)];
    }

    // ---- one number at a time

    public double apply(double x) {
        return one.applyAsDouble(x);
    }

    public double apply(double x, double y) {
        return two.applyAsDouble(x, y);
    }

    public double apply(double x, double y, double z) {
        return three.apply(x, y, z);
    }

    long apply(long x) {
        return wholeOne.applyAsLong(x);
    }

    long apply(long x, long y) {
        return wholeTwo.applyAsLong(x, y);
    }

    long apply(long x, long y, long z) {
        return wholeThree.apply(x, y, z);
    }

    /** Does the row have integer arithmetic of its own for a dtype? */
    boolean wholeOn(DType dtype) {
        return whole && !dtype.isFloat();
    }

    /** The slope with respect to input {@code k} (0, 1 or 2); 0 where there is none. */
    public double slope(int k, double x, double y, double out) {
        return slope(k, x, y, 0, out);
    }

    public double slope(int k, double x, double y, double z, double out) {
        return slopes[k] == null ? 0 : slopes[k].value(x, y, z, out);
    }

    /** How that slope changes where the inputs and the result change. */
    public double slopeAlong(int k, double x, double y, double out, double dx, double dy, double dout) {
        return slopes[k] == null ? 0 : slopes[k].along(x, y, out, dx, dy, dout);
    }

    /** The cotangent of input {@code k} for the cotangent {@code g} of the result: the strong product with the slope. */
    public double pull(int k, double g, double x, double y, double out) {
        if (g == 0 || slopes[k] == null) {
            return 0;
        }
        double slope = slopes[k].value(x, y, 0, out);
        return slope == 0 && gates(k) ? 0 : g * slope + 0;
    }

    /** As {@link #pull}, for a row of three inputs. */
    double push(int k, double d, double x, double y, double z, double out) {
        if (d == 0 || slopes[k] == null) {
            return 0;
        }
        double slope = slopes[k].value(x, y, z, out);
        return slope == 0 && gates(k) ? 0 : d * slope + 0;
    }

    /**
     * Does nothing at all arrive at input {@code k} where its slope is 0? A strong product is 0 beside a cotangent of 0 whatever the slope, so
     * how that slope changes is as absent.
     */
    boolean gates(int k) {
        return gated || k == 1 && this == Slopes.SCALE;
    }

    /** The formula of the slope with respect to input {@code k}, or null. */
    public Formula slope(int k) {
        return slopes[k];
    }

    // ---- tensors

    @Override
    public Value forward(Object options, Value[] inputs) {
        return switch (arity) {
            case 1 -> forward(inputs[0]);
            case 2 -> forward(inputs[0], inputs[1]);
            default -> forward(inputs[0], inputs[1], inputs[2]);
        };
    }

    public Value forward(Value x) {
        if (x instanceof Scalar s) {
            double value = one.applyAsDouble(s.value);
            return result == Result.TRUTH ? truth(value, s.dtype(), s.flavour())
                    : new Scalar(Scalar.round(value, s.kind), s.kind, null, 0);
        }
        var t = (Tensor) x;
        Storage in = t.cell.storage;
        DType dtype = resultType(in.dtype(), t.flavour());
        Storage out = Storage.any(dtype, t.size());
        if (t.isContiguous()) {
            Loops.unary(this, in, (int) t.offset, out);
        } else {
            Loops.unary(this, in, out, Dense.walk(t.shape(), t));
        }
        return Dense.result(out, t.shape(), t.flavour());
    }

    public Value forward(Value x, Value y) {
        if (x instanceof Scalar s && y instanceof Scalar t) {
            double value = two.applyAsDouble(s.value, t.value);
            int kind = Scalar.join(s.kind, t.kind);
            return result == Result.TRUTH
                    ? truth(value, s.dtype().with(t.dtype()), s.flavour().with(t.flavour()))
                    : new Scalar(Scalar.round(value, kind), kind, null, 0);
        }
        Flavour flavour = x.flavour().with(y.flavour());
        if (x instanceof Tensor s && y instanceof Tensor t && result != Result.TRUTH
                && s.shape().equals(t.shape()) && s.rank() > 0 && s.isContiguous() && t.isContiguous()) {
            Tensor result = alike(s, s.cell.storage, (int) s.offset, t.cell.storage, (int) t.offset, flavour);
            if (result != null) {
                return result;
            }
        }
        if (result != Result.TRUTH && x instanceof Tensor s && s.rank() > 0 && s.isContiguous() && y instanceof Scalar t
                && besideScalar(s.dtype(), t)) {
            return s.cell.storage instanceof Storage.Floats f
                    ? beside(f.array, s, new float[] {(float) t.value}, false, flavour)
                    : beside(((Storage.Doubles) s.cell.storage).array, s, new double[] {t.value}, false, flavour);
        }
        if (result != Result.TRUTH && y instanceof Tensor s && s.rank() > 0 && s.isContiguous() && x instanceof Scalar t
                && besideScalar(s.dtype(), t)) {
            return s.cell.storage instanceof Storage.Floats f
                    ? beside(f.array, s, new float[] {(float) t.value}, true, flavour)
                    : beside(((Storage.Doubles) s.cell.storage).array, s, new double[] {t.value}, true, flavour);
        }
        return spread(x, y, flavour);
    }

    /** The row over all elements of a tensor and of another that is like it; null where they are of no kind that has loops for this. */
    public Tensor alike(Tensor like, Storage x, Storage y) {
        return alike(like, x, 0, y, 0, like.flavour());
    }

    private Tensor alike(Tensor like, Storage x, int a, Storage y, int b, Flavour flavour) {
        if (x instanceof Storage.Floats f && y instanceof Storage.Floats g) {
            float[] out = room(like.size());
            Loops.floats(this, f.array, a, 1, g.array, b, 1, out, 0, out.length);
            return Tensor.of(new Storage.Floats(out), like.shape(), flavour);
        }
        if (x instanceof Storage.Doubles f && y instanceof Storage.Doubles g) {
            var out = new double[(int) like.size()];
            Loops.doubles(this, f.array, a, 1, g.array, b, 1, out, 0, out.length);
            return Tensor.of(new Storage.Doubles(out), like.shape(), flavour);
        }
        return null;
    }

    /** The same for a row of one input. */
    public Tensor alike(Tensor like, Storage x) {
        if (!(x instanceof Storage.Floats || x instanceof Storage.Doubles)) {
            return null;
        }
        Storage out = Storage.any(x.dtype(), x.length());
        Loops.unary(this, x, 0, out);
        return Tensor.of(out, like.shape(), like.flavour());
    }

    /** Any two inputs. A method of its own, which the quick cases above need not drag along where they are compiled. */
    private Value spread(Value x, Value y, Flavour flavour) {
        DType dtype = Promotion.join(x, y);
        Shape shape = Shape.broadcast(name, x.shape(), y.shape());
        Tensor a = x instanceof Tensor t ? t : Dense.tensor(x, dtype);
        Tensor b = y instanceof Tensor t ? t : Dense.tensor(y, dtype);
        Storage out = Storage.any(resultType(dtype, flavour), shape.size());
        if (Spread.pays(shape)) {
            a = Spread.out(a, shape);
            b = Spread.out(b, shape);
        }
        Loops.binary(this, a.cell.storage, b.cell.storage, out, Dense.walk(shape, a, b));
        return Dense.result(out, shape, flavour);
    }

    private static boolean besideScalar(DType dtype, Scalar s) {
        return dtype.isFloat() && (s.isLanguageFloat() || s.dtype() == dtype || dtype == DType.FLOAT64);
    }

    private static float[] room(long n) {
        return ((Storage.Floats) Storage.any(DType.FLOAT32, n)).array;
    }

    private Value beside(float[] many, Tensor shaped, float[] one, boolean oneFirst, Flavour flavour) {
        float[] out = room(shaped.size());
        if (oneFirst) {
            Loops.floats(this, one, 0, 0, many, (int) shaped.offset, 1, out, 0, out.length);
        } else {
            Loops.floats(this, many, (int) shaped.offset, 1, one, 0, 0, out, 0, out.length);
        }
        return Tensor.of(new Storage.Floats(out), shaped.shape(), flavour);
    }

    private Value beside(double[] many, Tensor shaped, double[] one, boolean oneFirst, Flavour flavour) {
        var out = new double[(int) shaped.size()];
        if (oneFirst) {
            Loops.doubles(this, one, 0, 0, many, (int) shaped.offset, 1, out, 0, out.length);
        } else {
            Loops.doubles(this, many, (int) shaped.offset, 1, one, 0, 0, out, 0, out.length);
        }
        return Tensor.of(new Storage.Doubles(out), shaped.shape(), flavour);
    }

    public Value forward(Value x, Value y, Value z) {
        boolean weak = Promotion.isWeak(y) && Promotion.isWeak(z) && (conditional || Promotion.isWeak(x));
        Shape shape = Shape.broadcast(name, Shape.broadcast(name, x.shape(), y.shape()), z.shape());
        if (weak && shape.rank() == 0) {
            return Scalar.of(three.apply(Dense.number(x), Dense.number(y), Dense.number(z)));
        }
        Flavour flavour = x.flavour().with(y.flavour()).with(z.flavour());
        DType dtype = conditional
                ? weak ? DType.FLOAT32 : Promotion.join(y, z)
                : Promotion.bounded(x, y, z);
        Tensor a = Dense.tensor(x);
        Tensor b = y instanceof Tensor t ? t : Dense.tensor(y, dtype);
        Tensor c = z instanceof Tensor t ? t : Dense.tensor(z, dtype);
        Storage out = Storage.any(resultType(dtype, flavour), shape.size());
        Loops.ternary(this, a.cell.storage, b.cell.storage, c.cell.storage, out, Dense.walk(shape, a, b, c));
        return Dense.result(out, shape, flavour);
    }

    private Value truth(double value, DType dtype, Flavour flavour) {
        if (flavour == Flavour.ND) {
            return Scalar.of(value, dtype, flavour);
        }
        Storage out = Storage.zeros(DType.BOOL, 1);
        out.setDouble(0, value);
        return Dense.result(out, Shape.SCALAR, flavour);
    }

    private DType resultType(DType dtype, Flavour flavour) {
        return switch (result) {
            case FLOATING -> dtype.isFloat() ? dtype : DType.FLOAT32;
            case TRUTH -> flavour == Flavour.ND ? dtype.isFloat() ? dtype : DType.FLOAT32 : DType.BOOL;
            case ARITHMETIC -> dtype != DType.BOOL ? dtype : switch (booleans) {
                case KEEP -> DType.BOOL;
                case WIDEN -> DType.INT64;
                case REFUSE -> throw badType("not defined for booleans; use logical_xor or logical_not, or cast first");
            };
        };
    }

    // ---- derivatives

    @Override
    public boolean differentiable() {
        return sloped;
    }

    @Override
    public boolean readsInput(int k) {
        return readsInput(k, -1);
    }

    @Override
    public boolean readsOutput() {
        return readsOutput(-1);
    }

    @Override
    public boolean readsInput(int k, long wanted) {
        return (reads(wanted) & 1 << k) != 0;
    }

    @Override
    public boolean readsOutput(long wanted) {
        return (reads(wanted) & 8) != 0;
    }

    /** What the rule reads for the inputs of which a cotangent is wanted: bit k for input k, bit 3 for the result. */
    public int reads(long wanted) {
        int all = 0;
        for (int k = 0; k < arity; k++) {
            all |= (wanted >> k & 1) != 0 ? reads[k] : 0;
        }
        return all;
    }

    @Override
    public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
        var pulled = new Value[arity];
        for (int k = 0; k < arity; k++) {
            if (wanted[k] && slopes[k] != null) {
                pulled[k] = Linear.match(t, times(t, k, inputs, output, cotangent), inputs[k]);
            }
        }
        return pulled;
    }

    @Override
    public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
        return Pulls.pull(this, inputs, output, cotangent, sums);
    }

    @Override
    public Value push(Object options, Value[] inputs, Value output, Value[] tangents, Buffers buffers) {
        return Pulls.push(this, inputs, output, tangents, buffers);
    }

    @Override
    public boolean pullAlong(Object options, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
            Value cotangentAlong, Sums sums, Sums along) {
        return Pulls.pullAlong(this, inputs, output, tangents, outTangent, cotangent, cotangentAlong, sums, along);
    }

    @Override
    public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
        Value sum = null;
        for (int k = 0; k < arity; k++) {
            if (tangents[k] != null && slopes[k] != null) {
                Value term = times(t, k, inputs, output, tangents[k]);
                sum = sum == null ? term : t.apply(Arithmetic.ADD, null, sum, term);
            }
        }
        return sum == null ? null : Linear.spread(t, sum, output);
    }

    /** The strong product of a cotangent or tangent with the slope. */
    private Value times(Trace t, int k, Value[] inputs, Value output, Value g) {
        Formula slope = slopes[k];
        if (slope == Formula.ONE) {
            return g;
        }
        if (slope == Formula.MINUS_ONE) {
            return t.apply(Arithmetic.NEG, null, g);
        }
        return t.apply(gates(k) ? Slopes.GATE : Slopes.SCALE, null, g, slope.value(t, alike(t, slope, inputs, output.dtype()), output));
    }

    /** The inputs as a slope reads them: in the result's dtype, lest a part that reads integers or float32 alone is less exact than it. */
    private static Value[] alike(Trace t, Formula slope, Value[] inputs, DType dtype) {
        Value[] alike = inputs;
        for (int k = 0; k < inputs.length; k++) {
            DType own = inputs[k].dtype();
            boolean number = Promotion.isWeak(inputs[k]) || Promotion.isWeakInteger(inputs[k]);
            if (own == dtype || number || (slope.reads() >> k & 1) == 0 || dtype != DType.FLOAT64 && (dtype != DType.FLOAT32 || own.isFloat())) {
                continue;
            }
            alike = alike == inputs ? inputs.clone() : alike;
            alike[k] = t.apply(Linear.CAST, new Linear.To(dtype, false), inputs[k]);
        }
        return alike;
    }
}
