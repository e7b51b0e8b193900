package org.ebb.nodes;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.Thrown;

/** Whether a subject fits a pattern. */
public final class MatchNode extends ExpressionNode {

    @Child private ExpressionNode subject;
    @Child private PatternNode pattern;

    public MatchNode(ExpressionNode subject, PatternNode pattern) {
        this.subject = subject;
        this.pattern = pattern;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return executeBoolean(frame);
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) {
        try {
            return pattern.matches(frame, subject.execute(frame));
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        }
    }
}
