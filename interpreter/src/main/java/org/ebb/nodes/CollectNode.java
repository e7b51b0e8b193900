package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbSet;

/** Adds one element to what a comprehension collects in a slot. */
public final class CollectNode extends StatementNode {

    private final int slot;
    @Child private ExpressionNode key;
    @Child private ExpressionNode value;

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
            list.append(value.execute(frame));
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
        } catch (EbbException error) {
            throw error.at(value);
        }
    }
}
