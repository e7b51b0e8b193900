package org.ebb.grad;

import java.util.Arrays;
import org.ebb.op.Op;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * What entries share that add all elements of tensors of one form: the tensor's entry lies to the left, the result in {@code y}.
 *
 * @param whole the form of the tensor; has no elements
 * @param divisor by what the sum is divided; see {@link Op#divisor}
 */
record Total(Op op, Object options, Tensor whole, double divisor) implements Compact {

    @Override
    public Payload payload(Chunk chunk, int k, Sites sites) {
        int node = chunk.node[k];
        return new Payload(op, options, new Value[] {whole}, new long[] {chunk.base + k - chunk.left[k]}, new Scalar(chunk.y[k], node & 15, null, 0),
                sites.place(node >>> 4));
    }

    /** Adds an element's part of the result's cotangent to all elements of a sum, or puts it there where that is the {@code first}. */
    void spread(boolean first, double cotangent, Storage sum) {
        if (sum instanceof Storage.Floats f) {
            spread(first, (float) cotangent / (float) divisor, f.array);
        } else {
            spread(first, cotangent / divisor, ((Storage.Doubles) sum).array);
        }
    }

    private static void spread(boolean first, float share, float[] sum) {
        if (first) {
            Arrays.fill(sum, share);
            return;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += share;
        }
    }

    private static void spread(boolean first, double share, double[] sum) {
        if (first) {
            Arrays.fill(sum, share);
            return;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += share;
        }
    }

    /** Those made lately: most programs have few. */
    static final class Known {
        private final Total[] latest = new Total[8];
        private int next;

        Total of(Op op, Object options, Tensor whole, double divisor) {
            for (Total known : latest) {
                if (known != null && known.op == op && known.options == options && known.divisor == divisor && known.whole == whole) {
                    return known;
                }
            }
            next = next + 1 & latest.length - 1;
            return latest[next] = new Total(op, options, whole, divisor);
        }
    }}
