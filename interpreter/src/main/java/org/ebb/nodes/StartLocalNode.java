package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.tensor.Scalar;

/**
 * Gives a slot for recorded floats one that says "unbound" when the function starts. A loop that first writes the slot would otherwise
 * join a float with nothing at its head, which puts every such float on the heap.
 */
public final class StartLocalNode extends StatementNode {

    private static final int UNBOUND = -1;

    private final int slot;
    private final LocalKind kind;

    public StartLocalNode(int slot, LocalKind kind) {
        this.slot = slot;
        this.kind = kind;
    }

    /** Is this what stands in a slot before its variable is bound? */
    public static boolean isUnbound(Object value) {
        return value instanceof Scalar s && s.kind == UNBOUND;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        if (kind.isActive()) {
            frame.setObject(slot, new Scalar(0, UNBOUND, null, 0));
        }
    }
}
