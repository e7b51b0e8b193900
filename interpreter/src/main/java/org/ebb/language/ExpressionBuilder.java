package org.ebb.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ebb.nodes.BinaryNode;
import org.ebb.nodes.CallKeywordsNode;
import org.ebb.nodes.CallMethodNode;
import org.ebb.nodes.CallNode;
import org.ebb.nodes.CallSpreadNode;
import org.ebb.nodes.ClassNodes;
import org.ebb.nodes.CompareNode;
import org.ebb.nodes.ConditionNode;
import org.ebb.nodes.ConditionNodeGen;
import org.ebb.nodes.ConditionalNode;
import org.ebb.nodes.ConstantNode;
import org.ebb.nodes.DisplayNodes;
import org.ebb.nodes.ExpressionNode;
import org.ebb.nodes.FStringNode;
import org.ebb.nodes.FindMethodNode;
import org.ebb.nodes.FusedNode;
import org.ebb.nodes.InvertNodeGen;
import org.ebb.nodes.LogicNodes;
import org.ebb.nodes.NegateNodeGen;
import org.ebb.nodes.PlusNodeGen;
import org.ebb.nodes.ReadAttributeNodeGen;
import org.ebb.nodes.SpreadNode;
import org.ebb.nodes.SubscriptNodeGen;
import org.ebb.nodes.WalrusNode;
import org.ebb.nodes.YieldNodes;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Pause;
import org.ebb.syntax.Expr.Argument;

/** Builds the nodes of expressions in one scope. */
final class ExpressionBuilder {

    private final Layout layout;
    private final FunctionBuilder functions;

    /** Parts of expressions that have a fused form: not to be looked at again on their own. */
    private final Set<Expr> fused = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Parts whose node was made before its turn. */
    private final Map<Expr, ExpressionNode> ready = new IdentityHashMap<>();

    private final Pause pause = new Pause();

    ExpressionBuilder(Layout layout, FunctionBuilder functions) {
        this.layout = layout;
        this.functions = functions;
    }

    ExpressionNode build(Expr expression) {
        pause.step();
        if (ready.containsKey(expression)) {
            return ready.remove(expression);
        }
        FusionBuilder fusion = fused.contains(expression) ? null : FusionBuilder.of(layout, expression);
        return fusion == null ? plain(expression) : fusible(expression, fusion);
    }

    private ExpressionNode plain(Expr expression) {
        ExpressionNode node = node(expression);
        if (!node.hasPlace()) {
            node.place(expression.span());
        }
        return node;
    }

    private FusedNode fusible(Expr expression, FusionBuilder fusion) {
        Expr part = fusion.summed();
        if (part == null) {
            fused.addAll(fusion.operations());
            return fused(expression, fusion);
        }
        fused.addAll(fusion.operations());
        FusionBuilder own = FusionBuilder.of(layout, part);
        FusedNode inner = fused(part, own);
        ready.put(part, inner);
        FusedNode outer = fused(expression, fusion);
        inner.isSummedBy(outer);
        return outer;
    }

    /** An expression whose operations belong to a larger fused form; null for none. */
    ExpressionNode buildPartOf(FusionBuilder fusion, Expr expression) {
        if (fusion != null) {
            fused.addAll(fusion.operations());
        }
        return build(expression);
    }

    /** An assignment in place with its fused form; {@code old} makes nodes that read the left side. */
    FusedNode fused(ExpressionNode plain, FusionBuilder fusion, Supplier<ExpressionNode> old) {
        FusedNode node = new FusedNode(plain, () -> fusion.build(this::build, old.get()));
        node.place(plain);
        return node;
    }

    /** {@code fusion} is null for a node that only watches. */
    private FusedNode fused(Expr expression, FusionBuilder fusion) {
        FusedNode node = new FusedNode(plain(expression), fusion == null ? null : () -> fusion.build(this::build));
        node.place(expression.span());
        return node;
    }

    ExpressionNode buildOrNull(Optional<Expr> expression) {
        return expression.map(this::build).orElse(null);
    }

