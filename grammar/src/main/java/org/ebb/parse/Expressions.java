package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.EbbParser.AtomContext;
import org.ebb.parse.antlr.EbbParser.AttributeTrailerContext;
import org.ebb.parse.antlr.EbbParser.BraceAtomContext;
import org.ebb.parse.antlr.EbbParser.CallTrailerContext;
import org.ebb.parse.antlr.EbbParser.ConstantAtomContext;
import org.ebb.parse.antlr.EbbParser.ExpressionContext;
import org.ebb.parse.antlr.EbbParser.ListAtomContext;
import org.ebb.parse.antlr.EbbParser.NameAtomContext;
import org.ebb.parse.antlr.EbbParser.NamedExpressionContext;
import org.ebb.parse.antlr.EbbParser.NumberAtomContext;
import org.ebb.parse.antlr.EbbParser.ParenAtomContext;
import org.ebb.parse.antlr.EbbParser.PrimaryContext;
import org.ebb.parse.antlr.EbbParser.StarItemContext;
import org.ebb.parse.antlr.EbbParser.StringAtomContext;
import org.ebb.parse.antlr.EbbParser.SubscriptContext;
import org.ebb.parse.antlr.EbbParser.SubscriptTrailerContext;
import org.ebb.parse.antlr.EbbParser.SubscriptsContext;
import org.ebb.parse.antlr.EbbParser.TargetContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Pause;
import org.ebb.syntax.Span;

/** Builds the tree of expressions from ANTLR's contexts. */
final class Expressions {

    final Names names;
    private final Pause pause = new Pause();
    final Strings strings;
    private final Operators operators;
    private final Displays displays;
    private final Arguments arguments;
    private final ParameterLists parameters;

    Expressions(String text, Names names) {
        this.names = names;
        this.strings = new Strings(text, this);
        this.operators = new Operators(this);
        this.displays = new Displays(this);
        this.arguments = new Arguments(this);
        this.parameters = new ParameterLists(this);
    }

    // ---- Lists of expressions

    Expr right(EbbParser.RightContext context) {
        return context.yieldExpression() != null ? yieldExpression(context.yieldExpression())
                : expressions(context.expressions());
    }

    /** One expression, or a tuple if there is a comma. A lone star is kept as it is: who asked decides. */
    Expr expressions(EbbParser.ExpressionsContext context) {
        if (context.getChildCount() == 1) {
            return starExpression(context.starExpression(0));
        }
        List<Expr> items = new ArrayList<>();
        for (var item : context.starExpression()) {
            items.add(starExpression(item));
        }
        return new Expr.TupleDisplay(List.copyOf(items), Faults.span(context));
    }

    /** One expression, or a tuple if there is a comma. */
    Expr value(EbbParser.ExpressionsContext context) {
        Expr value = expressions(context);
        Targets.refuseStar(value);
        return value;
    }

    private Expr starExpression(EbbParser.StarExpressionContext context) {
        return context.STAR() == null
                ? expression(context.expression())
                : new Expr.Starred(operators.operation(context.operation()), Faults.span(context));
    }

    List<Expr> starItems(List<StarItemContext> contexts) {
        List<Expr> items = new ArrayList<>(contexts.size());
        for (StarItemContext item : contexts) {
            items.add(starItem(item));
        }
        return List.copyOf(items);
    }

    Expr starItem(StarItemContext context) {
        return context.STAR() == null
                ? named(context.namedExpression())
                : new Expr.Starred(operators.operation(context.operation()), Faults.span(context));
    }

    Expr unstarred(StarItemContext context) {
        Expr item = starItem(context);
        Targets.refuseStar(item);
        return item;
    }

    /** The targets of for, in a statement or a comprehension: checked. */
    Expr targets(EbbParser.TargetsContext context) {
        List<Expr> items = new ArrayList<>();
        for (TargetContext target : context.target()) {
            items.add(target(target));
        }
        Expr whole = context.getChildCount() == 1 ? items.getFirst()
                : new Expr.TupleDisplay(List.copyOf(items), Faults.span(context));
        Targets.requireAssignable(whole);
        return whole;
    }

    Expr assignedTarget(TargetContext context) {
        Expr target = target(context);
        Targets.requireAssignable(target);
        return target;
    }

    private Expr target(TargetContext context) {
        Expr value = primary(context.primary());
        return context.STAR() == null ? value : new Expr.Starred(value, Faults.span(context));
    }

    // ---- One expression

    Expr named(NamedExpressionContext context) {
        Expr first = expression(context.expression(0));
        return context.WALRUS() == null ? first : walrus(first, context.expression(1), Faults.span(context));
    }

