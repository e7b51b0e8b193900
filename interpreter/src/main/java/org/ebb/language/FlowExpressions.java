package org.ebb.language;

import com.oracle.truffle.api.source.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ebb.language.FlowStatements.Names;
import org.ebb.syntax.Children;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Parameters;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/**
 * The half of {@link FlowStatements} that follows expressions: what each is computed from, and what takes its history away. One long
 * file: a case for each kind of expression, all over the same names.
 */
final class FlowExpressions {

    /** A function: statements, or one expression. */
    record Callable(Parameters parameters, List<Stmt> body, Expr expression, Names names, String name) {}

    /** A class: the names of its body, and its bases. */
    record Type(Names names, List<Flow> bases) {

        Flow find(String name) {
            Flow own = names.own.get(name);
            for (int k = 0; own == null && k < bases.size(); k++) {
                own = bases.get(k).what instanceof Type base ? base.find(name) : null;
            }
            return own;
        }

        boolean isCustomOperation() {
            return bases.stream().anyMatch(base -> "Function".equals(base.what) || base.what instanceof Type type && type.isCustomOperation());
        }
    }

    /** An object of a class of the program; its attributes are the Flow's parts. */
    record Thing(Type type) {}

    /** A method and the object it was taken from. */
    private record Bound(Flow object, Flow method) {}

    /** {@code super()}: an object whose methods are those of the bases of its class. */
    private record Above(Flow object, List<Flow> bases) {}

    /** A method of a tensor, of a container or of something builtin. */
    private record Method(Flow object, String name) {}

    /** A function that differentiates another. */
    private record Form(String name, Flow function) {}

    /** What recording is doing; {@code since} is the block that turned it off. */
    record Mode(boolean recording, Flow.Spot since) {}

    /** A backward, or what takes gradients: where, and of what. */
    record Backward(Flow.Spot at, Flow head) {}

    private static final String UNATTACHED = "no gradient was attached to the values here when this was recorded";
    private static final String OUTSIDE = "this was computed outside of `with record:`";

    /** Calls inside of calls are followed this far. */
    private static final int DEPTH = 24;

    /** Elements of a container that are told apart. */
    private static final int ELEMENTS = 16;

    private final FlowStatements statements;
    private final List<Callable> running = new ArrayList<>();
    private Mode mode = new Mode(false, null);

    /** The call that was asked about, and what it was given: the receiver of a method first. */
    Source source;
    Span wanted;
    List<Flow> answer;

    /** The calls, outermost first, within which that call was made; an answer from there stands. */
    List<Flow.Spot> callers = List.of();
    private boolean exact;
    private final List<Flow.Spot> calls = new ArrayList<>();
    final List<Backward> backwards = new ArrayList<>();

    FlowExpressions(FlowStatements statements) {
        this.statements = statements;
    }

    Mode mode() {
        return mode;
    }

    boolean recording() {
        return mode.recording;
    }

    void enter(Flow context, Flow.Spot at) {
        if ("record".equals(context.what)) {
            mode = new Mode(true, null);
        } else if ("pause".equals(context.what)) {
            mode = new Mode(false, at);
        }
    }

    void leave(Mode outer) {
        mode = outer;
    }

    // ---- expressions ----

