package org.ebb.repl;

import org.ebb.parse.Tokens;
import org.ebb.parse.Tokens.Kind;
import org.ebb.parse.Tokens.Token;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours an entry while it is typed, by the grammar's own tokens. */
final class Colours implements Highlighter {

    @Override
    public AttributedString highlight(LineReader reader, String entry) {
        AttributedStringBuilder text = new AttributedStringBuilder();
        int done = 0;
        for (Token token : Tokens.of(entry)) {
            int start = token.span().start();
            int end = Math.min(token.span().end(), entry.length());
            if (start < done || end <= start) {
                continue;
            }
            text.append(entry, done, start);
            text.styled(style(token.kind(), entry.substring(start, end)), entry.substring(start, end));
            done = end;
        }
        return text.append(entry, done, entry.length()).toAttributedString();
    }

    private static AttributedStyle style(Kind kind, String text) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (kind) {
            case KEYWORD, SOFT_KEYWORD -> plain.foreground(AttributedStyle.MAGENTA);
            case NUMBER -> plain.foreground(AttributedStyle.CYAN);
            case STRING -> plain.foreground(AttributedStyle.GREEN);
            case COMMENT -> plain.foreground(AttributedStyle.BRIGHT);
            case ERROR -> text.startsWith("'") || text.startsWith("\"") ? plain.foreground(AttributedStyle.GREEN) // not yet closed
                    : plain.foreground(AttributedStyle.RED);
            case NAME, OPERATOR, BRACKET, NEWLINE, INDENT, DEDENT -> plain;
        };
    }
}
