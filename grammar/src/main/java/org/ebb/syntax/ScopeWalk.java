package org.ebb.syntax;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ebb.syntax.Scope.Kind;

/**
 * Walks a program once and notes in each scope what is bound, used and declared there.
 *
 * <p>Expressions are walked with a stack of their own, because a long chain of operators is a deep tree.
 */
final class ScopeWalk {

    private final Map<Object, OpenScope> scopes = new IdentityHashMap<>();
    private OpenScope scope;

    Map<Object, OpenScope> scopes() {
        return scopes;
    }

    void program(Program program) {
        inside(program, Kind.PROGRAM, "<module>", () -> statements(program.body()));
    }

    private void inside(Object node, Kind kind, String name, Runnable body) {
        OpenScope outer = scope;
        scope = new OpenScope(kind, name, outer);
        scopes.put(node, scope);
        body.run();
        scope = outer;
    }

    // ---- Statements

    private void statements(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Expression s -> use(s.value());
            case Stmt.Assign s -> {
                use(s.value());
                s.targets().forEach(this::bind);
            }
            case Stmt.AugmentedAssign s -> {
                use(s.target());
                bind(s.target());
                use(s.value());
            }
            case Stmt.AnnotatedAssign s -> annotated(s);
            case Stmt.If s -> ifChain(s);
            case Stmt.While s -> {
                use(s.test());
                statements(s.body());
                statements(s.otherwise());
            }
            case Stmt.For s -> {
                use(s.iterable());
                bind(s.target());
                statements(s.body());
                statements(s.otherwise());
            }
            case Stmt.Break s -> { }
            case Stmt.Continue s -> { }
            case Stmt.Pass s -> { }
            case Stmt.Return s -> use(s.value());
            case Stmt.FunctionDef s -> function(s);
            case Stmt.ClassDef s -> classBody(s);
            case Stmt.Try s -> {
                statements(s.body());
                for (Stmt.Handler handler : s.handlers()) {
                    use(handler.type());
                    handler.name().ifPresent(scope::bind);
                    statements(handler.body());
                }
                statements(s.otherwise());
                statements(s.finallyBody());
            }
            case Stmt.Raise s -> {
                use(s.exception());
                use(s.cause());
            }
            case Stmt.With s -> {
                for (Stmt.Item item : s.items()) {
                    use(item.context());
                    item.target().ifPresent(this::bind);
                }
                statements(s.body());
            }
            case Stmt.Assert s -> {
                use(s.test());
                use(s.message());
            }
            case Stmt.Delete s -> s.targets().forEach(this::bind);
            case Stmt.Global s -> s.names().forEach(name -> scope.declareGlobal(name, s.span()));
            case Stmt.Nonlocal s -> s.names().forEach(name -> scope.declareNonlocal(name, s.span()));
            case Stmt.Import s -> s.names().forEach(alias -> scope.bind(alias.as().orElse(firstPart(alias.name()))));
            case Stmt.ImportFrom s -> importFrom(s);
            case Stmt.Match s -> {
                use(s.subject());
                for (Stmt.Case one : s.cases()) {
                    pattern(one.pattern());
                    use(one.guard());
                    statements(one.body());
                }
            }
        }
    }

    private void ifChain(Stmt.If first) {
        Stmt.If branch = first;
        while (true) {
            use(branch.test());
            statements(branch.then());
            if (branch.otherwise().size() != 1 || !(branch.otherwise().getFirst() instanceof Stmt.If next)) {
                statements(branch.otherwise());
                return;
            }
            branch = next;
        }
    }

    private void annotated(Stmt.AnnotatedAssign statement) {
        if (statement.target() instanceof Expr.Name target) {
            scope.annotate(target.id(), statement.span());
        } else {
            bind(statement.target());
        }
        use(statement.annotation());
        use(statement.value());
    }

    private static String firstPart(String dotted) {
        int dot = dotted.indexOf('.');
        return dot < 0 ? dotted : dotted.substring(0, dot);
    }

    private void importFrom(Stmt.ImportFrom statement) {
        if (statement.names().isEmpty() && scope.kind != Kind.PROGRAM) {
            throw new SyntaxError("SyntaxError", "import * only allowed at module level", statement.span(), false);
        }
        statement.names().forEach(alias -> scope.bind(alias.as().orElse(alias.name())));
    }

    private void pattern(Stmt.Pattern pattern) {
        switch (pattern) {
            case Stmt.Pattern.Value p -> use(p.value());
            case Stmt.Pattern.Capture p -> p.name().ifPresent(scope::bind);
            case Stmt.Pattern.As p -> {
                pattern(p.pattern());
                scope.bind(p.name());
            }
            case Stmt.Pattern.Or p -> p.choices().forEach(this::pattern);
            case Stmt.Pattern.Sequence p -> p.items().forEach(this::pattern);
            case Stmt.Pattern.Star p -> p.name().ifPresent(scope::bind);
            case Stmt.Pattern.Mapping p -> {
                p.keys().forEach(this::use);
                p.values().forEach(this::pattern);
                p.rest().ifPresent(scope::bind);
            }
            case Stmt.Pattern.ClassPattern p -> {
                use(p.type());
                p.positional().forEach(this::pattern);
                p.keyword().forEach(this::pattern);
            }
        }
    }

    // ---- What opens a scope

    private void function(Stmt.FunctionDef function) {
        scope.bind(function.name());
        parametersOutside(function.parameters());
        use(function.returns());
        function.decorators().forEach(this::use);
        inside(function, Kind.FUNCTION, function.plainName(), () -> {
            function.parameters().list().forEach(p -> scope.parameter(p.name()));
            statements(function.body());
        });
    }

    private void parametersOutside(Parameters parameters) {
        parameters.list().forEach(p -> {
            use(p.defaultValue());
            use(p.annotation());
        });
    }

    private void classBody(Stmt.ClassDef definition) {
        scope.bind(definition.name());
        definition.bases().forEach(base -> use(base.value()));
        definition.decorators().forEach(this::use);
        inside(definition, Kind.CLASS, definition.plainName(), () -> statements(definition.body()));
    }

    private void lambda(Expr.Lambda lambda) {
        parametersOutside(lambda.parameters());
        inside(lambda, Kind.LAMBDA, "<lambda>", () -> {
            lambda.parameters().list().forEach(p -> scope.parameter(p.name()));
            use(lambda.body());
        });
    }

    private void comprehension(Expr node, String name, List<Expr> elements, List<Expr.Clause> clauses) {
        Expr.Clause first = clauses.getFirst();
        use(first.iterable());
        inside(node, Kind.COMPREHENSION, name, () -> {
            if (node instanceof Expr.GeneratorExpression) {
                scope.becomeGenerator();
            }
            for (Expr.Clause clause : clauses) {
                iterationTarget(clause.target());
                if (clause != first) {
                    use(clause.iterable());
                }
                clause.conditions().forEach(this::use);
            }
            elements.forEach(this::use);
        });
    }

    // ---- Expressions

    private void use(Optional<Expr> expression) {
        expression.ifPresent(this::use);
    }

    private void use(Expr expression) {
        ArrayDeque<Expr> waiting = new ArrayDeque<>();
        waiting.push(expression);
        while (!waiting.isEmpty()) {
            switch (waiting.pop()) {
                case Expr.Name e -> scope.use(e.id());
                case Expr.Lambda e -> lambda(e);
                case Expr.ListComprehension e -> comprehension(e, "<listcomp>", List.of(e.element()), e.clauses());
                case Expr.SetComprehension e -> comprehension(e, "<setcomp>", List.of(e.element()), e.clauses());
                case Expr.GeneratorExpression e -> comprehension(e, "<genexpr>", List.of(e.element()), e.clauses());
                case Expr.DictComprehension e -> comprehension(e, "<dictcomp>", List.of(e.key(), e.value()), e.clauses());
                case Expr.Walrus e -> {
                    scope.walrus(e.target().id(), e.target().span());
                    waiting.push(e.value());
                }
                case Expr other -> {
                    if (other instanceof Expr.Yield || other instanceof Expr.YieldFrom) {
                        scope.becomeGenerator();
                    }
                    Children.of(other).reversed().forEach(waiting::push);
                }
            }
        }
    }

    /** Binds the names of a target; what is subscripted or has an attribute set is only used. */
    private void bind(Expr target) {
        switch (target) {
            case Expr.Name e -> scope.bind(e.id());
            case Expr.Starred e -> bind(e.value());
            case Expr.TupleDisplay e -> e.items().forEach(this::bind);
            case Expr.ListDisplay e -> e.items().forEach(this::bind);
            case Expr other -> use(other);
        }
    }

    private void iterationTarget(Expr target) {
        switch (target) {
            case Expr.Name e -> scope.iterate(e.id(), e.span());
            case Expr.Starred e -> iterationTarget(e.value());
            case Expr.TupleDisplay e -> e.items().forEach(this::iterationTarget);
            case Expr.ListDisplay e -> e.items().forEach(this::iterationTarget);
            case Expr other -> use(other);
        }
    }
}
