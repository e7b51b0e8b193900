package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;

/** A literal. */
public final class ConstantNode extends ExpressionNode {

    private final Object value;

    public ConstantNode(Object value) {
        this.value = value;
    }

    public Object value() {
        return value;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return value;
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        return EbbTypesGen.expectLong(value);
    }
}
