package org.ebb.grad;

import java.util.function.Consumer;
import org.ebb.op.Elementwise;
import org.ebb.op.Ready;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * What an entry of an elementwise row keeps whose inputs are like its result, of one shape and float dtype, or constant numbers beside it: bare
 * elements. With a few numbers in each tensor, as a program's states and parameters are, most of the time goes to what surrounds them.
 */
final class Alike implements Compact {

    /** Up to so many elements a slope that is not {@link Elementwise#ready} is computed one by one. */
    private static final int FEW = 8;

    /** The form of inputs and result; has no elements. */
    final Tensor like;

    /** What the rule reads; null for the rest. */
    final Storage x;
    final Storage y;
    final Storage output;

    /** The input that is a number, which has no entry; null where both are tensors. */
    final Scalar number;

    private Alike(Tensor like, Storage x, Storage y, Storage output, Scalar number) {
        this.like = like;
        this.x = x;
        this.y = y;
        this.output = output;
        this.number = number;
    }

    /** The row's result, recorded if that is on; null, and nothing done, where the inputs are not alike. */
    static Tensor apply(Tape tape, Elementwise op, Value[] inputs) {
        Value first = inputs[0];
        Value second = inputs.length == 2 ? inputs[1] : null;
        if (op.arity > 2 || op.result == Elementwise.Result.TRUTH
                || !((first instanceof Tensor ? first : second) instanceof Tensor like) || !isPlain(like)) {
            return null;
        }
        Tensor result;
        if (second == null) {
            result = op.alike(like, like.cell.storage);
        } else if (second instanceof Tensor other && first == like) {
            result = isLike(other, like) ? op.alike(like, like.cell.storage, other.cell.storage) : null;
        } else {
            result = isBeside((Scalar) (first == like ? second : first), like) ? (Tensor) op.forward(first, second) : null;
        }
        if (result == null || !tape.recording || !op.differentiable()) {
            return result;
        }
        return op.ready() != null || result.size() <= FEW ? record(tape, op, first, second, result) : (Tensor) tape.record(op, null, inputs, result);
    }

    /** Are a tensor's elements all of an array, of a kind that there are loops for? */
    private static boolean isPlain(Tensor t) {
        Storage elements = t.cell.storage;
        return (elements instanceof Storage.Floats || elements instanceof Storage.Doubles) && !t.frozen && t.rank() > 0 && t.isBase();
    }

    private static boolean isLike(Tensor t, Tensor like) {
        return t.cell.storage.getClass() == like.cell.storage.getClass() && t.flavour() == like.flavour() && t.shape().equals(like.shape())
                && !t.frozen && t.isBase();
    }

    private static boolean isBeside(Scalar s, Tensor like) {
        return s.recording == null && (s.isLanguageFloat() || s.dtype() == like.dtype() && s.flavour() == like.flavour());
    }

    private static Tensor record(Tape tape, Elementwise op, Value first, Value second, Tensor result) {
        long left = entry(tape, first);
        long right = entry(tape, second);
        if ((left | right) == 0) {
            return result;
        }
        int reads = op.reads((left != 0 ? 1 : 0) | (right != 0 ? 2 : 0));
        Storage x = (reads & 1) != 0 ? kept(first) : null;
        Storage y = (reads & 2) != 0 ? kept(second) : null;
        Storage output = (reads & 8) != 0 ? kept(result) : null;
        Scalar number = first instanceof Scalar s ? s : second instanceof Scalar s ? s : null;
        result.cell.id = tape.pushAlike(op, left, right, new Alike(tape.outline(result), x, y, output, number));
        result.cell.recording = tape.current;
        return result;
    }

    private static long entry(Tape tape, Value value) {
        return value instanceof Tensor base && base.cell.recording != null ? tape.entry(base.cell.recording, base.cell.id, base) : 0;
    }

    private static Storage kept(Value value) {
        if (!(value instanceof Tensor t)) {
            return null;
        }
        t.cell.storage.owners++;
        return t.cell.storage;
    }

    /**
     * Adds what a cotangent of the result brings to input j to a sum, or puts it there where that is the {@code first}. All elements lie alike.
     */
    void pull(Elementwise op, int j, boolean first, Storage cotangent, Storage sum) {
        Ready[] slopes = op.ready();
        if (slopes != null) {
            slopes[j].pull(first, cotangent, j == 0 ? y : x, number, output, op.slope(j), sum);
        } else {
            double constant = number == null ? 0 : number.value;
            for (int i = 0; i < sum.length(); i++) {
                double g = op.pull(j, cotangent.getDouble(i), x == null ? constant : x.getDouble(i), y == null ? constant : y.getDouble(i),
                        output == null ? 0 : output.getDouble(i));
                sum.setDouble(i, first ? g : sum.getDouble(i) + g);
            }
        }
    }

    @Override
    public Payload payload(Chunk chunk, int k, Sites sites) {
        long id = chunk.base + k;
        int site = chunk.node[k] >>> 4;
        Elementwise op = sites.op(site);
        long left = chunk.left[k] == 0 ? 0 : id - chunk.left[k];
        long right = chunk.right[k] == 0 ? 0 : id - chunk.right[k];
        Value first = number != null && left == 0 ? number : tensor(x);
        if (op.arity == 1) {
            return new Payload(op, null, new Value[] {first}, new long[] {left}, tensor(output), sites.place(site));
        }
        Value second = number != null && left != 0 ? number : number == null && x == y ? first : tensor(y);
        return new Payload(op, null, new Value[] {first, second}, new long[] {left, right}, tensor(output), sites.place(site));
    }

    private Tensor tensor(Storage elements) {
        return elements == null ? like : Tensor.of(elements, like.shape(), like.flavour());
    }

    /** The elements that the rule will read. */
    void kept(Consumer<Storage> each) {
        for (Storage elements : new Storage[] {x, y, output}) {
            if (elements != null) {
                each.accept(elements);
            }
        }
    }

    /** Gives up the elements. */
    void release(Buffers buffers) {
        Payload.release(x, buffers);
        Payload.release(y, buffers);
        Payload.release(output, buffers);
    }
}
