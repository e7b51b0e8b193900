package org.ebb.nodes;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import org.ebb.runtime.Thrown;

/** The end of a function that gives its value without a jump. Stands for the {@code return} statement. */
public final class TailNode extends ExpressionNode {

    @Child private ExpressionNode value;

    public TailNode(ExpressionNode value) {
        this.value = value;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        try {
            return value.execute(frame);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        }
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        try {
            return value.executeLong(frame);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        }
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.StatementTag.class;
    }

    /** Statements, and then the end. No statement itself: tools see the parts, one after the other. */
    public static final class After extends ExpressionNode {
        @Child private StatementNode before;
        @Child private ExpressionNode tail; // not TailNode: tools put wrappers around it

        public After(StatementNode before, TailNode tail) {
            this.before = before;
            this.tail = tail;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            before.executeVoid(frame);
            return tail.execute(frame);
        }

        @Override
        public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
            before.executeVoid(frame);
            return tail.executeLong(frame);
        }
    }
}
