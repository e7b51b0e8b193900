package org.ebb.language;

import org.ebb.syntax.Children;
import org.ebb.syntax.Expr;

/** Finds yields that belong to the scope an expression stands in. */
final class Yields {

    private Yields() {}

    static boolean in(Expr expression) {
        if (expression instanceof Expr.Yield || expression instanceof Expr.YieldFrom) {
            return true;
        }
        return !(expression instanceof Expr.Lambda) && Children.of(expression).stream().anyMatch(Yields::in);
    }
}
