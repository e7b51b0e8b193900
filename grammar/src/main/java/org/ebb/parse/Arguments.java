package org.ebb.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.ebb.parse.antlr.EbbLexer;
import org.ebb.parse.antlr.EbbParser.ArgumentContext;
import org.ebb.parse.antlr.EbbParser.ArgumentsContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Expr.Argument;
import org.ebb.syntax.Expr.Argument.Kind;
import org.ebb.syntax.Span;

/** Builds and checks the arguments of calls and class headers. */
final class Arguments {

    private final Expressions expressions;

    Arguments(Expressions expressions) {
        this.expressions = expressions;
    }

    List<Argument> of(ArgumentsContext context) {
        List<Argument> arguments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean keyword = false;
        boolean doubleStar = false;
        for (ArgumentContext one : context.argument()) {
            Argument argument = one.comprehension() == null ? argument(one) : generator(one, context);
            switch (argument.kind()) {
                case POSITIONAL -> {
                    if (keyword || doubleStar) {
                        throw Faults.at(argument.span(), "positional argument follows keyword argument"
                                + (doubleStar ? " unpacking" : ""));
                    }
                }
                case STAR -> {
                    if (doubleStar) {
                        throw Faults.at(argument.span(), "iterable argument unpacking follows keyword argument unpacking");
                    }
                }
                case DOUBLE_STAR -> doubleStar = true;
                case KEYWORD -> {
                    keyword = true;
                    if (!names.add(argument.name())) {
                        throw Faults.at(argument.span(), "keyword argument repeated: " + argument.name());
                    }
                }
            }
            arguments.add(argument);
        }
        return List.copyOf(arguments);
    }

    private Argument argument(ArgumentContext context) {
        Span span = Faults.span(context);
        Expr first = expressions.expression(context.expression(0));
        if (context.STAR() != null) {
            return new Argument(Kind.STAR, null, first, span);
        }
        if (context.DOUBLE_STAR() != null) {
            return new Argument(Kind.DOUBLE_STAR, null, first, span);
        }
        if (context.ASSIGN() != null) {
            return keyword(context, first, span);
        }
        if (context.WALRUS() != null) {
            return new Argument(Kind.POSITIONAL, null, expressions.walrus(first, context.expression(1), span), span);
        }
        return new Argument(Kind.POSITIONAL, null, first, span);
    }

    private Argument keyword(ArgumentContext context, Expr first, Span span) {
        boolean plain = first instanceof Expr.Name && context.expression(0).start == context.expression(0).stop;
        if (!plain) {
            throw switch (first) {
                case Expr.Bool b -> Faults.at(first.span(), "cannot assign to " + Targets.describe(first));
                case Expr.None n -> Faults.at(first.span(), "cannot assign to None");
                default -> Faults.at(first.span().to(Faults.span(context.ASSIGN().getSymbol())),
                        "expression cannot contain assignment, perhaps you meant \"==\"?");
            };
        }
        return new Argument(Kind.KEYWORD, Names.plain(context.expression(0).start),
                expressions.expression(context.expression(1)), span);
    }

    /** {@code f(x for x in y)}: a generator expression needs no parentheses of its own where it is the only argument. */
    private Argument generator(ArgumentContext context, ArgumentsContext all) {
        Span span = Faults.span(context);
        if (all.getChildCount() > 1) {
            throw Faults.at(span, "Generator expression must be parenthesized");
        }
        Expr first = expressions.expression(context.expression(0));
        Expr element = context.WALRUS() == null ? first
                : expressions.walrus(first, context.expression(1),
                        Faults.span(context.expression(0)).to(Faults.span(context.expression(1))));
        // As in Python, the call's parentheses serve as the generator's own.
        Span parenthesized = brackets(all);
        Expr generator = new Expr.GeneratorExpression(element, expressions.clauses(context.comprehension()), parenthesized);
        return new Argument(Kind.POSITIONAL, null, generator, parenthesized);
    }

    private static Span brackets(ArgumentsContext arguments) {
        ParserRuleContext parent = arguments.getParent();
        TerminalNode open = parent.getToken(EbbLexer.OPEN_PAREN, 0);
        TerminalNode close = parent.getToken(EbbLexer.CLOSE_PAREN, 0);
        return Faults.span(open.getSymbol(), close.getSymbol());
    }
}
