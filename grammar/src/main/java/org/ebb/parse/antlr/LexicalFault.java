package org.ebb.parse.antlr;

/** The text cannot be cut into tokens; {@code org.ebb.parse} turns it into a SyntaxError. */
public final class LexicalFault extends RuntimeException {

    public final String kind;
    public final int start;
    public final int end;
    public final boolean incomplete;

    LexicalFault(String kind, String message, int start, int end, boolean incomplete) {
        super(message, null, false, false);
        this.kind = kind;
        this.start = start;
        this.end = end;
        this.incomplete = incomplete;
    }
}
