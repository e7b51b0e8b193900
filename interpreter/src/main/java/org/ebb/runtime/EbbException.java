package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.ExceptionType;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.grad.Place;

/**
 * A guest exception on its way up the Java stack. The guest object holds all there is to know; nodes that may fail add their place
 * with {@link #at}.
 */
@ExportLibrary(InteropLibrary.class)
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
    @TruffleBoundary
    public String getMessage() {
        String text = ExceptionText.shown(guest);
        return text.isEmpty() ? guest.type().name : guest.type().name + ": " + text;
    }

    @ExportMessage
    @TruffleBoundary
    ExceptionType getExceptionType() {
        if (is(Types.SYSTEM_EXIT)) {
            return ExceptionType.EXIT;
        }
        return guest.place != null ? ExceptionType.PARSE_ERROR : ExceptionType.RUNTIME_ERROR;
    }

    @ExportMessage
    boolean isExceptionIncompleteSource() {
        return guest.incomplete;
    }

    /** As Python's: no argument or None is 0, a number itself; anything else counts as a failure. */
    @ExportMessage
    @TruffleBoundary
    int getExceptionExitStatus() {
        Object status = guest.arguments.length == 0 ? EbbNone.NONE : guest.arguments[0];
        return switch (status) {
            case EbbNone _ -> 0;
            case Long number -> number.intValue();
            case Boolean flag -> flag ? 1 : 0;
            default -> 1;
        };
    }

    @ExportMessage
    boolean hasSourceLocation() {
        return section() != null;
    }

    @ExportMessage
    SourceSection getSourceLocation() throws UnsupportedMessageException {
        SourceSection section = section();
        if (section == null) {
            throw UnsupportedMessageException.create();
        }
        return section;
    }

    @TruffleBoundary
    private SourceSection section() {
        if (guest.place != null || guest.trace().isEmpty()) {
            return guest.place;
        }
        // A function of the bundled library fails where the program called it.
        return guest.trace().stream().map(Node::getEncapsulatingSourceSection)
                .filter(section -> section != null && !section.getSource().isInternal()).findFirst()
                .orElseGet(() -> guest.trace().getFirst().getEncapsulatingSourceSection());
    }

    /** A host may read {@code traceback}: the text that the command prints for this exception. */
    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    Object getMembers(boolean includeInternal) {
        return new EbbTuple(new Object[] {"traceback"});
    }

    @ExportMessage
    boolean isMemberReadable(String name) {
        return name.equals("traceback");
    }

    @ExportMessage
    Object readMember(String name) throws UnknownIdentifierException {
        if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return Traceback.of(guest);
    }
}
