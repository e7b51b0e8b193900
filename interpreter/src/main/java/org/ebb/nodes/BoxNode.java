package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.CellBox;

/** Finds the cell of a shared variable. */
public abstract class BoxNode extends Node {

    public abstract CellBox execute(VirtualFrame frame);

    /** A cell of the running function, in a slot of its frame. */
    public static BoxNode local(int slot) {
        return new Local(slot);
    }

    /** A cell that the running function got from an enclosing one. */
    public static BoxNode free(int index) {
        return new Free(index);
    }

    private static final class Local extends BoxNode {
        private final int slot;

        Local(int slot) {
            this.slot = slot;
        }

        @Override
        public CellBox execute(VirtualFrame frame) {
            return (CellBox) frame.getObject(slot);
        }
    }

    private static final class Free extends BoxNode {
        private final int index;

        Free(int index) {
            this.index = index;
        }

        @Override
        public CellBox execute(VirtualFrame frame) {
            return Frames.function(frame).closure[index];
        }
    }
}
