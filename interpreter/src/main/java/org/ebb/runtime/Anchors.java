package org.ebb.runtime;

import org.ebb.syntax.Expr;

/** The marks under an expression that failed: {@code ~~^~~} points at an operator, {@code ~^^^} at what is in brackets. */
final class Anchors {

    /** A longer expression is marked as a whole. */
    private static final int LONGEST = 400;

    private Anchors() {}

    static String of(String expression) {
        int length = Math.max(1, expression.length());
        if (expression.length() <= LONGEST) {
            return switch (EbbContext.get(null).parsed(expression)) {
                case Expr.Binary binary -> operator(expression, binary);
                case Expr.Subscript item -> marks(length, item.object().span().end(), length);
                case null, default -> "^".repeat(length); // null: a statement, or a part of an expression that goes on in the next line
            };
        }
        return "^".repeat(length);
    }

    private static String operator(String expression, Expr.Binary binary) {
        String text = binary.operator().text;
        int at = expression.indexOf(text, binary.left().span().end());
        return at < 0 ? "^".repeat(expression.length()) : marks(expression.length(), at, at + text.length());
    }

    private static String marks(int length, int from, int to) {
        return "~".repeat(from) + "^".repeat(to - from) + "~".repeat(length - to);
    }
}
