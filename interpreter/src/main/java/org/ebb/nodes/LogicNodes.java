package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.profiles.CountingConditionProfile;

/** {@code and}, {@code or}, {@code not}. */
public final class LogicNodes {

    private LogicNodes() {}

    /** {@code left and right}, {@code left or right}: the value that decides, the right side only where it is needed. */
    public static final class AndOr extends ExpressionNode {
        @Child private ExpressionNode left;
        @Child private ExpressionNode right;
        @Child private ConditionNode truth = ConditionNodeGen.create(null);
        private final boolean and;
        private final CountingConditionProfile profile = CountingConditionProfile.create();

        public AndOr(boolean and, ExpressionNode left, ExpressionNode right) {
            this.and = and;
            this.left = left;
            this.right = right;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            Object first = left.execute(frame);
            return profile.profile(truth.executeWith(first) == and) ? right.execute(frame) : first;
        }
    }

    /** The same where only the truth of the result is asked for. */
    public static final class Test extends ConditionNode {
        @Child private ConditionNode left;
        @Child private ConditionNode right;
        private final boolean and;
        private final CountingConditionProfile profile = CountingConditionProfile.create();

        public Test(boolean and, ConditionNode left, ConditionNode right) {
            this.and = and;
            this.left = left;
            this.right = right;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            return executeBoolean(frame);
        }

        @Override
        public boolean executeBoolean(VirtualFrame frame) {
            return profile.profile(left.executeBoolean(frame) == and) ? right.executeBoolean(frame) : !and;
        }

        @Override
        public boolean executeWith(Object value) {
            throw new UnsupportedOperationException();
        }
    }

    /** {@code not operand}. */
    public static final class Not extends ExpressionNode {
        @Child private ConditionNode operand;

        public Not(ConditionNode operand) {
            this.operand = operand;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            return executeBoolean(frame);
        }

        @Override
        public boolean executeBoolean(VirtualFrame frame) {
            return !operand.executeBoolean(frame);
        }
    }
}
