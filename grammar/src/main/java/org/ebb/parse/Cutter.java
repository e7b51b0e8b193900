package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.ebb.parse.antlr.EbbLexer;
import org.ebb.parse.antlr.LexicalFault;
import org.ebb.parse.antlr.TextStream;
import org.ebb.syntax.Pause;
import org.ebb.syntax.SyntaxError;

/** Cuts a text into the tokens that the grammar sees, up to its end or its first lexical fault. */
final class Cutter {

    /** The tokens, ended by EOF, and the fault that stopped the cutting, if any. */
    record Cut(EbbLexer lexer, List<Token> tokens, Optional<SyntaxError> fault) {}

    private Cutter() {}

    static Cut cut(String text) {
        return cut(text, text.startsWith("\uFEFF") ? 1 : 0);
    }

    static Cut cut(String text, int start) {
        return cut(text, start, text.length());
    }

    static Cut cut(String text, int start, int end) {
        return cut(new EbbLexer(new TextStream(text, start, end)));
    }

    /** The tokens between the braces of an f-string. */
    static Cut cutField(String text, int start, int end) {
        EbbLexer lexer = new EbbLexer(new TextStream(text, start, end));
        lexer.readField();
        return cut(lexer);
    }

    private static Cut cut(EbbLexer lexer) {
        List<Token> tokens = new ArrayList<>();
        try {
            Token token;
            Pause pause = new Pause();
            do {
                pause.step();
                token = lexer.nextToken();
                if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                    tokens.add(token);
                }
            } while (token.getType() != Token.EOF);
            SoftKeywords.promote(tokens);
            return new Cut(lexer, tokens, Optional.empty());
        } catch (LexicalFault fault) {
            tokens.add(lexer.emitEOF());
            SoftKeywords.promote(tokens);
            return new Cut(lexer, tokens, Optional.of(Faults.of(fault)));
        }
    }
}