    private ExpressionNode node(Expr expression) {
        return switch (expression) {
            case Expr.None e -> new ConstantNode(EbbNone.NONE);
            case Expr.Ellipsis e -> new ConstantNode(EbbConstant.ELLIPSIS);
            case Expr.Bool e -> new ConstantNode(e.value());
            case Expr.Int e -> new ConstantNode(Integers.of(e.value()));
            case Expr.Float e -> new ConstantNode(e.value());
            case Expr.Str e -> new ConstantNode(e.value());
            case Expr.Bytes e -> new ConstantNode(EbbBytes.ofText(Types.BYTES, e.value()));
            case Expr.FString e -> text(e.parts());
            case Expr.Name e -> layout.read(e.id());
            case Expr.ListDisplay e -> items(DisplayNodes.Kind.LIST, e.items());
            case Expr.TupleDisplay e -> items(DisplayNodes.Kind.TUPLE, e.items());
            case Expr.SetDisplay e -> items(isConstantSet(e.items()) ? DisplayNodes.Kind.CONSTANT_SET : DisplayNodes.Kind.SET, e.items());
            case Expr.DictDisplay e -> entries(e.entries());
            case Expr.Starred e -> throw new IllegalStateException("a star outside of a display");
            case Expr.Unary e -> unary(e);
            case Expr.Binary e -> {
                ExpressionNode[] sides = inOrder(List.of(e.left(), e.right()));
                yield BinaryNode.create(e.operator(), sides[0], sides[1]);
            }
            case Expr.And e -> logic(true, e.left(), e.right());
            case Expr.Or e -> logic(false, e.left(), e.right());
            case Expr.Compare e -> compare(e);
            case Expr.Conditional e -> conditional(e);
            case Expr.Lambda e -> functions.lambda(layout, e);
            case Expr.Call e -> call(e);
            case Expr.Attribute e -> ReadAttributeNodeGen.create(build(e.object()), e.name());
            case Expr.Subscript e -> {
                ExpressionNode[] parts = inOrder(List.of(e.object(), e.index()));
                yield SubscriptNodeGen.create(parts[0], parts[1]);
            }
            case Expr.Slice e -> new DisplayNodes.Slice(buildOrNull(e.lower()), buildOrNull(e.upper()), buildOrNull(e.step()));
            case Expr.ListComprehension e -> functions.comprehension(layout, e, null, e.element(), e.clauses());
            case Expr.SetComprehension e -> functions.comprehension(layout, e, null, e.element(), e.clauses());
            case Expr.DictComprehension e -> functions.comprehension(layout, e, e.key(), e.value(), e.clauses());
            case Expr.GeneratorExpression e -> functions.comprehension(layout, e, null, e.element(), e.clauses());
            case Expr.Walrus e -> new WalrusNode(layout.write(e.target().id()), build(e.value()));
            case Expr.Yield e -> give(buildOrNull(e.value()));
            case Expr.YieldFrom e -> {
                ExpressionNode source = build(e.value());
                layout.yields++;
                yield new YieldNodes.From(layout.temporary(), layout.generatorSlot(), source);
            }
        };
    }

    /** A yield of a value that may be null, which means None. */
    ExpressionNode give(ExpressionNode value) {
        layout.yields++;
        return new YieldNodes.Yield(layout.temporary(), layout.generatorSlot(), value);
    }

    /** A test whose value is only asked for its truth. */
    ConditionNode condition(Expr expression) {
        if (expression instanceof Expr.And e && !yieldsIn(e)) {
            return new LogicNodes.Test(true, condition(e.left()), condition(e.right()));
        }
        if (expression instanceof Expr.Or e && !yieldsIn(e)) {
            return new LogicNodes.Test(false, condition(e.left()), condition(e.right()));
        }
        ConditionNode node = ConditionNodeGen.create(build(expression));
        node.place(expression.span());
        return node;
    }

    private boolean yieldsIn(Expr expression) {
        return layout.scope.generator() && Yields.in(expression);
    }

