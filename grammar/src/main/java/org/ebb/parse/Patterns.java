package org.ebb.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.EbbParser.ClosedPatternContext;
import org.ebb.parse.antlr.EbbParser.GroupPatternContext;
import org.ebb.parse.antlr.EbbParser.ListPatternContext;
import org.ebb.parse.antlr.EbbParser.MappingItemContext;
import org.ebb.parse.antlr.EbbParser.MappingPatternContext;
import org.ebb.parse.antlr.EbbParser.NamePatternContext;
import org.ebb.parse.antlr.EbbParser.NumberPatternContext;
import org.ebb.parse.antlr.EbbParser.PatternContext;
import org.ebb.parse.antlr.EbbParser.PatternsContext;
import org.ebb.parse.antlr.EbbParser.SingletonPatternContext;
import org.ebb.parse.antlr.EbbParser.StarPatternContext;
import org.ebb.parse.antlr.EbbParser.StringPatternContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.Stmt.Pattern;

/** Builds and checks what stands after case. */
final class Patterns {

    private final Expressions expressions;

    Patterns(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The pattern of a case: with a comma or a star it is a sequence without brackets. */
    Pattern top(PatternsContext context) {
        Pattern pattern = isSequence(context) ? sequence(context, Faults.span(context))
                : pattern(context.starPattern(0).pattern());
        bound(pattern, new LinkedHashSet<>());
        return pattern;
    }

    private static boolean isSequence(PatternsContext context) {
        return context.getChildCount() > 1 || context.starPattern(0).STAR() != null;
    }

    private Pattern sequence(PatternsContext context, Span span) {
        List<Pattern> items = new ArrayList<>();
        boolean star = false;
        if (context != null) {
            for (StarPatternContext item : context.starPattern()) {
                if (item.STAR() == null) {
                    items.add(pattern(item.pattern()));
                } else if (star) {
                    throw Faults.at(Faults.span(item), "multiple starred expressions in sequence pattern");
                } else {
                    star = true;
                    items.add(new Pattern.Star(captured(expressions.names.of(item.NAME())), Faults.span(item)));
                }
            }
        }
        return new Pattern.Sequence(List.copyOf(items), span);
    }

    private static Optional<String> captured(String name) {
        return name.equals("_") ? Optional.empty() : Optional.of(name);
    }

    private Pattern pattern(PatternContext context) {
        Span span = Faults.span(context);
        List<Pattern> choices = new ArrayList<>();
        for (ClosedPatternContext choice : context.closedPattern()) {
            choices.add(closed(choice));
        }
        Pattern pattern = choices.size() == 1 ? choices.getFirst()
                : new Pattern.Or(List.copyOf(choices),
                        choices.getFirst().span().to(Faults.span(context.closedPattern().getLast())));
        checkAlternatives(choices);
        if (context.AS() == null) {
            return pattern;
        }
        String name = expressions.names.of(context.NAME());
        if (name.equals("_")) {
            throw Faults.at(context.NAME().getSymbol(), "cannot use '_' as a target");
        }
        return new Pattern.As(pattern, name, span);
    }

    private Pattern closed(ClosedPatternContext context) {
        Span span = Faults.span(context);
        return switch (context) {
            case NumberPatternContext c -> number(c, span);
            case StringPatternContext c -> string(c, span);
            case SingletonPatternContext c -> new Pattern.Value(singleton(c, span), span);
            case NamePatternContext c -> name(c, span);
            case GroupPatternContext c -> c.patterns() == null || isSequence(c.patterns())
                    ? sequence(c.patterns(), span) : pattern(c.patterns().starPattern(0).pattern());
            case ListPatternContext c -> sequence(c.patterns(), span);
            case MappingPatternContext c -> mapping(c, span);
            default -> throw new AssertionError(context.getClass());
        };
    }

    private static Pattern number(NumberPatternContext context, Span span) {
        Expr value = Numbers.of(context.NUMBER().getText(), Faults.span(context.NUMBER().getSymbol()));
        return new Pattern.Value(context.MINUS() == null ? value : new Expr.Unary(Expr.UnaryOperator.MINUS, value, span), span);
    }

    private Pattern string(StringPatternContext context, Span span) {
        Expr value = expressions.strings.of(context.STRING(), span);
        if (value instanceof Expr.FString) {
            throw Faults.at(span, "patterns may only match literals and attribute lookups");
        }
        return new Pattern.Value(value, span);
    }

    private static Expr singleton(SingletonPatternContext context, Span span) {
        return context.NONE() != null ? new Expr.None(span) : new Expr.Bool(context.TRUE() != null, span);
    }

    private Pattern name(NamePatternContext context, Span span) {
        var names = context.dottedName().NAME();
        if (context.OPEN_PAREN() == null && names.size() == 1) {
            return new Pattern.Capture(captured(expressions.names.of(names.getFirst())), span);
        }
        Expr type = new Expr.Name(expressions.names.of(names.getFirst()), Faults.span(names.getFirst().getSymbol()));
        for (var name : names.subList(1, names.size())) {
            Span nameSpan = Faults.span(name.getSymbol());
            type = new Expr.Attribute(type, expressions.names.of(name), nameSpan, type.span().to(nameSpan));
        }
        return context.OPEN_PAREN() == null ? new Pattern.Value(type, span) : classPattern(context, type, span);
    }

    private Pattern classPattern(NamePatternContext context, Expr type, Span span) {
        List<Pattern> positional = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Pattern> keyword = new ArrayList<>();
        for (var argument : context.patternArgument()) {
            if (argument.NAME() == null) {
                if (!names.isEmpty()) {
                    throw Faults.at(Faults.span(argument), "positional patterns follow keyword patterns");
                }
                positional.add(pattern(argument.pattern()));
            } else {
                String name = Names.plain(argument.NAME());
                if (names.contains(name)) {
                    throw Faults.at(Faults.span(argument), "attribute name repeated in class pattern: " + name);
                }
                names.add(name);
                keyword.add(pattern(argument.pattern()));
            }
        }
        return new Pattern.ClassPattern(type, List.copyOf(positional), List.copyOf(names), List.copyOf(keyword), span);
    }

    private Pattern mapping(MappingPatternContext context, Span span) {
        List<Expr> keys = new ArrayList<>();
        List<Pattern> values = new ArrayList<>();
        Optional<String> rest = Optional.empty();
        for (MappingItemContext item : context.mappingItem()) {
            if (rest.isPresent()) {
                throw Faults.at(Faults.span(item), "invalid syntax");
            }
            if (item.DOUBLE_STAR() != null) {
                rest = Optional.of(expressions.names.of(item.NAME()));
            } else {
                if (!(closed(item.closedPattern()) instanceof Pattern.Value key)) {
                    throw Faults.at(Faults.span(item.closedPattern()),
                            "mapping pattern keys may only match literals and attribute lookups");
                }
                keys.add(key.value());
                values.add(pattern(item.pattern()));
            }
        }
        return new Pattern.Mapping(List.copyOf(keys), List.copyOf(values), rest, span);
    }

    // ---- Checks

    /** A case without a guard that matches everything must be the last one. */
    void checkReachable(List<Stmt.Case> cases) {
        for (Stmt.Case one : cases.subList(0, cases.size() - 1)) {
            if (one.guard().isEmpty()) {
                refuseIrrefutable(one.pattern());
            }
        }
    }

    private static void checkAlternatives(List<Pattern> choices) {
        for (Pattern choice : choices.subList(0, choices.size() - 1)) {
            refuseIrrefutable(choice);
        }
        Set<String> first = bound(choices.getFirst(), new LinkedHashSet<>());
        for (Pattern choice : choices.subList(1, choices.size())) {
            if (!bound(choice, new LinkedHashSet<>()).equals(first)) {
                throw Faults.at(choices.getFirst().span().to(choices.getLast().span()),
                        "alternative patterns bind different names");
            }
        }
    }

    private static void refuseIrrefutable(Pattern pattern) {
        switch (pattern) {
            case Pattern.Capture c ->
                    throw Faults.at(c.span(), (c.name().isPresent() ? "name capture '" + c.name().get() + "'" : "wildcard")
                    + " makes remaining patterns unreachable");
            case Pattern.As as -> refuseIrrefutable(as.pattern());
            case Pattern.Or or -> refuseIrrefutable(or.choices().getLast());
            case Pattern.Value v -> { }
            case Pattern.Sequence s -> { }
            case Pattern.Star s -> { }
            case Pattern.Mapping m -> { }
            case Pattern.ClassPattern c -> { }
        }
    }

    /** Collects the names a pattern binds, each at most once. */
    private static Set<String> bound(Pattern pattern, Set<String> names) {
        switch (pattern) {
            case Pattern.Value v -> { }
            case Pattern.Capture c -> c.name().ifPresent(n -> bind(n, c.span(), names));
            case Pattern.Star s -> s.name().ifPresent(n -> bind(n, s.span(), names));
            case Pattern.As as -> {
                bound(as.pattern(), names);
                bind(as.name(), as.span(), names);
            }
            case Pattern.Or or -> {
                Set<String> first = bound(or.choices().getFirst(), new HashSet<>());
                first.forEach(n -> bind(n, or.span(), names));
            }
            case Pattern.Sequence s -> s.items().forEach(p -> bound(p, names));
            case Pattern.Mapping m -> {
                m.values().forEach(p -> bound(p, names));
                m.rest().ifPresent(n -> bind(n, m.span(), names));
            }
            case Pattern.ClassPattern c -> {
                c.positional().forEach(p -> bound(p, names));
                c.keyword().forEach(p -> bound(p, names));
            }
        }
        return names;
    }

    private static void bind(String name, Span span, Set<String> names) {
        if (!names.add(name)) {
            throw Faults.at(span, "multiple assignments to name '" + name + "' in pattern");
        }
    }
}
