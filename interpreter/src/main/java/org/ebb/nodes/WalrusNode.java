package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** {@code (target := value)}. */
public final class WalrusNode extends ExpressionNode {

    @Child private WriteNode target;
    @Child private ExpressionNode value;

    public WalrusNode(WriteNode target, ExpressionNode value) {
        this.target = target;
        this.value = value;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        Object result = value.execute(frame);
        target.write(frame, result);
        return result;
    }
}
