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

    /** As deep as an expression may lie: a chain of this many operators still runs in an ordinary Java stack. */
    private static final int MAX_DEPTH = 3000;

    private final Map<Object, OpenScope> scopes = new IdentityHashMap<>();
    private final Pause pause = new Pause();
    private OpenScope scope;
    private boolean loop;
    /** How many expressions are open around the one being walked. */
    private int depth;

    Map<Object, OpenScope> scopes() {
        return scopes;
    }

    void program(Program program) {
        inside(program, Kind.PROGRAM, "<module>", () -> statements(program.body()));
    }

    private void inside(Object node, Kind kind, String name, Runnable body) {
        OpenScope outer = scope;
        boolean outerLoop = loop;
        scope = new OpenScope(kind, name, outer);
        loop = false;
        scopes.put(node, scope);
        body.run();
        scope = outer;
        loop = outerLoop;
    }

    // ---- Statements

    private void statements(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt statement) {
        pause.step();
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
                loop(s.body());
                statements(s.otherwise());
            }
            case Stmt.For s -> {
                use(s.iterable());
                bind(s.target());
                loop(s.body());
                statements(s.otherwise());
            }
            case Stmt.Break s -> require(loop, s.span(), "'break' outside loop");
            case Stmt.Continue s -> require(loop, s.span(), "'continue' not properly in loop");
            case Stmt.Pass s -> { }
            case Stmt.Return s -> {
                require(scope.kind == Kind.FUNCTION, s.span(), "'return' outside function");
                use(s.value());
            }
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

    private void loop(List<Stmt> body) {
        boolean outer = loop;
        loop = true;
        statements(body);
        loop = outer;
    }

    private static void require(boolean right, Span span, String message) {
        if (!right) {
            throw new SyntaxError("SyntaxError", message, span, false);
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
        require(!statement.names().isEmpty() || scope.kind == Kind.PROGRAM, statement.span(),
                "import * only allowed at module level");
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
        useIterable(first.iterable());
        inside(node, Kind.COMPREHENSION, name, () -> {
            if (node instanceof Expr.GeneratorExpression) {
                scope.becomeGenerator();
            }
            for (Expr.Clause clause : clauses) {
                iterationTarget(clause.target());
                if (clause != first) {
                    useIterable(clause.iterable());
                }
                clause.conditions().forEach(this::use);
            }
            elements.forEach(this::use);
        });
    }

    private void useIterable(Expr iterable) {
        scope.openIterables++;
        use(iterable);
        scope.openIterables--;
    }

    // ---- Expressions

    private void use(Optional<Expr> expression) {
        expression.ifPresent(this::use);
    }

    /** An expression that waits to be walked, and how deep it lies. */
    private record Waiting(Expr expression, int depth) {}

    private void use(Expr expression) {
        ArrayDeque<Waiting> waiting = new ArrayDeque<>();
        int outer = depth;
        waiting.push(new Waiting(expression, outer + 1));
        while (!waiting.isEmpty()) {
            pause.step();
            Waiting next = waiting.pop();
            depth = next.depth();
            require(depth <= MAX_DEPTH, next.expression().span(), "too many nested expressions");
            switch (next.expression()) {
                case Expr.Name e -> scope.use(e.id());
                case Expr.Lambda e -> lambda(e);
                case Expr.ListComprehension e -> comprehension(e, "<listcomp>", List.of(e.element()), e.clauses());
                case Expr.SetComprehension e -> comprehension(e, "<setcomp>", List.of(e.element()), e.clauses());
                case Expr.GeneratorExpression e -> comprehension(e, "<genexpr>", List.of(e.element()), e.clauses());
                case Expr.DictComprehension e -> comprehension(e, "<dictcomp>", List.of(e.key(), e.value()), e.clauses());
                case Expr.Walrus e -> {
                    scope.walrus(e.target().id(), e.target().span());
                    waiting.push(new Waiting(e.value(), depth + 1));
                }
                case Expr other -> {
                    if (other instanceof Expr.Yield || other instanceof Expr.YieldFrom) {
                        yielding(other.span());
                    }
                    for (Expr child : Children.of(other).reversed()) {
                        waiting.push(new Waiting(child, depth + 1));
                    }
                }
            }
        }
        depth = outer;
    }

    private void yielding(Span span) {
        switch (scope.kind) {
            case FUNCTION, LAMBDA -> scope.becomeGenerator();
            case PROGRAM, CLASS -> throw new SyntaxError("SyntaxError", "'yield' outside function", span, false);
            case COMPREHENSION -> throw new SyntaxError("SyntaxError", "'yield' inside " + scope.describe(), span, false);
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
