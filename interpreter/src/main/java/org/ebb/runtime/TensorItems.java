package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.List;
import org.ebb.grad.Tape;
import org.ebb.op.Window;
import org.ebb.op.Windows;
import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Index;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Subscript;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** Reading and writing elements of tensors: what {@code x[...]} means, and the one element of a tensor that has only one. */
public final class TensorItems {

    private TensorItems() {}

    /** {@code x[key]}: a view for integers, slices, {@code ...} and {@code None}; a light scalar where one element is named. */
    @TruffleBoundary
    public static Object get(Value value, Object key) {
        Tensor x = value instanceof Tensor t ? t : Tensors.spread((Scalar) value);
        long[] places = x.flavour() == Flavour.ND ? null : places(x, key);
        if (places != null && places.length == x.rank()) {
            return Tensors.result(element(x, Index.element(x, places), number(x, places)));
        }
        if (places != null && !isPicked(x)) {
            return Tensors.tape().viewed(Index.at(x, places));
        }
        if (key instanceof EbbSlice slice && slice.isPlain() && x.rank() > 0 && x.size() < Integer.MAX_VALUE && !isPicked(x)) {
            var run = slice.places((int) x.shape().dim(0));
            return Tensors.tape().viewed(Views.slice(x, 0, run.start(), run.step(), run.count()));
        }
        Index index = Index.of(x.shape(), subscripts(key));
        if (!index.isBasic()) {
            return Tensors.result(picked(x, index));
        }
        Tensor view = index.view(x);
        if (view.rank() == 0) {
            if (x.flavour() == Flavour.ND) {
                view = view.view(Shape.of(1), new long[] {1}, view.offset);
            } else if (hasEllipsis(key)) {
                return look(x, view, index);
            } else {
                long at = x.rank() == 0 ? 0 : index.positions()[0];
                return Tensors.result(element(x, view.offset, at));
            }
        }
        return look(x, view, index);
    }

    /** The places along the first axes, or all of them, where the key is an int or ints; null for any other key. */
    private static long[] places(Tensor x, Object key) {
        if (key instanceof Long at && x.rank() >= 1) {
            return new long[] {at};
        }
        if (!(key instanceof EbbTuple tuple) || tuple.items.length > x.rank()) {
            return null;
        }
        long[] places = new long[tuple.items.length];
        for (int axis = 0; axis < places.length; axis++) {
            if (!(tuple.items[axis] instanceof Long at)) {
                return null;
            }
            places[axis] = at;
        }
        return places;
    }

    /** The row-major number of an element at places that are within bounds. */
    private static long number(Tensor x, long[] places) {
        long number = 0;
        for (int axis = 0; axis < places.length; axis++) {
            long length = x.shape().dim(axis);
            number = number * length + (places[axis] < 0 ? places[axis] + length : places[axis]);
        }
        return number;
    }

    private static boolean hasEllipsis(Object key) {
        return key == EbbConstant.ELLIPSIS || key instanceof EbbTuple tuple && List.of(tuple.items).contains(EbbConstant.ELLIPSIS);
    }

    private static Value look(Tensor x, Tensor view, Index index) {
        return isPicked(x) ? picked(x, index) : Tensors.tape().viewed(view);
    }

    /** Is a part of x an operation on x, as its gradient is attached to the very tensor, and no look at the cell? */
    private static boolean isPicked(Tensor x) {
        return Tensors.hasOwnLeaf(x) && Tensors.tape().recording;
    }

    private static Value picked(Tensor x, Index index) {
        return Tensors.tape().apply(Windows.GATHER, Window.of(index), x);
    }

    /** The element at a place of the storage, whose row-major number in x is {@code number}. */
    private static Value element(Tensor x, long place, long number) {
        DType dtype = x.dtype();
        if (!dtype.isFloat()) {
            return Creation.frozen(x.cell.storage.getLong(place), dtype, x.flavour());
        }
        if (dtype.isHalf()) {
            boolean recorded = Tensors.tape().recording && (x.cell.recording != null || x.lookRecording != null);
            return recorded ? Tensors.tape().apply(Windows.GATHER, new Window.Positions(x.shape(), Shape.SCALAR, new long[] {number}), x)
                    : Creation.frozenFloat(x.cell.storage.getDouble(place), dtype, x.flavour());
        }
        Scalar read = Scalar.of(x.cell.storage.getDouble(place), dtype, x.flavour());
        Tape tape = Tensors.tape();
        return tape.recording && (x.cell.recording != null || x.lookRecording != null) ? tape.element(x, number, read) : read;
    }

