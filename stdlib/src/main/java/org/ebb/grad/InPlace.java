package org.ebb.grad;

import org.ebb.op.Window;
import org.ebb.op.Windows;
import org.ebb.tensor.Tensor;

/**
 * Backward of views and of writes in place. They work on one cotangent of the cell: a read adds where it looked, a write takes its region
 * and leaves zeros, so that n element reads and writes cost n and not n copies.
 */
final class InPlace {

    private InPlace() {}

    /** Passes an entry's cotangent on, if it is one of these; {@code cotangent} is null where only a number arrived. */
    static boolean pass(Sweep sweep, Tape tape, Chunk chunk, int k, Payload payload, Cotangent cotangent) {
        if (!(payload.options instanceof Window.Strided window) || !(payload.inputs[0] instanceof Tensor)) {
            return false;
        }
        if (payload.op == Windows.VIEW && payload.output.dtype().isFloat()) {
            read(sweep, chunk, k, payload, window, cotangent);
            return true;
        }
        if (payload.op == Windows.PUT && cotangent != null) {
            write(sweep, tape, chunk, k, payload, window, cotangent);
            return true;
        }
        return false;
    }

    private static void read(Sweep sweep, Chunk chunk, int k, Payload payload, Window.Strided window, Cotangent cotangent) {
        if (cotangent != null && sweep.cotangent(payload.parents[0]) == null && isAll(window) && !overlapsItself(window)) {
            first(sweep, payload, window, cotangent);
            return;
        }
        int at = sweep.place(payload.parents[0]);
        addSeen(sweep.sum(at, (Tensor) payload.inputs[0]), window, cotangent, cotangent == null ? sweep.number(chunk, k) : 0);
        if (cotangent != null) {
            cotangent.giveBack(sweep.buffers());
        }
    }

    /** Does the window see every element of its base, as a transpose does? */
    private static boolean isAll(Window.Strided window) {
        return window.shape().size() == window.base().size();
    }

    /** What arrived at a view of all elements of a base at which nothing has arrived: it is moved, and no zeros are needed. */
    private static void first(Sweep sweep, Payload payload, Window.Strided window, Cotangent cotangent) {
        Tensor like = (Tensor) payload.inputs[0];
        Cotangent fresh = Cotangent.ofAny(like, sweep.buffers());
        seen(fresh.writable(), window).assign(cotangent.value());
        sweep.cotangent(payload.parents[0], fresh);
        cotangent.giveBack(sweep.buffers());
    }

    /** Adds what arrived at a view to what arrived at its base; a number where there is no cotangent. */
    static void addSeen(Cotangent whole, Window.Strided window, Cotangent cotangent, double number) {
        Tensor base = whole.writable();
        if (cotangent == null) {
            long at = window.offset();
            base.cell.storage.setDouble(at, base.cell.storage.getDouble(at) + number);
        } else if (overlapsItself(window)) {
            Tensor g = cotangent.value().contiguous();
            Windows.addAt(window, g.cell.storage, g.offset, base.cell.storage, 0);
        } else {
            Regions.add(cotangent.value(), seen(base, window));
        }
    }

    private static void write(Sweep sweep, Tape tape, Chunk chunk, int k, Payload payload, Window.Strided window, Cotangent cotangent) {
        Tensor base = cotangent.writable();
        Tensor seen = seen(base, window);
        if (payload.parents[1] != 0) {
            sweep.deliver(payload.parents[1], payload.inputs[1], Regions.summedTo(tape, seen, payload.inputs[1]));
        }
        if (payload.parents[0] != 0) {
            Regions.fill(seen, 0);
            Cotangent before = sweep.cotangent(payload.parents[0]);
            if (before == null) {
                sweep.cotangent(payload.parents[0], cotangent);
            } else {
                before.add(base);
            }
        }
    }

    private static Tensor seen(Tensor base, Window.Strided window) {
        return base.view(window.shape(), window.strides(), window.offset());
    }

    /** Does an element of the base stand for several of the window, as where it was broadcast? */
    private static boolean overlapsItself(Window.Strided window) {
        for (int axis = 0; axis < window.strides().length; axis++) {
            if (window.strides()[axis] == 0 && window.shape().dim(axis) > 1) {
                return true;
            }
        }
        return false;
    }
}
