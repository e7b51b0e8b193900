package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.ExceptionType;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An instance of an exception class: its arguments, what it came from, and the nodes it passed on its way up. */
@ExportLibrary(InteropLibrary.class)
public final class ExceptionObject extends EbbObject {

    public Object[] arguments;

    /** What {@code raise ... from} named, or null. */
    public Object cause;

    /** The exception that was being handled when this one was raised, or null. */
    public Object context;

    public boolean suppressContext;

    /** Of a syntax error: where the text stops being a program. Null for all others. */
    public SourceSection place;

    /** Of a syntax error: whether more lines could still make the text right. */
    public boolean incomplete;

    /** What a traceback adds to the message: the name that was probably meant. */
    Supplier<String> hint = () -> "";

    private final List<Node> trace = new ArrayList<>();
    private boolean located;

    /** Of a very deep recursion only the first and the last so many calls are kept. */
    private static final int KEPT = 500;
    private int left;

    public ExceptionObject(Shape shape, Object... arguments) {
        super(shape);
        this.arguments = arguments;
    }

    /** Notes where the error happened in the running function; the first (innermost) node of each function counts. */
    void at(Node node) {
        if (!located) {
            locate(node);
        }
    }

    @TruffleBoundary
    private void locate(Node node) {
        if (node.getRootNode() != null) { // every root of the language has a source, so the node or one around it has a place
            if (trace.size() == 2 * KEPT) {
                trace.remove(KEPT);
                left++;
            }
            trace.add(node);
            located = true;
        }
    }

    /** The error leaves a function: the caller's node comes next. */
    void leave() {
        located = false;
    }

    /** How many nodes in the middle of the trace were dropped. */
    public int left() {
        return left;
    }

    /** The nodes it passed, innermost first. */
    public List<Node> trace() {
        return trace;
    }

    /** Its type and text: the last line of the traceback. */
    @TruffleBoundary
    String message() {
        String text = ExceptionText.shown(this);
        return text.isEmpty() ? type().name : type().name + ": " + text;
    }

    /** Where it happened: in a syntax error the place that is wrong, else where the innermost function of the program stood. */
    @TruffleBoundary
    SourceSection section() {
        if (place != null || trace.isEmpty()) {
            return place;
        }
        // A function of the bundled library fails where the program called it.
        return trace.stream().map(Node::getEncapsulatingSourceSection)
                .filter(section -> section != null && !section.getSource().isInternal()).findFirst()
                .orElseGet(() -> trace.getFirst().getEncapsulatingSourceSection());
    }

    // ---- an exception to other languages

    @ExportMessage
    boolean isException() {
        return true;
    }

    @ExportMessage
    RuntimeException throwException() {
        throw new EbbException(this);
    }

    @ExportMessage
    @TruffleBoundary
    ExceptionType getExceptionType() {
        if (type().isSubclassOf(Types.SYSTEM_EXIT)) {
            return ExceptionType.EXIT;
        }
        return place != null ? ExceptionType.PARSE_ERROR : ExceptionType.RUNTIME_ERROR;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isExceptionIncompleteSource() throws UnsupportedMessageException {
        if (getExceptionType() != ExceptionType.PARSE_ERROR) {
            throw UnsupportedMessageException.create();
        }
        return incomplete;
    }

    /** As Python's: no argument or None is 0, a number itself; anything else counts as a failure. */
    @ExportMessage
    @TruffleBoundary
    int getExceptionExitStatus() throws UnsupportedMessageException {
        if (getExceptionType() != ExceptionType.EXIT) {
            throw UnsupportedMessageException.create();
        }
        Object status = arguments.length == 0 ? EbbNone.NONE : arguments[0];
        return switch (status) {
            case EbbNone _ -> 0;
            case Long number -> number.intValue();
            case Boolean flag -> flag ? 1 : 0;
            default -> 1;
        };
    }

    @ExportMessage
    boolean hasExceptionMessage() {
        return true;
    }

    @ExportMessage
    Object getExceptionMessage() {
        return message();
    }

    /** What {@code raise ... from} named, else what was being handled. */
    private Object origin() {
        return cause != null || suppressContext ? cause : context;
    }

    @ExportMessage
    boolean hasExceptionCause() {
        return origin() != null;
    }

    @ExportMessage
    Object getExceptionCause() throws UnsupportedMessageException {
        if (origin() == null) {
            throw UnsupportedMessageException.create();
        }
        return origin();
    }

    @ExportMessage
    boolean hasExceptionStackTrace() {
        return !trace.isEmpty();
    }

    /** The functions of the program that it left, innermost first. */
    @ExportMessage
    @TruffleBoundary
    Object getExceptionStackTrace() throws UnsupportedMessageException {
        if (trace.isEmpty()) {
            throw UnsupportedMessageException.create();
        }
        return EbbTuple.of(trace.stream().map(StackElement::new).toArray());
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

    /** A host may also read {@code traceback}: the text that the command prints for this exception. */
    private static final String TRACEBACK = "traceback";

    @ExportMessage
    boolean isMemberReadable(String name) {
        return name.equals(TRACEBACK) || Members.has(this, name);
    }

    @ExportMessage
    boolean isMemberInsertable(String name) {
        return !name.equals(TRACEBACK) && Members.isInsertable(this, name);
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        return name.equals(TRACEBACK) && Fields.get(this, name) == null ? Traceback.of(this) : Members.read(this, name);
    }
}
