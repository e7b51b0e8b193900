package org.ebb.op;

import java.util.Arrays;
import org.ebb.tensor.Cell;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Moves;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/**
 * Rows on tensors whose elements lie in {@link Storage.Pieces}: elementwise rows, casts, reductions, reads and writes go over them part
 * by part, and other rows take what fits into one array. A part that lies in one piece is not copied.
 */
public final class Far {

    /** What is made on the way to a part of a result takes memory, too: a part has at most so many elements. */
    private static final long PART = 1 << 24;

    private Far() {}

    /** Are there elements in pieces? */
    public static boolean among(Value[] inputs) {
        for (Value input : inputs) {
            if (isFar(input)) {
                return true;
            }
        }
        return false;
    }

    public static boolean isFar(Value value) {
        return value instanceof Tensor t && t.cell.storage instanceof Storage.Pieces;
    }

    /** The row's result; no input has a history. */
    public static Value apply(Trace t, Op op, Object options, Value[] inputs) {
        long most = Arrays.stream(inputs).filter(Far::isFar).mapToLong(x -> ((Storage.Pieces) ((Tensor) x).cell.storage).most()).min().orElseThrow();
        most = Math.min(most, PART);
        if (op == Windows.VIEW) {
            return window((Window) options, (Tensor) inputs[0]);
        }
        Tensor view = inputs[0] instanceof Tensor x ? op.view(options, x) : null;
        if (view != null) {
            return Dense.result(view.copy());
        }
        if (op instanceof Elementwise || op == Linear.CAST) {
            Shape shape = Shape.SCALAR;
            Flavour flavour = Flavour.PLAIN;
            for (Value input : inputs) {
                shape = Shape.broadcast(op.name, shape, input.shape());
                flavour = flavour.with(input.flavour());
            }
            if (shape.size() > most) {
                Value[] spread = inputs.clone();
                for (int k = 0; k < spread.length; k++) {
                    spread[k] = inputs[k] instanceof Tensor x && x.rank() > 0 ? Views.broadcast(op.name, x, shape) : inputs[k];
                }
                var result = new Result(shape, flavour);
                elements(t, op, options, spread, shape, most, result);
                return result.value();
            }
        }
        if (op instanceof Reduction && inputs[0] instanceof Tensor x && x.size() > most) {
            return reduced(t, op, (Axes) options, x, most);
        }
        for (Value input : inputs) {
            if (input.shape().size() > Storage.MOST) {
                throw Storage.Pieces.tooMany(op.name);
            }
        }
        return t.apply(op, options, near(inputs));
    }

    // ---- parts

    private static Value[] near(Value[] inputs) {
        Value[] near = inputs.clone();
        for (int k = 0; k < near.length; k++) {
            near[k] = near(near[k]);
        }
        return near;
    }

    /** A value whose elements lie in one array: a window on a piece where that has them all in order, else a copy. */
    private static Value near(Value value) {
        if (!isFar(value)) {
            return value;
        }
        var x = (Tensor) value;
        var pieces = (Storage.Pieces) x.cell.storage;
        if (x.isContiguous() && x.size() > 0) {
            Storage piece = pieces.piece(x.offset);
            int at = pieces.place(x.offset);
            if (at + x.size() <= piece.length()) {
                return new Tensor(new Cell(piece, Shape.of(piece.length())), x.shape(), x.shape().strides(), at, x.flavour(), x.frozen);
            }
        }
        return x.copy();
    }

    /** How many places along an axis go into one part. */
    private static long several(Shape shape, int axis, long most) {
        return Math.max(1, most / (shape.size() / shape.dim(axis)));
    }

    /** The first axis that can be cut. */
    private static int first(Shape shape) {
        int axis = 0;
        while (shape.dim(axis) == 1) {
            axis++;
        }
        return axis;
    }

    /** What comes out, part after part in row-major order. */
    private static final class Result {
        private final Shape shape;
        private final Flavour flavour;
        private Tensor all;
        private long done;

        Result(Shape shape, Flavour flavour) {
            this.shape = shape;
            this.flavour = flavour;
        }

        void add(Value value) {
            Tensor part = Dense.tensor(value);
            if (all == null) {
                all = Tensor.of(Storage.room(part.dtype(), shape.size()), shape, flavour);
            }
            Moves.copy(part, all.view(part.shape(), part.shape().strides(), done));
            done += part.size();
        }

        Value value() {
            return all;
        }
    }

