package org.ebb.language;

import java.util.ArrayList;
import java.util.List;
import org.ebb.nodes.GeneratorNodes;
import org.ebb.nodes.IfNode;
import org.ebb.nodes.BlockNode;
import org.ebb.nodes.ConditionNode;
import org.ebb.nodes.ConditionNodeGen;
import org.ebb.nodes.ExpressionNode;
import org.ebb.nodes.LogicNodes;
import org.ebb.nodes.MatchNode;
import org.ebb.nodes.PatternNode;
import org.ebb.nodes.PatternNodes;
import org.ebb.nodes.StatementNode;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.Stmt.Pattern;

/** Builds {@code match}: the subject into a slot, then one {@code if} per case. */
final class MatchBuilder {

    private final Layout layout;
    private final StatementBuilder statements;
    private final ExpressionBuilder expressions;

    MatchBuilder(Layout layout, StatementBuilder statements, ExpressionBuilder expressions) {
        this.layout = layout;
        this.statements = statements;
        this.expressions = expressions;
    }

    StatementNode build(Stmt.Match match) {
        int before = layout.yields;
        int subject = layout.temporary();
        StatementNode keep = statements.keep(subject, expressions.build(match.subject()));
        StatementNode cases = null;
        for (int i = match.cases().size() - 1; i >= 0; i--) {
            cases = branch(subject, match.cases().get(i), cases);
        }
        StatementNode[] both = {keep, cases};
        return layout.yields > before ? new GeneratorNodes.Block(both, layout.temporary()) : new BlockNode(both);
    }

    private StatementNode branch(int subject, Stmt.Case one, StatementNode otherwise) {
        MatchNode matches = new MatchNode(layout.readSlot(subject), pattern(one.pattern()));
        matches.place(patternSpan(one));
        ConditionNode test = ConditionNodeGen.create(matches);
        if (one.guard().isPresent()) {
            test = new LogicNodes.Test(true, test, expressions.condition(one.guard().get()));
        }
        int before = layout.yields;
        StatementNode body = statements.block(one.body());
        boolean yields = layout.yields > before || otherwise instanceof GeneratorNodes.If;
        return yields ? new GeneratorNodes.If(test, body, otherwise, layout.temporary()) : new IfNode(test, body, otherwise);
    }

    private static Span patternSpan(Stmt.Case one) {
        return switch (one.pattern()) {
            case Pattern.Value p -> p.span();
            case Pattern.Capture p -> p.span();
            case Pattern.As p -> p.span();
            case Pattern.Or p -> p.span();
            case Pattern.Sequence p -> p.span();
            case Pattern.Star p -> p.span();
            case Pattern.Mapping p -> p.span();
            case Pattern.ClassPattern p -> p.span();
        };
    }

    private PatternNode pattern(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Value p -> new PatternNodes.Value(expressions.build(p.value()),
                    p.value() instanceof Expr.None || p.value() instanceof Expr.Bool);
            case Pattern.Capture p -> new PatternNodes.Capture(p.name().map(layout::write).orElse(null));
            case Pattern.As p -> new PatternNodes.As(pattern(p.pattern()), layout.write(p.name()));
            case Pattern.Or p -> new PatternNodes.Or(patterns(p.choices()));
            case Pattern.Star p -> new PatternNodes.Capture(p.name().map(layout::write).orElse(null));
            case Pattern.Sequence p -> sequence(p);
            case Pattern.Mapping p -> new PatternNodes.Mapping(p.keys().stream().map(expressions::build).toArray(ExpressionNode[]::new),
                    patterns(p.values()), p.rest().map(layout::write).orElse(null));
            case Pattern.ClassPattern p -> new PatternNodes.OfClass(expressions.build(p.type()), patterns(p.positional()),
                    p.names().toArray(String[]::new), patterns(p.keyword()));
        };
    }

    private PatternNode sequence(Pattern.Sequence p) {
        int star = -1;
        for (int i = 0; i < p.items().size(); i++) {
            star = p.items().get(i) instanceof Pattern.Star ? i : star;
        }
        return new PatternNodes.Sequence(patterns(p.items()), star);
    }

    private PatternNode[] patterns(List<Pattern> patterns) {
        var nodes = new ArrayList<PatternNode>();
        patterns.forEach(p -> nodes.add(pattern(p)));
        return nodes.toArray(PatternNode[]::new);
    }
}