    Flow value(Expr expression, Names names) {
        return switch (expression) {
            case Expr.None e -> discrete();
            case Expr.Ellipsis e -> discrete();
            case Expr.Bool e -> discrete();
            case Expr.Int e -> discrete();
            case Expr.Float e -> new Flow();
            case Expr.Str e -> discrete();
            case Expr.Bytes e -> discrete();
            case Expr.FString e -> cut(e, names, "makes a text, and what is read back from a text has no history");
            case Expr.Name e -> {
                Flow found = names.find(e.id());
                yield found == null ? Flow.builtin(e.id()) : found;
            }
            case Expr.ListDisplay e -> display(e.items(), names);
            case Expr.TupleDisplay e -> display(e.items(), names);
            case Expr.SetDisplay e -> display(e.items(), names);
            case Expr.DictDisplay e -> {
                Flow all = Flow.builtin("dict");
                for (Expr.Entry entry : e.entries()) {
                    Flow value = value(entry.value(), names);
                    Object key = entry.key().map(FlowExpressions::key).orElse(null);
                    if (key != null) {
                        all.parts.put(key, value);
                    } else {
                        all.join(value.whole());
                    }
                }
                yield all;
            }
            case Expr.Starred e -> value(e.value(), names);
            case Expr.Unary e -> e.operator() == Expr.UnaryOperator.NOT ? cut(e, names, "a truth value has no gradient")
                    : operation(e.span(), names, value(e.operand(), names));
            case Expr.Binary e -> binary(e, names);
            case Expr.And e -> FlowStatements.either(value(e.left(), names), value(e.right(), names));
            case Expr.Or e -> FlowStatements.either(value(e.left(), names), value(e.right(), names));
            case Expr.Compare e -> cut(e, names, "a comparison gives True or False, which has no gradient");
            case Expr.Conditional e -> {
                value(e.test(), names);
                yield FlowStatements.either(value(e.then(), names), value(e.otherwise(), names));
            }
            case Expr.Lambda e -> {
                Flow flow = new Flow();
                flow.what = new Callable(e.parameters(), null, e.body(), names, "lambda");
                yield flow;
            }
            case Expr.Call e -> call(e, names);
            case Expr.Attribute e -> attribute(e, names);
            case Expr.Subscript e -> subscript(e, names);
            case Expr.Slice e -> discrete();
            case Expr.ListComprehension e -> comprehension(List.of(e.element()), e.clauses(), names);
            case Expr.SetComprehension e -> comprehension(List.of(e.element()), e.clauses(), names);
            case Expr.DictComprehension e -> comprehension(List.of(e.value()), e.clauses(), names);
            case Expr.GeneratorExpression e -> comprehension(List.of(e.element()), e.clauses(), names);
            case Expr.Walrus e -> {
                Flow value = value(e.value(), names);
                statements.assign(e.target(), value, names, e.span());
                yield value;
            }
            case Expr.Yield e -> {
                Flow value = e.value().map(v -> value(v, names)).orElseGet(Flow::new);
                yield yielded(value);
            }
            case Expr.YieldFrom e -> yielded(element(value(e.value(), names)));
        };
    }

    private Flow yielded(Flow value) {
        if (!statements.results.isEmpty()) {
            Flow before = statements.results.getLast();
            Flow all = before == null ? Flow.builtin("list") : before;
            all.parts.put((long) Math.min(all.parts.size(), ELEMENTS), value);
            statements.results.set(statements.results.size() - 1, all);
        }
        return new Flow();
    }

    private static Flow discrete() {
        Flow flow = new Flow();
        flow.discrete = true;
        return flow;
    }

    private Flow display(List<Expr> items, Names names) {
        Flow all = Flow.builtin("list");
        long k = 0;
        for (Expr item : items) {
            Flow value = value(item, names);
            if (item instanceof Expr.Starred) {
                for (Flow element : elements(value)) {
                    all.parts.put(k++, element);
                }
            } else {
                all.parts.put(k++, value);
            }
        }
        return all;
    }

    private Flow comprehension(List<Expr> element, List<Expr.Clause> clauses, Names names) {
        Flow all = Flow.builtin("list");
        comprehension(element.getFirst(), clauses, 0, statements.inside(names), all);
        return all;
    }

    private void comprehension(Expr element, List<Expr.Clause> clauses, int at, Names names, Flow all) {
        if (at == clauses.size()) {
            all.parts.put((long) all.parts.size(), value(element, names));
            return;
        }
        Expr.Clause clause = clauses.get(at);
        for (Flow item : elements(value(clause.iterable(), names))) {
            statements.assign(clause.target(), item, names, clause.target().span());
            clause.conditions().forEach(condition -> value(condition, names));
            if (all.parts.size() < ELEMENTS) {
                comprehension(element, clauses, at + 1, names, all);
            }
        }
    }

    private Flow binary(Expr.Binary e, Names names) {
        return switch (e.operator()) {
            case FLOOR_DIVIDE -> cut(e, names, "`//` gives a rounded number, which is constant almost everywhere");
            case BIT_AND, BIT_OR, BIT_XOR, LEFT_SHIFT, RIGHT_SHIFT -> cut(e, names, "an operation on bits or truth values has no gradient");
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER, MATMUL -> {
                Flow left = value(e.left(), names);
                Flow right = value(e.right(), names);
                if (!left.parts.isEmpty() && !right.parts.isEmpty() && e.operator() == Expr.BinaryOperator.ADD) {
                    yield FlowStatements.either(left, right); // two lists
                }
                Flow result = operation(e.span(), names, left, right);
                result.discrete = left.discrete && right.discrete && result.from.isEmpty();
                yield result;
            }
        };
    }

