package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ebb.parse.antlr.EbbLexer;
import org.ebb.parse.antlr.LexicalFault;
import org.ebb.parse.antlr.TextStream;
import org.ebb.syntax.Span;

/**
 * The tokens of a text with its comments, for colouring and formatting.
 *
 * <p>Any text has tokens, also one that is no program: what cannot be read is an ERROR, and reading goes on behind it. Blanks,
 * and lines that hold nothing else, are the gaps between the tokens. Behind an ERROR indentation is counted anew.
 */
public final class Tokens {

    /**
     * SOFT_KEYWORD: {@code match} or {@code case} where it is one. INDENT covers the blanks before a line; DEDENT covers nothing.
     */
    public enum Kind { KEYWORD, SOFT_KEYWORD, NAME, NUMBER, STRING, OPERATOR, BRACKET, COMMENT, NEWLINE, INDENT, DEDENT, ERROR }

    /** One token and the text it covers. */
    public record Token(Kind kind, Span span) {}

    private Tokens() {}

    /** The words that cannot be names. */
    public static List<String> keywords() {
        return IntStream.rangeClosed(EbbLexer.FALSE, EbbLexer.YIELD).mapToObj(EbbLexer.VOCABULARY::getLiteralName)
                .map(quoted -> quoted.substring(1, quoted.length() - 1)).toList();
    }

    public static List<Token> of(CharSequence text) {
        String source = text.toString();
        List<Token> tokens = new ArrayList<>();
        List<org.antlr.v4.runtime.Token> visible = new ArrayList<>();
        List<org.antlr.v4.runtime.Token> all = new ArrayList<>();
        int start = source.startsWith("\uFEFF") ? 1 : 0;
        List<Span> errors = new ArrayList<>();
        while (start < source.length()) {
            start = read(source, start, all, errors);
        }
        for (var token : all) {
            if (token.getChannel() == org.antlr.v4.runtime.Token.DEFAULT_CHANNEL) {
                visible.add(token);
            }
        }
        SoftKeywords.promote(visible);
        int error = 0;
        for (var token : all) {
            for (; error < errors.size() && errors.get(error).start() < token.getStartIndex(); error++) {
                tokens.add(new Token(Kind.ERROR, errors.get(error)));
            }
            tokens.add(new Token(kind(token), Faults.span(token)));
        }
        errors.subList(error, errors.size()).forEach(span -> tokens.add(new Token(Kind.ERROR, span)));
        return List.copyOf(tokens);
    }

    /** Reads up to the end or to a fault, and returns where reading can go on. */
    private static int read(String text, int start, List<org.antlr.v4.runtime.Token> all, List<Span> errors) {
        EbbLexer lexer = new EbbLexer(new TextStream(text, start, text.length()));
        if (start > 1 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            lexer.readRestOfLine();
        }
        int last = start;
        try {
            while (true) {
                var token = lexer.nextToken();
                if (token.getType() == org.antlr.v4.runtime.Token.EOF) {
                    return text.length();
                }
                all.add(token);
                last = Math.max(last, token.getStopIndex() + 1);
            }
        } catch (LexicalFault fault) {
            boolean bracketNeverClosed = fault.start < last;
            if (bracketNeverClosed) {
                return text.length();
            }
            // An open string reaches to the end of what was read, although its error points at its first quote.
            int end = Math.max(fault.end, fault.incomplete ? text.length() : Math.min(fault.start + 1, text.length()));
            errors.add(new Span(fault.start, end - fault.start));
            return Math.max(end, start + 1);
        }
    }

    private static Kind kind(org.antlr.v4.runtime.Token token) {
        int type = token.getType();
        if (type >= EbbLexer.FALSE && type <= EbbLexer.YIELD) {
            return Kind.KEYWORD;
        }
        return switch (type) {
            case EbbLexer.MATCH, EbbLexer.CASE -> Kind.SOFT_KEYWORD;
            case EbbLexer.NAME -> Kind.NAME;
            case EbbLexer.NUMBER -> Kind.NUMBER;
            case EbbLexer.STRING -> Kind.STRING;
            case EbbLexer.COMMENT -> Kind.COMMENT;
            case EbbLexer.NEWLINE -> Kind.NEWLINE;
            case EbbLexer.INDENT -> Kind.INDENT;
            case EbbLexer.DEDENT -> Kind.DEDENT;
            case EbbLexer.OPEN_PAREN, EbbLexer.CLOSE_PAREN, EbbLexer.OPEN_BRACKET, EbbLexer.CLOSE_BRACKET, EbbLexer.OPEN_BRACE,
                    EbbLexer.CLOSE_BRACE -> Kind.BRACKET;
            default -> Kind.OPERATOR;
        };
    }
}
