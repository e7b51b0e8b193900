package org.ebb.op;

import org.ebb.tensor.Shape;

/**
 * A product of two tensors that sums over the axes they share, in the notation of Einstein: one letter for each axis of a, of
 * b and of the result. A letter of one operand alone is summed there. {@code shape} is what the result is reshaped to in the
 * end, or null. {@code strong}: a is a cotangent, whose exact zeros contribute nothing even where b is infinite.
 */
public record Contraction(String a, String b, String out, Shape shape, boolean strong) {

    /** The plain product of two matrices. */
    static final Contraction MATRICES = of("XZ", "ZY", "XY");

    static Contraction of(String a, String b, String out) {
        return new Contraction(a, b, out, null, false);
    }
}
