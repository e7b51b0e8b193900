package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.syntax.Span;

/** Stores a value that is given to it: the left side of an assignment, a loop's target, a parameter. */
public abstract class WriteNode extends Node {

    private int start = -1;
    private int length;

    public final void place(Span span) {
        start = span.start();
        length = span.length();
    }

    @Override
    @TruffleBoundary
    public SourceSection getSourceSection() {
        RootNode root = start < 0 ? null : getRootNode();
        return root instanceof SourceRoot own ? own.source().createSection(start, length) : null;
    }

    public abstract void write(VirtualFrame frame, Object value);

    public void write(VirtualFrame frame, long value) {
        write(frame, (Object) value);
    }

    public void write(VirtualFrame frame, double value) {
        write(frame, (Object) value);
    }
}
