package org.ebb.parse;

import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.syntax.SyntaxError;

/** Words for a text that the grammar refuses. */
final class Complaint {

    private Complaint() {}

    static SyntaxError of(String text, Cutter.Cut cut, EbbParser parser, RecognitionException refusal) {
        if (cut.fault().isPresent()) {
            return cut.fault().get();
        }
        Token found = refusal.getOffendingToken();
        boolean incomplete = found.getType() == Token.EOF;
        return new SyntaxError("SyntaxError", "invalid syntax", Faults.span(found), incomplete);
    }
}