    Expr walrus(Expr target, ExpressionContext value, Span span) {
        if (!(target instanceof Expr.Name name)) {
            throw Faults.at(target.span(), "cannot use assignment expressions with " + Targets.describe(target));
        }
        return new Expr.Walrus(name, expression(value), span);
    }

    Expr expression(ExpressionContext context) {
        pause.step();
        if (context.lambda() != null) {
            var lambda = context.lambda();
            return new Expr.Lambda(parameters.of(lambda.lambdaParameter()), expression(lambda.expression()),
                    Faults.span(context));
        }
        Expr then = operators.operation(context.operation(0));
        if (context.IF() == null) {
            return then;
        }
        return new Expr.Conditional(operators.operation(context.operation(1)), then, expression(context.expression()),
                Faults.span(context));
    }

    Expr operation(EbbParser.OperationContext context) {
        return operators.operation(context);
    }

    List<Expr.Argument> arguments(EbbParser.ArgumentsContext context) {
        return arguments.of(context);
    }

    Expr yieldExpression(EbbParser.YieldExpressionContext context) {
        if (context.FROM() != null) {
            return new Expr.YieldFrom(expression(context.expression()), Faults.span(context));
        }
        return new Expr.Yield(Optional.ofNullable(context.expressions()).map(this::value), Faults.span(context));
    }

    // ---- Primaries

    Expr primary(PrimaryContext context) {
        Expr value = atom(context.atom());
        int start = context.start.getStartIndex();
        for (var trailer : context.trailer()) {
            Span span = new Span(start, trailer.stop.getStopIndex() + 1 - start);
            value = switch (trailer) {
                case AttributeTrailerContext t ->
                    new Expr.Attribute(value, names.of(t.NAME()), Faults.span(t.NAME().getSymbol()), span);
                case CallTrailerContext t ->
                    new Expr.Call(value, t.arguments() == null ? List.of() : arguments.of(t.arguments()), span);
                case SubscriptTrailerContext t -> new Expr.Subscript(value, subscripts(t.subscripts()), span);
                default -> throw new AssertionError(trailer.getClass());
            };
        }
        return value;
    }

    private Expr atom(AtomContext context) {
        Span span = Faults.span(context);
        return switch (context) {
            case NameAtomContext c -> new Expr.Name(names.of(c.NAME()), span);
            case NumberAtomContext c -> Numbers.of(c.NUMBER().getText(), span);
            case StringAtomContext c -> strings.of(c.STRING(), span);
            case ConstantAtomContext c when c.NONE() != null -> new Expr.None(span);
            case ConstantAtomContext c when c.ELLIPSIS() != null -> new Expr.Ellipsis(span);
            case ConstantAtomContext c -> new Expr.Bool(c.TRUE() != null, span);
            case ParenAtomContext c -> displays.paren(c, span);
            case ListAtomContext c -> displays.list(c, span);
            case BraceAtomContext c -> displays.brace(c, span);
            default -> throw new AssertionError(context.getClass());
        };
    }

    /** What the parentheses of a group, or the braces of an f-string, hold. */
    Expr group(EbbParser.GroupContext context, Span span) {
        return displays.group(context, span);
    }

    List<Expr.Clause> clauses(EbbParser.ComprehensionContext context) {
        return displays.clauses(context);
    }

    private Expr subscripts(SubscriptsContext context) {
        if (context.getChildCount() == 1) {
            Expr only = subscript(context.subscript(0));
            return only instanceof Expr.Starred ? new Expr.TupleDisplay(List.of(only), only.span()) : only;
        }
        List<Expr> items = new ArrayList<>();
        for (SubscriptContext item : context.subscript()) {
            items.add(subscript(item));
        }
        return new Expr.TupleDisplay(List.copyOf(items), Faults.span(context));
    }

    private Expr subscript(SubscriptContext context) {
        Optional<Expr> first = Optional.ofNullable(context.starItem()).map(this::starItem);
        if (context.sliceTail() == null) {
            return first.orElseThrow();
        }
        first.ifPresent(lower -> {
            if (lower instanceof Expr.Starred || lower instanceof Expr.Walrus
                    && context.starItem().namedExpression().WALRUS() != null) {
                throw Faults.at(context.sliceTail().start, "invalid syntax");
            }
        });
        return new Expr.Slice(first, Optional.ofNullable(context.sliceTail().upper).map(this::expression),
                Optional.ofNullable(context.sliceTail().step).map(this::expression), Faults.span(context));
    }
}
