package org.ebb.parse;

import org.ebb.parse.antlr.EbbParser;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Program;
import org.ebb.syntax.SyntaxError;

/** The front door: text to tree. */
public final class Parser {

    private Parser() {}

    /** Parses a whole program, or throws a {@link SyntaxError}. Private names are the ones that run: {@code _C__x}. */
    public static Program parse(CharSequence text) {
        return parse(text.toString(), new Names(false));
    }

    /** Parses a whole program for a tool that shows it again: private names stay as they are written. */
    public static Program parseAsWritten(CharSequence text) {
        return parse(text.toString(), new Names(true));
    }

    private static Program parse(String text, Names names) {
        var context = Reading.read(text, Cutter.cut(text), EbbParser::program);
        return new TreeBuilder(text, names).program(context);
    }

    /** Parses a text that is one expression (with commas a tuple), for {@code eval} and the like. */
    public static Expr parseExpression(CharSequence text) {
        String source = text.toString();
        int start = 0;
        while (start < source.length() && (source.charAt(start) == ' ' || source.charAt(start) == '\t')) {
            start++;
        }
        var context = Reading.read(source, Cutter.cut(source, start), EbbParser::expressionEntry);
        Expr expression = new Expressions(source, new Names(false)).expressions(context.expressions());
        Targets.refuseStar(expression);
        return expression;
    }
}
