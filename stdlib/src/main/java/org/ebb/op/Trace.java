package org.ebb.op;

import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * What applying an operation means: evaluate it, record it, carry a tangent through it, or batch it. Rules of derivatives are
 * written against this class, so what they do can itself be recorded.
 */
public abstract class Trace {

    protected Trace() {}

    /** Applies one row. {@code options} is what the row's {@link Op#prepare} made, or null for a row without options. */
    public abstract Value apply(Op op, Object options, Value... inputs);

    /** Is applying a row nothing but computing its value? Then a rule may take a shorter way to the same numbers. */
    public boolean onlyEvaluates() {
        return false;
    }

    /**
     * Calls a row as the language does: where it answers with a view of its first input (reshape, transpose, ...), gives that
     * view, otherwise applies it. A view needs no entry: its cell has the history.
     */
    public final Value call(Op op, Object options, Value... inputs) {
        if (inputs.length > 0 && inputs[0] instanceof Tensor x) {
            Tensor view = op.view(options, x);
            if (view != null && view.rank() > 0) {
                return view;
            }
        }
        return apply(op, options, inputs);
    }
}
