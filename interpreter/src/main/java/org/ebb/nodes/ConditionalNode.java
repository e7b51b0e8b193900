package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import com.oracle.truffle.api.profiles.CountingConditionProfile;

/** {@code then if test else otherwise}. */
public final class ConditionalNode extends ExpressionNode {

    @Child private ConditionNode test;
    @Child private ExpressionNode then;
    @Child private ExpressionNode otherwise;
    @Child private ActiveNode active = new ActiveNode();
    private final CountingConditionProfile profile = CountingConditionProfile.create();

    public ConditionalNode(ConditionNode test, ExpressionNode then, ExpressionNode otherwise) {
        this.test = test;
        this.then = then;
        this.otherwise = otherwise;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return active.unify(profile.profile(test.executeBoolean(frame)) ? then.execute(frame) : otherwise.execute(frame));
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        return profile.profile(test.executeBoolean(frame)) ? then.executeLong(frame) : otherwise.executeLong(frame);
    }

    @Override
    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        return profile.profile(test.executeBoolean(frame)) ? then.executeDouble(frame) : otherwise.executeDouble(frame);
    }
}
