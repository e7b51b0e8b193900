package org.ebb.nodes;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.Errors;
import org.ebb.runtime.ExceptionObject;
import org.ebb.runtime.Thrown;

/** {@code raise}, {@code raise exception}, {@code raise exception from cause}. */
public final class RaiseNode extends StatementNode {

    @Child private ExpressionNode exception;
    @Child private ExpressionNode cause;

    /** Both may be null. */
    public RaiseNode(ExpressionNode exception, ExpressionNode cause) {
        this.exception = exception;
        this.cause = cause;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        if (exception == null) {
            throw again();
        }
        Object value = exception.execute(frame);
        AbstractTruffleException thrown;
        try {
            thrown = Thrown.of(value);
            if (cause != null && thrown instanceof EbbException own) {
                Thrown.setCause(own.guest, cause.execute(frame));
            }
        } catch (AbstractTruffleException wrong) {
            throw Thrown.at(wrong, this);
        }
        throw Thrown.at(thrown, this);
    }

    private RuntimeException again() {
        Object handled = EbbContext.get(this).handling;
        if (handled == null) {
            return Errors.runtimeError("No active exception to reraise").at(this);
        }
        return handled instanceof ExceptionObject own ? new EbbException(own) : (AbstractTruffleException) handled;
    }
}
