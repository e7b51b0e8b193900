package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.NodePlace;
import org.ebb.syntax.Span;

/** Stores a value that is given to it: the left side of an assignment, a loop's target, a parameter. */
public abstract class WriteNode extends Node {

    private int start = -1;
    private int length;

    @CompilationFinal private NodePlace recorded;

    /** To be called before the engine is: what it records, and what it refuses, then knows this node. */
    protected final void comesFromHere() {
        if (recorded == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            recorded = NodePlace.of(this);
        }
        EbbContext.get(this).tape().place = recorded;
    }

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