    /** What is left of the parts of an expression whose value is a constant. */
    private Flow cut(Expr e, Names names, String why) {
        var cut = new Flow.Cut(new Flow.Spot(names.source, e.span()), why);
        Flow result = new Flow();
        for (Expr child : Children.of(e)) {
            result.join(value(child, names).whole(), cut);
        }
        result.discrete = result.from.isEmpty();
        return result;
    }

    /** What an operation gives: the history of its operands where it is recorded. */
    Flow operation(Span span, Names names, Flow... operands) {
        var at = new Flow.Spot(names.source, span);
        Flow result = new Flow();
        for (Flow operand : operands) {
            Flow whole = operand.whole();
            if (!mode.recording) {
                result.join(whole, new Flow.Cut(at, mode.since == null ? OUTSIDE : "this was computed under `" + mode.since.text() + "`"));
                continue;
            }
            for (Flow.Origin origin : whole.from.keySet()) {
                Flow one = new Flow();
                one.from.put(origin, whole.from.get(origin));
                if (whole.live.contains(origin)) {
                    one.live.add(origin);
                }
                result.join(one, origin.attached == null ? new Flow.Cut(at, UNATTACHED) : null);
            }
        }
        return result;
    }

    // ---- parts ----

    static Object key(Expr index) {
        return switch (index) {
            case Expr.Int e when e.value().bitLength() < 32 -> e.value().longValue();
            case Expr.Str e -> e.value();
            default -> null;
        };
    }

    /** Is this {@code [:]} or {@code [...]}? */
    static boolean isEverything(Expr index) {
        return index instanceof Expr.Ellipsis || index instanceof Expr.Slice s && s.lower().isEmpty() && s.upper().isEmpty() && s.step().isEmpty();
    }

    static List<Flow> elements(Flow iterable) {
        List<Flow> found = iterable.parts.entrySet().stream().filter(part -> part.getKey() instanceof Long)
                .sorted(Comparator.comparing((Map.Entry<Object, Flow> part) -> (Long) part.getKey())).limit(ELEMENTS).map(Map.Entry::getValue).toList();
        return found.isEmpty() ? List.of(element(iterable)) : found;
    }

    static Flow element(Flow container) {
        Flow one = new Flow();
        one.join(container.whole());
        one.discrete = container.discrete;
        return one;
    }

    private Flow subscript(Expr.Subscript e, Names names) {
        Flow object = value(e.object(), names);
        Flow index = value(e.index(), names);
        Object key = key(e.index());
        Flow part = key == null ? null : object.parts.get(key instanceof Long k && k < 0 ? (Object) (object.parts.size() + k) : key);
        if (part != null) {
            return part;
        }
        if (object.what != null) {
            return element(object);
        }
        Flow result = operation(e.span(), names, object);
        result.join(index.whole(), new Flow.Cut(new Flow.Spot(names.source, e.span()), "an index only chooses, and has no gradient"));
        return result;
    }

    private Flow attribute(Expr.Attribute e, Names names) {
        Flow object = value(e.object(), names);
        Flow part = object.parts.get(e.name());
        if (part != null) {
            return part;
        }
        return switch (object.what) {
            case Names module -> module.find(e.name()) == null ? Flow.builtin(e.name()) : module.find(e.name());
            case Thing thing when thing.type.find(e.name()) != null -> bound(object, thing.type.find(e.name()), names);
            case Type type when type.find(e.name()) != null -> type.find(e.name());
            case Above above -> {
                Flow method = new Type(new Names(null, names.source), above.bases).find(e.name());
                yield method == null ? new Flow() : bound(above.object, method, names);
            }
            case null, default -> {
                String why = FlowNames.attribute(e.name());
                if (why != null && !(object.what instanceof String)) {
                    Flow result = new Flow();
                    result.join(object.whole(), new Flow.Cut(new Flow.Spot(names.source, e.span()), why));
                    result.discrete = !e.name().equals("grad");
                    yield result;
                }
                if (e.name().equals("T")) {
                    yield operation(e.span(), names, object);
                }
                Flow method = new Flow();
                method.what = object.what instanceof String text && object.parts.isEmpty() && !text.equals("list") && !text.equals("dict")
                        ? e.name() : new Method(object, e.name());
                yield method;
            }
        };
    }

    private Flow bound(Flow object, Flow method, Names names) {
        if (!(method.what instanceof Callable)) {
            return method;
        }
        Flow decorator = method.parts.get("decorator");
        if (decorator != null && decorator.what.equals("staticmethod")) {
            return method;
        }
        Flow flow = new Flow();
        flow.what = new Bound(object, method);
        return decorator != null && decorator.what.equals("property") ? invoke(flow, List.of(), Map.of(), null, names) : flow;
    }

