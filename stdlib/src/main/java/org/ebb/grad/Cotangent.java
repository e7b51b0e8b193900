package org.ebb.grad;

import org.ebb.tensor.Tensor;

/** A cotangent that becomes this sweep's own, to be added to in place, when a second one arrives. */
final class Cotangent {
    private Tensor value;
    private boolean own;

    Cotangent(Tensor value) {
        this.value = value;
    }

    static Cotangent zeros(Tensor like) {
        var zeros = new Cotangent(Tensor.zeros(like.dtype(), like.shape(), like.flavour()));
        zeros.own = true;
        return zeros;
    }

    Tensor value() {
        return value;
    }

    void add(Tensor more) {
        Regions.add(more, writable());
    }

    /** The array itself, row-major and seen by nobody else. */
    Tensor writable() {
        if (!own) {
            value = value.copy();
            own = true;
        }
        return value;
    }
}
