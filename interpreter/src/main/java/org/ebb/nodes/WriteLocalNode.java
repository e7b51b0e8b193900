package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import com.oracle.truffle.api.frame.VirtualFrame;

/**
 * Writes a local variable into its slot. A slot that has only ever held ints, or only floats, holds them without a box; the kind is
 * kept in the descriptor and only ever widens.
 */
public final class WriteLocalNode extends WriteNode {

    private final int slot;

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
        } else {
            frame.setObject(slot, value);
        }
    }

    @Override
    public void write(VirtualFrame frame, Object value) {
        if (value instanceof Long number && holds(frame, FrameSlotKind.Long)) {
            frame.setLong(slot, number);
        } else if (value instanceof Double number && holds(frame, FrameSlotKind.Double)) {
            frame.setDouble(slot, number);
        } else {
            holds(frame, FrameSlotKind.Object);
            frame.setObject(slot, value);
        }
    }

    /** Whether the slot is of this kind, or was of none yet. */
    private boolean holds(VirtualFrame frame, FrameSlotKind kind) {
        FrameDescriptor descriptor = frame.getFrameDescriptor();
        FrameSlotKind now = descriptor.getSlotKind(slot);
        if (now == kind) {
            return true;
        }
        if (now != FrameSlotKind.Object) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            descriptor.setSlotKind(slot, now == FrameSlotKind.Illegal ? kind : FrameSlotKind.Object);
            return now == FrameSlotKind.Illegal;
        }
        return false;
    }
}
