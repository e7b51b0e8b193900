package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbSet;
import org.ebb.runtime.Thrown;

/** Adds one element to what a comprehension collects in a slot. Learns whether a list gets ints or floats and then asks for them without a box. */
public final class CollectNode extends StatementNode {

    private static final int NEW = 0;
    private static final int LONG = 1;
    private static final int DOUBLE = 2;
    private static final int OBJECT = 3;

    private final int slot;
    @Child private ExpressionNode key;
    @Child private ExpressionNode value;
    @CompilationFinal private int kind = NEW;

    /** {@code key} is null except in a dict comprehension. */
    public CollectNode(int slot, ExpressionNode key, ExpressionNode value) {
        this.slot = slot;
        this.key = key;
        this.value = value;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        Object result = frame.getObject(slot);
        if (result instanceof EbbList list) {
            append(frame, list);
            return;
        }
        Object name = key == null ? null : key.execute(frame);
        Object element = value.execute(frame);
        try {
            if (result instanceof EbbDict dict) {
                dict.put(name, element);
            } else {
                ((EbbSet) result).add(element);
            }
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, value);
        }
    }

    private void append(VirtualFrame frame, EbbList list) {
        try {
            switch (kind) {
                case LONG -> list.append(value.executeLong(frame));
                case DOUBLE -> list.append(value.executeDouble(frame));
                case OBJECT -> list.append(value.execute(frame));
                default -> first(frame, list);
            }
        } catch (UnexpectedResultException other) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            kind = OBJECT;
            list.append(other.getResult());
        }
    }

    private void first(VirtualFrame frame, EbbList list) {
        CompilerDirectives.transferToInterpreterAndInvalidate();
        Object element = value.execute(frame);
        kind = element instanceof Long ? LONG : element instanceof Double ? DOUBLE : OBJECT;
        list.append(element);
    }
}
