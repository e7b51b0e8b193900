package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import org.ebb.runtime.EbbNone;

/** The body of a function: statements, and the value at the end; a {@code return} before the end arrives here. */
public final class BodyNode extends ExpressionNode {

    @Child private StatementNode statements;
    @Child private ExpressionNode value;
    @Child private ActiveNode active = new ActiveNode();

    /** Either may be null: no statements, or no value, which means None. */
    public BodyNode(StatementNode statements, ExpressionNode value) {
        this.statements = statements;
        this.value = value;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        try {
            if (statements != null) {
                statements.executeVoid(frame);
            }
            return value == null ? EbbNone.NONE : active.unify(value.execute(frame));
        } catch (Jumps.ReturnException early) {
            return active.unify(early.value);
        }
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.RootBodyTag.class;
    }
}
