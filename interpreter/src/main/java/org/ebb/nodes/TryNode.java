package org.ebb.nodes;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ControlFlowException;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.ExceptionObject;
import org.ebb.runtime.Thrown;

/**
 * {@code try}. In a generator a yield may stop in any of its parts: the state slot says in which, the pending slot keeps the exception
 * or jump that is waiting for it to end.
 */
public final class TryNode extends StatementNode {

    private static final int BODY = 0;
    private static final int OTHERWISE = 1;
    private static final int FINALLY = 2;
    /** The state of handler i is this plus i. */
    private static final int HANDLER = 3;

    @Child private StatementNode body;
    @Children private final Handler[] handlers;
    @Child private StatementNode otherwise;
    @Child private StatementNode finallyBody;
    private final int stateSlot;
    private final int pendingSlot;
    private final int handledSlot;

    /** Parts may be null. Without a yield inside, the slots are -1. */
    public TryNode(StatementNode body, Handler[] handlers, StatementNode otherwise, StatementNode finallyBody, int stateSlot, int pendingSlot,
            int handledSlot) {
        this.body = body;
        this.handlers = handlers;
        this.otherwise = otherwise;
        this.finallyBody = finallyBody;
        this.stateSlot = stateSlot;
        this.pendingSlot = pendingSlot;
        this.handledSlot = handledSlot;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        int state = BODY;
        if (stateSlot >= 0) {
            state = frame.isInt(stateSlot) ? frame.getInt(stateSlot) : BODY;
            frame.setInt(stateSlot, BODY);
        }
        if (finallyBody == null) {
            guarded(frame, state);
            return;
        }
        RuntimeException pending = null;
        if (state == FINALLY) {
            pending = (RuntimeException) frame.getObject(pendingSlot);
        } else {
            try {
                guarded(frame, state);
            } catch (YieldException yielded) {
                throw yielded;
            } catch (ControlFlowException | AbstractTruffleException leaving) {
                if (!Thrown.mayTidy(leaving)) {
                    throw leaving;
                }
                pending = leaving;
            }
        }
        runFinally(frame, pending);
        if (pending != null) {
            throw pending;
        }
    }

    private void runFinally(VirtualFrame frame, RuntimeException pending) {
        EbbContext context = EbbContext.get(this);
        Object before = context.handling;
        if (pending instanceof EbbException error) {
            context.handling = error.guest;
        }
        try {
            finallyBody.executeVoid(frame);
        } catch (YieldException yielded) {
            frame.setInt(stateSlot, FINALLY);
            frame.setObject(pendingSlot, pending);
            throw yielded;
        } catch (EbbException error) {
            if (pending instanceof EbbException first) {
                error.duringHandling(first.guest);
            }
            throw error;
        } finally {
            context.handling = before;
        }
    }

    /** The body, its handlers and the else part, from a state on. */
    private void guarded(VirtualFrame frame, int state) {
        if (state >= HANDLER) {
            handle(frame, state - HANDLER, (AbstractTruffleException) frame.getObject(handledSlot), true);
            return;
        }
        if (state == BODY) {
            try {
                body.executeVoid(frame);
            } catch (AbstractTruffleException error) {
                int which = find(frame, error);
                if (which < 0) {
                    throw error;
                }
                handle(frame, which, error, false);
                return;
            }
        }
        if (otherwise != null) {
            try {
                otherwise.executeVoid(frame);
            } catch (YieldException yielded) {
                frame.setInt(stateSlot, OTHERWISE);
                throw yielded;
            }
        }
    }

    @ExplodeLoop
    private int find(VirtualFrame frame, AbstractTruffleException error) {
        if (!Thrown.isCatchable(error)) {
            return -1;
        }
        for (int i = 0; i < handlers.length; i++) {
            if (handlers[i].takes(frame, error)) {
                return i;
            }
        }
        return -1;
    }

    @ExplodeLoop
    private void handle(VirtualFrame frame, int which, AbstractTruffleException error, boolean goingOn) {
        EbbContext context = EbbContext.get(this);
        Object before = context.handling;
        Object value = Thrown.value(error);
        context.handling = value;
        try {
            for (int i = 0; i < handlers.length; i++) {
                if (i == which) {
                    handlers[i].run(frame, value, goingOn);
                }
            }
        } catch (YieldException yielded) {
            frame.setInt(stateSlot, HANDLER + which);
            frame.setObject(handledSlot, error);
            throw yielded;
        } catch (EbbException second) {
            if (value instanceof ExceptionObject first) {
                second.duringHandling(first);
            }
            throw second;
        } finally {
            context.handling = before;
        }
    }

    /** {@code except type as target: body}. */
    public static final class Handler extends Node {
        @Child private ExpressionNode type;
        @Child private WriteNode target;
        @Child private StatementNode body;
        @Child private StatementNode unbind;

        /** {@code type}, {@code target} and {@code unbind} may be null. */
        public Handler(ExpressionNode type, WriteNode target, StatementNode body, StatementNode unbind) {
            this.type = type;
            this.target = target;
            this.body = body;
            this.unbind = unbind;
        }

        boolean takes(VirtualFrame frame, AbstractTruffleException error) {
            if (type == null) {
                return true;
            }
            Object wanted = type.execute(frame);
            try {
                return Thrown.matches(error, wanted);
            } catch (AbstractTruffleException wrong) {
                throw Thrown.at(wrong, type);
            }
        }

        void run(VirtualFrame frame, Object value, boolean goingOn) {
            if (target != null && !goingOn) {
                target.write(frame, value);
            }
            boolean stopped = false;
            try {
                body.executeVoid(frame);
            } catch (YieldException yielded) {
                stopped = true;
                throw yielded;
            } finally {
                if (unbind != null && !stopped) {
                    unbind.executeVoid(frame);
                }
            }
        }
    }
}
