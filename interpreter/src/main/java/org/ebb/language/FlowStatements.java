package org.ebb.language;

import com.oracle.truffle.api.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/**
 * Follows a program statement by statement to find where histories end, without running it: both sides of an {@code if} count, a loop's
 * body counts twice, a function's body counts wherever the function is called. Only asked for once something has no gradient, so that
 * programs pay nothing for it.
 */
final class FlowStatements {

    /** Names and what they stand for: a module's, or a call's on top of those around. */
    static final class Names {
        final Map<String, Flow> own = new HashMap<>();
        final Names around;
        final Source source;

        /** Which of the names belong to the module or a function around. */
        final List<String> outer = new ArrayList<>();

        Names(Names around, Source source) {
            this.around = around;
            this.source = source;
        }

        Flow find(String name) {
            for (Names names = this; names != null; names = names.around) {
                Flow found = names.own.get(name);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        void set(String name, Flow flow) {
            Names names = this;
            while (names.outer.contains(name) && names.around != null) {
                names = names.around;
            }
            names.own.put(name, flow);
        }
    }

    /** A statement that ended the running function's body early stops what follows on its path. */
    private static final class Ended extends RuntimeException {
        private static final Ended HERE = new Ended();

        private Ended() {
            super(null, null, false, false);
        }
    }

    /** More statements than this are not followed: the program is too entangled to be read this way. */
    private static final int STEPS = 200_000;

    final FlowExpressions expressions = new FlowExpressions(this);
    private final Function<String, Names> modules;
    private int steps;

    /** What {@code return} gave so far in the calls that are being followed, innermost last. */
    final List<Flow> results = new ArrayList<>();

    /** {@code modules} gives the names of an imported module that is a program too, or null. */
    FlowStatements(Function<String, Names> modules) {
        this.modules = modules;
    }

    void follow(List<Stmt> body, Names names) {
        for (Stmt statement : body) {
            if (++steps > STEPS) {
                throw Ended.HERE;
            }
            follow(statement, names);
        }
    }

    /** As {@link #follow(List, Names)}, for a program or a function's body, which a {@code return} may end. */
    void followAll(List<Stmt> body, Names names) {
        try {
            follow(body, names);
        } catch (Ended here) {
            // what follows is not reached
        }
    }

    private void follow(Stmt statement, Names names) {
        switch (statement) {
            case Stmt.Expression s -> value(s.value(), names);
            case Stmt.Assign s -> {
                Flow value = value(s.value(), names);
                s.targets().forEach(target -> assign(target, value, names, s.span()));
            }
            case Stmt.AugmentedAssign s -> augmented(s, names);
            case Stmt.AnnotatedAssign s -> s.value().ifPresent(v -> assign(s.target(), value(v, names), names, s.span()));
            case Stmt.If s -> {
                value(s.test(), names);
                branches(names, List.of(s.then(), s.otherwise()));
            }
            case Stmt.While s -> {
                for (int k = 0; k < 2; k++) {
                    value(s.test(), names);
                    branches(names, List.of(s.body(), List.of()));
                }
                follow(s.otherwise(), names);
            }
            case Stmt.For s -> loop(s, names);
            case Stmt.Break s -> throw Ended.HERE;
            case Stmt.Continue s -> throw Ended.HERE;
            case Stmt.Pass s -> { }
            case Stmt.Return s -> {
                Flow value = s.value().map(v -> value(v, names)).orElseGet(Flow::new);
                if (!results.isEmpty()) {
                    returned(value);
                }
                throw Ended.HERE;
            }
            case Stmt.FunctionDef s -> names.set(s.name(), decorated(s, names));
            case Stmt.ClassDef s -> names.set(s.name(), type(s, names));
            case Stmt.Try s -> {
                branches(names, List.of(s.body()));
                s.handlers().forEach(handler -> branches(names, List.of(handler.body(), List.of())));
                follow(s.otherwise(), names);
                follow(s.finallyBody(), names);
            }
            case Stmt.Raise s -> throw Ended.HERE;
            case Stmt.With s -> with(s, names);
            case Stmt.Assert s -> value(s.test(), names);
            case Stmt.Delete s -> { }
            case Stmt.Global s -> names.outer.addAll(s.names());
            case Stmt.Nonlocal s -> names.outer.addAll(s.names());
            case Stmt.Import s -> s.names().forEach(alias -> {
                Names module = modules.apply(alias.name());
                Flow flow = module == null ? Flow.builtin(alias.name()) : new Flow();
                if (module != null) {
                    flow.what = module;
                }
                names.set(alias.as().orElse(alias.name().split("\\.")[0]), flow);
            });
            case Stmt.ImportFrom s -> from(s, names);
            case Stmt.Match s -> {
                Flow subject = value(s.subject(), names);
                List<List<Stmt>> bodies = new ArrayList<>();
                s.cases().forEach(one -> {
                    captures(one.pattern(), subject, names);
                    bodies.add(one.body());
                });
                bodies.add(List.of());
                branches(names, bodies);
            }
        }
    }

    private Flow value(Expr expression, Names names) {
        return expressions.value(expression, names);
    }

    /** What a call gives: the one value it returns as it is, several of them joined. */
    private void returned(Flow value) {
        Flow before = results.getLast();
        if (before == null) {
            results.set(results.size() - 1, value);
        } else {
            Flow both = new Flow();
            both.what = before.what == null ? value.what : before.what;
            both.parts.putAll(before.parts);
            both.parts.putAll(value.parts);
            both.join(before);
            both.join(value);
            results.set(results.size() - 1, both);
        }
    }

    /** Follows each body from the same names, and joins what they leave. */
    private void branches(Names names, List<List<Stmt>> bodies) {
        Map<String, Flow> before = new HashMap<>(names.own);
        Map<String, Flow> after = new HashMap<>();
        boolean ended = true;
        for (List<Stmt> body : bodies) {
            names.own.clear();
            names.own.putAll(before);
            try {
                follow(body, names);
                ended = false;
            } catch (Ended here) {
                if (steps > STEPS) {
                    throw here;
                }
                // a path that leaves still counts: in a loop it goes on behind it
            }
            names.own.forEach((name, flow) -> after.merge(name, flow, FlowStatements::either));
        }
        names.own.clear();
        names.own.putAll(after);
        if (ended && bodies.size() > 1 && bodies.stream().allMatch(body -> !body.isEmpty() && body.getLast() instanceof Stmt.Return)) {
            throw Ended.HERE;
        }
    }

    static Flow either(Flow one, Flow other) {
        if (one == other) {
            return one;
        }
        Flow both = new Flow();
        both.what = one.what == null ? other.what : one.what;
        both.discrete = one.discrete && other.discrete;
        both.parts.putAll(one.parts);
        both.parts.putAll(other.parts);
        both.join(other);
        both.join(one);
        return both;
    }

    private void loop(Stmt.For s, Names names) {
        Flow iterable = value(s.iterable(), names);
        List<Flow> elements = FlowExpressions.elements(iterable);
        for (Flow element : elements.size() < 2 ? List.of(elements.getFirst(), elements.getFirst()) : elements) {
            assign(s.target(), element, names, s.span());
            branches(names, List.of(s.body()));
        }
        follow(s.otherwise(), names);
    }

    private void with(Stmt.With s, Names names) {
        var outer = expressions.mode();
        for (Stmt.Item item : s.items()) {
            Flow context = value(item.context(), names);
            item.target().ifPresent(target -> assign(target, new Flow(), names, s.span()));
            expressions.enter(context, new Flow.Spot(names.source, item.context().span()));
        }
        try {
            follow(s.body(), names);
        } finally {
            expressions.leave(outer);
        }
    }

    private void augmented(Stmt.AugmentedAssign s, Names names) {
        Flow before = value(s.target(), names);
        Flow result = expressions.operation(s.span(), names, before, value(s.value(), names));
        if (s.target() instanceof Expr.Name && before.isData() && !before.from.isEmpty() && !expressions.recording()) {
            return; // outside a recording a tensor is written in place, and a leaf stays a leaf
        }
        assign(s.target(), result, names, s.span());
    }

    void assign(Expr target, Flow value, Names names, Span statement) {
        switch (target) {
            case Expr.Name t -> names.set(t.id(), named(t.id(), value, new Flow.Spot(names.source, statement)));
            case Expr.Attribute t -> {
                Flow object = value(t.object(), names);
                object.parts.put(t.name(), named(t.name(), value, new Flow.Spot(names.source, statement)));
            }
            case Expr.Subscript t -> write(t, value, names, statement);
            case Expr.TupleDisplay t -> unpack(t.items(), value, names, statement);
            case Expr.ListDisplay t -> unpack(t.items(), value, names, statement);
            case Expr.Starred t -> assign(t.value(), value, names, statement);
            default -> { }
        }
    }

    /** A value that was computed from nothing gets its origin where it first has a name. */
    private static Flow named(String name, Flow value, Flow.Spot at) {
        if (value.isData() && value.from.isEmpty() && value.parts.isEmpty()) {
            value.start(new Flow.Origin(name, at));
        }
        return value;
    }

    private void unpack(List<Expr> items, Flow value, Names names, Span statement) {
        for (int k = 0; k < items.size(); k++) {
            Flow part = value.parts.get((long) k);
            assign(items.get(k), part != null ? part : FlowExpressions.element(value), names, statement);
        }
    }

    private void write(Expr.Subscript t, Flow value, Names names, Span statement) {
        Flow object = value(t.object(), names);
        Object key = FlowExpressions.key(t.index());
        if (object.parts.containsKey(key) || key instanceof String || object.from.isEmpty() && key != null && object.what == null && !object.isData()) {
            object.parts.put(key, named(String.valueOf(key), value, new Flow.Spot(names.source, statement)));
            return;
        }
        var spot = new Flow.Spot(names.source, statement);
        if (FlowExpressions.isEverything(t.index()) && object.isData()) {
            Flow written = new Flow();
            if (expressions.recording() || object.live.stream().noneMatch(origin -> origin.attached != null && origin.name != null)) {
                written.join(object.whole(), new Flow.Cut(spot, "this overwrites every element, and what was there before no longer counts"));
                written.join(expressions.operation(statement, names, value));
                object.from.clear();
                object.live.clear();
                object.join(written);
            }
            return;
        }
        object.join(expressions.operation(statement, names, value));
    }

    private Flow decorated(Stmt.FunctionDef s, Names names) {
        Flow flow = new Flow();
        flow.what = new FlowExpressions.Callable(s.parameters(), s.body(), null, names, s.name());
        for (Expr decorator : s.decorators()) {
            Flow by = value(decorator, names);
            if ("property".equals(by.what) || "staticmethod".equals(by.what) || "classmethod".equals(by.what)) {
                flow.parts.put("decorator", by);
            } else if ("custom_gradient".equals(by.what)) {
                return Flow.builtin("custom operation");
            }
        }
        return flow;
    }

    private Flow type(Stmt.ClassDef s, Names names) {
        var inside = new Names(names, names.source);
        followAll(s.body(), inside);
        Flow flow = new Flow();
        List<Flow> bases = new ArrayList<>();
        s.bases().forEach(base -> bases.add(value(base.value(), names)));
        flow.what = new FlowExpressions.Type(inside, bases);
        return flow;
    }

    private void from(Stmt.ImportFrom s, Names names) {
        Names module = modules.apply(s.module());
        if (s.names().isEmpty() && module != null) {
            names.own.putAll(module.own);
        }
        for (Stmt.Alias alias : s.names()) {
            Flow found = module == null ? null : module.find(alias.name());
            names.set(alias.as().orElse(alias.name()), found == null ? Flow.builtin(alias.name()) : found);
        }
    }

    private void captures(Stmt.Pattern pattern, Flow subject, Names names) {
        switch (pattern) {
            case Stmt.Pattern.Value p -> { }
            case Stmt.Pattern.Capture p -> p.name().ifPresent(name -> names.set(name, subject));
            case Stmt.Pattern.As p -> {
                captures(p.pattern(), subject, names);
                names.set(p.name(), subject);
            }
            case Stmt.Pattern.Or p -> p.choices().forEach(choice -> captures(choice, subject, names));
            case Stmt.Pattern.Sequence p -> p.items().forEach(item -> captures(item, FlowExpressions.element(subject), names));
            case Stmt.Pattern.Star p -> p.name().ifPresent(name -> names.set(name, subject));
            case Stmt.Pattern.Mapping p -> p.values().forEach(item -> captures(item, FlowExpressions.element(subject), names));
            case Stmt.Pattern.ClassPattern p -> {
                p.positional().forEach(item -> captures(item, FlowExpressions.element(subject), names));
                p.keyword().forEach(item -> captures(item, FlowExpressions.element(subject), names));
            }
        }
    }

    /** Names of a function's call. */
    Names inside(Names around) {
        return new Names(around, around.source);
    }
}
