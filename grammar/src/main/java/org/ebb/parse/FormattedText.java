package org.ebb.parse;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.ebb.parse.Strings.PartList;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Expr.FPart;
import org.ebb.syntax.Span;
import org.ebb.syntax.SyntaxError;

/** Takes the body of one f-string apart. Its fields are found by counting quotes and brackets, then parsed where they stand. */
final class FormattedText {

    private static final int MAX_BRACKETS = 200;

    private final Expressions expressions;
    private final String text;
    private final int end;
    private final boolean raw;
    private final PartList top;
    private final Token literal;
    private int position;

    FormattedText(Expressions expressions, String text, int end, boolean raw, PartList top, Token literal) {
        this.expressions = expressions;
        this.text = text;
        this.end = end;
        this.raw = raw;
        this.top = top;
        this.literal = literal;
    }

    void parts(int start, int level) {
        position = start;
        parts(top, level);
    }

    private void parts(PartList parts, int level) {
        while (position < end) {
            literalPart(parts, level);
            if (position >= end || text.charAt(position) == '}') {
                return;
            }
            parts.add(field(level));
        }
    }

    /** The text up to the next field. Doubled braces stand for themselves, except in a format specification. */
    private void literalPart(PartList parts, int level) {
        int start = position;
        while (position < end) {
            char c = text.charAt(position);
            if (c == '\\' && !raw) {
                position = isNamedEscape() ? text.indexOf('}', position) + 1 : position + 2;
                if (position > 0 && position - 1 < end && (text.charAt(position - 1) == '{' || text.charAt(position - 1) == '}')
                        && text.charAt(position - 2) == '\\') {
                    // A backslash before a brace is a plain backslash.
                    position--;
                }
            } else if (c == '{' || c == '}') {
                boolean doubled = level == 0 && position + 1 < end && text.charAt(position + 1) == c;
                if (!doubled && level == 0 && c == '}') {
                    throw error("single '}' is not allowed", position, position + 1);
                }
                parts.add(resolve(start, position));
                if (!doubled) {
                    return;
                }
                parts.add(String.valueOf(c));
                position += 2;
                start = position;
            } else {
                position++;
            }
        }
        parts.add(resolve(start, Math.min(position, end)));
    }

    private boolean isNamedEscape() {
        int close = text.startsWith("N{", position + 1) ? text.indexOf('}', position) : -1;
        return close >= 0 && close < end;
    }

    private String resolve(int from, int to) {
        return Escapes.resolve(text, from, to, raw, literal);
    }

    private FPart.Field field(int level) {
        int open = position++;
        if (level >= 2) {
            throw error("expressions nested too deeply", open, open + 1);
        }
        int start = position;
        skipExpression(open);
        Expr value = parse(start, position);
        String source = null;
        if (at('=')) {
            position++;
            while (position < end && isBlank(text.charAt(position))) {
                position++;
            }
            source = Escapes.resolve(text, start, position, true, literal);
        }
        char conversion = 0;
        if (at('!')) {
            conversion = position + 1 < end ? text.charAt(position + 1) : 0;
            if (conversion != 's' && conversion != 'r' && conversion != 'a') {
                throw error("invalid conversion character: expected 's', 'r', or 'a'", position, Math.min(position + 2, end));
            }
            position += 2;
        }
        List<FPart> format = List.of();
        boolean formatted = at(':');
        if (formatted) {
            position++;
            PartList parts = new PartList();
            parts(parts, level + 1);
            format = parts.finish();
        }
        if (!at('}')) {
            throw error("expecting '}'", open, Math.min(position + 1, end));
        }
        position++;
        if (source != null && !formatted && conversion == 0) {
            conversion = 'r';
        }
        return new FPart.Field(value, source, conversion, format, new Span(open, position - open));
    }

    private boolean at(char c) {
        return position < end && text.charAt(position) == c;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    /** Moves to the character that ends the expression: one of {@code ! : = }} outside all quotes and brackets. */
    private void skipExpression(int open) {
        StringBuilder brackets = new StringBuilder();
        char quote = 0;
        boolean triple = false;
        for (; position < end; position++) {
            char c = text.charAt(position);
            if (c == '\\') {
                throw error("f-string expression part cannot include a backslash", position, position + 1);
            }
            if (quote != 0) {
                if (c == quote && (!triple || isTriple(c))) {
                    position += triple ? 2 : 0;
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                triple = isTriple(c);
                position += triple ? 2 : 0;
            } else if (c == '#') {
                throw error("f-string expression part cannot include '#'", position, position + 1);
            } else if (c == '(' || c == '[' || c == '{') {
                if (brackets.length() >= MAX_BRACKETS) {
                    throw error("too many nested parentheses", position, position + 1);
                }
                brackets.append(c);
            } else if (brackets.isEmpty() && "!:=<>}".indexOf(c) >= 0) {
                boolean two = c != ':' && c != '}' && position + 1 < end && text.charAt(position + 1) == '=';
                if (two) {
                    position++;
                } else if (c != '<' && c != '>') {
                    return;
                }
            } else if (c == ')' || c == ']' || c == '}') {
                close(brackets, c);
            }
        }
        if (quote != 0) {
            throw error("unterminated string", open, end);
        }
        if (!brackets.isEmpty()) {
            throw error("unmatched '" + brackets.charAt(brackets.length() - 1) + "'", open, end);
        }
        throw error("expecting '}'", open, end);
    }

    private boolean isTriple(char quote) {
        return position + 2 < end && text.charAt(position + 1) == quote && text.charAt(position + 2) == quote;
    }

    private void close(StringBuilder brackets, char closer) {
        if (brackets.isEmpty()) {
            throw error("unmatched '" + closer + "'", position, position + 1);
        }
        char opener = brackets.charAt(brackets.length() - 1);
        if ("([{".indexOf(opener) != ")]}".indexOf(closer)) {
            throw error("closing parenthesis '" + closer + "' does not match opening parenthesis '" + opener + "'",
                    position, position + 1);
        }
        brackets.setLength(brackets.length() - 1);
    }

    private Expr parse(int from, int to) {
        if (text.substring(from, to).isBlank()) {
            String what = text.charAt(to) == '}' ? "empty expression not allowed"
                    : "expression required before '" + text.charAt(to) + "'";
            throw error(what, from - 1, Math.min(to + 1, end));
        }
        try {
            var context = Reading.read(text, Cutter.cutField(text, from, to), EbbParser::fieldEntry);
            return expressions.group(context.group(), new Span(from, to - from));
        } catch (SyntaxError e) {
            String prefix = e.getMessage().startsWith("f-string") ? "" : "f-string: ";
            throw new SyntaxError(e.kind(), prefix + e.getMessage(), e.span(), false);
        }
    }

    private static SyntaxError error(String what, int from, int to) {
        String prefix = what.startsWith("f-string") ? "" : "f-string: ";
        return Faults.at(new Span(from, to - from), prefix + what);
    }
}
