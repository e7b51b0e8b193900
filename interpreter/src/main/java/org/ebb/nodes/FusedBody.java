package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import java.util.List;
import org.ebb.grad.Tape;
import org.ebb.grad.Writes;
import org.ebb.op.Blocks;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.Errors;
import org.ebb.runtime.NodePlace;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Thrown;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.syntax.Span;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** The other form of a {@link FusedNode}: reads all operands, then computes the whole expression. */
public final class FusedBody extends Node {

    /** Results with fewer elements are not worth a block program. */
    static final int SMALLEST = 256;

    private static final int PATIENCE = 16;

    private final FusedTree tree;
    private final FusedTree.End end;
    private final FusedBinding binding;

    /** Each operand in its own right, and (behind an operation) the careful way to read it early; null where any way will do. */
    @Children private final ExpressionNode[] leaves;
    @Children private final GuardedRead[] guards;
    @Children private final Operation[] places;

    private NodePlace recorded;
    private int misfits;

    /** Stands for one operation in errors. */
    private static final class Operation extends ExpressionNode {
        @Override
        public Object execute(VirtualFrame frame) {
            throw CompilerDirectives.shouldNotReachHere();
        }

        @Override
        public boolean isInstrumentable() {
            return false;
        }
    }

    /** {@code end} is null for an expression that gives its elements. */
    public FusedBody(FusedTree tree, FusedTree.End end, ExpressionNode[] leaves, GuardedRead[] guards, List<Span> places) {
        this.tree = tree;
        this.end = end;
        this.binding = new FusedBinding(tree, end);
        this.leaves = leaves;
        this.guards = guards;
        this.places = new Operation[places.size()];
        for (int k = 0; k < this.places.length; k++) {
            this.places[k] = new Operation();
            this.places[k].place(places.get(k));
        }
    }

    /** Reads the operands, up to one that has to wait for its turn, and computes. */
    @ExplodeLoop
    Object execute(VirtualFrame frame) {
        Object[] values = new Object[leaves.length];
        int products = 0;
        for (int k = 0; k < leaves.length; k++) {
            if (guards[k] != null) {
                values[k] = guards[k].read(frame);
            } else if (leaves[k] instanceof MatmulNode product) {
                Object left = product.getLeft().execute(frame);
                Object right = product.getRight().execute(frame);
                if (left instanceof Tensor && right instanceof Tensor) {
                    values[k] = product(product, left, right);
                    products |= values[k] instanceof Tensor ? 1 << k : 0;
                } else {
                    values[k] = product.executeWith(left, right);
                }
            } else {
                values[k] = leaves[k].execute(frame);
            }
            if (values[k] == null) {
                CompilerDirectives.transferToInterpreter();
                misfit();
                return new Steps(values, k, frame).result();
            }
        }
        return compute(values, products);
    }

    /** The product of two tensors, which runs no code of the program, and which {@link #letGo} gives back. */
    private Object product(MatmulNode node, Object left, Object right) {
        Tape tape = EbbContext.get(this).tape();
        tape.fleeting = true;
        try {
            return node.executeWith(left, right);
        } finally {
            tape.fleeting = false;
        }
    }

    /** {@code products}: as bits, the operands that are fresh tensors, made for this expression alone. */
    @TruffleBoundary
    private Object compute(Object[] values, int products) {
        FusedBinding.Bound bound = ((FusedNode) getParent()).isWatched() ? null : binding.bind(values);
        if (bound != null) {
            var steps = new Steps(values, values.length, null);
            Value[] inputs = bound.inputs(values, steps::value);
            if (inputs != null) {
                misfits = Math.max(0, misfits - 1);
                Object result = run(bound, inputs, tree instanceof FusedTree.Binary b && b.inPlace() ? (Tensor) values[0] : null);
                letGo(values, products);
                return result;
            }
        }
        misfit();
        return new Steps(values, values.length, null).result();
    }

