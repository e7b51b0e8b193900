package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;

/** What stands between {@code try} and its {@code except}: debuggers tell by it that an exception will be caught. */
public final class TryBlockNode extends StatementNode {

    @Child private StatementNode body;

    public TryBlockNode(StatementNode body) {
        this.body = body;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        body.executeVoid(frame);
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.TryBlockTag.class;
    }
}
