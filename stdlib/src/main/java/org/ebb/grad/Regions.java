package org.ebb.grad;

import java.util.Arrays;
import org.ebb.kernel.Binary;
import org.ebb.kernel.Kernels;
import org.ebb.kernel.Walk;
import org.ebb.op.Linear;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Plain arithmetic on cotangents in place, without history. */
final class Regions {

    private static final Kernels KERNELS = Kernels.fastest();

    private Regions() {}

    /** {@code into += more}; same shape; {@code into} is the caller's own. */
    static void add(Tensor more, Tensor into) {
        Storage from = more.cell.storage;
        Storage to = into.cell.storage;
        if (from instanceof Storage.Floats f && to instanceof Storage.Floats t && more.isContiguous() && into.isContiguous()) {
            int at = (int) into.offset;
            KERNELS.binary(Binary.ADD, t.array, at, 1, f.array, (int) more.offset, 1, t.array, at, 1, (int) more.size());
            return;
        }
        if (from instanceof Storage.Doubles f && to instanceof Storage.Doubles t && more.isContiguous() && into.isContiguous()) {
            int at = (int) into.offset;
            KERNELS.binary(Binary.ADD, t.array, at, 1, f.array, (int) more.offset, 1, t.array, at, 1, (int) more.size());
            return;
        }
        var w = Walk.over(more.shape().dims(), more.strides(), more.offset, into.strides(), into.offset);
        for (; w.more(); w.next()) {
            int at = w.at(0);
            int step = w.step(0);
            int toAt = w.at(1);
            int toStep = w.step(1);
            if (from instanceof Storage.Floats f && to instanceof Storage.Floats t) {
                for (int i = 0; i < w.length; i++) {
                    t.array[toAt + i * toStep] += f.array[at + i * step];
                }
            } else if (from instanceof Storage.Doubles f && to instanceof Storage.Doubles t) {
                for (int i = 0; i < w.length; i++) {
                    t.array[toAt + i * toStep] += f.array[at + i * step];
                }
            } else {
                for (int i = 0; i < w.length; i++) {
                    to.setDouble(toAt + i * toStep, to.getDouble(toAt + i * toStep) + from.getDouble(at + i * step));
                }
            }
        }
    }

    /** The same for whole arrays of one length, of float32 or float64. */
    static void add(Storage more, Storage into) {
        if (into instanceof Storage.Floats t) {
            KERNELS.binary(Binary.ADD, t.array, 0, 1, ((Storage.Floats) more).array, 0, 1, t.array, 0, 1, t.array.length);
        } else {
            double[] to = ((Storage.Doubles) into).array;
            KERNELS.binary(Binary.ADD, to, 0, 1, ((Storage.Doubles) more).array, 0, 1, to, 0, 1, to.length);
        }
    }

    /** Writes one number all over a window. */
    static void fill(Tensor window, double value) {
        Storage to = window.cell.storage;
        if (to instanceof Storage.Pieces) {
            Tensor one = Tensor.zeros(to.dtype(), Shape.SCALAR, window.flavour());
            one.setDouble(0, value);
            window.assign(one);
            return;
        }
        if (window.isContiguous() && window.size() > 0) {
            int from = (int) window.offset;
            int end = from + (int) window.size();
            switch (to) {
                case Storage.Floats f -> Arrays.fill(f.array, from, end, (float) value);
                case Storage.Doubles d -> Arrays.fill(d.array, from, end, value);
                default -> {
                    for (int i = from; i < end; i++) {
                        to.setDouble(i, value);
                    }
                }
            }
            return;
        }
        for (var w = Walk.over(window.shape().dims(), window.strides(), window.offset); w.more(); w.next()) {
            for (int i = 0; i < w.length; i++) {
                to.setDouble(w.at(0) + i * w.step(0), value);
            }
        }
    }

    /** Are all elements finite? */
    static boolean isFinite(Value value) {
        if (value instanceof Scalar s) {
            return Double.isFinite(s.value);
        }
        Tensor t = (Tensor) value;
        if (!t.isContiguous()) {
            return isFinite(t.copy());
        }
        int at = (int) t.offset;
        int n = (int) t.size();
        return switch (t.cell.storage) {
            case Storage.Floats f -> Kernels.fastest().finite(f.array, at, n);
            case Storage.Doubles d -> Kernels.fastest().finite(d.array, at, n);
            case Storage.Halves _ -> isFinite(t.astype(DType.FLOAT32));
            case Storage.Longs _, Storage.Ints _, Storage.Bools _ -> true;
            case Storage.Pieces _ -> throw Storage.Pieces.tooMany("a gradient");
        };
    }

    /** A tensor of one number, in shape and dtype like another. */
    static Tensor full(Tensor like, double value) {
        Tensor full = Tensor.zeros(gradientType(like.dtype()), like.shape(), like.flavour());
        if (value != 0) {
            fill(full, value);
        }
        return full;
    }

    /** A value as a tensor in shape and dtype like another; one element spreads. */
    static Tensor full(Tensor like, Value value) {
        return switch (value) {
            case Scalar s -> full(like, s.value);
            case Tensor t -> shaped(t, like.shape(), like.dtype());
        };
    }

    static Tensor full(Leaf leaf, Value value) {
        if (value instanceof Tensor t) {
            return shaped(t, leaf.shape, leaf.dtype);
        }
        Tensor full = Tensor.zeros(leaf.dtype, leaf.shape, leaf.flavour);
        fill(full, ((Scalar) value).value);
        return full;
    }

    private static Tensor shaped(Tensor t, org.ebb.tensor.Shape shape, DType dtype) {
        Tensor cast = t.dtype() == gradientType(dtype) ? t : t.astype(gradientType(dtype));
        if (cast.shape().equals(shape)) {
            return cast;
        }
        if (cast.size() == shape.size()) {
            Tensor whole = cast.contiguous();
            return whole.view(shape, shape.strides(), whole.offset);
        }
        Tensor full = Tensor.zeros(cast.dtype(), shape, cast.flavour());
        full.assign(cast);
        return full;
    }

    static DType gradientType(DType dtype) {
        return dtype.isFloat() ? dtype : DType.FLOAT32;
    }

    /** A window's cotangent as that of the value that was spread over it; a copy. */
    static Value summedTo(Tape tape, Tensor seen, Value written) {
        if (written instanceof Scalar s) {
            return new Scalar(item(seen), s.kind, null, 0);
        }
        Tensor copy = seen.copy();
        return copy.shape().equals(written.shape()) ? copy : Linear.match(tape, copy, written);
    }

    /** The sum of all elements: the one there is, mostly. */
    static double item(Value value) {
        if (value instanceof Scalar s) {
            return s.value;
        }
        Tensor t = (Tensor) value;
        if (t.size() == 1) {
            return t.getDouble(0);
        }
        double sum = 0;
        for (long k = 0; k < t.size(); k++) {
            sum += t.getDouble(k);
        }
        return sum;
    }
}
