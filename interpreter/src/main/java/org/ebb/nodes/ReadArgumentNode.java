package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** What the caller put at an index of the arguments. */
public final class ReadArgumentNode extends ExpressionNode {

    private final int index;

    public ReadArgumentNode(int index) {
        this.index = index;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return frame.getArguments()[index];
    }
}
