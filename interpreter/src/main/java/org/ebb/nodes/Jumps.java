package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ControlFlowException;
import org.ebb.runtime.EbbNone;

/** {@code break}, {@code continue}, {@code return}, and what they throw: exceptions without stack traces, free in compiled code. */
public final class Jumps {

    private Jumps() {}

    static final class BreakException extends ControlFlowException {
        static final BreakException INSTANCE = new BreakException();
    }

    static final class ContinueException extends ControlFlowException {
        static final ContinueException INSTANCE = new ContinueException();
    }

    static final class ReturnException extends ControlFlowException {
        final transient Object value;

        ReturnException(Object value) {
            this.value = value;
        }
    }

    /**
     * The body of a loop that has a {@code continue}. Only such bodies are wrapped: a second way back to the loop's head is a join at
     * which compiled code may have to put recorded floats on the heap.
     */
    public static final class ContinueTarget extends StatementNode {
        @Child private StatementNode body;

        public ContinueTarget(StatementNode body) {
            this.body = body;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            try {
                body.executeVoid(frame);
            } catch (ContinueException next) {
                return;
            }
        }
    }

    public static final class Break extends StatementNode {
        @Override
        public void executeVoid(VirtualFrame frame) {
            throw BreakException.INSTANCE;
        }
    }

    public static final class Continue extends StatementNode {
        @Override
        public void executeVoid(VirtualFrame frame) {
            throw ContinueException.INSTANCE;
        }
    }

    public static final class Return extends StatementNode {
        @Child private ExpressionNode value;

        /** {@code value} may be null. */
        public Return(ExpressionNode value) {
            this.value = value;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            throw new ReturnException(value == null ? EbbNone.NONE : value.execute(frame));
        }
    }

    public static final class Pass extends StatementNode {
        @Override
        public void executeVoid(VirtualFrame frame) {
            // nothing to do, but a place for breakpoints
        }
    }
}
