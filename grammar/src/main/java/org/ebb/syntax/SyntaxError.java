package org.ebb.syntax;

/** The text is no program: what was found, what was expected, and where. The message has no position in it; the span has. */
public final class SyntaxError extends RuntimeException {

    private final Span span;
    private final boolean incomplete;
    private final String kind;

    /**
     * {@code kind} is "SyntaxError", "IndentationError" or "TabError"; {@code incomplete}: more lines could still make it right.
     */
    public SyntaxError(String kind, String message, Span span, boolean incomplete) {
        super(message, null, false, false);
        this.kind = kind;
        this.span = span;
        this.incomplete = incomplete;
    }

    public Span span() {
        return span;
    }

    public boolean incomplete() {
        return incomplete;
    }

    public String kind() {
        return kind;
    }
}
