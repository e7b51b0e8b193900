package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.dsl.NodeField;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import org.ebb.runtime.Errors;
import org.ebb.runtime.GrowingText;

/** Reads a local variable that lives in a slot of the frame. */
@NodeField(name = "slot", type = int.class)
@NodeField(name = "name", type = String.class)
public abstract class ReadLocalNode extends ExpressionNode {

    private boolean raw;
    @CompilationFinal private boolean seenGrowing;

    /** For {@code name += part}, whose string may be one that grows. */
    public final ReadLocalNode raw() {
        raw = true;
        return this;
    }

    public abstract int getSlot();

    public abstract String getName();

    @Specialization(guards = "frame.isLong(getSlot())")
    long readLong(VirtualFrame frame) {
        return frame.getLong(getSlot());
    }

    @Specialization(guards = "frame.isDouble(getSlot())")
    double readDouble(VirtualFrame frame) {
        return frame.getDouble(getSlot());
    }

    @Specialization(replaces = {"readLong", "readDouble"})
    Object readObject(VirtualFrame frame) {
        int slot = getSlot();
        if (frame.isObject(slot)) {
            Object value = frame.getObject(slot);
            if (value instanceof GrowingText text) {
                return grown(text);
            }
            if (value != null && !StartLocalNode.isUnbound(value)) {
                return value;
            }
        } else if (frame.isLong(slot)) {
            return frame.getLong(slot);
        } else if (frame.isDouble(slot)) {
            return frame.getDouble(slot);
        }
        throw unbound();
    }

    /** Not in compiled code before it happens here: a join with another value would hide from it that two reads give the same object. */
    private Object grown(GrowingText text) {
        if (!seenGrowing) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            seenGrowing = true;
        }
        return raw ? text : text.toString();
    }

    private RuntimeException unbound() {
        return Errors.unboundLocalError("cannot access local variable '" + getName() + "' where it is not associated with a value").at(this);
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.ReadVariableTag.class || super.hasTag(tag);
    }
}
