package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.syntax.Span;

/** A root that belongs to a piece of a source: a program, function, class body or comprehension. */
public abstract class SourceRoot extends RootNode {

    private final Source source;
    private final String name;
    private final String qualifiedName;
    private final Span span;

    protected SourceRoot(TruffleLanguage<?> language, FrameDescriptor descriptor, Source source, String name, String qualifiedName, Span span) {
        super(language, descriptor);
        this.source = source;
        this.name = name;
        this.qualifiedName = qualifiedName;
        this.span = span;
    }

    public final Source source() {
        return source;
    }

    @Override
    public final String getName() {
        return name;
    }

    @Override
    public final String getQualifiedName() {
        return qualifiedName;
    }

    /** As a traceback names it: {@code <module>}, a function's name, {@code <lambda>}, ... */
    public final String tracebackName() {
        return name;
    }

    @Override
    @TruffleBoundary
    public final SourceSection getSourceSection() {
        return source.createSection(span.start(), span.length());
    }

    @Override
    public final String toString() {
        return qualifiedName;
    }

    @Override
    protected final boolean isInstrumentable() {
        return true;
    }
}
