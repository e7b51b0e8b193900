package org.ebb.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.Supplier;
import org.ebb.nodes.AnnotateNode;
import org.ebb.nodes.AssertNode;
import org.ebb.nodes.AssignNode;
import org.ebb.nodes.BinaryNode;
import org.ebb.nodes.BlockNode;
import org.ebb.nodes.CallNode;
import org.ebb.nodes.ClassNameNodes;
import org.ebb.nodes.ConditionNode;
import org.ebb.nodes.ConditionalNode;
import org.ebb.nodes.ConstantNode;
import org.ebb.nodes.DeleteNodes;
import org.ebb.nodes.ExpressionNode;
import org.ebb.nodes.ExpressionStatementNode;
import org.ebb.nodes.ForNode;
import org.ebb.nodes.GeneratorNodes;
import org.ebb.nodes.IfNode;
import org.ebb.nodes.ImportNodes;
import org.ebb.nodes.Jumps;
import org.ebb.nodes.RaiseNode;
import org.ebb.nodes.ReadAttributeNodeGen;
import org.ebb.nodes.ReadLocalNode;
import org.ebb.nodes.StatementNode;
import org.ebb.nodes.SubscriptNodeGen;
import org.ebb.nodes.TailNode;
import org.ebb.nodes.TryBlockNode;
import org.ebb.nodes.TryNode;
import org.ebb.nodes.WhileNode;
import org.ebb.nodes.WithNode;
import org.ebb.nodes.WriteLocalNode;
import org.ebb.nodes.WriteNode;
import org.ebb.nodes.WriteTargets;
import org.ebb.nodes.YieldNodes;
import org.ebb.runtime.EbbNone;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Scope;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/** Builds the nodes of statements in one scope. Where a statement has a yield inside, it gets the node that can stop and go on. */
final class StatementBuilder {

    private final Layout layout;
    private final FunctionBuilder functions;
    private final ExpressionBuilder expressions;

    StatementBuilder(Layout layout, FunctionBuilder functions) {
        this.layout = layout;
        this.functions = functions;
        this.expressions = new ExpressionBuilder(layout, functions);
    }

    StatementNode block(List<Stmt> statements) {
        int before = layout.yields;
        var nodes = new ArrayList<StatementNode>();
        for (Stmt statement : statements) {
            nodes.add(build(statement));
        }
        return sequence(nodes, layout.yields > before);
    }

    private StatementNode blockOrNull(List<Stmt> statements) {
        return statements.isEmpty() ? null : block(statements);
    }

    private StatementNode sequence(List<StatementNode> nodes, boolean yields) {
        StatementNode[] all = nodes.toArray(StatementNode[]::new);
        return yields ? new GeneratorNodes.Block(all, layout.temporary()) : new BlockNode(all);
    }

    private StatementNode build(Stmt statement) {
        var outer = new ArrayList<>(layout.saved);
        layout.saved.clear();
        StatementNode node = node(statement);
        node.place(statement.span());
        if (!layout.saved.isEmpty()) {
            node = new YieldNodes.Forget(layout.saved.stream().mapToInt(Integer::intValue).toArray(), node);
            layout.saved.clear();
        }
        layout.saved.addAll(outer);
        return node;
    }

