package org.ebb.embed;

import java.util.Objects;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/**
 * What went wrong in a script, and where. The {@link Ebb} that threw it goes on.
 *
 * <p>{@link #getMessage} is one line such as {@code rules.ebb:3: ZeroDivisionError: division by zero}; {@link #error} is it without the place.
 */
public final class EbbException extends RuntimeException {

    /** What ended the call. */
    public enum Kind {
        /** The text is no program. */
        SYNTAX,
        /** The script raised an exception that it did not catch, or gave a value that the host did not ask for. */
        SCRIPT,
        /** The limit of steps, of time or of memory was reached. */
        LIMIT,
        /** {@link Ebb#interrupt} or {@link Ebb#close} ended it. */
        CANCELLED,
        /** An object of the host threw; {@link #getCause} is what it threw, and the line is where the script met it. */
        HOST,
        /** A fault of Ebb itself: please report it. */
        INTERNAL
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String error;
    private final String source;
    private final int line;
    private final int column;
    private final String traceback;

    EbbException(Kind kind, String error, PolyglotException from) {
        this(kind, error, place(from), traceback(from), from.isHostException() ? from.asHostException() : from);
    }

    /** The function that the host asked for is missing, or the like: the whole script is its place. */
    EbbException(Kind kind, String error, Source script) {
        super(script.getName() + ": " + error);
        this.kind = kind;
        this.error = error;
        this.source = script.getName();
        this.line = 0;
        this.column = 0;
        this.traceback = "";
    }

    private EbbException(Kind kind, String error, SourceSection place, String traceback, Throwable cause) {
        super(place == null ? error : place.getSource().getName() + ":" + place.getStartLine() + ": " + error, cause);
        this.kind = kind;
        this.error = error;
        this.source = place == null ? "" : place.getSource().getName();
        this.line = place == null ? 0 : place.getStartLine();
        this.column = place == null ? 0 : place.getStartColumn();
        this.traceback = traceback;
    }

    /** Where the script stood; null where it did not run. What the host threw has no place of its own: it is where the script called it. */
    static SourceSection place(PolyglotException from) {
        if (from.getSourceLocation() != null) {
            return from.getSourceLocation();
        }
        return StreamSupport.stream(from.getPolyglotStackTrace().spliterator(), false).filter(PolyglotException.StackFrame::isGuestFrame)
                .map(PolyglotException.StackFrame::getSourceLocation).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String traceback(PolyglotException from) {
        Value guest = from.isGuestException() ? from.getGuestObject() : null;
        return guest != null && guest.hasMember("traceback") ? guest.getMember("traceback").asString() : "";
    }

    /** What ended the call. */
    public Kind kind() {
        return kind;
    }

    /** The message without its place, such as {@code ValueError: a price is never negative}. */
    public String error() {
        return error;
    }

    /** The name of the script in which it happened; empty where there is none. */
    public String source() {
        return source;
    }

    /** The line, counted from 1; 0 where there is none. */
    public int line() {
        return line;
    }

    /** The column, counted from 1; 0 where there is none. */
    public int column() {
        return column;
    }

    /** The text that the {@code ebb} command would print, with every call on the way; empty where there is none. */
    public String traceback() {
        return traceback;
    }
}
