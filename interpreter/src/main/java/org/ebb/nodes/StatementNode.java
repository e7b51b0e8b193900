package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.GenerateWrapper;
import com.oracle.truffle.api.instrumentation.InstrumentableNode;
import com.oracle.truffle.api.instrumentation.ProbeNode;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.interop.NodeLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.NodeInfo;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.syntax.Span;

/** Does something when executed. Blocks and other inner statements have no place of their own. */
@GenerateWrapper
@ExportLibrary(NodeLibrary.class)
@NodeInfo(language = "ebb")
public abstract class StatementNode extends Node implements InstrumentableNode {

    private int start = -1;
    private int length;

    public abstract void executeVoid(VirtualFrame frame);

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

    @Override
    public boolean isInstrumentable() {
        return start >= 0;
    }

    @Override
    public WrapperNode createWrapper(ProbeNode probe) {
        return new StatementNodeWrapper(this, probe);
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.StatementTag.class;
    }

    @ExportMessage
    final boolean hasScope(Frame frame) {
        return LocalScope.hasNames(this, frame);
    }

    @ExportMessage
    final Object getScope(Frame frame, @SuppressWarnings("unused") boolean nodeEnter) throws UnsupportedMessageException {
        Object scope = LocalScope.at(this, frame);
        if (scope == null) {
            throw UnsupportedMessageException.create();
        }
        return scope;
    }

    @ExportMessage
    final boolean hasRootInstance(Frame frame) {
        return LocalScope.isOfFunction(this, frame);
    }

    @ExportMessage
    final Object getRootInstance(Frame frame) throws UnsupportedMessageException {
        if (!hasRootInstance(frame)) {
            throw UnsupportedMessageException.create();
        }
        return Frames.function(frame);
    }
}