    private StatementNode node(Stmt statement) {
        return switch (statement) {
            case Stmt.Expression s -> new ExpressionStatementNode(expressions.build(s.value()));
            case Stmt.Assign s -> assign(s);
            case Stmt.AugmentedAssign s -> augmented(s);
            case Stmt.AnnotatedAssign s -> annotated(s);
            case Stmt.If s -> branch(s);
            case Stmt.While s -> loop(s);
            case Stmt.For s -> loop(target(s.target()), expressions.build(s.iterable()), () -> block(s.body()), () -> blockOrNull(s.otherwise()));
            case Stmt.Break s -> new Jumps.Break();
            case Stmt.Continue s -> {
                layout.continues++;
                yield new Jumps.Continue();
            }
            case Stmt.Pass s -> new Jumps.Pass();
            case Stmt.Return s -> new Jumps.Return(expressions.buildOrNull(s.value()));
            case Stmt.FunctionDef s -> new AssignNode(name(s.name(), s.nameSpan()), decorated(s.decorators(), () -> {
                ExpressionNode function = functions.function(layout, s);
                function.place(s.span());
                return function;
            }));
            case Stmt.ClassDef s -> new AssignNode(name(s.name(), s.nameSpan()), decorated(s.decorators(), () -> {
                ExpressionNode made = functions.classBody(layout, s);
                made.place(s.span());
                return made;
            }));
            case Stmt.Try s -> guarded(s);
            case Stmt.Raise s -> new RaiseNode(expressions.buildOrNull(s.exception()), expressions.buildOrNull(s.cause()));
            case Stmt.With s -> with(s.items(), s);
            case Stmt.Assert s -> new AssertNode(expressions.condition(s.test()), expressions.buildOrNull(s.message()));
            case Stmt.Delete s -> delete(s.targets());
            case Stmt.Global s -> new Jumps.Pass();
            case Stmt.Nonlocal s -> new Jumps.Pass();
            case Stmt.Import s -> imports(s);
            case Stmt.ImportFrom s -> imports(s);
            case Stmt.Match s -> new MatchBuilder(layout, this, expressions).build(s);
        };
    }

    /** The statements of a function if they end by giving a value, as one expression; else null. */
    ExpressionNode tail(List<Stmt> statements) {
        if (!returns(statements)) {
            return null;
        }
        for (int i = 0; i < statements.size(); i++) {
            Stmt statement = statements.get(i);
            boolean last = i == statements.size() - 1;
            ExpressionNode value = null;
            if (statement instanceof Stmt.Return end && last) {
                value = end.value().map(expressions::build).orElseGet(() -> new ConstantNode(EbbNone.NONE));
            } else if (statement instanceof Stmt.If choice && splits(choice, last)) {
                List<Stmt> rest = choice.otherwise().isEmpty() ? statements.subList(i + 1, statements.size()) : choice.otherwise();
                ConditionNode test = expressions.condition(choice.test());
                value = new ConditionalNode(test, tail(choice.then()), tail(rest));
            }
            if (value != null) {
                TailNode node = new TailNode(value);
                node.place(statement.span());
                return i == 0 ? node : new TailNode.After(block(statements.subList(0, i)), node);
            }
        }
        return null;
    }

    /** Whether an {@code if} can end the function: as its last statement with two branches, or with one that returns before the rest does. */
    private static boolean splits(Stmt.If choice, boolean last) {
        return returns(choice.then()) && (last ? returns(choice.otherwise()) : choice.otherwise().isEmpty());
    }

    /** A last expression statement as the value of a program. */
    ExpressionNode value(Stmt.Expression statement) {
        TailNode node = new TailNode(expressions.build(statement.value()));
        node.place(statement.span());
        return node;
    }

    private static boolean returns(List<Stmt> statements) {
        return !statements.isEmpty() && switch (statements.getLast()) {
            case Stmt.Return end -> true;
            case Stmt.If choice -> splits(choice, true);
            case Stmt other -> false;
        };
    }

    // ---- Assignments

    WriteNode name(String name, Span span) {
        WriteNode node = layout.write(name);
        node.place(span);
        return node;
    }

    WriteNode target(Expr target) {
        WriteNode node = switch (target) {
            case Expr.Name e -> layout.write(e.id());
            case Expr.Attribute e -> new WriteTargets.Attribute(expressions.build(e.object()), e.name());
            case Expr.Subscript e -> new WriteTargets.Item(expressions.build(e.object()), expressions.build(e.index()));
            case Expr.TupleDisplay e -> unpack(e.items());
            case Expr.ListDisplay e -> unpack(e.items());
            case Expr.Starred e -> target(e.value());
            case Expr other -> throw new IllegalStateException("no target: " + other);
        };
        node.place(target.span());
        return node;
    }