    // ---- calls ----

    private Flow call(Expr.Call e, Names names) {
        Flow function = value(e.function(), names);
        List<Flow> positional = new ArrayList<>();
        Map<String, Flow> named = new LinkedHashMap<>();
        for (Expr.Argument argument : e.arguments()) {
            Flow value = value(argument.value(), names);
            switch (argument.kind()) {
                case POSITIONAL -> positional.add(value);
                case STAR -> positional.addAll(elements(value));
                case KEYWORD -> named.put(argument.name(), value);
                case DOUBLE_STAR -> value.parts.forEach((key, part) -> named.put(String.valueOf(key), part));
            }
        }
        boolean same = calls.equals(callers);
        if (e.span().equals(wanted) && names.source.equals(source) && (same || !exact)) {
            exact = same;
            answer = new ArrayList<>();
            if (function.what instanceof Method method) {
                answer.add(copy(method.object));
            }
            positional.forEach(flow -> answer.add(copy(flow.whole())));
        }
        calls.add(new Flow.Spot(names.source, e.span()));
        try {
            return invoke(function, positional, named, e, names);
        } finally {
            calls.removeLast();
        }
    }

    private static Flow copy(Flow flow) {
        Flow copy = new Flow();
        copy.join(flow);
        return copy;
    }

    private Flow invoke(Flow function, List<Flow> positional, Map<String, Flow> named, Expr.Call e, Names names) {
        return switch (function.what) {
            case Callable callable -> run(callable, positional, named);
            case Bound(Flow object, Flow method) -> {
                List<Flow> all = new ArrayList<>(positional);
                all.addFirst(object);
                yield invoke(method, all, named, e, names);
            }
            case Type type -> {
                Flow made = new Flow();
                made.what = new Thing(type);
                if (type.find("__init__") instanceof Flow start && !type.isCustomOperation()) {
                    invoke(bound(made, start, names), positional, named, e, names);
                } else {
                    for (int k = 0; k < positional.size(); k++) {
                        made.parts.put((long) k, positional.get(k));
                    }
                    named.forEach(made.parts::put);
                }
                yield made;
            }
            case Thing thing when thing.type.isCustomOperation() -> keep(e, names, positional, named);
            case Thing thing when thing.type.find("__call__") != null ->
                    invoke(bound(function, thing.type.find("__call__"), names), positional, named, e, names);
            case Form form -> differentiated(form, positional, named, e, names);
            case Method method -> method(method, positional, named, e, names);
            case String name -> builtin(name, positional, named, e, names);
            case null, default -> keep(e, names, positional, named);
        };
    }

    private Flow keep(Expr.Call e, Names names, List<Flow> positional, Map<String, Flow> named) {
        List<Flow> all = new ArrayList<>(positional);
        all.addAll(named.values());
        return operation(e == null ? new Span(0, 0) : e.span(), names, all.toArray(Flow[]::new));
    }

    private Flow run(Callable callable, List<Flow> positional, Map<String, Flow> named) {
        if (running.size() >= DEPTH || running.stream().filter(callable::equals).count() > 1) {
            Flow all = new Flow();
            positional.forEach(flow -> all.join(flow.whole()));
            named.values().forEach(flow -> all.join(flow.whole()));
            return all;
        }
        Names inside = statements.inside(callable.names);
        bind(callable, positional, named, inside);
        running.add(callable);
        Mode outer = mode;
        try {
            if (callable.expression != null) {
                return value(callable.expression, inside);
            }
            statements.results.add(null);
            statements.followAll(callable.body, inside);
            Flow result = statements.results.removeLast();
            return result == null ? discrete() : result;
        } finally {
            mode = outer;
            running.removeLast();
        }
    }

    private void bind(Callable callable, List<Flow> positional, Map<String, Flow> named, Names inside) {
        int next = 0;
        for (Parameters.Parameter parameter : callable.parameters.list()) {
            Flow value = null;
            switch (parameter.kind()) {
                case POSITIONAL_ONLY, ORDINARY -> value = next < positional.size() ? positional.get(next++) : named.get(parameter.name());
                case STAR -> {
                    value = Flow.builtin("list");
                    for (long k = 0; next < positional.size(); k++) {
                        value.parts.put(k, positional.get(next++));
                    }
                }
                case KEYWORD_ONLY -> value = named.get(parameter.name());
                case DOUBLE_STAR -> {
                    value = Flow.builtin("dict");
                    value.parts.putAll(named);
                }
            }
            if (value == null && parameter.defaultValue().isPresent()) {
                value = value(parameter.defaultValue().get(), callable.names);
            }
            inside.own.put(parameter.name(), value == null ? new Flow() : value);
        }
    }

