package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.tensor.Scalar;

/**
 * Writes a local variable into its slot. A slot that has only ever held ints, or only floats, holds them without a box; the kind is
 * kept in the descriptor and only ever widens.
 */
public final class WriteLocalNode extends WriteNode {

    /**
     * A slot that has held a recorded float holds every float in that form: a slot that holds now one and now the other would make
     * compiled code put both on the heap wherever ways join. No slot holds a Java float, so that kind is free to mark it.
     */
    static final FrameSlotKind ACTIVE = FrameSlotKind.Float;

    private final int slot;
    @CompilationFinal private boolean unrecorded;

    public WriteLocalNode(int slot) {
        this.slot = slot;
    }

    @Override
    public void write(VirtualFrame frame, long value) {
        if (holds(frame, FrameSlotKind.Long)) {
            frame.setLong(slot, value);
        } else {
            frame.setObject(slot, value);
        }
    }

    @Override
    public void write(VirtualFrame frame, double value) {
        if (holds(frame, FrameSlotKind.Double)) {
            frame.setDouble(slot, value);
        } else if (isActive(frame)) {
            frame.setObject(slot, Scalar.of(value));
        } else {
            frame.setObject(slot, value);
        }
    }

    @Override
    public void write(VirtualFrame frame, Object value) {
        if (value instanceof Scalar s) {
            activate(frame);
            frame.setObject(slot, own(s));
        } else if (value instanceof Long number && holds(frame, FrameSlotKind.Long)) {
            frame.setLong(slot, number);
        } else if (value instanceof Double number) {
            write(frame, number.doubleValue());
        } else {
            holds(frame, FrameSlotKind.Object);
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

    private boolean isActive(VirtualFrame frame) {
        return frame.getFrameDescriptor().getSlotKind(slot) == ACTIVE;
    }

    private void activate(VirtualFrame frame) {
        if (!isActive(frame)) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            frame.getFrameDescriptor().setSlotKind(slot, ACTIVE);
        }
    }

    /** Whether the slot is of this kind, or was of none yet. */
    private boolean holds(VirtualFrame frame, FrameSlotKind kind) {
        FrameDescriptor descriptor = frame.getFrameDescriptor();
        FrameSlotKind now = descriptor.getSlotKind(slot);
        if (now == kind) {
            return true;
        }
        if (now != FrameSlotKind.Object && now != ACTIVE) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            descriptor.setSlotKind(slot, now == FrameSlotKind.Illegal ? kind : FrameSlotKind.Object);
            return now == FrameSlotKind.Illegal;
        }
        return false;
    }
}
