package org.ebb.grad;

import org.ebb.op.Op;
import org.ebb.op.Trace;
import org.ebb.tensor.Value;

/** The record of what was computed, and the sweep back over it. */
public final class Tape extends Trace {

    @Override
    public Value apply(Op op, Object options, Value... inputs) {
        return op.forward(options, inputs);
    }
}
