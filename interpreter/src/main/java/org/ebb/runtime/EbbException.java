package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.nodes.Node;

/**
 * A guest exception on its way up the Java stack. The guest object holds all there is to know; nodes that may fail add their place
 * with {@link #at}.
 */
public final class EbbException extends AbstractTruffleException {

    public final transient ExceptionObject guest;

    public EbbException(ExceptionObject guest) {
        super(null, null, 0, null);
        this.guest = guest;
    }

    /** To be called by the node whose operation failed: {@code catch (EbbException error) { throw error.at(this); }}. */
    public EbbException at(Node node) {
        guest.at(node);
        return this;
    }

    /** To be called where the exception leaves a function. */
    public EbbException leave() {
        guest.leave();
        return this;
    }

    public boolean is(EbbClass type) {
        return guest.type().isSubclassOf(type);
    }

    @Override
    @TruffleBoundary
    public String getMessage() {
        String text = ExceptionText.of(guest);
        return text.isEmpty() ? guest.type().name : guest.type().name + ": " + text;
    }
}
