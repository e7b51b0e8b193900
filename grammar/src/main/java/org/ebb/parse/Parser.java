package org.ebb.parse;

import org.ebb.parse.antlr.EbbParser;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Program;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.SyntaxError;

/** The front door: text to tree. */
public final class Parser {

    private Parser() {}

    /** Parses a whole program, or throws a {@link SyntaxError}. Private names are the ones that run: {@code _C__x}. */
    public static Program parse(CharSequence text) {
        return parse(withoutZeros(text), new Names(false));
    }

    /** Parses a whole program for a tool that shows it again: private names stay as they are written. */
    public static Program parseAsWritten(CharSequence text) {
        return parse(withoutZeros(text), new Names(true));
    }

    /**
     * Parses one entry of the prompt. As {@link #parse}, but a block that could still go on is unfinished: it ends with an empty
     * line.
     */
    public static Program parseEntry(CharSequence text) {
        Program program = parse(text);
        if (!program.body().isEmpty() && isCompound(program.body().getLast()) && !endsWithEmptyLine(text)) {
            throw new SyntaxError("SyntaxError", "an empty line ends the block", new Span(text.length(), 0), true);
        }
        return program;
    }

    private static boolean isCompound(Stmt statement) {
        return switch (statement) {
            case Stmt.If s -> true;
            case Stmt.While s -> true;
            case Stmt.For s -> true;
            case Stmt.FunctionDef s -> true;
            case Stmt.ClassDef s -> true;
            case Stmt.Try s -> true;
            case Stmt.With s -> true;
            case Stmt.Match s -> true;
            default -> false;
        };
    }

    private static boolean endsWithEmptyLine(CharSequence text) {
        int newlines = 0;
        int at = text.length() - 1;
        for (; at >= 0 && Character.isWhitespace(text.charAt(at)); at--) {
            newlines += text.charAt(at) == '\n' || text.charAt(at) == '\r' ? 1 : 0;
            at -= at > 0 && text.charAt(at) == '\n' && text.charAt(at - 1) == '\r' ? 1 : 0;
        }
        return newlines >= 2;
    }

    /** A zero is refused wherever it stands, in strings and comments too: such a text is no program but other data, or cut off by a fault. */
    private static String withoutZeros(CharSequence given) {
        String text = given.toString();
        int zero = text.indexOf(0);
        if (zero >= 0) {
            throw new SyntaxError("SyntaxError", "source code cannot contain null bytes", new Span(zero, 1), false);
        }
        return text;
    }

    private static Program parse(String text, Names names) {
        var context = Reading.read(text, Cutter.cut(text), EbbParser::program);
        return new TreeBuilder(text, names).program(context);
    }

    /** Parses a text that is one expression (with commas a tuple), for {@code eval} and the like. */
    public static Expr parseExpression(CharSequence text) {
        String source = withoutZeros(text);
        int start = 0;
        while (start < source.length() && (source.charAt(start) == ' ' || source.charAt(start) == '\t')) {
            start++;
        }
        var context = Reading.read(source, Cutter.cut(source, start), EbbParser::expressionEntry);
        return new Expressions(source, new Names(false)).value(context.expressions());
    }
}
