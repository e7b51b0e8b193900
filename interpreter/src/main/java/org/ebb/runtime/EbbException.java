package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.grad.Place;

/**
 * A guest exception on its way up the Java stack. The guest object holds all there is to know, and answers other languages; nodes that
 * may fail add their place with {@link #at}.
 */
@ExportLibrary(value = InteropLibrary.class, delegateTo = "guest")
public final class EbbException extends AbstractTruffleException {

    public final transient ExceptionObject guest;

    public EbbException(ExceptionObject guest) {
        super(null, null, 0, null);
        this.guest = guest;
    }

    /** One that leaves Ebb: from the place where it happened on it takes note of the calls it passes. */
    EbbException(ExceptionObject guest, Node place) {
        super(null, null, UNLIMITED_STACK_TRACE, place);
        this.guest = guest;
    }

    /** The same exception for whoever runs Ebb, who may read the calls that led to it. */
    public EbbException leaveEbb() {
        return GuestFrames.of(this);
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

    /** To be called where the exception leaves the handling of another one. */
    public void duringHandling(ExceptionObject first) {
        if (guest != first && guest.context == null) {
            guest.context = first;
        }
    }

    public boolean is(EbbClass type) {
        return guest.type().isSubclassOf(type);
    }

    /** The traceback adds where the operation was recorded whose backward raised this. */
    @TruffleBoundary
    public EbbException recordedAt(Place place) {
        if (place != null) {
            var before = guest.hint;
            guest.hint = () -> before.get() + "\n  in the backward of what was recorded at " + place.where() + ": " + place.text();
        }
        return this;
    }

    @Override
    public String getMessage() {
        return guest.message();
    }

    @ExportMessage
    boolean isException() {
        return true;
    }

    @ExportMessage
    RuntimeException throwException() {
        throw this;
    }
}
