package org.ebb.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ebb.nodes.ExpressionNode;
import org.ebb.nodes.FusedBody;
import org.ebb.nodes.FusedTree;
import org.ebb.nodes.GuardedRead;
import org.ebb.op.Arithmetic;
import org.ebb.op.Blocks;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.op.Reductions;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/**
 * Finds the elementwise part of an expression: operators and calls of elementwise functions by name, down to operands. Looks at the source
 * alone; what the names and operands are is known when it runs.
 */
final class FusionBuilder {

    /** Larger expressions run in pieces; this also bounds the work of looking. */
    private static final int MOST_OPERATIONS = 40;
    private static final int MOST_LEAVES = 20;
    private static final int DEEPEST = 16;

    private final Layout layout;
    private final List<Expr> leaves = new ArrayList<>();
    /** Which leaves are read behind an operation. */
    private final List<Boolean> behind = new ArrayList<>();
    private final List<Span> places = new ArrayList<>();
    private final Set<Expr> operations = Collections.newSetFromMap(new IdentityHashMap<>());
    private final FusedTree tree;
    private final FusedTree.End end;

    /** Thrown to itself: the expression stays as it is. */
    private static final class Unfit extends RuntimeException {
        Unfit() {
            super(null, null, false, false);
        }
    }

    private FusionBuilder(Layout layout, Expr root) {
        this.layout = layout;
        Expr summed = summed(root);
        if (summed == null) {
            this.tree = operation(root, 0);
            this.end = null;
            if (operations.size() < 2) {
                throw new Unfit();
            }
        } else {
            boolean method = ((Expr.Call) root).function() instanceof Expr.Attribute;
            int function = method ? -1 : leaf(((Expr.Call) root).function());
            this.tree = operation(summed, 0);
            this.end = new FusedTree.End(isMean(root) ? Blocks.End.MEAN : Blocks.End.SUM, function, isMean(root) ? Reductions.MEAN : Reductions.SUM, places.size());
            places.add(root.span());
        }
    }

    /** {@code old op= value}: the first leaf is the old value. */
    private FusionBuilder(Layout layout, Stmt.AugmentedAssign s) {
        this.layout = layout;
        leaves.add(s.target());
        behind.add(false);
        FusedTree value = operation(s.value(), 0);
        places.add(s.span());
        this.tree = new FusedTree.Binary(s.operator(), FusedTree.row(s.operator()), new FusedTree.Leaf(0), value, true, places.size() - 1);
        this.end = null;
    }

    /** The fused form of an assignment in place, or null. */
    static FusionBuilder of(Layout layout, Stmt.AugmentedAssign s) {
        if (FusedTree.row(s.operator()) == null || layout.isClass() || layout.scope.generator() && Yields.in(s.value())) {
            return null;
        }
        try {
            return new FusionBuilder(layout, s);
        } catch (Unfit unfit) {
            return null;
        }
    }

    /** The fused form of an expression, or null where it has none. */
    static FusionBuilder of(Layout layout, Expr root) {
        boolean candidate = root instanceof Expr.Binary || root instanceof Expr.Call || root instanceof Expr.Unary || root instanceof Expr.Compare;
        if (!candidate || layout.isClass() || layout.scope.generator() && Yields.in(root)) {
            return null;
        }
        try {
            return new FusionBuilder(layout, root);
        } catch (Unfit unfit) {
            return null;
        }
    }

    /** The parts that are operations within: they are not looked at again as expressions of their own. */
    Set<Expr> operations() {
        return operations;
    }

    /** The part whose elements the expression sums, or null. */
    Expr summed() {
        return end == null ? null : summed;
    }

    private Expr summed;

    private Expr summed(Expr root) {
        if (!(root instanceof Expr.Call call)) {
            return null;
        }
        if (call.function() instanceof Expr.Attribute a && call.arguments().isEmpty() && (a.name().equals("sum") || a.name().equals("mean"))) {
            summed = a.object();
        } else if (call.function() instanceof Expr.Name name && name.id().equals("mean") && layout.isGlobal("mean") && call.arguments().size() == 1
                && call.arguments().getFirst().kind() == Expr.Argument.Kind.POSITIONAL) {
            summed = call.arguments().getFirst().value();
        }
        return summed;
    }

