package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.EbbParser.BraceAtomContext;
import org.ebb.parse.antlr.EbbParser.BraceItemContext;
import org.ebb.parse.antlr.EbbParser.BraceItemsContext;
import org.ebb.parse.antlr.EbbParser.ComprehensionContext;
import org.ebb.parse.antlr.EbbParser.GroupContext;
import org.ebb.parse.antlr.EbbParser.GroupItemContext;
import org.ebb.parse.antlr.EbbParser.ListAtomContext;
import org.ebb.parse.antlr.EbbParser.ParenAtomContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;

/** Builds what stands in brackets: groups, tuples, lists, sets, dicts and comprehensions. */
final class Displays {

    private final Expressions expressions;

    Displays(Expressions expressions) {
        this.expressions = expressions;
    }

    Expr paren(ParenAtomContext context, Span span) {
        return context.group() == null ? new Expr.TupleDisplay(List.of(), span) : group(context.group(), span);
    }

    Expr group(GroupContext context, Span span) {
        if (context.yieldExpression() != null) {
            return expressions.yieldExpression(context.yieldExpression());
        }
        List<Expr> items = new ArrayList<>();
        for (GroupItemContext item : context.groupItem()) {
            if (item.AS() != null) {
                throw Faults.at(item.AS().getSymbol(), "invalid syntax");
            }
            items.add(expressions.starItem(item.starItem()));
        }
        if (context.comprehension() != null) {
            return new Expr.GeneratorExpression(element(items.getFirst()), clauses(context.comprehension()), span);
        }
        if (context.COMMA().isEmpty()) {
            if (items.getFirst() instanceof Expr.Starred starred) {
                throw Faults.at(starred.span(), "cannot use starred expression here");
            }
            return items.getFirst();
        }
        return new Expr.TupleDisplay(List.copyOf(items), span);
    }

    Expr list(ListAtomContext context, Span span) {
        var items = context.listItems();
        if (items == null) {
            return new Expr.ListDisplay(List.of(), span);
        }
        List<Expr> list = expressions.starItems(items.starItem());
        return items.comprehension() == null
                ? new Expr.ListDisplay(list, span)
                : new Expr.ListComprehension(element(list.getFirst()), clauses(items.comprehension()), span);
    }

    Expr brace(BraceAtomContext context, Span span) {
        BraceItemsContext items = context.braceItems();
        if (items == null) {
            return new Expr.DictDisplay(List.of(), span);
        }
        return isEntry(items.braceItem(0)) ? dict(items, span) : set(items, span);
    }

    private static boolean isEntry(BraceItemContext item) {
        return item.DOUBLE_STAR() != null || item.COLON() != null;
    }

    private Expr set(BraceItemsContext context, Span span) {
        List<Expr> items = new ArrayList<>();
        for (BraceItemContext item : context.braceItem()) {
            if (isEntry(item)) {
                throw Faults.at(item.DOUBLE_STAR() != null ? item.start : item.COLON().getSymbol(), "invalid syntax");
            }
            items.add(expressions.starItem(item.starItem()));
        }
        return context.comprehension() == null
                ? new Expr.SetDisplay(List.copyOf(items), span)
                : new Expr.SetComprehension(element(items.getFirst()), clauses(context.comprehension()), span);
    }

    private Expr dict(BraceItemsContext context, Span span) {
        List<Expr.Entry> entries = new ArrayList<>();
        for (BraceItemContext item : context.braceItem()) {
            entries.add(entry(item));
        }
        if (context.comprehension() == null) {
            return new Expr.DictDisplay(List.copyOf(entries), span);
        }
        Expr.Entry entry = entries.getFirst();
        if (entry.key().isEmpty()) {
            throw Faults.at(Faults.span(context.braceItem(0)), "dict unpacking cannot be used in dict comprehension");
        }
        return new Expr.DictComprehension(entry.key().get(), entry.value(), clauses(context.comprehension()), span);
    }

    private Expr.Entry entry(BraceItemContext item) {
        if (item.DOUBLE_STAR() != null) {
            return new Expr.Entry(Optional.empty(), expressions.operation(item.operation()));
        }
        if (item.COLON() == null) {
            throw Faults.at(item.stop, "':' expected after dictionary key");
        }
        if (item.starItem().STAR() != null || item.starItem().namedExpression().WALRUS() != null) {
            throw Faults.at(item.COLON().getSymbol(), "invalid syntax");
        }
        return new Expr.Entry(Optional.of(expressions.starItem(item.starItem())), expressions.expression(item.expression()));
    }

    private static Expr element(Expr element) {
        if (element instanceof Expr.Starred starred) {
            throw Faults.at(starred.span(), "iterable unpacking cannot be used in comprehension");
        }
        return element;
    }

    List<Expr.Clause> clauses(ComprehensionContext context) {
        List<Expr.Clause> clauses = new ArrayList<>();
        for (EbbParser.ComprehensionClauseContext clause : context.comprehensionClause()) {
            Expr target = expressions.targets(clause.targets());
            Expr iterable = expressions.operation(clause.operation(0));
            List<Expr> conditions = new ArrayList<>();
            for (var condition : clause.operation().subList(1, clause.operation().size())) {
                conditions.add(expressions.operation(condition));
            }
            clauses.add(new Expr.Clause(target, iterable, List.copyOf(conditions)));
        }
        return List.copyOf(clauses);
    }
}