    /** A derivative of a function: the function is followed with variables in its arguments' places. */
    private Flow differentiated(Form form, List<Flow> positional, Map<String, Flow> named, Expr.Call e, Names names) {
        var at = new Flow.Spot(names.source, e.span());
        List<Flow> variables = new ArrayList<>();
        for (Flow given : positional) {
            Flow variable = new Flow();
            variable.what = given.what;
            variable.discrete = given.discrete;
            variable.parts.putAll(given.parts);
            var origin = new Flow.Origin("argument " + variables.size(), at);
            origin.attached = at;
            variable.start(origin);
            variables.add(variable);
        }
        Mode outer = mode;
        mode = new Mode(true, null);
        Flow value = invoke(form.function, variables, named, e, names);
        mode = outer;
        backwards.add(new Backward(at, copy(value.whole())));
        Flow gradient = new Flow();
        var cut = new Flow.Cut(at, "a gradient that is taken outside of a recording is a constant");
        positional.forEach(given -> gradient.join(given.whole(), mode.recording ? null : cut));
        if (!form.name.equals("value_and_grad")) {
            return gradient;
        }
        Flow pair = Flow.builtin("list");
        pair.parts.put(0L, gradient);
        pair.parts.put(1L, gradient);
        return pair;
    }

    private Flow method(Method method, List<Flow> positional, Map<String, Flow> named, Expr.Call e, Names names) {
        Flow object = method.object;
        var at = new Flow.Spot(names.source, e.span());
        switch (method.name) {
            case "attach_grad", "requires_grad_" -> {
                attach(object, at, e, !positional.isEmpty() ? first(e) : named.isEmpty() ? null : first(e));
                return discrete();
            }
            case "backward" -> {
                backwards.add(new Backward(at, copy(object.whole())));
                return discrete();
            }
            case "items" -> {
                Flow all = Flow.builtin("list");
                object.parts.forEach((key, part) -> all.parts.put((long) all.parts.size(), pair(discrete(), part)));
                return object.parts.isEmpty() ? object : all;
            }
            case "values" -> {
                Flow all = Flow.builtin("list");
                object.parts.values().forEach(part -> all.parts.put((long) all.parts.size(), part));
                return object.parts.isEmpty() ? object : all;
            }
            case "get", "pop" -> {
                Object key = e.arguments().isEmpty() ? null : key(e.arguments().getFirst().value());
                Flow part = key == null ? null : object.parts.get(key);
                return part != null ? part : element(object);
            }
            case "item", "asscalar", "copy" -> {
                return method.name.equals("copy") && object.what == null ? operation(e.span(), names, object) : object;
            }
            case "astype", "cast", "to" -> {
                String dtype = e.arguments().isEmpty() ? null : name(e.arguments().getFirst().value());
                if (dtype != null && FlowNames.isWhole(dtype)) {
                    return constant(at, "a tensor of " + dtype + " has no gradient", List.of(object));
                }
            }
            default -> {
                if (object.what != null && FlowNames.CHANGING.contains(method.name)) {
                    positional.forEach(given -> object.parts.put(object.parts.size() < ELEMENTS ? (Object) (long) object.parts.size() : "more", given));
                    return discrete();
                }
            }
        }
        String why = FlowNames.cutBy(method.name);
        List<Flow> all = new ArrayList<>(List.of(object));
        all.addAll(positional);
        return why != null ? constant(at, why, all) : keep(e, names, all, named);
    }

    private static Expr first(Expr.Call e) {
        return e.arguments().getFirst().value();
    }

    private static String name(Expr e) {
        return switch (e) {
            case Expr.Name n -> n.id();
            case Expr.Attribute a -> a.name();
            case Expr.Str s -> s.value();
            default -> null;
        };
    }

    private void attach(Flow object, Flow.Spot at, Expr.Call e, Expr request) {
        boolean one = object.from.size() == 1 && object.live.size() == 1;
        Flow.Origin origin = one ? object.live.iterator().next() : null;
        if (origin == null || origin.attached != null) {
            origin = new Flow.Origin(e.function() instanceof Expr.Attribute a && name(a.object()) != null ? name(a.object()) : "value", at);
            if (mode.recording && !object.live.isEmpty()) {
                object.from.put(origin, null); // an intermediate keeps its history
                object.live.add(origin);
            } else {
                object.start(origin);
            }
        }
        origin.attached = at;
        origin.ignored = request instanceof Expr.Str s && s.value().equals("null");
    }