    private static boolean isMean(Expr root) {
        return ((Expr.Call) root).function() instanceof Expr.Attribute a ? a.name().equals("mean") : true;
    }

    private FusedTree operation(Expr e, int depth) {
        FusedTree found = tree(e, depth);
        if (found instanceof FusedTree.Leaf || found instanceof FusedTree.Number) {
            throw new Unfit();
        }
        return found;
    }

    private FusedTree tree(Expr e, int depth) {
        if (depth > DEEPEST || operations.size() > MOST_OPERATIONS) {
            throw new Unfit();
        }
        return switch (e) {
            case Expr.Int n when n.value().bitLength() < 53 -> new FusedTree.Number(Integers.of(n.value()), n.value().doubleValue());
            case Expr.Float f -> new FusedTree.Number(f.value(), f.value());
            case Expr.Binary b when FusedTree.row(b.operator()) != null -> {
                FusedTree left = tree(b.left(), depth + 1);
                FusedTree right = tree(b.right(), depth + 1);
                yield new FusedTree.Binary(b.operator(), FusedTree.row(b.operator()), left, right, false, done(e));
            }
            case Expr.Unary u when u.operator() == Expr.UnaryOperator.MINUS && isNumber(u.operand()) -> {
                double number = u.operand() instanceof Expr.Int n ? -n.value().doubleValue() : -((Expr.Float) u.operand()).value();
                yield new FusedTree.Number(u.operand() instanceof Expr.Int n ? Integers.of(n.value().negate()) : (Object) number, number);
            }
            case Expr.Unary u when u.operator() == Expr.UnaryOperator.MINUS -> new FusedTree.Minus(tree(u.operand(), depth + 1), done(e));
            case Expr.Compare c when c.operators().size() == 1 && FusedTree.row(c.operators().getFirst()) != null -> {
                FusedTree left = tree(c.first(), depth + 1);
                FusedTree right = tree(c.rest().getFirst(), depth + 1);
                yield new FusedTree.Compare(c.operators().getFirst(), FusedTree.row(c.operators().getFirst()), left, right, done(e));
            }
            case Expr.Call c when isCall(c) -> call(c, depth);
            default -> new FusedTree.Leaf(leaf(e));
        };
    }

    private static boolean isNumber(Expr e) {
        return e instanceof Expr.Int n && n.value().bitLength() < 53 || e instanceof Expr.Float;
    }

    /** Written down once its operands are, so that numbers follow the order of evaluation; the whole expression comes last. */
    private int done(Expr e) {
        operations.add(e);
        places.add(e.span());
        return places.size() - 1;
    }

    private boolean isCall(Expr.Call c) {
        return c.arguments().stream().allMatch(a -> a.kind() == Expr.Argument.Kind.POSITIONAL) && (row(c) != null || method(c) != null);
    }

    /** The row that a function of this name applies, if the name means what it does everywhere. */
    private Elementwise row(Expr.Call c) {
        String name = switch (c.function()) {
            case Expr.Name n when layout.isGlobal(n.id()) -> n.id();
            case Expr.Attribute a when a.object() instanceof Expr.Name n && layout.isGlobal(n.id()) -> a.name();
            default -> null;
        };
        return name != null && Ops.named(name) instanceof Elementwise row && row.arity == c.arguments().size() ? row : null;
    }

    private static Elementwise method(Expr.Call c) {
        return c.arguments().isEmpty() && c.function() instanceof Expr.Attribute a && Ops.named(a.name()) instanceof Elementwise row && row.arity == 1
                && Types.TENSOR.lookup(a.name()) instanceof EbbBuiltin builtin && builtin.row == row ? row : null;
    }

    private FusedTree call(Expr.Call c, int depth) {
        Elementwise row = row(c);
        if (row == null) {
            var attribute = (Expr.Attribute) c.function();
            return new FusedTree.Method(attribute.name(), method(c), tree(attribute.object(), depth + 1), done(c));
        }
        int function = leaf(c.function());
        var arguments = new ArrayList<FusedTree>();
        for (Expr.Argument argument : c.arguments()) {
            arguments.add(tree(argument.value(), depth + 1));
        }
        return new FusedTree.Call(function, row, arguments, done(c));
    }