    /** Only the first axis that is longer than 1 is cut at a time, so that the parts follow each other in the result. */
    private static void elements(Trace t, Op op, Object options, Value[] spread, Shape shape, long most, Result result) {
        if (shape.size() <= most) {
            result.add(t.apply(op, options, near(spread)));
            return;
        }
        int axis = first(shape);
        long several = several(shape, axis, most);
        for (long start = 0; start < shape.dim(axis); start += several) {
            long n = Math.min(several, shape.dim(axis) - start);
            Value[] part = spread.clone();
            for (int k = 0; k < part.length; k++) {
                if (part[k] instanceof Tensor x && x.rank() > 0) {
                    part[k] = Views.slice(x, axis, start, 1, n);
                }
            }
            elements(t, op, options, part, shape.with(axis, n), most, result);
        }
    }

    // ---- reductions

    private static Value reduced(Trace t, Op op, Axes axes, Tensor x, long most) {
        var kept = new Axes(axes.axes(), true, axes.extra());
        Value result = op == Reductions.MEAN || op == Reductions.SUM && x.dtype().isFloat() ? wide(t, op, kept, x, most)
                : folded(t, op, kept, x, most);
        Shape shape = axes.result(x.shape(), x.flavour());
        return result.shape().equals(shape) ? result : t.apply(Linear.RESHAPE, shape, result);
    }

    /** Sums and means are kept in float64 up to the end. */
    private static Value wide(Trace t, Op op, Axes kept, Tensor x, long most) {
        DType dtype = x.dtype();
        Value sum = cast(t, folded(t, Reductions.SUM, kept, x, dtype.isFloat() && dtype != DType.FLOAT64 ? Math.min(most, WIDE) : most, dtype.isFloat()),
                DType.FLOAT64);
        Value result = op == Reductions.SUM ? sum : t.apply(Arithmetic.DIV, null, sum, Scalar.of(kept.count(x.shape())));
        return cast(t, result, dtype.isFloat() ? dtype : DType.FLOAT32);
    }

    private static Value cast(Trace t, Value x, DType dtype) {
        return x.dtype() == dtype ? x : t.apply(Linear.CAST, new Linear.To(dtype, false), x);
    }

    private static Value folded(Trace t, Op op, Axes kept, Tensor x, long most) {
        return folded(t, op, kept, x, most, false);
    }

    /** Elements that are made wide at a time. */
    private static final long WIDE = 1 << 22;

    private static Value folded(Trace t, Op op, Axes kept, Tensor x, long most, boolean wide) {
        if (x.size() <= most && wide && kept.axes().length == x.rank()) {
            Tensor part = ((Tensor) near(x)).contiguous();
            Tensor one = Tensor.zeros(DType.FLOAT64, kept.kept(x.shape()), x.flavour());
            one.setDouble(0, Folds.sum(part.cell.storage, (int) part.offset, (int) part.size()));
            return one;
        }
        if (x.size() <= most) {
            return t.apply(op, kept, wide ? cast(t, near(x), DType.FLOAT64) : near(x));
        }
        int axis = first(x.shape());
        long several = several(x.shape(), axis, most);
        boolean goes = kept.reduced(x.rank())[axis];
        Elementwise join = joins(op);
        if (goes && join == null) {
            throw Storage.Pieces.tooMany(op.name);
        }
        var result = new Result(kept.kept(x.shape()), x.flavour());
        Value joined = null;
        for (long start = 0; start < x.shape().dim(axis); start += several) {
            Value part = folded(t, op, kept, Views.slice(x, axis, start, 1, Math.min(several, x.shape().dim(axis) - start)), most, wide);
            if (goes) {
                joined = joined == null ? part : t.apply(join, null, joined, part);
            } else {
                result.add(part);
            }
        }
        return goes ? joined : result.value();
    }

    /** The row that makes one result of those of two parts; null where there is none. */
    private static Elementwise joins(Op op) {
        return op == Reductions.SUM || op == Reductions.COUNT_NONZERO ? Arithmetic.ADD : op == Extremes.MAX ? Selection.MAXIMUM
                : op == Extremes.MIN ? Selection.MINIMUM : op == Extremes.ALL ? Comparison.LOGICAL_AND
                : op == Extremes.ANY ? Comparison.LOGICAL_OR : op == Extremes.PROD ? Arithmetic.MUL : null;
    }

    // ---- parts of a tensor

    private static Value window(Window window, Tensor x) {
        Tensor base = x.isContiguous() ? x : x.copy();
        return Dense.result(Windows.read(window, base), window.shape(), base.flavour());
    }
}
