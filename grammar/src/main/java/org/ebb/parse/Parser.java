package org.ebb.parse;

import org.ebb.syntax.Program;

/** The front door: text to tree. */
public final class Parser {

    private Parser() {}

    /** Parses a whole program, or throws a {@link org.ebb.syntax.SyntaxError}. */
    public static Program parse(CharSequence text) {
        throw new UnsupportedOperationException("parse");
    }
}
