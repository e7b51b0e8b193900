package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.List;
import org.ebb.grad.Tape;
import org.ebb.kernel.Glance;
import org.ebb.op.Halves;
import org.ebb.op.Linear;
import org.ebb.op.Op;
import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.NumberRow;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Where values of the language meet the engine: what an operand becomes, what a result becomes, and how a row is applied. */
public final class Tensors {

    private Tensors() {}

    public static Tape tape() {
        return EbbContext.get(null).tape();
    }

    /** Is this a tensor, or a light 0-d value that is no float of the language? */
    public static boolean isTensor(Object value) {
        return value instanceof Tensor || value instanceof Scalar s && !s.isLanguageFloat();
    }

    /** The row-major nest of a list, a tuple, a range or an array of another language; null for what is none. */
    private static List<Object> nest(Object value, Glance glance) {
        if (value instanceof EbbList list && !list.isObjects()) {
            return list.isLongs() ? NumberRow.of(list.longs(), list.size()) : NumberRow.of(list.doubles(), list.size());
        }
        Object[] items = switch (value) {
            case EbbList list -> list.toArray();
            case EbbTuple tuple -> tuple.items;
            case EbbRange range -> Iteration.toArray(range);
            case EbbDict _, EbbSet _, String _, EbbNone _ -> null;
            default -> Foreign.isArray(value) || value instanceof EbbIterator ? Iteration.toArray(value) : null;
        };
        if (items == null) {
            return null;
        }
        var all = new ArrayList<Object>(items.length);
        for (Object item : items) {
            glance.step();
            all.add(leaf(item, glance));
        }
        return all;
    }

    /** What {@link Creation#of} reads: numbers, booleans, values of the engine, and lists of them. */
    public static Object leaf(Object item) {
        return leaf(item, new Glance());
    }

    private static Object leaf(Object item, Glance glance) {
        Object plain = EbbObject.unwrap(item);
        return switch (plain) {
            case Long _, Double _, Boolean _, Value _ -> plain;
            case EbbBigInt big -> big.value;
            default -> {
                List<Object> inner = nest(plain, glance);
                if (inner == null) {
                    throw Errors.typeError("a tensor holds numbers and booleans, not " + Types.name(item));
                }
                yield inner;
            }
        };
    }

    /** A fresh tensor of a nest of numbers. What was recorded in it keeps its history. */
    @TruffleBoundary
    public static Tensor gather(Object nest, DType dtype, Flavour flavour) {
        Tensor fresh = Creation.of(nest, dtype, EbbContext.get(null).defaultDType, flavour);
        if (fresh.dtype().isFloat() && tape().recording) {
            keepHistory(nest, fresh, 0, new Glance());
        }
        return fresh;
    }

    private static long keepHistory(Object nest, Tensor fresh, long at, Glance glance) {
        glance.step();
        switch (nest) {
            case NumberRow row -> {
                return at + row.size();
            }
            case List<?> list -> {
                for (Object inner : list) {
                    at = keepHistory(inner, fresh, at, glance);
                }
                return at;
            }
            case Value v -> {
                if (EbbContext.get(null).gradients().isTracked(v)) {
                    Shape shape = v.shape();
                    EbbContext.get(null).writes().assign(fresh.view(shape, shape.strides(), at), v);
                }
                return at + v.shape().size();
            }
            default -> {
                return at + 1;
            }
        }
    }

    /**
     * A value of the language as an operand beside others; null for what is no number, tensor or nest of numbers. An int beside a tensor
     * of whole numbers stays whole, and is a float beside any other.
     */
    public static Value operand(Object value, boolean besideWhole) {
        return switch (value) {
            case Value v -> v;
            case Double d -> Scalar.of(d);
            case Long n -> besideWhole ? Creation.frozen(n, DType.INT64, Flavour.PLAIN) : Scalar.of((double) n);
            case Boolean b -> besideWhole ? Creation.frozen(b ? 1 : 0, DType.BOOL, Flavour.PLAIN) : Scalar.of(b ? 1 : 0);
            case EbbBigInt big -> Scalar.of(Integers.toDouble(big));
            case EbbObject o when o.payload != null -> operand(o.payload, besideWhole);
            case EbbList list -> gather(nest(list, new Glance()), null, Flavour.PLAIN);
            case EbbTuple tuple -> gather(nest(tuple, new Glance()), null, Flavour.PLAIN);
            case EbbRange range -> gather(nest(range, new Glance()), null, Flavour.PLAIN);
            default -> {
                Tensor taken = ForeignTensors.ofArray(value, null);
                yield taken != null ? taken : Foreign.isArray(value) ? gather(nest(value, new Glance()), null, Flavour.PLAIN) : null;
            }
        };
    }

    /** Does the value make an int beside it stay an int? */
    public static boolean isWhole(Object value) {
        return value instanceof Tensor t && !t.dtype().isFloat();
    }

    /** An argument of a function on tensors. */
    static Value required(Object value, boolean besideWhole, String what) {
        Value v = operand(value, besideWhole);
        if (v == null) {
            throw Errors.typeError(what + ": a tensor or a number is needed, not " + Types.name(value));
        }
        return v;
    }

    public static Value required(Object value, String what) {
        return required(value, false, what);
    }

    /** The tensor that a value is, or becomes. */
    public static Tensor tensor(Object value, String what) {
        return switch (required(value, what)) {
            case Tensor t -> t;
            case Scalar s -> spread(s);
        };
    }

