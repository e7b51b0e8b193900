package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ebb.parse.antlr.EbbParser.GroupContext;
import org.ebb.parse.antlr.EbbParser.GroupItemContext;
import org.ebb.parse.antlr.EbbParser.ParenAtomContext;
import org.ebb.parse.antlr.EbbParser.WithItemContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Stmt;

/**
 * Builds the items of a with statement.
 *
 * <p>{@code with (a as x, b):} and {@code with (a, b):} are two items; {@code with (a, b) as x:} is one, a tuple; so is
 * {@code with (a, b)[0]:}. The grammar reads each of them as one item that starts with a parenthesis.
 */
final class WithItems {

    private final Expressions expressions;

    WithItems(Expressions expressions) {
        this.expressions = expressions;
    }

    List<Stmt.Item> items(List<WithItemContext> contexts) {
        GroupContext group = contexts.size() == 1 && contexts.getFirst().target() == null ? groupOf(contexts.getFirst()) : null;
        List<Stmt.Item> items = new ArrayList<>();
        if (group != null && isItems(group)) {
            for (GroupItemContext item : group.groupItem()) {
                Optional<Expr> target = Optional.ofNullable(item.target()).map(expressions::assignedTarget);
                items.add(new Stmt.Item(expressions.expression(item.starItem().namedExpression().expression(0)), target));
            }
        } else {
            for (WithItemContext item : contexts) {
                Optional<Expr> target = Optional.ofNullable(item.target()).map(expressions::assignedTarget);
                items.add(new Stmt.Item(expressions.expression(item.expression()), target));
            }
        }
        return List.copyOf(items);
    }

    /** The inside of the parentheses if they are all there is. */
    private static GroupContext groupOf(WithItemContext item) {
        return item.expression().operation(0) != null && item.expression().IF() == null
                && item.expression().operation(0).getChildCount() == 1
                && item.expression().operation(0).operand(0).getChildCount() == 1
                && item.expression().operation(0).operand(0).primary().trailer().isEmpty()
                && item.expression().operation(0).operand(0).primary().atom() instanceof ParenAtomContext paren
                        ? paren.group() : null;
    }

    private static boolean isItems(GroupContext group) {
        if (group.yieldExpression() != null || group.comprehension() != null) {
            return false;
        }
        for (GroupItemContext item : group.groupItem()) {
            if (item.starItem().STAR() != null || item.starItem().namedExpression().WALRUS() != null) {
                return false;
            }
        }
        return true;
    }
}
