package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
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
@NodeField(name = "kind", type = LocalKind.class)
public abstract class ReadLocalNode extends ExpressionNode {

    private boolean raw;
    @CompilationFinal private boolean seenGrowing;
    @CompilationFinal private boolean seenUnbound;

    /** For {@code name += part}, whose string may be one that grows. */
    public final ReadLocalNode raw() {
        raw = true;
        return this;
    }

    public abstract int getSlot();

    public abstract String getName();

    abstract LocalKind getKind();

    @Specialization(guards = "frame.isLong(getSlot())")
    long readLong(VirtualFrame frame) {
        return frame.getLong(getSlot());
    }

    @Specialization(guards = "frame.isDouble(getSlot())")
    double readDouble(VirtualFrame frame) {
        return frame.getDouble(getSlot());
    }

    @Specialization(guards = "frame.isObject(getSlot())")
    Object readObject(VirtualFrame frame) {
        Object value = frame.getObject(getSlot());
        if (value == null || getKind().isActive() && StartLocalNode.isUnbound(value)) {
            throw unbound();
        }
        return value instanceof GrowingText text ? grown(text) : value;
    }

    /** Not in compiled code before it happens here: a join with another value would hide from it that two reads give the same object. */
    private Object grown(GrowingText text) {
        if (!seenGrowing) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            seenGrowing = true;
        }
        return raw ? text : text.toString();
    }

    /** Not in compiled code before it happens here: at every read of every variable it would be most of the code. */
    private RuntimeException unbound() {
        if (!seenUnbound) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            seenUnbound = true;
        }
        return failure();
    }

    @TruffleBoundary
    private RuntimeException failure() {
        return Errors.unboundLocalError("cannot access local variable '" + getName() + "' where it is not associated with a value").at(this);
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.ReadVariableTag.class || super.hasTag(tag);
    }
}
