package org.ebb.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.EbbParser.ExpressionContext;
import org.ebb.syntax.Parameters;
import org.ebb.syntax.Parameters.Kind;
import org.ebb.syntax.Parameters.Parameter;
import org.ebb.syntax.SyntaxError;

/** Builds and checks the parameters of functions and lambdas. */
final class ParameterLists {

    private final Expressions expressions;

    ParameterLists(Expressions expressions) {
        this.expressions = expressions;
    }

    Parameters of(EbbParser.ParametersContext context) {
        Checked list = new Checked();
        if (context != null) {
            for (var p : context.parameter()) {
                list.add(p, p.SLASH(), p.STAR(), p.DOUBLE_STAR(), p.NAME(), p.annotation, p.defaultValue);
            }
        }
        return list.finish();
    }

    Parameters of(List<EbbParser.LambdaParameterContext> contexts) {
        Checked list = new Checked();
        for (var p : contexts) {
            list.add(p, p.SLASH(), p.STAR(), p.DOUBLE_STAR(), p.NAME(), null, p.defaultValue);
        }
        return list.finish();
    }

    /** A list under construction: what may follow depends on the marks seen so far. */
    private final class Checked {
        private final List<Parameter> list = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private boolean slash;
        private boolean star;
        private boolean bareStar;
        private boolean doubleStar;
        private boolean defaults;
        private ParserRuleContext bareStarAt;

        void add(ParserRuleContext at, TerminalNode slashMark, TerminalNode starMark, TerminalNode doubleStarMark,
                TerminalNode nameToken,
                ExpressionContext annotation, ExpressionContext defaultValue) {
            if (doubleStar) {
                throw error(at, "arguments cannot follow var-keyword argument");
            }
            if (slashMark != null) {
                slash(at);
                return;
            }
            if (starMark != null && star) {
                throw error(at, "* argument may appear only once");
            }
            star |= starMark != null;
            doubleStar = doubleStarMark != null;
            if (nameToken == null) {
                bareStar = true;
                bareStarAt = at;
                return;
            }
            if (doubleStar && bareStar) {
                throw error(bareStarAt, "named arguments must follow bare *");
            }
            bareStar = false;
            String name = expressions.names.of(nameToken);
            if (!names.add(name)) {
                throw error(at, "duplicate argument '" + name + "' in function definition");
            }
            Kind kind = starMark != null ? Kind.STAR : doubleStar ? Kind.DOUBLE_STAR : star ? Kind.KEYWORD_ONLY : Kind.ORDINARY;
            if (kind == Kind.ORDINARY && defaults && defaultValue == null) {
                throw error(at, "non-default argument follows default argument");
            }
            defaults |= kind == Kind.ORDINARY && defaultValue != null;
            list.add(new Parameter(kind, name, Optional.ofNullable(defaultValue).map(expressions::expression),
                    Optional.ofNullable(annotation).map(expressions::expression), Faults.span(at)));
        }

        private void slash(ParserRuleContext at) {
            if (slash) {
                throw error(at, "/ may appear only once");
            }
            if (star) {
                throw error(at, "/ must be ahead of *");
            }
            if (list.isEmpty()) {
                throw error(at, "at least one argument must precede /");
            }
            slash = true;
            list.replaceAll(p -> new Parameter(Kind.POSITIONAL_ONLY, p.name(), p.defaultValue(), p.annotation(), p.span()));
        }

        Parameters finish() {
            if (bareStar) {
                throw error(bareStarAt, "named arguments must follow bare *");
            }
            return new Parameters(List.copyOf(list));
        }

        private SyntaxError error(ParserRuleContext at, String message) {
            return Faults.at(Faults.span(at), message);
        }
    }
}
