package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;

/** {@code target = value}. Learns whether the value comes as an int or a float and then asks for it without a box. */
public final class AssignNode extends StatementNode {

    private static final int NEW = 0;
    private static final int LONG = 1;
    private static final int DOUBLE = 2;
    private static final int OBJECT = 3;

    @Child private ExpressionNode value;
    @Child private WriteNode target;
    @CompilationFinal private int kind = NEW;

    public AssignNode(WriteNode target, ExpressionNode value) {
        this.target = target;
        this.value = value;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        try {
            switch (kind) {
                case LONG -> target.write(frame, value.executeLong(frame));
                case DOUBLE -> target.write(frame, value.executeDouble(frame));
                case OBJECT -> target.write(frame, value.execute(frame));
                default -> first(frame);
            }
        } catch (UnexpectedResultException other) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            kind = OBJECT;
            target.write(frame, other.getResult());
        }
    }

    private void first(VirtualFrame frame) {
        CompilerDirectives.transferToInterpreterAndInvalidate();
        Object result = value.execute(frame);
        kind = result instanceof Long ? LONG : result instanceof Double ? DOUBLE : OBJECT;
        target.write(frame, result);
    }
}
