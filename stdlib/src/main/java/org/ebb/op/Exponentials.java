package org.ebb.op;

import org.ebb.kernel.Glance;
import org.ebb.kernel.Kernels;
import org.ebb.kernel.Unary;
import org.ebb.tensor.Storage;

/** Rows as exponentials that sum to 1, or the logarithms of these. Rows of float are taken several at a time, for the kernels' sake. */
record Exponentials(boolean logarithm) implements Folds.RowMap {

    private static final Kernels KERNELS = Kernels.fastest();

    /** Elements taken at a time: they stay in the cache. */
    private static final int PIECE = 2048;

    @Override
    public void rows(Storage in, int from, int n, int count, Storage out) {
        if (n == 0 || !(in instanceof Storage.Floats x) || !(out instanceof Storage.Floats y)) {
            Folds.RowMap.super.rows(in, from, n, count, out);
            return;
        }
        each(x.array, from, n, count, (row, e, at, max, sum) -> {
            int to = row * n;
            if (logarithm) {
                subtract(x.array, from + to, max, Math.log(sum), y.array, to, n);
            } else {
                scale(e, at, 1 / sum, y.array, to, n);
            }
        });
    }

    /** What to do with a row: {@code e} has, from {@code at} on, the exponentials of its elements less the greatest of them. */
    interface Use {
        void row(int row, float[] e, int at, float max, double sum);
    }

    /** Gives the exponentials of {@code count} rows of n elements to their use. */
    static void each(float[] x, int from, int n, int count, Use use) {
        int several = Math.max(1, PIECE / n);
        float[] e = new float[Math.min(several, count) * n];
        float[] greatest = new float[several];
        var glance = new Glance();
        for (int row = 0; row < count; row += several) {
            glance.steps((long) several * n);
            int now = Math.min(several, count - row);
            for (int k = 0; k < now; k++) {
                int start = from + (row + k) * n;
                float max = greatest(x, start, n);
                greatest[k] = max;
                less(x, start, max, e, k * n, n);
            }
            KERNELS.unary(Unary.EXP, e, 0, 1, e, 0, 1, now * n);
            for (int k = 0; k < now; k++) {
                use.row(row + k, e, k * n, greatest[k], KERNELS.sum(e, k * n, 1, n));
            }
        }
    }

    /** Nan does not count: it comes back by its exponential. */
    private static float greatest(float[] x, int from, int n) {
        float a = Float.NEGATIVE_INFINITY, b = a, c = a, d = a;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            a = x[from + i] > a ? x[from + i] : a;
            b = x[from + i + 1] > b ? x[from + i + 1] : b;
            c = x[from + i + 2] > c ? x[from + i + 2] : c;
            d = x[from + i + 3] > d ? x[from + i + 3] : d;
        }
        for (; i < n; i++) {
            a = x[from + i] > a ? x[from + i] : a;
        }
        return Math.max(Math.max(a, b), Math.max(c, d));
    }

    private static void less(float[] x, int from, float max, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = x[from + i] - max;
        }
    }

    private static void subtract(float[] x, int from, double max, double log, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = (float) (x[from + i] - max - log);
        }
    }

    /** Times the reciprocal, in double: the float is that of the quotient but where this lies within 1e-16 of the middle of two. */
    private static void scale(float[] e, int from, double factor, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = (float) (e[from + i] * factor);
        }
    }

    @Override
    public void run(Storage in, int from, int n, Storage out, int to) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, in.getDouble(from + i));
        }
        double sum = 0;
        double[] e = new double[n];
        for (int i = 0; i < n; i++) {
            e[i] = Math.exp(in.getDouble(from + i) - max);
            sum += e[i];
        }
        double log = Math.log(sum);
        for (int i = 0; i < n; i++) {
            out.setDouble(to + i, logarithm ? in.getDouble(from + i) - max - log : e[i] / sum);
        }
    }
}
