package org.ebb.nodes;

import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import org.ebb.runtime.EbbContext;

/** {@code while}, compiled while it runs. */
public final class WhileNode extends StatementNode {

    @Child private LoopNode loop;
    @Child private StatementNode otherwise;

    /** {@code otherwise} may be null. */
    public WhileNode(ConditionNode test, StatementNode body, StatementNode otherwise) {
        this.loop = Truffle.getRuntime().createLoopNode(new Repeating(test, body));
        this.otherwise = otherwise;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        try {
            loop.execute(frame);
        } catch (Jumps.BreakException left) {
            return;
        }
        if (otherwise != null) {
            otherwise.executeVoid(frame);
        }
    }

    private static final class Repeating extends Node implements RepeatingNode {
        @Child private ConditionNode test;
        @Child private StatementNode body;

        Repeating(ConditionNode test, StatementNode body) {
            this.test = test;
            this.body = body;
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            if (!test.executeBoolean(frame)) {
                return false;
            }
            body.executeVoid(frame);
            EbbContext.step(this);
            return true;
        }
    }
}
