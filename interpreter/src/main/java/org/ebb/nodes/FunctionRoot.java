package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.source.Source;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.Errors;
import org.ebb.syntax.Span;

/** Runs a function, a program or a comprehension: takes the arguments into the frame, then the body, then the value at its end. */
public final class FunctionRoot extends SourceRoot {

    @Children private final StatementNode[] cells;
    @Children private final ParameterNode[] parameters;
    @Child private ExpressionNode body; // not BodyNode: tools put wrappers around it

    public FunctionRoot(TruffleLanguage<?> language, FrameDescriptor descriptor, Source source, String name, String qualifiedName, Span span,
            StatementNode[] cells, ParameterNode[] parameters, BodyNode body) {
        super(language, descriptor, source, name, qualifiedName, span);
        this.cells = cells;
        this.parameters = parameters;
        this.body = body;
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
            takeArguments(frame);
            return body.execute(frame);
        } catch (EbbException error) {
            throw error.leave();
        } finally {
            context.depth--;
        }
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
}
