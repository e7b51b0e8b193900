package org.ebb.parse;

import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.LexicalFault;
import org.ebb.parse.antlr.TokenArray;
import org.ebb.syntax.Pause;

/** Runs the generated parser: quickly (SLL) first, and with full context (LL) where that fails. */
final class Reading {

    private Reading() {}

    static <C extends ParserRuleContext> C read(String text, Cutter.Cut cut, Function<EbbParser, C> rule) {
        EbbParser parser = new EbbParser(new TokenArray(cut.tokens(), cut.lexer(), new Pause()::step));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            C context;
            try {
                parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
                context = rule.apply(parser);
            } catch (ParseCancellationException slow) {
                parser.reset();
                parser.getInterpreter().setPredictionMode(PredictionMode.LL);
                context = rule.apply(parser);
            }
            if (cut.fault().isPresent()) {
                throw cut.fault().get();
            }
            return context;
        } catch (ParseCancellationException e) {
            throw Complaint.of(text, cut, parser, (RecognitionException) e.getCause());
        } catch (LexicalFault fault) {
            throw Faults.of(fault);
        }
    }

    /** What a rule makes of the tokens from an index on, if it accepts a beginning of them: used to word errors. */
    static <C extends ParserRuleContext> Optional<C> attempt(Cutter.Cut cut, int from, Function<EbbParser, C> rule) {
        TokenArray tokens = new TokenArray(cut.tokens(), cut.lexer(), new Pause()::step);
        EbbParser parser = new EbbParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        tokens.seek(from);
        try {
            return Optional.of(rule.apply(parser));
        } catch (ParseCancellationException | LexicalFault refused) {
            return Optional.empty();
        }
    }
}
