package org.ebb.grad;

import org.ebb.op.Op;
import org.ebb.tensor.Cell;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * What a tensor entry keeps: the operation, what its rule reads of inputs and output, and the entries of its inputs. The elements kept are
 * shared with the cells they came from until somebody writes.
 */
class Payload {

    final Op op;
    final Object options;
    final Value[] inputs;

    /** The entry of each input; 0 for a constant. */
    final long[] parents;
    final Value output;
    final Place place;

    Payload(Op op, Object options, Value[] inputs, long[] parents, Value output, Place place) {
        this.op = op;
        this.options = options;
        this.inputs = inputs;
        this.parents = parents;
        this.output = output;
        this.place = place;
    }

    /** The value as a rule may read it later: scalars as they are, tensors as a snapshot, or only their outline. */
    static Value keep(Value value, boolean read) {
        return switch (value) {
            case Scalar s -> s.recording == null ? s : new Scalar(s.value, s.kind, null, 0);
            case Tensor t -> read ? t.snapshot() : outline(t);
        };
    }

    /** Shape and dtype without elements. */
    static Tensor outline(Tensor t) {
        return new Tensor(new Cell(Outlines.of(t.dtype()), t.shape()), t.shape(), t.strides(), 0, t.flavour(), t.frozen);
    }

    /** Gives up the elements: their owners may write in place again. */
    void release() {
        for (Value input : inputs) {
            release(input);
        }
        release(output);
    }

    private static void release(Value value) {
        if (value instanceof Tensor t && t.cell.storage.owners > 1) {
            t.cell.storage.owners--;
        }
    }

    /** Storage without elements, one for each dtype; immutable, so sharing it among programs shows nothing of them. */
    private static final class Outlines {
        private static final Storage[] EMPTY = new Storage[org.ebb.tensor.DType.values().length];

        static {
            for (var dtype : org.ebb.tensor.DType.values()) {
                EMPTY[dtype.ordinal()] = Storage.zeros(dtype, 0);
                EMPTY[dtype.ordinal()].owners = 1;
            }
        }

        static Storage of(org.ebb.tensor.DType dtype) {
            return EMPTY[dtype.ordinal()];
        }
    }
}
