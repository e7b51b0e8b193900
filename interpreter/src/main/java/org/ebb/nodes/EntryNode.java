package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.ExplodeLoop;

/** A call from its beginning: takes the arguments into the frame, then runs the body. Tools that watch it see an empty frame at its start. */
public final class EntryNode extends ExpressionNode {

    @Children private final StatementNode[] cells;
    @Children private final ParameterNode[] parameters;
    @Child private ExpressionNode body; // not BodyNode: tools put wrappers around it

    public EntryNode(StatementNode[] cells, ParameterNode[] parameters, BodyNode body) {
        this.cells = cells;
        this.parameters = parameters;
        this.body = body;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        takeArguments(frame);
        return body.execute(frame);
    }

    @ExplodeLoop
    private void takeArguments(VirtualFrame frame) {
        for (StatementNode cell : cells) {
            cell.executeVoid(frame);
        }
        for (ParameterNode parameter : parameters) {
            parameter.execute(frame);
        }
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.RootTag.class;
    }
}