    /** A scalar as a tensor of rank 0 that keeps the history. */
    public static Tensor spread(Scalar s) {
        Tensor fresh = Creation.full(s.value, s.isLanguageFloat() ? EbbContext.get(null).defaultDType : s.dtype(), Shape.SCALAR, s.flavour());
        if (s.recording != null && tape().recording) {
            EbbContext.get(null).writes().assign(fresh, s);
        }
        return fresh;
    }

    /** The text of print, by the program's options. */
    @TruffleBoundary
    public static String print(Value value) {
        return org.ebb.tensor.Text.print(value, EbbContext.get(null).printOptions);
    }

    /** The text of the prompt, by the program's options. */
    @TruffleBoundary
    public static String display(Value value) {
        EbbContext context = EbbContext.get(null);
        return org.ebb.tensor.Text.display(value, context.printOptions, context.defaultDType);
    }

    /** What a result of the engine is to the language: a float that was not recorded is a plain float. */
    public static Object result(Value value) {
        return value instanceof Scalar s && s.kind == Scalar.FLOAT && s.recording == null ? (Object) s.value : value;
    }

    /** Applies a row that takes no options. */
    @TruffleBoundary
    public static Object apply(Op op, Value... inputs) {
        return result(tape().apply(op, null, inputs));
    }

    /** Applies a row to inputs and option values; one that only looks differently at a tensor gives a view of it. */
    @TruffleBoundary
    public static Value apply(Op op, Object[] options, Value... inputs) {
        Tape tape = tape();
        if (Halves.among(op, inputs) || Halves.asked(op, options)) {
            return halves(tape, op, options, inputs);
        }
        Object prepared = op.prepare(options, inputs);
        if (inputs.length == 1 && inputs[0] instanceof Tensor t && !hasOwnLeaf(t)) {
            Tensor view = op.view(prepared, t);
            if (view != null) {
                return tape.viewed(view);
            }
        }
        return tape.apply(op, prepared, inputs);
    }

    /** A row that sees float16 or bfloat16, or is asked for them: a view is one of the halves themselves, all else is computed in float32. */
    private static Value halves(Tape tape, Op op, Object[] options, Value... inputs) {
        if (inputs.length == 1 && inputs[0] instanceof Tensor t && !hasOwnLeaf(t)) {
            Tensor view = op.view(op.prepare(options, inputs), t);
            if (view != null) {
                return tape.viewed(view);
            }
        }
        Value[] wide = Halves.widened(tape, inputs);
        Object[] wideOptions = Halves.widened(op, options);
        Value result = tape.apply(op, op.prepare(wideOptions, wide), wide);
        return Halves.narrowed(tape, result, Halves.result(op, options, inputs));
    }

    /** Was a gradient attached to this view itself? Then what is read from it has to be read as an operation on it. */
    static boolean hasOwnLeaf(Tensor t) {
        return t.lookRecording instanceof org.ebb.grad.Leaf && !t.isBase();
    }

    /** The float that a value of one element is; still differentiable. */
    @TruffleBoundary
    public static Object toFloat(Value value) {
        return switch (value) {
            case Scalar s -> s.isLanguageFloat() ? s : s.recording == null ? (Object) s.value : result(tape().asFloat(s));
            case Tensor t when t.dtype().isHalf() -> toFloat(tape().apply(Linear.CAST, new Linear.To(DType.FLOAT32, false), t.size() == 1 ? t
                    : (Tensor) TensorItems.only(t, "float()")));
            case Tensor t -> {
                Value element = TensorItems.only(t, "float()");
                yield element instanceof Scalar s ? toFloat(s) : (Object) ((Tensor) element).getDouble(0);
            }
        };
    }

    /** The number of one element in the language's own type: float (still differentiable), int or bool. */
    @TruffleBoundary
    public static Object item(Value value) {
        if (value instanceof Tensor t && !t.dtype().isHalf()) {
            return TensorItems.only(t, "item()") instanceof Scalar s ? toFloat(s) : number(t, 0);
        }
        return toFloat(value);
    }

    /** An element as a plain number of the language. */
    static Object number(Tensor t, long index) {
        return switch (t.dtype()) {
            case BOOL -> t.getLong(index) != 0;
            case INT32, INT64 -> t.getLong(index);
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> t.getDouble(index);
        };
    }

    /** The nested lists of plain numbers. */
    @TruffleBoundary
    public static Object toList(Value value) {
        return switch (value) {
            case Scalar s -> s.value;
            case Tensor t -> t.rank() == 0 ? number(t, 0) : rows(t, 0, new long[1], new Glance());
        };
    }

    private static EbbList rows(Tensor t, int axis, long[] next, Glance glance) {
        int n = (int) t.shape().dim(axis);
        if (axis < t.rank() - 1 || t.dtype() == DType.BOOL) {
            Object[] items = new Object[n];
            for (int k = 0; k < n; k++) {
                glance.step();
                items[k] = axis == t.rank() - 1 ? number(t, next[0]++) : rows(t, axis + 1, next, glance);
            }
            return new EbbList(items);
        }
        long first = next[0];
        next[0] += n;
        if (t.dtype().isFloat()) {
            double[] row = new double[n];
            for (int k = 0; k < n; k++) {
                glance.step();
                row[k] = t.getDouble(first + k);
            }
            return EbbList.ofDoubles(row);
        }
        long[] row = new long[n];
        for (int k = 0; k < n; k++) {
            glance.step();
            row[k] = t.getLong(first + k);
        }
        return EbbList.ofLongs(row);
    }

    /** The shape as the language sees it. */
    public static EbbTuple shape(Shape shape) {
        Object[] dims = new Object[shape.rank()];
        for (int k = 0; k < dims.length; k++) {
            dims[k] = shape.dim(k);
        }
        return EbbTuple.of(dims);
    }
}
