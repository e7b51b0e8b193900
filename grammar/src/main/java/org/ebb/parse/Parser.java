package org.ebb.parse;

import org.ebb.syntax.Expr;
import org.ebb.syntax.Program;
import org.ebb.syntax.SyntaxError;

/** The front door: text to tree. */
public final class Parser {

    private Parser() {}

    /** Parses a whole program, or throws a {@link SyntaxError}. */
    public static Program parse(CharSequence text) {
        String source = text.toString();
        var context = Reading.read(source, Cutter.cut(source), org.ebb.parse.antlr.EbbParser::program);
        return new TreeBuilder(source).program(context);
    }

    /** Parses a text that is one expression (with commas a tuple), for {@code eval} and the like. */
    public static Expr parseExpression(CharSequence text) {
        String source = text.toString();
        int start = 0;
        while (start < source.length() && (source.charAt(start) == ' ' || source.charAt(start) == '\t')) {
            start++;
        }
        var context = Reading.read(source, Cutter.cut(source, start), org.ebb.parse.antlr.EbbParser::expressionEntry);
        return new Expressions(source).expressions(context.expressions());
    }
}