    private WriteNode unpack(List<Expr> items) {
        WriteNode[] targets = new WriteNode[items.size()];
        int star = -1;
        for (int i = 0; i < targets.length; i++) {
            targets[i] = target(items.get(i));
            star = items.get(i) instanceof Expr.Starred ? i : star;
        }
        return new WriteTargets.Unpack(targets, star);
    }

    /** Stores a value in a slot of the node's own. */
    StatementNode keep(int slot, ExpressionNode value) {
        return new AssignNode(layout.writeSlot(slot), value);
    }

    private StatementNode assign(Stmt.Assign s) {
        if (s.targets().size() == 1) {
            return new AssignNode(target(s.targets().getFirst()), expressions.build(s.value()));
        }
        int before = layout.yields;
        int slot = layout.temporary();
        var nodes = new ArrayList<StatementNode>();
        nodes.add(keep(slot, expressions.build(s.value())));
        for (Expr target : s.targets()) {
            nodes.add(new AssignNode(target(target), layout.readSlot(slot)));
        }
        return sequence(nodes, layout.yields > before);
    }

    private StatementNode augmented(Stmt.AugmentedAssign s) {
        int before = layout.yields;
        var nodes = new ArrayList<StatementNode>();
        Supplier<ExpressionNode> reading;
        WriteNode target;
        switch (s.target()) {
            case Expr.Name e -> {
                reading = () -> expressions.build(e);
                target = target(e);
            }
            case Expr.Attribute e -> {
                int object = kept(e.object(), nodes);
                reading = () -> ReadAttributeNodeGen.create(layout.readSlot(object), e.name());
                target = new WriteTargets.Attribute(layout.readSlot(object), e.name());
            }
            case Expr.Subscript e -> {
                int object = kept(e.object(), nodes);
                int index = kept(e.index(), nodes);
                reading = () -> SubscriptNodeGen.create(layout.readSlot(object), layout.readSlot(index));
                target = new WriteTargets.Item(layout.readSlot(object), layout.readSlot(index));
            }
            case Expr other -> throw new IllegalStateException("no target: " + other);
        }
        ExpressionNode old = reading.get();
        old.place(s.target().span());
        target.place(s.target().span());
        FusionBuilder fusion = FusionBuilder.of(layout, s);
        ExpressionNode value = expressions.buildPartOf(fusion, s.value());
        if (layout.yields > before) {
            int slot = layout.temporary();
            nodes.add(keep(slot, old));
            old = layout.readSlot(slot);
        }
        BinaryNode operation;
        if (old instanceof ReadLocalNode local && target instanceof WriteLocalNode) {
            operation = BinaryNode.create(s.operator(), local.raw(), value).growing();
        } else {
            operation = BinaryNode.create(s.operator(), old, value).inPlace();
        }
        operation.place(s.span());
        nodes.add(new AssignNode(target, fusion == null ? operation : expressions.fused(operation, fusion, reading)));
        return nodes.size() == 1 ? nodes.getFirst() : sequence(nodes, layout.yields > before);
    }

    private int kept(Expr expression, List<StatementNode> nodes) {
        int slot = layout.temporary();
        nodes.add(keep(slot, expressions.build(expression)));
        return slot;
    }

    private StatementNode annotated(Stmt.AnnotatedAssign s) {
        var nodes = new ArrayList<StatementNode>();
        s.value().ifPresent(value -> nodes.add(new AssignNode(target(s.target()), expressions.build(value))));
        boolean kept = layout.isClass() || layout.scope.kind() == Scope.Kind.PROGRAM;
        if (kept && s.target() instanceof Expr.Name name) {
            nodes.add(new AnnotateNode(name.id(), functions.annotation(expressions, s.annotation()), layout.isClass()));
        }
        return nodes.size() == 1 ? nodes.getFirst() : new BlockNode(nodes.toArray(StatementNode[]::new));
    }

