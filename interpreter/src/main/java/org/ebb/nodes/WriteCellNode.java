package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Writes a variable that several functions share. */
public final class WriteCellNode extends WriteNode {

    @Child private BoxNode box;

    public WriteCellNode(BoxNode box) {
        this.box = box;
    }

    @Override
    public void write(VirtualFrame frame, Object value) {
        box.execute(frame).value = value;
    }
}