    /** Builds parts that are evaluated one after the other. Those before a yield are kept in slots while the generator stands still. */
    ExpressionNode[] inOrder(List<Expr> parts) {
        ExpressionNode[] nodes = new ExpressionNode[parts.size()];
        int first = 0;
        for (int i = 0; i < nodes.length; i++) {
            int before = layout.yields;
            nodes[i] = build(parts.get(i));
            if (layout.yields > before) {
                for (; first < i; first++) {
                    nodes[first] = saved(nodes[first]);
                }
            }
        }
        return nodes;
    }

    private ExpressionNode saved(ExpressionNode node) {
        if (node instanceof ConstantNode) {
            return node;
        }
        int slot = layout.temporary();
        layout.saved.add(slot);
        return new YieldNodes.Saved(slot, node);
    }

    /** Python folds a display of three or more constants to a frozenset, which shows in the order of the set made from it. */
    private static boolean isConstantSet(List<Expr> items) {
        return items.size() >= 3 && items.stream().allMatch(ExpressionBuilder::isConstant);
    }

    private static boolean isConstant(Expr item) {
        return switch (item) {
            case Expr.Int e -> true;
            case Expr.Float e -> true;
            case Expr.Str e -> true;
            case Expr.Bytes e -> true;
            case Expr.Bool e -> true;
            case Expr.None e -> true;
            case Expr.Unary e -> isConstant(e.operand());
            case Expr.TupleDisplay e -> e.items().stream().allMatch(ExpressionBuilder::isConstant);
            default -> false;
        };
    }

    private ExpressionNode items(DisplayNodes.Kind kind, List<Expr> items) {
        var plain = new ArrayList<Expr>();
        boolean[] starred = new boolean[items.size()];
        boolean any = false;
        for (int i = 0; i < starred.length; i++) {
            starred[i] = items.get(i) instanceof Expr.Starred;
            plain.add(items.get(i) instanceof Expr.Starred star ? star.value() : items.get(i));
            any |= starred[i];
        }
        return new DisplayNodes.Items(kind, inOrder(plain), any ? starred : null);
    }