    private StatementNode delete(List<Expr> targets) {
        var nodes = new ArrayList<StatementNode>();
        for (Expr target : targets) {
            StatementNode node = switch (target) {
                case Expr.Name e -> layout.delete(e.id(), false);
                case Expr.Attribute e -> new DeleteNodes.Attribute(expressions.build(e.object()), e.name());
                case Expr.Subscript e -> new DeleteNodes.Item(expressions.build(e.object()), expressions.build(e.index()));
                case Expr.TupleDisplay e -> delete(e.items());
                case Expr.ListDisplay e -> delete(e.items());
                case Expr other -> throw new IllegalStateException("no target: " + other);
            };
            node.place(target.span());
            nodes.add(node);
        }
        return nodes.size() == 1 ? nodes.getFirst() : new BlockNode(nodes.toArray(StatementNode[]::new));
    }

    private ExpressionNode decorated(List<Expr> decorators, Supplier<ExpressionNode> definition) {
        ExpressionNode[] functions = expressions.inOrder(decorators);
        ExpressionNode value = definition.get();
        for (int i = functions.length - 1; i >= 0; i--) {
            value = new CallNode(functions[i], new ExpressionNode[] {value});
            value.place(decorators.get(i).span());
        }
        return value;
    }

    StatementNode classBody(Stmt.ClassDef definition, String doc) {
        var nodes = new ArrayList<StatementNode>();
        nodes.add(new AssignNode(new ClassNameNodes.Write("__doc__"), new ConstantNode(doc == null ? EbbNone.NONE : doc)));
        nodes.add(block(definition.body()));
        return sequence(nodes, false);
    }

    // ---- Branches and loops

    private StatementNode branch(Stmt.If s) {
        int before = layout.yields;
        ConditionNode test = expressions.condition(s.test());
        StatementNode then = block(s.then());
        StatementNode otherwise = blockOrNull(s.otherwise());
        return layout.yields > before ? new GeneratorNodes.If(test, then, otherwise, layout.temporary()) : new IfNode(test, then, otherwise);
    }

    private StatementNode loop(Stmt.While s) {
        int before = layout.yields;
        ConditionNode test = expressions.condition(s.test());
        StatementNode body = loopBody(() -> block(s.body()));
        StatementNode otherwise = blockOrNull(s.otherwise());
        return layout.yields > before ? new GeneratorNodes.While(test, body, otherwise, layout.temporary())
                : new WhileNode(test, body, otherwise);
    }

    private StatementNode loop(WriteNode target, ExpressionNode iterable, Supplier<StatementNode> inside, Supplier<StatementNode> after) {
        int before = layout.yields;
        StatementNode body = loopBody(inside);
        StatementNode otherwise = after.get();
        if (layout.yields > before) {
            return new GeneratorNodes.For(iterable, target, body, otherwise, layout.temporary(), layout.temporary());
        }
        var slots = new ForNode.Slots(layout.temporary(), layout.temporary(), layout.temporary(), layout.temporary());
        return new ForNode(slots, iterable, target, body, otherwise);
    }

    /** A body that catches its {@code continue}, if it has one of its own. */
    private StatementNode loopBody(Supplier<StatementNode> inside) {
        int yields = layout.yields;
        int outer = layout.continues;
        StatementNode body = inside.get();
        boolean continues = layout.continues > outer;
        layout.continues = outer;
        return continues && layout.yields == yields ? new Jumps.ContinueTarget(body) : body;
    }

    /** The loops and tests of a comprehension around what it does with each element. */
    StatementNode clauses(List<Expr.Clause> clauses, Supplier<StatementNode> innermost) {
        return clauses(clauses, 0, innermost);
    }