    private int leaf(Expr e) {
        boolean afterwards = !operations.isEmpty();
        if (leaves.size() >= MOST_LEAVES || !isPlain(e) || afterwards && !canGuard(e)) {
            throw new Unfit();
        }
        leaves.add(e);
        behind.add(afterwards);
        return leaves.size() - 1;
    }

    /** Can the part be built once more, outside of its turn? Not what needs slots of the frame. */
    private static boolean isPlain(Expr e) {
        return switch (e) {
            case Expr.Name _, Expr.Int _, Expr.Float _, Expr.Str _, Expr.Bool _, Expr.None _, Expr.Ellipsis _ -> true;
            case Expr.Attribute a -> isPlain(a.object());
            case Expr.Subscript s -> isPlain(s.object()) && isPlain(s.index());
            case Expr.Slice s -> s.lower().map(FusionBuilder::isPlain).orElse(true) && s.upper().map(FusionBuilder::isPlain).orElse(true)
                    && s.step().map(FusionBuilder::isPlain).orElse(true);
            case Expr.TupleDisplay t -> t.items().stream().allMatch(FusionBuilder::isPlain);
            case Expr.Binary b -> isPlain(b.left()) && isPlain(b.right());
            case Expr.Unary u -> isPlain(u.operand());
            case Expr.Call c -> isPlain(c.function()) && c.arguments().stream().allMatch(a -> isPlain(a.value()));
            default -> false;
        };
    }

    /** Is it of a form that {@link GuardedRead} knows? */
    private static boolean canGuard(Expr e) {
        return switch (e) {
            case Expr.Name _, Expr.Int _, Expr.Float _, Expr.Bool _, Expr.Str _ -> true;
            case Expr.Attribute a -> canGuard(a.object());
            case Expr.Subscript s -> canGuard(s.object()) && (canGuard(s.index()) || isSlice(s.index()));
            default -> false;
        };
    }

    /** A slice between names and whole numbers. */
    private static boolean isSlice(Expr e) {
        return e instanceof Expr.Slice s && isBound(s.lower()) && isBound(s.upper()) && isBound(s.step());
    }

    private static boolean isBound(Optional<Expr> e) {
        return switch (e.orElse(null)) {
            case null -> true;
            case Expr.Name _, Expr.Int _ -> true;
            case Expr.Unary u -> u.operator() == Expr.UnaryOperator.MINUS && u.operand() instanceof Expr.Int;
            default -> false;
        };
    }

    FusedBody build(Function<Expr, ExpressionNode> builder) {
        return build(builder, null);
    }

    /** {@code first} is the node of the first leaf, if it is ready. */
    FusedBody build(Function<Expr, ExpressionNode> builder, ExpressionNode first) {
        ExpressionNode[] nodes = new ExpressionNode[leaves.size()];
        GuardedRead[] guards = new GuardedRead[nodes.length];
        for (int k = 0; k < nodes.length; k++) {
            nodes[k] = k == 0 && first != null ? first : builder.apply(leaves.get(k));
            guards[k] = behind.get(k) && !(leaves.get(k) instanceof Expr.Name) ? guarded(leaves.get(k), builder) : null;
        }
        return new FusedBody(tree, end, nodes, guards, places);
    }

    private static GuardedRead guarded(Expr e, Function<Expr, ExpressionNode> builder) {
        return switch (e) {
            case Expr.Attribute a -> new GuardedRead.Attribute(guarded(a.object(), builder), a.name());
            case Expr.Subscript s when isSlice(s.index()) ->
                new GuardedRead.Slice(guarded(s.object(), builder), guarded(s.index(), builder), builder.apply(s));
            case Expr.Subscript s -> new GuardedRead.Subscript(guarded(s.object(), builder), guarded(s.index(), builder));
            default -> new GuardedRead.Plain(builder.apply(e));
        };
    }
}
