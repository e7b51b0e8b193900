package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import org.ebb.runtime.EbbException;

/** The end of a function that gives its value without a jump: statements, and then a value. Stands for the {@code return} statement. */
public final class TailNode extends ExpressionNode {

    @Child private StatementNode before;
    @Child private ExpressionNode value;

    /** {@code before} may be null. */
    public TailNode(StatementNode before, ExpressionNode value) {
        this.before = before;
        this.value = value;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        if (before != null) {
            before.executeVoid(frame);
        }
        try {
            return value.execute(frame);
        } catch (EbbException error) {
            throw error.at(this);
        }
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        if (before != null) {
            before.executeVoid(frame);
        }
        try {
            return value.executeLong(frame);
        } catch (EbbException error) {
            throw error.at(this);
        }
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.StatementTag.class;
    }
}
