package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ControlFlowException;
import org.ebb.grad.Tape;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.ExceptionObject;
import org.ebb.runtime.RecordedTape;
import org.ebb.runtime.RecordingBlock;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;

/** {@code with manager as target: body}, one manager. However the body is left, the manager's {@code __exit__} runs. */
public final class WithNode extends StatementNode {

    @Child private ExpressionNode manager;
    @Child private WriteNode target;
    @Child private StatementNode body;
    private final int exitSlot;

    /** {@code target} may be null. Where the body yields, {@code exitSlot} keeps the way out meanwhile; else it is -1. */
    public WithNode(ExpressionNode manager, WriteNode target, StatementNode body, int exitSlot) {
        this.manager = manager;
        this.target = target;
        this.body = body;
        this.exitSlot = exitSlot;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        Object exit = exitSlot < 0 ? null : frame.getObject(exitSlot);
        boolean goingOn = exit != null;
        if (exit instanceof Tape.Mode inside) {
            frame.setObject(exitSlot, null);
            Tape tape = EbbContext.get(this).tape();
            Tape.Mode before = tape.mode();
            tape.restore(inside);
            recorded(frame, tape, before, null);
            return;
        }
        Object entered = null;
        if (goingOn) {
            frame.setObject(exitSlot, null);
        } else {
            Object value = manager.execute(frame);
            if (value instanceof RecordingBlock block) {
                Tape tape = EbbContext.get(this).tape();
                Tape.Mode before = enter(block, tape);
                recorded(frame, tape, before, target == null ? null : RecordedTape.of(block, tape));
                return;
            }
            try {
                exit = exitOf(value);
                entered = Calls.callSpecial(value, "__enter__");
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, manager);
            }
        }
        try {
            if (target != null && !goingOn) {
                target.write(frame, entered);
            }
            body.executeVoid(frame);
        } catch (YieldException yielded) {
            frame.setObject(exitSlot, exit);
            throw yielded;
        } catch (ControlFlowException jump) {
            leave(exit);
            throw jump;
        } catch (AbstractTruffleException error) {
            if (!Thrown.mayTidy(error) || !leave(exit, error) || !Thrown.isCatchable(error)) {
                throw error;
            }
            return;
        }
        leave(exit);
    }

    @TruffleBoundary
    private static Tape.Mode enter(RecordingBlock block, Tape tape) {
        return block.enter(tape);
    }

    /** The body of a block that turns recording or training on or off. A generator that yields in it takes the block with it. */
    private void recorded(VirtualFrame frame, Tape tape, Tape.Mode before, Object entered) {
        try {
            if (entered != null) {
                target.write(frame, entered);
            }
            body.executeVoid(frame);
        } catch (YieldException yielded) {
            frame.setObject(exitSlot, tape.mode());
            throw yielded;
        } finally {
            restore(tape, before);
        }
    }

    @TruffleBoundary
    private static void restore(Tape tape, Tape.Mode before) {
        tape.restore(before);
    }

    /** The bound {@code __exit__}; an error that names what is missing where the value is no context manager. */
    @TruffleBoundary
    private static Object exitOf(Object value) {
        Object exit = Types.lookup(value, "__exit__");
        if (Types.lookup(value, "__enter__") == null || exit == null) {
            String missing = exit == null && Types.lookup(value, "__enter__") != null ? " (missed __exit__ method)" : "";
            throw Errors.typeError("'" + Types.name(value) + "' object does not support the context manager protocol" + missing);
        }
        return Attributes.bind(exit, value, Types.of(value));
    }

    private void leave(Object exit) {
        try {
            Calls.call(exit, EbbNone.NONE, EbbNone.NONE, EbbNone.NONE);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, manager);
        }
    }

    /** Whether the manager swallows the error. */
    private boolean leave(Object exit, AbstractTruffleException error) {
        EbbContext context = EbbContext.get(this);
        Object before = context.handling;
        Object value = Thrown.value(error);
        context.handling = value;
        try {
            return Truth.of(Calls.call(exit, Types.of(value), value, EbbNone.NONE));
        } catch (EbbException second) {
            if (value instanceof ExceptionObject first) {
                second.duringHandling(first);
            }
            throw second.at(manager);
        } finally {
            context.handling = before;
        }
    }
}
