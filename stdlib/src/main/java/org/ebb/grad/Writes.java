package org.ebb.grad;

import org.ebb.op.Elementwise;
import org.ebb.op.Window;
import org.ebb.op.Windows;
import org.ebb.tensor.Cell;
import org.ebb.tensor.Index;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException.BadShape;
import org.ebb.tensor.TensorException.BadType;
import org.ebb.tensor.Value;

/**
 * Writing into tensors. Always legal: what was saved for a gradient is copied first (by the cell), and a write that matters to a
 * gradient makes a new version of the cell, with an entry that zeroes the overwritten region's cotangent and hands it to what was
 * written.
 */
public final class Writes {

    private final Tape tape;

    public Writes(Tape tape) {
        this.tape = tape;
    }

    /** {@code window[...] = value}, for a tensor or a basic slice of one. */
    public void assign(Tensor window, Value value) {
        refuseFrozen(window);
        if (!fits(value, window)) {
            throw new BadShape("assignment: a value of shape " + value.shape() + " does not fit into " + window.shape());
        }
        version(window, value, Window.Strided.of(window));
        elements(window, value);
    }

    /** {@code x[...] = number}, where the element lies at a place of the storage. */
    public void assign(Tensor x, long place, Scalar number) {
        Cell cell = x.cell;
        if (!tape.recording && !(cell.recording instanceof Session) && !x.frozen) {
            cell.writable().setDouble(place, number.value);
            return;
        }
        if (!tape.recording || x.frozen || !x.dtype().isFloat()) {
            assign(x.view(Shape.SCALAR, Shape.SCALAR.strides(), place), number);
            return;
        }
        long written = tape.entry(number);
        if (cell.recording != null || written != 0) {
            Tensor whole = Tape.whole(cell, x);
            long before = cell.recording == null ? 0 : tape.entry(cell.recording, cell.id, whole);
            cell.id = tape.writtenElement(whole, before, written, place, number);
            cell.recording = tape.current;
        }
        cell.writable().setDouble(place, number.value);
    }

    /** Can the elements be written over without a new version? So it is with a leaf, or a constant, outside of a recording. */
    public boolean keepsVersion(Tensor target) {
        return !tape.recording && !(target.cell.recording instanceof Session) && !target.frozen;
    }

    /** {@code target op= value} on a tensor: the same elements, a new version. */
    public void update(Elementwise op, Tensor window, Value value) {
        refuseFrozen(window);
        Value result = tape.apply(op, null, window, value);
        assign(window, result);
    }

    /** Writes at the places that an index by arrays or masks picked. */
    public void scatter(Tensor target, Index index, Value value) {
        refuseFrozen(target);
        long[] at = index.positions();
        for (int k = 0; k < at.length; k++) {
            at[k] = target.position(at[k]);
        }
        var window = new Window.Positions(target.cell.base, index.result(), at);
        Value safe = value instanceof Tensor t && t.cell == target.cell ? t.copy() : value;
        version(target, value, window);
        Windows.write(window, target.cell.writable(), safe);
    }

    private static boolean fits(Value value, Tensor window) {
        return value.shape().fits(window.shape());
    }

    private static void refuseFrozen(Tensor target) {
        if (target.frozen) {
            throw new BadType("a 0-d result of an operation is a value: it cannot be written to");
        }
    }

    /** Gives the cell a new version, where a gradient could tell. */
    private void version(Tensor target, Value value, Window window) {
        Cell cell = target.cell;
        boolean intermediate = cell.recording instanceof Session;
        if (!tape.recording) {
            if (intermediate) {
                unrecorded(target, value, window);
            }
            return;
        }
        long written = tape.entry(value);
        if (cell.recording == null && written == 0) {
            return;
        }
        put(target, tape.keep(value, false), written, window);
    }

    /**
     * Outside a recording what is written is a constant, and the rest keeps its history. In a tensor that was attached as a leaf the
     * written elements are the leaf's again, so that an optimiser may step after a recording has written into it.
     */
    private void unrecorded(Tensor target, Value value, Window window) {
        Cell cell = target.cell;
        Leaf leaf = cell.attached instanceof Leaf attached && attached.first ? attached : null;
        if (leaf != null && window instanceof Window.Strided && window.shape().size() == cell.base.size()) {
            cell.recording = leaf;
            cell.id = 0;
            return;
        }
        var before = tape.enter(true, tape.training);
        try {
            if (leaf == null) {
                put(target, tape.keep(value, false), 0, window);
            } else {
                Tensor whole = Payload.outline(Tape.whole(cell, target));
                Tensor seen = Tensor.zeros(target.dtype(), window.shape(), target.flavour());
                long part = tape.pushPayload(new Payload(Windows.VIEW, window, new Value[] {whole}, new long[] {tape.entry(leaf, 0, whole)},
                        Payload.outline(seen), tape.place));
                put(target, Payload.outline(seen), part, window);
            }
        } finally {
            tape.restore(before);
        }
    }

    private void put(Tensor target, Value kept, long written, Window window) {
        Cell cell = target.cell;
        Tensor whole = Tape.whole(cell, target);
        long old = cell.recording == null ? 0 : tape.entry(cell.recording, cell.id, whole);
        long id = kept instanceof Scalar s && window instanceof Window.Strided one && one.shape().size() == 1
                ? tape.writtenElement(whole, old, written, one.offset(), s) : tape.pushPayload(new Payload(Windows.PUT, window, new Value[] {Payload.outline(whole), kept}, new long[] {old, written},
                Payload.outline(whole), tape.place));
        cell.recording = tape.current;
        cell.id = id;
    }

    private static void elements(Tensor window, Value value) {
        switch (value) {
            case Tensor t -> window.assign(t);
            case Scalar s -> {
                window.cell.writable();
                Regions.fill(window, s.value);
            }
        }
    }
}