    /** The one element of a tensor, as a light scalar (floats, still differentiable) or a frozen tensor of rank 0. */
    static Value only(Tensor x, String what) {
        if (x.size() != 1) {
            throw Errors.valueError(what + ": only a tensor of one element is a number; this one has shape " + x.shape());
        }
        return element(x, x.offset, 0);
    }

    /** Does a tensor of one element count as true? */
    @TruffleBoundary
    public static boolean truth(Tensor x) {
        if (x.size() != 1) {
            throw Errors.valueError("a tensor of shape " + x.shape() + " has no truth value; use (...).any() or (...).all()");
        }
        return x.getDouble(0) != 0;
    }

    /** {@code x[key] = value}. */
    @TruffleBoundary
    public static void set(Value target, Object key, Object value) {
        if (!(target instanceof Tensor x)) {
            throw Errors.typeError("a 0-d result of an operation is a value: it cannot be written to");
        }
        Value written = Tensors.operand(value, !x.dtype().isFloat());
        if (written == null) {
            throw Errors.typeError("a tensor of " + x.dtype().text + " cannot hold " + Types.name(value));
        }
        long[] places = places(x, key);
        if (places != null && places.length == x.rank() && written instanceof Scalar number) {
            EbbContext.get(null).writes().assign(x, Index.element(x, places), number);
            return;
        }
        if (places != null) {
            assign(Index.at(x, places), written);
            return;
        }
        Index index = Index.of(x.shape(), subscripts(key));
        if (!index.isBasic()) {
            EbbContext.get(null).writes().scatter(x, index, written);
            return;
        }
        assign(index.view(x), written);
    }

    private static void assign(Tensor view, Value written) {
        if (!(written instanceof Tensor t && isSame(t, view))) {
            EbbContext.get(null).writes().assign(view, written);
        }
    }

    /** After {@code x[a:b] += 1} the view has been written already. */
    private static boolean isSame(Tensor a, Tensor b) {
        return a.cell == b.cell && a.offset == b.offset && a.shape().equals(b.shape()) && java.util.Arrays.equals(a.strides(), b.strides());
    }

    private static List<Subscript> subscripts(Object key) {
        Object[] items = key instanceof EbbTuple tuple ? tuple.items : new Object[] {key};
        var all = new ArrayList<Subscript>(items.length);
        for (Object item : items) {
            all.add(subscript(item));
        }
        return all;
    }

    private static Subscript subscript(Object item) {
        return switch (item) {
            case Long at -> new Subscript.At(at);
            case Boolean flag -> Subscript.of(flag);
            case EbbNone _ -> Subscript.NewAxis.NONE;
            case EbbSlice slice -> new Subscript.Slice(bound(slice.start), bound(slice.stop), bound(slice.step));
            case EbbConstant constant when constant == EbbConstant.ELLIPSIS -> Subscript.Rest.ELLIPSIS;
            case Tensor t when t.rank() == 0 && t.dtype().isInteger() -> new Subscript.At(t.getLong(0));
            case Tensor t -> Subscript.of(t);
            case Scalar s -> throw new TensorException.BadIndex("a float is no index: write int(...)");
            case EbbList list -> Subscript.of(Tensors.leaf(list));
            case EbbTuple tuple -> Subscript.of(Tensors.leaf(tuple));
            case EbbRange range -> Subscript.of(Tensors.leaf(range));
            default -> {
                Object at = Numbers.asIndex(item);
                if (at == null) {
                    throw Errors.indexError("only ints, slices (:), ..., None, and lists or tensors of ints or bools can stand in a tensor's "
                            + "subscript, not " + Types.name(item));
                }
                yield new Subscript.At(Integers.clampLong(at));
            }
        };
    }

    private static Long bound(Object value) {
        if (value == EbbNone.NONE) {
            return null;
        }
        Object at = Numbers.asIndex(value);
        if (at == null) {
            throw Errors.typeError("slice indices must be integers or None or have an __index__ method");
        }
        return Integers.clampLong(at);
    }
}
