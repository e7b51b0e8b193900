package org.ebb.grad;

import java.util.function.Consumer;
import org.ebb.op.Op;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Cell;
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

    /** The inputs that have an entry, as bits; of many inputs the first 64. */
    static long wanted(long[] parents) {
        long wanted = 0;
        for (int k = 0; k < parents.length && k < Long.SIZE; k++) {
            wanted |= parents[k] != 0 ? 1L << k : 0;
        }
        return wanted;
    }

    /** Shape and dtype without elements. */
    static Tensor outline(Tensor t) {
        return new Tensor(new Cell(Empty.of(t.dtype()), t.shape()), t.shape(), t.strides(), 0, t.flavour(), t.frozen);
    }

    /** The elements that the rule will read. */
    void kept(Consumer<Storage> each) {
        for (Value input : inputs) {
            if (input instanceof Tensor t) {
                each.accept(t.cell.storage);
            }
        }
        if (output instanceof Tensor t) {
            each.accept(t.cell.storage);
        }
    }

    /** Gives up the elements: their owners may write in place again, and what has no owner but this serves again. */
    void release(Buffers buffers) {
        for (Value input : inputs) {
            release(input, buffers);
        }
        release(output, buffers);
    }

    private static void release(Value value, Buffers buffers) {
        if (value instanceof Tensor t) {
            release(t.cell.storage, buffers);
        }
    }

    static void release(Storage elements, Buffers buffers) {
        if (elements == null) {
            return;
        }
        if (elements.owners > 1) {
            elements.owners--;
        } else if (elements.unseen) {
            elements.unseen = false;
            buffers.give(elements);
        }
    }

    /** Outlines made lately, to be shared by payloads: most tensors of a program have few shapes. */
    static final class Outlines {
        private final Tensor[] latest = new Tensor[8];
        private int next;

        Tensor of(Tensor t) {
            if (t.strides() != t.shape().strides()) {
                return outline(t);
            }
            for (Tensor known : latest) {
                if (known != null && known.shape().equals(t.shape()) && known.dtype() == t.dtype() && known.flavour() == t.flavour()
                        && known.frozen == t.frozen) {
                    return known;
                }
            }
            next = next + 1 & latest.length - 1;
            return latest[next] = outline(t);
        }
    }

    /** Storage without elements, one for each dtype; immutable, so sharing it among programs shows nothing of them. */
    private static final class Empty {
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
