package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.profiles.CountingConditionProfile;

/** {@code if}. */
public final class IfNode extends StatementNode {

    @Child private ConditionNode test;
    @Child private StatementNode then;
    @Child private StatementNode otherwise;
    private final CountingConditionProfile profile = CountingConditionProfile.create();

    /** {@code otherwise} may be null. */
    public IfNode(ConditionNode test, StatementNode then, StatementNode otherwise) {
        this.test = test;
        this.then = then;
        this.otherwise = otherwise;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        if (profile.profile(test.executeBoolean(frame))) {
            then.executeVoid(frame);
        } else if (otherwise != null) {
            otherwise.executeVoid(frame);
        }
    }
}
