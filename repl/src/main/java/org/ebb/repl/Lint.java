package org.ebb.repl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ebb.syntax.Children;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Program;
import org.ebb.syntax.Scope;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/** Finds what is no error to the language but hardly what was meant: unknown names, and gradients that get lost. */
final class Lint {

    /** What was found, and where. */
    record Finding(Span span, String message) {}

    /** A call of attach_grad, on the variable {@code name}, or on something else when that is empty. */
    private record Attached(Span span, String name) {}

    /** Conversions whose result is a constant to the recording. */
    private static final Set<String> CUTTING_METHODS = Set.of("asnumpy", "asscalar", "tolist");

    private final Scopes.Table scopes;
    private final Set<String> known;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Attached> attached = new ArrayList<>();
    private final Map<String, Integer> reads = new HashMap<>();
    private boolean importsAll;
    private boolean differentiates;

    /** Around the statement at hand: how many recordings, and how many loops inside the innermost one. */
    private int recordings;
    private int loops;

    private Lint(Program program, Set<String> builtins) {
        this.scopes = Scopes.analyse(program);
        this.known = new HashSet<>(builtins);
        known.addAll(scopes.of(program).locals());
    }

    /** {@code builtins}: the names that every program has. */
    static List<Finding> check(Program program, Set<String> builtins) {
        Lint lint = new Lint(program, builtins);
        program.body().forEach(statement -> lint.declared(statement));
        lint.block(program.body(), lint.scopes.of(program));
        for (Attached attached : lint.attached) {
            if (!lint.differentiates) {
                lint.findings.add(new Finding(attached.span, "attach_grad() without effect: nothing here calls backward or asks for a gradient"));
            } else if (lint.reads.getOrDefault(attached.name, 0) == 1) {
                lint.findings.add(new Finding(attached.span, "attach_grad() without effect: '" + attached.name + "' is used nowhere else"));
            }
        }
        if (lint.importsAll) {
            lint.findings.removeIf(finding -> finding.message.startsWith("the name"));
        }
        return lint.findings.stream().sorted(Comparator.comparingInt(finding -> finding.span.start())).toList();
    }

    /** Names that functions make global, wherever they stand. */
    private void declared(Stmt statement) {
        if (statement instanceof Stmt.Global global) {
            known.addAll(global.names());
        }
        bodies(statement).forEach(body -> body.forEach(this::declared));
    }

    private void block(List<Stmt> body, Scope scope) {
        body.forEach(statement -> statement(statement, scope));
    }

    private void statement(Stmt statement, Scope scope) {
        expressions(statement, expression -> expression(expression, scope));
        if (statement instanceof Stmt.Assign assign) {
            assign.targets().forEach(target -> {
                if (target instanceof Expr.Name name) {
                    reads.merge(name.id(), -1, Integer::sum); // it was written, not read
                }
            });
        }
        switch (statement) {
            case Stmt.FunctionDef function -> {
                int outer = recordings;
                int around = loops;
                recordings = 0; // it runs where it is called
                loops = 0;
                block(function.body(), scopes.of(function));
                recordings = outer;
                loops = around;
            }
            case Stmt.ClassDef type -> block(type.body(), scopes.of(type));
            case Stmt.With with when with.items().stream().anyMatch(item -> records(item.context())) -> {
                int around = loops;
                recordings++;
                loops = 0;
                block(with.body(), scope);
                recordings--;
                loops = around;
            }
            case Stmt.For _, Stmt.While _ -> {
                loops++;
                bodies(statement).forEach(body -> block(body, scope));
                loops--;
            }
            case Stmt.AugmentedAssign assign -> cut(assign.value());
            case Stmt.ImportFrom from -> importsAll |= from.names().isEmpty();
            default -> bodies(statement).forEach(body -> block(body, scope));
        }
    }

    private static boolean records(Expr context) {
        return switch (context) {
            case Expr.Name name -> name.id().equals("record");
            case Expr.Attribute attribute -> attribute.name().equals("record");
            case Expr.Call call -> records(call.function());
            default -> false;
        };
    }

    private void expression(Expr expression, Scope scope) {
        switch (expression) {
            case Expr.Name name -> name(name, scope);
            case Expr.Lambda lambda -> {
                lambda.parameters().list().forEach(parameter -> parameter.defaultValue().ifPresent(value -> expression(value, scope)));
                expression(lambda.body(), scopes.of(lambda));
                return;
            }
            case Expr.ListComprehension c -> {
                comprehension(c, c.clauses(), scope);
                return;
            }
            case Expr.SetComprehension c -> {
                comprehension(c, c.clauses(), scope);
                return;
            }
            case Expr.DictComprehension c -> {
                comprehension(c, c.clauses(), scope);
                return;
            }
            case Expr.GeneratorExpression c -> {
                comprehension(c, c.clauses(), scope);
                return;
            }
            case Expr.Binary binary -> {
                cut(binary.left());
                cut(binary.right());
            }
            case Expr.Attribute attribute -> differentiates |= attribute.name().equals("grad");
            case Expr.Call call -> call(call);
            default -> { }
        }
        Children.of(expression).forEach(child -> expression(child, scope));
    }

    /** The first iterable is evaluated outside. */
    private void comprehension(Expr whole, List<Expr.Clause> clauses, Scope scope) {
        Expr first = clauses.getFirst().iterable();
        Children.of(whole).forEach(child -> expression(child, child == first ? scope : scopes.of(whole)));
    }

