package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.CellBox;

/** Makes the cell of a variable that inner functions share, when its function starts. */
public final class NewCellNode extends StatementNode {

    private final int slot;

    public NewCellNode(int slot) {
        this.slot = slot;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        frame.setObject(slot, new CellBox());
    }
}
