package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.source.Source;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbGenerator;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Types;
import org.ebb.syntax.Span;

/** The two roots of a generator function: one makes the generator, one runs its body from where it stopped to the next yield. */
public final class GeneratorRoots {

    private GeneratorRoots() {}

    /** Called as the function: puts the arguments into a frame that outlives the call. */
    public static final class Make extends SourceRoot {
        private final FrameDescriptor descriptor;
        private final RootCallTarget body;
        @Children private final StatementNode[] cells;
        @Children private final ParameterNode[] parameters;

        public Make(TruffleLanguage<?> language, FrameDescriptor descriptor, Source source, String name, String qualifiedName, Span span,
                StatementNode[] cells, ParameterNode[] parameters, RootCallTarget body) {
            super(language, new FrameDescriptor(), source, name, qualifiedName, span);
            this.descriptor = descriptor;
            this.cells = cells;
            this.parameters = parameters;
            this.body = body;
        }

        @Override
        @ExplodeLoop
        public Object execute(VirtualFrame frame) {
            MaterializedFrame kept = Truffle.getRuntime().createMaterializedFrame(frame.getArguments(), descriptor);
            for (StatementNode cell : cells) {
                cell.executeVoid(kept);
            }
            for (ParameterNode parameter : parameters) {
                parameter.execute(kept);
            }
            return new EbbGenerator(getName(), body, kept);
        }
    }

    /** Called with the generator and its frame. */
    public static final class Resume extends SourceRoot {
        @Child private ExpressionNode entry;

        public Resume(TruffleLanguage<?> language, Source source, String name, String qualifiedName, Span span, int generatorSlot,
                BodyNode body) {
            super(language, new FrameDescriptor(), source, name, qualifiedName, span);
            this.entry = new Inside(generatorSlot, body);
            entry.place(span);
        }

        @Override
        public Object execute(VirtualFrame frame) {
            EbbGenerator generator = (EbbGenerator) frame.getArguments()[0];
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
                return generator.finish(entry.execute(frame));
            } catch (YieldException yielded) {
                return yielded.value;
            } catch (AbstractTruffleException error) {
                if (error instanceof EbbException own && own.is(Types.STOP_ITERATION)) {
                    EbbException instead = Errors.runtimeError("generator raised StopIteration");
                    instead.guest.cause = own.guest;
                    instead.guest.context = own.guest;
                    throw instead.leave();
                }
                throw Thrown.leave(error);
            } finally {
                context.depth--;
            }
        }
    }

    /** Runs the body in the generator's own frame; the frame of the call stays empty. */
    private static final class Inside extends ExpressionNode {
        private final int generatorSlot;
        @Child private ExpressionNode body; // not BodyNode: tools put wrappers around it

        Inside(int generatorSlot, BodyNode body) {
            this.generatorSlot = generatorSlot;
            this.body = body;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            MaterializedFrame kept = (MaterializedFrame) frame.getArguments()[1];
            kept.setObject(generatorSlot, frame.getArguments()[0]);
            return body.execute(kept);
        }

        @Override
        public boolean hasTag(Class<? extends Tag> tag) {
            return tag == StandardTags.RootTag.class;
        }
    }
}
