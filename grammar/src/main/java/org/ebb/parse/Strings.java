package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Expr.FPart;
import org.ebb.syntax.Span;

/** Builds the value of string literals side by side. */
final class Strings {

    private final String text;
    private final Expressions expressions;

    Strings(String text, Expressions expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    Expr of(List<TerminalNode> literals, Span span) {
        PartList parts = new PartList();
        long bytes = literals.stream().filter(literal -> isBytes(literal.getSymbol())).count();
        if (bytes > 0 && bytes < literals.size()) {
            throw Faults.at(span, "cannot mix bytes and nonbytes literals");
        }
        boolean formatted = false;
        for (TerminalNode literal : literals) {
            formatted |= add(literal.getSymbol(), parts);
        }
        List<FPart> list = parts.finish();
        if (formatted) {
            return new Expr.FString(list, span);
        }
        String value = list.isEmpty() ? "" : ((FPart.Text) list.getFirst()).value();
        return bytes > 0 ? new Expr.Bytes(value, span) : new Expr.Str(value, span);
    }

    private boolean isBytes(Token literal) {
        int start = literal.getStartIndex();
        return (text.charAt(start) | 0x20) == 'b' || (text.charAt(start + 1) | 0x20) == 'b' && (text.charAt(start) | 0x20) == 'r';
    }

    /** Adds what a literal holds; true if it is an f-string. */
    private boolean add(Token literal, PartList parts) {
        boolean raw = false;
        boolean formatted = false;
        int start = literal.getStartIndex();
        for (; text.charAt(start) != '"' && text.charAt(start) != '\''; start++) {
            raw |= (text.charAt(start) | 0x20) == 'r';
            formatted |= (text.charAt(start) | 0x20) == 'f';
        }
        char quote = text.charAt(start);
        int end = literal.getStopIndex() + 1;
        // Two quotes alone are an empty string; six are an empty triple-quoted one.
        boolean triple = end - start >= 6 && text.charAt(start + 1) == quote && text.charAt(start + 2) == quote;
        int width = triple ? 3 : 1;
        if (formatted) {
            new FormattedText(expressions, text, end - width, raw, parts, literal).parts(start + width, 0);
        } else {
            parts.add(Escapes.resolve(text, start + width, end - width, raw, isBytes(literal), literal));
        }
        return formatted;
    }

    /** Parts of an f-string under construction; neighbouring texts become one. */
    static final class PartList {
        private final List<FPart> parts = new ArrayList<>();
        private final StringBuilder pending = new StringBuilder();

        void add(String literal) {
            pending.append(literal);
        }

        void add(FPart.Field field) {
            flush();
            parts.add(field);
        }

        private void flush() {
            if (!pending.isEmpty()) {
                parts.add(new FPart.Text(pending.toString()));
                pending.setLength(0);
            }
        }

        List<FPart> finish() {
            flush();
            return List.copyOf(parts);
        }
    }
}