    private ExpressionNode entries(List<Expr.Entry> entries) {
        var parts = new ArrayList<Expr>();
        for (var entry : entries) {
            entry.key().ifPresent(parts::add);
            parts.add(entry.value());
        }
        ExpressionNode[] nodes = inOrder(parts);
        ExpressionNode[] keys = new ExpressionNode[entries.size()];
        ExpressionNode[] values = new ExpressionNode[entries.size()];
        int next = 0;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = entries.get(i).key().isPresent() ? nodes[next++] : null;
            values[i] = nodes[next++];
        }
        return new DisplayNodes.Entries(keys, values);
    }

    private ExpressionNode text(List<Expr.FPart> parts) {
        var nodes = new ArrayList<ExpressionNode>();
        for (Expr.FPart part : parts) {
            switch (part) {
                case Expr.FPart.Text t -> nodes.add(new ConstantNode(t.value()));
                case Expr.FPart.Field f -> {
                    boolean explains = f.source() != null;
                    if (explains) {
                        nodes.add(new ConstantNode(f.source()));
                    }
                    char conversion = explains && f.conversion() == 0 && f.format().isEmpty() ? 'r' : f.conversion();
                    var field = new FStringNode.Field(build(f.value()), conversion, f.format().isEmpty() ? null : text(f.format()));
                    field.place(f.span());
                    nodes.add(field);
                }
            }
        }
        return nodes.size() == 1 && nodes.getFirst() instanceof ConstantNode only ? only : new FStringNode(nodes.toArray(ExpressionNode[]::new));
    }

    private ExpressionNode unary(Expr.Unary e) {
        return switch (e.operator()) {
            case NOT -> new LogicNodes.Not(condition(e.operand()));
            case PLUS -> PlusNodeGen.create(build(e.operand()));
            case INVERT -> InvertNodeGen.create(build(e.operand()));
            case MINUS -> switch (e.operand()) {
                case Expr.Int number -> new ConstantNode(Integers.of(number.value().negate()));
                case Expr.Float number -> new ConstantNode(-number.value());
                case Expr other -> NegateNodeGen.create(build(other));
            };
        };
    }

    private ExpressionNode logic(boolean and, Expr left, Expr right) {
        ExpressionNode[] sides = inOrder(List.of(left, right));
        return new LogicNodes.AndOr(and, sides[0], sides[1]);
    }

    private ExpressionNode conditional(Expr.Conditional e) {
        int before = layout.yields;
        ExpressionNode then = build(e.then());
        ExpressionNode otherwise = build(e.otherwise());
        ConditionNode test = layout.yields == before ? condition(e.test()) : ConditionNodeGen.create(saved(build(e.test())));
        return new ConditionalNode(test, then, otherwise);
    }

    /** A chain is an {@code and} of links; what stands between two links is kept in a slot. */
    private ExpressionNode compare(Expr.Compare e) {
        int links = e.operators().size();
        if (links == 1) {
            ExpressionNode[] sides = inOrder(List.of(e.first(), e.rest().getFirst()));
            return CompareNode.create(e.operators().getFirst(), sides[0], sides[1]);
        }
        ExpressionNode left = build(e.first());
        ExpressionNode chain = null;
        for (int i = 0; i < links; i++) {
            ExpressionNode right = build(e.rest().get(i));
            ExpressionNode next = null;
            if (i < links - 1) {
                int slot = layout.temporary();
                right = new WalrusNode(layout.writeSlot(slot), right);
                next = layout.readSlot(slot);
            }
            ExpressionNode link = CompareNode.create(e.operators().get(i), left, right);
            link.place(e.span());
            chain = chain == null ? link : new LogicNodes.AndOr(true, chain, link);
            left = next;
        }
        return chain;
    }

    private ExpressionNode call(Expr.Call e) {
        var arguments = e.arguments();
        if (isSuper(e)) {
            return new ClassNodes.Super(layout.box("__class__"));
        }
        boolean spread = arguments.stream().anyMatch(a -> a.kind() == Argument.Kind.STAR || a.kind() == Argument.Kind.DOUBLE_STAR);
        var parts = new ArrayList<Expr>();
        boolean method = e.function() instanceof Expr.Attribute && arguments.stream().allMatch(a -> a.kind() == Argument.Kind.POSITIONAL);
        parts.add(method ? ((Expr.Attribute) e.function()).object() : e.function());
        arguments.forEach(a -> parts.add(a.value()));
        ExpressionNode[] nodes = inOrder(parts);
        ExpressionNode[] values = Arrays.copyOfRange(nodes, 1, nodes.length);
        if (spread) {
            return new CallSpreadNode(nodes[0], spread(arguments, values));
        }
        if (method) {
            return new CallMethodNode(nodes[0], FindMethodNode.create(((Expr.Attribute) e.function()).name()).placed(e.function().span()), values);
        }
        int positional = (int) arguments.stream().filter(a -> a.kind() == Argument.Kind.POSITIONAL).count();
        if (positional == values.length) {
            return new CallNode(nodes[0], values);
        }
        String[] names = arguments.stream().skip(positional).map(Argument::name).toArray(String[]::new);
        return new CallKeywordsNode(nodes[0], Arrays.copyOf(values, positional), names,
                Arrays.copyOfRange(values, positional, values.length));
    }

    private boolean isSuper(Expr.Call e) {
        return e.function() instanceof Expr.Name name && name.id().equals("super") && e.arguments().isEmpty() && layout.isGlobal("super")
                && !layout.isClass() && layout.isFree("__class__");
    }

    SpreadNode spread(List<Argument> arguments, ExpressionNode[] values) {
        return new SpreadNode(arguments.stream().map(Argument::kind).toArray(Argument.Kind[]::new),
                arguments.stream().map(Argument::name).toArray(String[]::new), values);
    }

    SpreadNode spread(List<Argument> arguments) {
        return spread(arguments, inOrder(arguments.stream().map(Argument::value).toList()));
    }
}
