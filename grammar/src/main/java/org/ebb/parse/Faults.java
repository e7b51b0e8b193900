package org.ebb.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.ebb.parse.antlr.LexicalFault;
import org.ebb.syntax.Span;
import org.ebb.syntax.SyntaxError;

/** Makes spans and errors from ANTLR's tokens. */
final class Faults {

    private Faults() {}

    static Span span(Token token) {
        return new Span(token.getStartIndex(), Math.max(0, token.getStopIndex() + 1 - token.getStartIndex()));
    }

    static Span span(Token first, Token last) {
        return new Span(first.getStartIndex(), Math.max(0, last.getStopIndex() + 1 - first.getStartIndex()));
    }

    static Span span(ParserRuleContext context) {
        return span(context.start, context.stop);
    }

    static SyntaxError of(LexicalFault fault) {
        return new SyntaxError(fault.kind, fault.getMessage(), new Span(fault.start, fault.end - fault.start), fault.incomplete);
    }

    static SyntaxError at(Span span, String message) {
        return new SyntaxError("SyntaxError", message, span, false);
    }

    static SyntaxError at(Token token, String message) {
        return at(span(token), message);
    }
}
