package org.ebb.op;

import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Index;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/**
 * {@code x[items]} and the target of {@code x[items] = v}. Items are what {@link org.ebb.tensor.Subscript#of} takes; an
 * integer of rank 0 counts as an int.
 */
public final class Indexing {

    private Indexing() {}

    /**
     * The elements that the items name. A window gives a view, which needs no entry; picked places, and a single element of a
     * tensor, give a value of their own by {@link Windows#VIEW}.
     */
    public static Value get(Trace t, Value x, Object... items) {
        if (items.length == 1 && items[0] instanceof Long at && x instanceof Tensor tensor && tensor.rank() > 0
                && at < tensor.shape().dim(0) && at >= -tensor.shape().dim(0)) {
            return get(t, tensor, at < 0 ? at + tensor.shape().dim(0) : at);
        }
        Index index = Index.of(x.shape(), plain(items));
        return switch (x) {
            case Scalar s -> t.apply(Windows.VIEW, window(x.shape(), index), s);
            case Tensor tensor when index.isBasic() -> {
                Tensor view = index.view(tensor);
                if (view.rank() > 0) {
                    yield view;
                }
                if (tensor.flavour() == Flavour.ND) {
                    yield view.view(ONE, ONE.strides(), view.offset);
                }
                yield t.apply(Windows.VIEW, Window.Strided.of(view), base(tensor));
            }
            case Tensor tensor -> t.apply(Windows.VIEW, window(x.shape(), index), tensor);
        };
    }

    /** The short way of the most frequent index: one int, in range. */
    private static Value get(Trace t, Tensor x, long at) {
        if (x.rank() > 1) {
            return Views.select(x, 0, at);
        }
        long offset = x.offset + at * x.strides()[0];
        if (x.flavour() == Flavour.ND) {
            return x.view(ONE, ONE.strides(), offset);
        }
        return t.apply(Windows.VIEW, new Window.Strided(x.cell.base, Shape.SCALAR, Shape.SCALAR.strides(), offset), base(x));
    }

    /** What a write to {@code x[items]} hits of the cell's base value, through any view: the options for {@link Windows#PUT}. */
    public static Window target(Tensor x, Object... items) {
        Index index = Index.of(x.shape(), plain(items));
        if (index.isBasic()) {
            return Window.Strided.of(index.view(x));
        }
        long[] at = index.positions();
        for (int i = 0; i < at.length; i++) {
            at[i] = x.position(at[i]);
        }
        return new Window.Positions(x.cell.base, index.result(), at);
    }

    /** The whole value of a tensor's cell, as a tensor. */
    public static Tensor base(Tensor x) {
        Shape base = x.cell.base;
        return x.isBase() ? x : new Tensor(x.cell, base, base.strides(), 0, x.flavour(), x.frozen);
    }

    private static final Shape ONE = Shape.of(1);

    private static Window window(Shape shape, Index index) {
        if (!index.isBasic()) {
            return Window.of(index);
        }
        Tensor view = index.view(Tensor.zeros(DType.BOOL, shape, Flavour.PLAIN));
        return Window.Strided.of(view);
    }

    private static Object[] plain(Object[] items) {
        Object[] plain = items.clone();
        for (int k = 0; k < plain.length; k++) {
            if (plain[k] instanceof Tensor i && i.rank() == 0 && i.dtype().isInteger()) {
                plain[k] = i.getLong(0);
            }
        }
        return plain;
    }
}
