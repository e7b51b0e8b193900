package org.ebb.grad;

import org.ebb.op.Op;
import org.ebb.op.Window;
import org.ebb.op.Windows;
import org.ebb.tensor.Cell;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * What entries that read or wrote one element of tensors of the same form share; it stands where other tensor entries have a {@link
 * Payload}. The rest lies in the chunk's arrays, as with scalar entries: the whole's entry to the left, the written number's to the right,
 * the element's row-major place in {@code x}, its value in {@code y}. A loop over elements so leaves nothing behind for the garbage
 * collector to copy, which took most of its time.
 *
 * @param op {@link Windows#VIEW} or {@link Windows#PUT}
 * @param whole the form of what the element is part of; has no elements
 */
record Element(Op op, Tensor whole) implements Compact {

    private static final long[] NO_STRIDES = {};

    boolean writes() {
        return op == Windows.PUT;
    }

    @Override
    public Payload payload(Chunk chunk, int k, Sites sites) {
        long id = chunk.base + k;
        long left = chunk.left[k] == 0 ? 0 : id - chunk.left[k];
        long right = chunk.right[k] == 0 ? 0 : id - chunk.right[k];
        var window = new Window.Strided(whole.shape(), Shape.SCALAR, NO_STRIDES, (long) chunk.x[k]);
        var number = new Scalar(chunk.y[k], chunk.node[k] & 15, null, 0);
        Place place = sites.place(chunk.node[k] >>> 4);
        return writes() ? new Payload(op, window, new Value[] {whole, number}, new long[] {left, right}, whole, place)
                : new Payload(op, window, new Value[] {whole}, new long[] {left}, number, place);
    }

    /** Those made lately: most programs have few. */
    static final class Known {
        private final Element[] latest = new Element[8];
        private int next;

        Element of(Op op, Shape shape, DType dtype, Tensor like) {
            for (Element known : latest) {
                if (known != null && known.op == op && known.whole.dtype() == dtype && known.whole.flavour() == like.flavour()
                        && known.whole.frozen == like.frozen && known.whole.shape().equals(shape)) {
                    return known;
                }
            }
            next = next + 1 & latest.length - 1;
            var form = new Tensor(new Cell(like.cell.storage, shape), shape, shape.strides(), 0, like.flavour(), like.frozen);
            return latest[next] = new Element(op, Payload.outline(form));
        }
    }
}
