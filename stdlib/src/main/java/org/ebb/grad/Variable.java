package org.ebb.grad;

import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** The entry of a leaf in one recording. */
final class Variable extends Payload {

    final Leaf leaf;

    /** Has a backward that uses entries up reached it? */
    boolean counted;

    Variable(Leaf leaf, Value value, Place place) {
        super(null, null, new Value[0], new long[0], value instanceof Tensor t ? outline(t) : (Scalar) value, place);
        this.leaf = leaf;
    }
}
