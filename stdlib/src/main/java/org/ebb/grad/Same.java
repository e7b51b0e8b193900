package org.ebb.grad;

import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** A tensor that is differentiated with respect to: it passes what arrives on to the value it is a copy of. */
final class Same extends Payload {

    Same(Tensor outline, long parent, Place place) {
        super(null, null, new Value[] {outline}, new long[] {parent}, outline, place);
    }
}