    private void name(Expr.Name name, Scope scope) {
        reads.merge(name.id(), 1, Integer::sum);
        differentiates |= name.id().equals("grad");
        Scope.Place place = scope.names().get(name.id());
        if (place == Scope.Place.GLOBAL && !known.contains(name.id())) {
            known.add(name.id()); // once is enough
            findings.add(new Finding(name.span(), "the name '" + name.id() + "' is nowhere given a value"));
        }
    }

    private void call(Expr.Call call) {
        if (!(call.function() instanceof Expr.Attribute method)) {
            return;
        }
        if (method.name().equals("backward")) {
            differentiates = true;
            if (recordings > 0 && loops > 0) {
                findings.add(new Finding(call.span(), "backward inside a loop whose recording began outside: the recording grows with "
                        + "every turn; put 'with record:' inside the loop"));
            }
        }
        if (method.name().equals("attach_grad")) {
            attached.add(new Attached(call.span(), method.object() instanceof Expr.Name name ? name.id() : ""));
        }
    }

    /** In a recording, an operand of arithmetic that has just lost its history. */
    private void cut(Expr operand) {
        if (recordings == 0 || !(operand instanceof Expr.Call call)) {
            return;
        }
        switch (call.function()) {
            case Expr.Name name when name.id().equals("int") && !call.arguments().isEmpty() && !constant(call.arguments().getFirst().value()) ->
                    findings.add(new Finding(operand.span(), "int(...) in a recording: its result is a constant, the gradient ends here"));
            case Expr.Attribute method when CUTTING_METHODS.contains(method.name()) ->
                    findings.add(new Finding(operand.span(), "." + method.name() + "() in a recording: its result is a constant, the gradient "
                            + "ends here; the tensor itself can be used"));
            default -> { }
        }
    }

    /** Whether a conversion can cut nothing: of a literal, or of a length. */
    private static boolean constant(Expr argument) {
        return argument instanceof Expr.Str || argument instanceof Expr.Int || argument instanceof Expr.Float
                || argument instanceof Expr.Call call && call.function() instanceof Expr.Name name
                && Set.of("len", "input", "round", "str").contains(name.id());
    }

    /** The statements inside a statement. */
    private static List<List<Stmt>> bodies(Stmt statement) {
        return switch (statement) {
            case Stmt.If s -> List.of(s.then(), s.otherwise());
            case Stmt.While s -> List.of(s.body(), s.otherwise());
            case Stmt.For s -> List.of(s.body(), s.otherwise());
            case Stmt.FunctionDef s -> List.of(s.body());
            case Stmt.ClassDef s -> List.of(s.body());
            case Stmt.With s -> List.of(s.body());
            case Stmt.Match s -> s.cases().stream().map(Stmt.Case::body).toList();
            case Stmt.Try s -> {
                List<List<Stmt>> all = new ArrayList<>(List.of(s.body(), s.otherwise(), s.finallyBody()));
                s.handlers().forEach(handler -> all.add(handler.body()));
                yield all;
            }
            case Stmt.Expression _, Stmt.Assign _, Stmt.AugmentedAssign _, Stmt.AnnotatedAssign _, Stmt.Break _, Stmt.Continue _,
                 Stmt.Pass _, Stmt.Return _, Stmt.Raise _, Stmt.Assert _, Stmt.Delete _, Stmt.Global _, Stmt.Nonlocal _,
                 Stmt.Import _, Stmt.ImportFrom _ -> List.of();
        };
    }

    /** The expressions that a statement itself evaluates in its own scope; annotations, which are only kept, left out. */
    private static void expressions(Stmt statement, Consumer<Expr> use) {
        switch (statement) {
            case Stmt.Expression s -> use.accept(s.value());
            case Stmt.Assign s -> {
                s.targets().forEach(use);
                use.accept(s.value());
            }
            case Stmt.AugmentedAssign s -> {
                use.accept(s.target());
                use.accept(s.value());
            }
            case Stmt.AnnotatedAssign s -> {
                use.accept(s.target());
                s.value().ifPresent(use);
            }
            case Stmt.If s -> use.accept(s.test());
            case Stmt.While s -> use.accept(s.test());
            case Stmt.For s -> {
                use.accept(s.target());
                use.accept(s.iterable());
            }
            case Stmt.Return s -> s.value().ifPresent(use);
            case Stmt.FunctionDef s -> {
                s.decorators().forEach(use);
                s.parameters().list().forEach(parameter -> parameter.defaultValue().ifPresent(use));
            }
            case Stmt.ClassDef s -> {
                s.decorators().forEach(use);
                s.bases().forEach(base -> use.accept(base.value()));
            }
            case Stmt.Try s -> s.handlers().forEach(handler -> handler.type().ifPresent(use));
            case Stmt.Raise s -> {
                s.exception().ifPresent(use);
                s.cause().ifPresent(use);
            }
            case Stmt.With s -> s.items().forEach(item -> {
                use.accept(item.context());
                item.target().ifPresent(use);
            });
            case Stmt.Assert s -> {
                use.accept(s.test());
                s.message().ifPresent(use);
            }
            case Stmt.Delete s -> s.targets().forEach(use);
            case Stmt.Match s -> {
                use.accept(s.subject());
                s.cases().forEach(branch -> branch.guard().ifPresent(use));
            }
            case Stmt.Break _, Stmt.Continue _, Stmt.Pass _, Stmt.Global _, Stmt.Nonlocal _, Stmt.Import _, Stmt.ImportFrom _ -> { }
        }
    }
}
