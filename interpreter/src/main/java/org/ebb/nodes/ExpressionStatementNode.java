package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;

/** An expression whose value nobody wants. */
public final class ExpressionStatementNode extends StatementNode {

    @Child private ExpressionNode expression;

    public ExpressionStatementNode(ExpressionNode expression) {
        this.expression = expression;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        expression.executeVoid(frame);
    }
}
