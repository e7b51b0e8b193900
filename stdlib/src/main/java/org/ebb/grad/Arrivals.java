package org.ebb.grad;

import org.ebb.op.Sums;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/** What arrived at the tensor entries of a sweep, to which the quick ways of rows add. */
abstract class Arrivals implements Sums {

    /** By place; null where nothing arrived. */
    Cotangent[] tensors;

    private final Buffers buffers;

    /** What lies below this entry asks for nothing. */
    long lowest = 1;

    /** The entry whose row adds to its parents' sums now, and what arrived at it. */
    private Payload entry;
    private Cotangent arrived;
    private boolean passed;

    Arrivals(Buffers buffers) {
        this.buffers = buffers;
    }

    @Override
    public final Buffers buffers() {
        return buffers;
    }

    /** The place of a parent; fails where it is gone. */
    abstract int place(long parent);

    /** Lets a number arrive. */
    abstract void addNumber(int place, double cotangent);

    /** A row is going to add for an entry at which {@code arrived} has arrived, or a number, and then it is null. */
    final void turnTo(Payload entry, Cotangent arrived) {
        this.entry = entry;
        this.arrived = arrived;
        passed = false;
    }

    /** The row has added all: what arrived at the entry is of no use any more, unless it was passed on. */
    final void done() {
        if (!passed && arrived != null) {
            arrived.giveBack(buffers);
        }
    }

    @Override
    public boolean wants(int k) {
        return entry.parents[k] >= lowest;
    }

    final Payload entry() {
        return entry;
    }

    @Override
    public final boolean begins(int k) {
        int at = place(entry.parents[k]);
        if (tensors[at] != null) {
            return false;
        }
        tensors[at] = Cotangent.ofAny((Tensor) entry.inputs[k], buffers);
        return true;
    }

    @Override
    public final float[] floats(int k) {
        return ((Storage.Floats) sum(k).elements()).array;
    }

    @Override
    public final double[] doubles(int k) {
        return ((Storage.Doubles) sum(k).elements()).array;
    }

    @Override
    public final void setFinite(int k) {
        tensors[place(entry.parents[k])].setFinite();
    }

    @Override
    public final void add(int k, double cotangent) {
        addNumber(place(entry.parents[k]), cotangent);
    }

    @Override
    public final void pass(int k) {
        int at = place(entry.parents[k]);
        if (tensors[at] != null) {
            tensors[at].add(arrived.value());
        } else if (passed) {
            tensors[at] = Cotangent.copy(arrived, buffers);
        } else {
            tensors[at] = arrived;
            passed = true;
        }
    }

    @Override
    public final float[] passed(int k) {
        int at = place(entry.parents[k]);
        if (tensors[at] != null || passed || arrived == null || !arrived.isOwn()) {
            return null;
        }
        tensors[at] = arrived;
        passed = true;
        return ((Storage.Floats) arrived.elements()).array;
    }

    /** Adds elements that nobody else sees, row-major, to the sum for input {@code k}; they may become it. */
    final void hand(int k, Storage elements) {
        int at = place(entry.parents[k]);
        var like = (Tensor) entry.inputs[k];
        if (tensors[at] == null) {
            tensors[at] = Cotangent.of(like, elements);
        } else {
            tensors[at].add(Tensor.of(elements, like.shape(), like.flavour()));
            buffers.give(elements);
        }
    }

    private Cotangent sum(int k) {
        return sum(place(entry.parents[k]), (Tensor) entry.inputs[k]);
    }

    /** What arrived at a place so far, or zeros like a tensor. */
    final Cotangent sum(int at, Tensor like) {
        if (tensors[at] == null) {
            tensors[at] = Cotangent.zeros(like, buffers);
        }
        return tensors[at];
    }

    final void addTensor(int at, Tensor g) {
        if (tensors[at] == null) {
            tensors[at] = new Cotangent(g);
        } else {
            tensors[at].add(g);
        }
    }
}
