package org.ebb.op;

import org.ebb.tensor.Value;

/**
 * What applying an operation means: evaluate it, record it, carry a tangent through it, or batch it. Rules of derivatives are written
 * against this class, so what they do can itself be recorded.
 */
public abstract class Trace {

    /** Applies one row. {@code options} is what the row's {@link Op#prepare} made, or null for a row without options. */
    public abstract Value apply(Op op, Object options, Value... inputs);
}
