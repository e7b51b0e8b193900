package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** An instance of an exception class: its arguments, what it came from, and the nodes it passed on its way up. */
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
}
