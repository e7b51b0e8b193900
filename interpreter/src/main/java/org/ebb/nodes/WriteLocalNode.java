package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.tensor.Scalar;

/** Writes a local variable into its slot. A slot that has only ever held ints, or only floats, holds them without a box: see {@link LocalKind}. */
public final class WriteLocalNode extends WriteNode {

    private final int slot;
    private final LocalKind kind;
    @CompilationFinal private boolean unrecorded;

    public WriteLocalNode(int slot, LocalKind kind) {
        this.slot = slot;
        this.kind = kind;
    }

    @Override
    public void write(VirtualFrame frame, long value) {
        if (kind.holdsLong()) {
            frame.setLong(slot, value);
        } else {
            frame.setObject(slot, value);
        }
    }

    @Override
    public void write(VirtualFrame frame, double value) {
        if (kind.holdsDouble()) {
            frame.setDouble(slot, value);
        } else if (kind.isActive()) {
            frame.setObject(slot, Scalar.of(value));
        } else {
            frame.setObject(slot, value);
        }
    }

    @Override
    public void write(VirtualFrame frame, Object value) {
        if (value instanceof Scalar s) {
            kind.activate();
            frame.setObject(slot, own(s));
        } else if (value instanceof Long number && kind.holdsLong()) {
            frame.setLong(slot, number);
        } else if (value instanceof Double number) {
            write(frame, number.doubleValue());
        } else {
            kind.holdsObject();
            frame.setObject(slot, value);
        }
    }

    /**
     * A copy, where nothing can depend on the identity of a value: one from a caller and one made here must not meet at a loop's head.
     * An unrecorded value can still get a gradient attached, so a variable that ever held one takes values as they are.
     */
    private Scalar own(Scalar s) {
        if (unrecorded) {
            return s;
        }
        if (s.recording == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            unrecorded = true;
            return s;
        }
        return new Scalar(s.value, s.kind, s.recording, s.id);
    }
}
