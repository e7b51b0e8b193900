package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.EbbTuple;

/** Takes one argument from the caller into its place in the frame; an absent one gives way to the function's default. */
public final class ParameterNode extends Node {

    private final int index;
    private final boolean star;
    @Child private WriteNode target;

    public ParameterNode(int index, boolean star, WriteNode target) {
        this.index = index;
        this.star = star;
        this.target = target;
    }

    public void execute(VirtualFrame frame) {
        Object value = frame.getArguments()[index + 1];
        if (value == null) {
            value = Frames.function(frame).defaults[index];
        }
        target.write(frame, star ? EbbTuple.of((Object[]) value) : value);
    }
}