    /** {@code target} is the left side of an assignment in place, or null. */
    private Object run(FusedBinding.Bound bound, Value[] inputs, Tensor target) {
        if (recorded == null) {
            recorded = NodePlace.of(places[places.length - 1]);
        }
        Tape tape = EbbContext.get(this).tape();
        tape.place = recorded;
        try {
            if (target == null) {
                return Tensors.result(tape.apply(Blocks.BLOCK, bound.expression(), inputs));
            }
            Writes writes = EbbContext.get(this).writes();
            if (!writes.keepsVersion(target) || !Blocks.into(target, bound.expression(), inputs)) {
                writes.assign(target, tape.apply(Blocks.BLOCK, bound.expression(), inputs));
            }
            return target;
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(places[places.length - 1]);
        }
    }

    private void letGo(Object[] values, int products) {
        for (int k = 0; products >> k != 0; k++) {
            if ((products >> k & 1) != 0) {
                EbbContext.get(this).tape().letGo((Tensor) values[k]);
            }
        }
    }

    private void misfit() {
        if (++misfits > PATIENCE) {
            ((FusedNode) getParent()).runPlainly();
        }
    }

    /** Computes operation by operation, in the order of the source, as the nodes of the other form do. */
    private final class Steps {
        private final Object[] values;
        /** Operands from here on are read when it is their turn, from {@code frame}. */
        private int read;
        private final VirtualFrame frame;

        Steps(Object[] values, int read, VirtualFrame frame) {
            this.values = values;
            this.read = read;
            this.frame = frame;
        }

        Object result() {
            if (end == null) {
                return value(tree);
            }
            Object function = end.function() < 0 ? null : leaf(end.function());
            Object elements = value(tree);
            return at(end.place(), () -> end.function() < 0 ? Calls.callMethod(elements, end.row().name) : Calls.call(function, elements));
        }

        private Object leaf(int k) {
            for (; read <= k; read++) {
                values[read] = leaves[read].execute(frame);
            }
            return values[k];
        }

        Object value(FusedTree part) {
            return switch (part) {
                case FusedTree.Leaf l -> leaf(l.index());
                case FusedTree.Number n -> n.value();
                case FusedTree.Binary b -> {
                    Object left = value(b.left());
                    Object right = value(b.right());
                    yield at(b.place(), () -> b.inPlace() ? Operators.augmented(b.operator(), left, right) : Operators.binary(b.operator(), left, right));
                }
                case FusedTree.Minus m -> {
                    Object operand = value(m.operand());
                    yield at(m.place(), () -> Operators.unary(UnaryOperator.MINUS, operand));
                }
                case FusedTree.Compare c -> {
                    Object left = value(c.left());
                    Object right = value(c.right());
                    yield at(c.place(), () -> Compare.compare(c.operator(), left, right));
                }
                case FusedTree.Call c -> {
                    Object function = leaf(c.function());
                    Object[] arguments = c.arguments().stream().map(this::value).toArray();
                    yield at(c.place(), () -> Calls.call(function, arguments));
                }
                case FusedTree.Method m -> {
                    Object receiver = value(m.receiver());
                    yield at(m.place(), () -> Calls.callMethod(receiver, m.name()));
                }
            };
        }

        private Object at(int place, java.util.function.Supplier<Object> operation) {
            Operation node = places[place];
            node.comesFromHere();
            try {
                return operation.get();
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, node);
            } catch (TensorException refusal) {
                throw Errors.from(refusal).at(node);
            }
        }
    }
}

// Note [Fusion]
// An expression such as tanh(x) * w + b names three temporaries that nobody else can see. Run node by node, each is an array that is written
// and read again through memory; as a block program the whole expression passes over a few thousand elements at a time, which stay in the
// cache. The tape keeps one entry whose backward is a block program too, computing again what it needs instead of keeping it.
//
// Meaning must not change. The program reads all operands first and computes then, so after the first operation only operands are read whose
// reading runs no code of the program (GuardedRead decides, at run time); where that cannot be known, the operations up to there run first,
// one by one. Shapes and dtypes are looked at before anything is computed, and an expression that would fail is run one by one, so that the
// error is the one that the operation gives, at its place. So does an expression that an instrument watches.
