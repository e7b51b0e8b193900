package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.dsl.TypeSystemReference;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.GenerateWrapper;
import com.oracle.truffle.api.instrumentation.GenerateWrapper.OutgoingConverter;
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
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.NodePlace;
import org.ebb.runtime.Foreign;
import org.ebb.syntax.Span;

/** Gives a value when executed. Knows its place in the source, and asks for the section only when somebody wants it. */
@GenerateWrapper
@ExportLibrary(NodeLibrary.class)
@NodeInfo(language = "ebb")
@TypeSystemReference(EbbTypes.class)
public abstract class ExpressionNode extends Node implements InstrumentableNode {

    private int start = -1;
    private int length;

    public abstract Object execute(VirtualFrame frame);

    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        return EbbTypesGen.expectLong(execute(frame));
    }

    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        return EbbTypesGen.expectDouble(execute(frame));
    }

    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        return EbbTypesGen.expectBoolean(execute(frame));
    }

    public void executeVoid(VirtualFrame frame) {
        execute(frame);
    }

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

    public final void place(ExpressionNode same) {
        start = same.start;
        length = same.length;
    }

    public final boolean hasPlace() {
        return start >= 0;
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

    /** What instruments see: engine values that are no values of interop become such. */
    @OutgoingConverter
    Object convertOutgoing(Object value) {
        return Foreign.out(value);
    }

    @Override
    public WrapperNode createWrapper(ProbeNode probe) {
        FusedNode.watch(this);
        return new ExpressionNodeWrapper(this, probe);
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.ExpressionTag.class;
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