    private Flow constant(Flow.Spot at, String why, List<Flow> from) {
        Flow result = new Flow();
        from.forEach(flow -> result.join(flow.whole(), new Flow.Cut(at, why)));
        return result;
    }

    private static Flow pair(Flow one, Flow other) {
        Flow pair = Flow.builtin("list");
        pair.parts.put(0L, one);
        pair.parts.put(1L, other);
        return pair;
    }

    private Flow builtin(String name, List<Flow> positional, Map<String, Flow> named, Expr.Call e, Names names) {
        var at = new Flow.Spot(names.source, e.span());
        if (FlowNames.BLOCKS.contains(name)) {
            return Flow.builtin(name);
        }
        Flow first = positional.isEmpty() ? null : positional.getFirst();
        if (FlowNames.FORMS.contains(name) || name.equals("checkpoint") || name.equals("vmap")) {
            if (first != null && isFunction(first)) {
                Flow form = new Flow();
                form.what = FlowNames.FORMS.contains(name) ? new Form(name, first) : first.what;
                return form;
            }
        }
        switch (name) {
            case "backward", "grad" -> {
                if (first != null) {
                    backwards.add(new Backward(at, copy(first.whole())));
                }
                return first == null ? discrete() : constant(at, "a gradient that is taken outside of a recording is a constant", List.of(first));
            }
            case "list", "tuple", "dict", "set", "sorted", "reversed", "float", "iter", "next" -> {
                return first == null ? Flow.builtin("list") : name.equals("next") ? element(first) : first;
            }
            case "enumerate" -> {
                Flow all = Flow.builtin("list");
                elements(first == null ? new Flow() : first).forEach(part -> all.parts.put((long) all.parts.size(), pair(discrete(), part)));
                return all;
            }
            case "zip" -> {
                return zipped(positional);
            }
            case "map" -> {
                Flow all = Flow.builtin("list");
                for (Flow given : positional.size() < 2 ? List.<Flow>of() : elements(positional.get(1))) {
                    all.parts.put((long) all.parts.size(), invoke(first, List.of(given), Map.of(), e, names));
                }
                return all;
            }
            case "range", "isinstance", "print" -> {
                return discrete();
            }
            case "super" -> {
                Flow self = names.find("self");
                Flow parent = new Flow();
                if (self != null && self.what instanceof Thing thing) {
                    parent.what = new Above(self, thing.type.bases);
                }
                return parent;
            }
            default -> { }
        }
        if (FlowNames.CALLERS.contains(name) && first != null && isFunction(first)) {
            return differentiated(new Form(name, first), positional.subList(1, positional.size()), named, e, names);
        }
        String why = FlowNames.cutBy(name);
        if (why != null) {
            return constant(at, why, positional);
        }
        List<Flow> kept = new ArrayList<>();
        for (int k = 0; k < positional.size(); k++) {
            kept.add(FlowNames.onlyChooses(name, k)
                    ? constant(at, "the condition of where, and an index, only choose and have no gradient", List.of(positional.get(k)))
                    : positional.get(k));
        }
        if (name.equals("tensor") || name.equals("array") || name.equals("astype")) {
            String dtype = null;
            for (Expr.Argument argument : e.arguments()) {
                dtype = "dtype".equals(argument.name()) ? name(argument.value()) : dtype;
            }
            if (dtype != null && FlowNames.isWhole(dtype)) {
                return constant(at, "a tensor of " + dtype + " has no gradient", positional);
            }
        }
        return keep(e, names, kept, named);
    }

    private static Flow zipped(List<Flow> positional) {
        Flow all = Flow.builtin("list");
        int longest = positional.stream().mapToInt(one -> elements(one).size()).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            Flow row = Flow.builtin("list");
            for (int k = 0; k < positional.size(); k++) {
                List<Flow> own = elements(positional.get(k));
                row.parts.put((long) k, own.get(Math.min(i, own.size() - 1)));
            }
            all.parts.put((long) i, row);
        }
        return all;
    }

    private static boolean isFunction(Flow flow) {
        return flow.what instanceof Callable || flow.what instanceof Bound || flow.what instanceof Thing || flow.what instanceof Type;
    }
}