    private StatementNode clauses(List<Expr.Clause> clauses, int depth, Supplier<StatementNode> innermost) {
        if (depth == clauses.size()) {
            return innermost.get();
        }
        Expr.Clause clause = clauses.get(depth);
        ExpressionNode iterable = depth == 0 ? FunctionBuilder.firstIterable() : expressions.build(clause.iterable());
        if (depth == 0) {
            iterable.place(clause.iterable().span());
        }
        return loop(target(clause.target()), iterable, () -> conditions(clause.conditions(), 0, () -> clauses(clauses, depth + 1, innermost)),
                () -> null);
    }

    private StatementNode conditions(List<Expr> conditions, int index, Supplier<StatementNode> inside) {
        if (index == conditions.size()) {
            return inside.get();
        }
        ConditionNode test = expressions.condition(conditions.get(index));
        int before = layout.yields;
        StatementNode then = conditions(conditions, index + 1, inside);
        return layout.yields > before ? new GeneratorNodes.If(test, then, null, layout.temporary()) : new IfNode(test, then, null);
    }

    // ---- Exceptions and contexts

    private StatementNode guarded(Stmt.Try s) {
        int before = layout.yields;
        StatementNode body = block(s.body());
        if (!s.handlers().isEmpty()) {
            body = new TryBlockNode(body);
            body.place(s.body().getFirst().span().to(s.body().getLast().span()));
        }
        TryNode.Handler[] handlers = s.handlers().stream().map(this::handler).toArray(TryNode.Handler[]::new);
        StatementNode otherwise = blockOrNull(s.otherwise());
        StatementNode finallyBody = blockOrNull(s.finallyBody());
        boolean yields = layout.yields > before;
        return new TryNode(body, handlers, otherwise, finallyBody, slotIf(yields), slotIf(yields), slotIf(yields));
    }

    private int slotIf(boolean needed) {
        return needed ? layout.temporary() : -1;
    }

    private TryNode.Handler handler(Stmt.Handler handler) {
        ExpressionNode type = expressions.buildOrNull(handler.type());
        StatementNode body = block(handler.body());
        return handler.name().map(name -> new TryNode.Handler(type, layout.write(name), body, layout.delete(name, true)))
                .orElseGet(() -> new TryNode.Handler(type, null, body, null));
    }

    private StatementNode with(List<Stmt.Item> items, Stmt.With s) {
        Stmt.Item first = items.getFirst();
        ExpressionNode manager = expressions.build(first.context());
        WriteNode target = first.target().map(this::target).orElse(null);
        int before = layout.yields;
        StatementNode body = items.size() == 1 ? block(s.body()) : with(items.subList(1, items.size()), s);
        return new WithNode(manager, target, body, slotIf(layout.yields > before));
    }

    // ---- Imports

    private StatementNode imports(Stmt.Import s) {
        var nodes = new ArrayList<StatementNode>();
        for (Stmt.Alias alias : s.names()) {
            int dot = alias.name().indexOf('.');
            ExpressionNode module = new ImportNodes.Module(alias.name(), alias.as().isEmpty());
            module.place(alias.span());
            String bound = alias.as().orElse(dot < 0 ? alias.name() : alias.name().substring(0, dot));
            nodes.add(new AssignNode(layout.write(bound), module));
        }
        return nodes.size() == 1 ? nodes.getFirst() : new BlockNode(nodes.toArray(StatementNode[]::new));
    }

    private StatementNode imports(Stmt.ImportFrom s) {
        if (s.names().isEmpty()) {
            return new ImportNodes.All(s.module(), s.level());
        }
        var nodes = new ArrayList<StatementNode>();
        for (Stmt.Alias alias : s.names()) {
            ExpressionNode member = new ImportNodes.Member(s.module(), s.level(), alias.name());
            member.place(alias.span());
            nodes.add(new AssignNode(layout.write(alias.as().orElse(alias.name())), member));
        }
        return nodes.size() == 1 ? nodes.getFirst() : new BlockNode(nodes.toArray(StatementNode[]::new));
    }
}
