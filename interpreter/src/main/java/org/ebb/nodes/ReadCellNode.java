package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.Errors;

/** Reads a variable that several functions share. */
public final class ReadCellNode extends ExpressionNode {

    @Child private BoxNode box;
    private final String name;
    private final boolean free;

    public ReadCellNode(BoxNode box, String name, boolean free) {
        this.box = box;
        this.name = name;
        this.free = free;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        CellBox cell = box.execute(frame);
        Object value = cell.value;
        if (value == null) {
            throw unbound();
        }
        return value;
    }

    @TruffleBoundary
    private RuntimeException unbound() {
        return (free
                ? Errors.nameError("cannot access free variable '" + name + "' where it is not associated with a value in enclosing scope")
                : Errors.unboundLocalError("cannot access local variable '" + name + "' where it is not associated with a value")).at(this);
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.ReadVariableTag.class || super.hasTag(tag);
    }
}
