package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.source.Source;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.syntax.Span;

/** Runs a function, a program or a comprehension: counts how deep calls are, and adds itself to the traceback of what it raises. */
public final class FunctionRoot extends SourceRoot {

    @Child private ExpressionNode entry; // not EntryNode: tools put wrappers around it

    public FunctionRoot(TruffleLanguage<?> language, FrameDescriptor descriptor, Source source, String name, String qualifiedName, Span span,
            StatementNode[] cells, ParameterNode[] parameters, BodyNode body) {
        super(language, descriptor, source, name, qualifiedName, span);
        this.entry = new EntryNode(cells, parameters, body);
        entry.place(span);
    }

    @Override
    public Object execute(VirtualFrame frame) {
        EbbContext context = EbbContext.get(this);
        if (++context.depth > context.depthLimit) {
            context.depth--;
            CompilerDirectives.transferToInterpreter();
            throw Errors.recursionError();
        }
        try {
            if (EbbContext.isLimited(this)) {
                context.limits.enter();
                EbbContext.step(entry);
            }
            return entry.execute(frame);
        } catch (AbstractTruffleException error) {
            throw Thrown.leave(error);
        } finally {
            context.depth--;
        }
    }
}
