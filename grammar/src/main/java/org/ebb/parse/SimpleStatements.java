package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.EbbParser.AssertStatementContext;
import org.ebb.parse.antlr.EbbParser.BreakStatementContext;
import org.ebb.parse.antlr.EbbParser.ContinueStatementContext;
import org.ebb.parse.antlr.EbbParser.DeleteStatementContext;
import org.ebb.parse.antlr.EbbParser.ExpressionStatementContext;
import org.ebb.parse.antlr.EbbParser.GlobalStatementContext;
import org.ebb.parse.antlr.EbbParser.ImportFromStatementContext;
import org.ebb.parse.antlr.EbbParser.ImportStatementContext;
import org.ebb.parse.antlr.EbbParser.NonlocalStatementContext;
import org.ebb.parse.antlr.EbbParser.PassStatementContext;
import org.ebb.parse.antlr.EbbParser.RaiseStatementContext;
import org.ebb.parse.antlr.EbbParser.ReturnStatementContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/** Builds the tree of the statements that fit on a line. */
final class SimpleStatements {

    private final Expressions expressions;

    SimpleStatements(Expressions expressions) {
        this.expressions = expressions;
    }

    void line(EbbParser.SimpleStatementsContext context, List<Stmt> into) {
        for (var statement : context.simpleStatement()) {
            into.add(statement(statement));
        }
    }

    private Stmt statement(EbbParser.SimpleStatementContext context) {
        Span span = Faults.span(context);
        return switch (context.getChild(0)) {
            case ExpressionStatementContext c -> expressionStatement(c, span);
            case PassStatementContext c -> new Stmt.Pass(span);
            case BreakStatementContext c -> new Stmt.Break(span);
            case ContinueStatementContext c -> new Stmt.Continue(span);
            case ReturnStatementContext c ->
                    new Stmt.Return(Optional.ofNullable(c.expressions()).map(expressions::value), span);
            case RaiseStatementContext c -> new Stmt.Raise(nth(c.expression(), 0), nth(c.expression(), 1), span);
            case AssertStatementContext c ->
                    new Stmt.Assert(expressions.expression(c.expression(0)), nth(c.expression(), 1), span);
            case GlobalStatementContext c -> new Stmt.Global(expressions.names.all(c.NAME()), span);
            case NonlocalStatementContext c -> new Stmt.Nonlocal(expressions.names.all(c.NAME()), span);
            case DeleteStatementContext c -> delete(c, span);
            case ImportStatementContext c -> importModules(c, span);
            case ImportFromStatementContext c -> importFrom(c, span);
            default -> throw new AssertionError(context.getChild(0).getClass());
        };
    }

    private Optional<Expr> nth(List<EbbParser.ExpressionContext> list, int n) {
        return n < list.size() ? Optional.of(expressions.expression(list.get(n))) : Optional.empty();
    }

    private Stmt expressionStatement(ExpressionStatementContext context, Span span) {
        Expr first = expressions.right(context.right(0));
        if (context.COLON() != null) {
            Targets.requireAnnotatable(first);
            Expr annotation = expressions.expression(context.annotation);
            Optional<Expr> value = context.right().size() == 1 ? Optional.empty()
                    : Optional.of(expressions.right(context.right(1)));
            value.ifPresent(Targets::refuseStar);
            return new Stmt.AnnotatedAssign(first, annotation, value, span);
        }
        if (context.augmentedOperator() != null) {
            Targets.requireAugmentable(first);
            String operator = context.augmentedOperator().start.getText();
            Expr value = expressions.right(context.right(1));
            Targets.refuseStar(value);
            return new Stmt.AugmentedAssign(first, Operators.binary(operator.substring(0, operator.length() - 1)), value, span);
        }
        if (context.right().size() == 1) {
            Targets.refuseStar(first);
            return new Stmt.Expression(first, span);
        }
        List<Expr> parts = new ArrayList<>();
        parts.add(first);
        for (var right : context.right().subList(1, context.right().size())) {
            parts.add(expressions.right(right));
        }
        Expr value = parts.removeLast();
        if (parts.size() == 1 && Targets.isMistakenComparison(first)) {
            throw Targets.mistakenComparison(first);
        }
        for (Expr target : parts) {
            Targets.requireAssignable(target);
        }
        Targets.refuseStar(value);
        return new Stmt.Assign(List.copyOf(parts), value, span);
    }

    private Stmt delete(DeleteStatementContext context, Span span) {
        Expr targets = expressions.expressions(context.expressions());
        Targets.requireDeletable(targets);
        boolean list = context.expressions().starExpression().size() > 1 || !context.expressions().COMMA().isEmpty();
        return new Stmt.Delete(list ? ((Expr.TupleDisplay) targets).items() : List.of(targets), span);
    }

    private Stmt importModules(ImportStatementContext context, Span span) {
        List<Stmt.Alias> names = new ArrayList<>();
        for (var module : context.importedModule()) {
            names.add(new Stmt.Alias(Names.dotted(module.dottedName()), boundName(module), Faults.span(module)));
        }
        return new Stmt.Import(List.copyOf(names), span);
    }

    private Stmt importFrom(ImportFromStatementContext context, Span span) {
        int level = context.DOT().size() + 3 * context.ELLIPSIS().size();
        if (level == 0 && context.dottedName() == null) {
            throw Faults.at(context.IMPORT().getSymbol(), "invalid syntax");
        }
        String module = context.dottedName() == null ? "" : Names.dotted(context.dottedName());
        List<Stmt.Alias> names = new ArrayList<>();
        if (context.importedNames() != null) {
            if (context.OPEN_PAREN() == null
                    && context.importedNames().COMMA().size() == context.importedNames().importedName().size()) {
                throw Faults.at(context.importedNames().COMMA().getLast().getSymbol(),
                        "trailing comma not allowed without surrounding parentheses");
            }
            for (var name : context.importedNames().importedName()) {
                Optional<String> as = expressions.names.imported(name.NAME(0), name.NAME(1));
                names.add(new Stmt.Alias(Names.plain(name.NAME(0)), as, Faults.span(name)));
            }
        }
        return new Stmt.ImportFrom(module, level, List.copyOf(names), span);
    }

    private Optional<String> boundName(EbbParser.ImportedModuleContext module) {
        var path = module.dottedName().NAME();
        // Without "as" a path binds its first name, which "as" could not express.
        return module.NAME() == null && path.size() > 1 ? Optional.empty()
                : expressions.names.imported(path.getFirst(), module.NAME());
    }
}
