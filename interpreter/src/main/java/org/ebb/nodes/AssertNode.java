package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.Errors;

/** {@code assert test, message}. */
public final class AssertNode extends StatementNode {

    @Child private ConditionNode test;
    @Child private ExpressionNode message;

    /** {@code message} may be null. */
    public AssertNode(ConditionNode test, ExpressionNode message) {
        this.test = test;
        this.message = message;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        if (!test.executeBoolean(frame)) {
            Object[] arguments = message == null ? new Object[0] : new Object[] {message.execute(frame)};
            CompilerDirectives.transferToInterpreter();
            throw Errors.assertion(arguments).at(test);
        }
    }
}
