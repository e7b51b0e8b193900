package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import java.util.function.Supplier;
import org.ebb.tensor.Tensor;

/**
 * An expression of elementwise operations. Runs them one by one until it meets large tensors; from then on it reads all operands and runs
 * the expression as one block program. See Note [Fusion] in {@link FusedBody}.
 */
public final class FusedNode extends ExpressionNode {

    private enum State { WATCHING, FUSED, PLAIN }

    @Child private ExpressionNode plain;
    @Child private FusedBody body;
    private final Supplier<FusedBody> recipe;

    /** The expression around this one that sums its elements; it fuses in this one's place. */
    private FusedNode reduction;

    @CompilationFinal private State state = State.WATCHING;
    private boolean watched;

    /** {@code recipe} makes the other form; only asked for once there are large tensors. Null: this node only tells a sum around it. */
    public FusedNode(ExpressionNode plain, Supplier<FusedBody> recipe) {
        this.plain = plain;
        this.recipe = recipe;
    }

    /** This expression is what {@code reduction} sums. */
    public void isSummedBy(FusedNode reduction) {
        this.reduction = reduction;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        if (state == State.FUSED) {
            return body.execute(frame);
        }
        Object result = plain.execute(frame);
        if (state == State.WATCHING && result instanceof Tensor t && t.size() >= FusedBody.SMALLEST) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            FusedNode outer = reduction;
            (outer != null && outer.state != State.PLAIN ? outer : this).fuse();
        }
        return result;
    }

    private void fuse() {
        atomic(() -> {
            if (state == State.WATCHING && recipe == null) {
                state = State.PLAIN;
            } else if (state == State.WATCHING) {
                body = insert(recipe.get());
                notifyInserted(body);
                state = State.FUSED;
            }
        });
    }

    /** To be called by the body once its operands are mostly of another kind. */
    void runPlainly() {
        CompilerDirectives.transferToInterpreterAndInvalidate();
        state = State.PLAIN;
    }

    /** Has an instrument looked at a part of this? Then the parts run one by one. */
    boolean isWatched() {
        return watched;
    }

    /** To be called before a node is wrapped for an instrument. */
    static void watch(Node part) {
        for (Node node = part; node != null; node = node.getParent()) {
            if (node instanceof FusedNode fused) {
                fused.watched = true;
            }
        }
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        return state == State.FUSED ? super.executeLong(frame) : plain.executeLong(frame);
    }

    @Override
    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        return state == State.FUSED ? super.executeDouble(frame) : plain.executeDouble(frame);
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        return state == State.FUSED ? super.executeBoolean(frame) : plain.executeBoolean(frame);
    }

    /** The expression inside is what instruments see. */
    @Override
    public boolean isInstrumentable() {
        return false;
    }
}
