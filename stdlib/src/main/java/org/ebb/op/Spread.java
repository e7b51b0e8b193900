package org.ebb.op;

import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/**
 * Operands that are small beside others, written out in full where rows are short: one long loop is then faster than many short ones
 * (a bias of ten numbers beside 512 rows: three times).
 */
final class Spread {

    /** Rows from here on have loops of their own. */
    private static final int LONG = 32;

    /** For less than this there is nothing to win, and above it copies leave the cache. */
    private static final int LEAST = 64;
    private static final int MOST = 1 << 18;

    private Spread() {}

    static boolean pays(Shape shape) {
        return shape.rank() == 2 && shape.dim(1) > 1 && shape.dim(1) < LONG && shape.size() >= LEAST && shape.size() <= MOST;
    }

    /** The same elements, one for each of the shape, if {@code t} is a row or a column of floats; otherwise {@code t} itself. */
    static Tensor out(Tensor t, Shape shape) {
        if (!(t.cell.storage instanceof Storage.Floats f) || t.size() == shape.size() || t.size() <= 1) {
            return t;
        }
        int rows = (int) shape.dim(0);
        int columns = (int) shape.dim(1);
        float[] full = new float[rows * columns];
        int at = (int) t.offset;
        if (t.size() == columns && t.shape().dim(-1) == columns) {
            row(f.array, at, (int) t.strides()[t.rank() - 1], full, columns);
        } else if (t.rank() == 2 && t.shape().dim(0) == rows && t.shape().dim(1) == 1) {
            column(f.array, at, (int) t.strides()[0], full, columns);
        } else {
            return t;
        }
        return Tensor.of(new Storage.Floats(full), shape, t.flavour());
    }

    private static void row(float[] from, int at, int step, float[] full, int columns) {
        for (int j = 0; j < columns; j++) {
            full[j] = from[at + j * step];
        }
        for (int done = columns; done < full.length; done *= 2) {
            System.arraycopy(full, 0, full, done, Math.min(done, full.length - done));
        }
    }

    private static void column(float[] from, int at, int step, float[] full, int columns) {
        for (int to = 0; to < full.length; at += step) {
            float one = from[at];
            for (int end = to + columns; to < end; to++) {
                full[to] = one;
            }
        }
    }
}
