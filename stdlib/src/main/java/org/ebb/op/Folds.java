package org.ebb.op;

import org.ebb.kernel.Glance;
import org.ebb.kernel.Kernels;
import org.ebb.tensor.DType;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Views;

/** Folds rows of elements into one element each: the loops of the reductions. */
final class Folds {

    /** Elements whose squares are added before they join the others'. */
    private static final int BLOCK = 4096;

    /** Rows up to this length cost less than the way to them through {@link Storage}. */
    static final int SHORT = 64;

    private Folds() {}

    /** Folds {@code n} elements of {@code in} from {@code from} on into {@code out[to]}. */
    interface Fold {
        void run(Storage in, int from, int n, Storage out, int to);

        /** The same for {@code count} rows that follow each other. */
        default void rows(Storage in, int from, int n, int count, Storage out) {
            var glance = new Glance();
            for (int row = 0; row < count; row++) {
                glance.steps(n);
                run(in, from + row * n, n, out, row);
            }
        }
    }

    /** For each place along the axes that are kept, the fold of the others; row-major in the order of the kept axes. */
    static Storage fold(Fold fold, Tensor x, boolean[] reduced, DType dtype) {
        if (fold == SUM && x.dtype() == DType.FLOAT32 && dtype == DType.FLOAT32 && x.isContiguous() && x.size() > 0 && reduced.length > 1 && reduced[0]) {
            int first = next(reduced, 0);
            int last = next(reduced, first);
            if (first < last && next(reduced, last) == reduced.length) {
                return columns(x, first, last);
            }
        }
        Tensor rows = rows(x, reduced);
        long n = 1;
        long count = 1;
        for (int axis = 0; axis < reduced.length; axis++) {
            if (reduced[axis]) {
                n *= x.shape().dim(axis);
            } else {
                count *= x.shape().dim(axis);
            }
        }
        Storage out = Storage.zeros(dtype, count);
        fold.rows(rows.cell.storage, (int) rows.offset, (int) n, (int) count, out);
        return out;
    }

    /** The first axis from {@code axis} on that is not treated as that one is. */
    private static int next(boolean[] reduced, int axis) {
        int end = axis;
        while (end < reduced.length && reduced[end] == reduced[axis]) {
            end++;
        }
        return end;
    }

    /** Sums over all axes but those from {@code first} to {@code last}, in the order of memory and in double: nothing is copied. */
    private static Storage columns(Tensor x, int first, int last) {
        int width = 1;
        int run = 1;
        for (int axis = first; axis < x.rank(); axis++) {
            width *= axis < last ? (int) x.shape().dim(axis) : 1;
            run *= axis < last ? 1 : (int) x.shape().dim(axis);
        }
        float[] in = ((Storage.Floats) x.cell.storage).array;
        double[] sums = new double[width];
        int end = (int) (x.offset + x.size());
        var glance = new Glance();
        for (int row = (int) x.offset; row < end; row += width * run) {
            glance.steps(width * run);
            if (run == 1) {
                add(in, row, sums);
            } else {
                for (int k = 0; k < width; k++) {
                    sums[k] += Kernels.fastest().sum(in, row + k * run, 1, run);
                }
            }
        }
        float[] out = new float[width];
        for (int k = 0; k < width; k++) {
            out[k] = (float) sums[k];
        }
        return new Storage.Floats(out);
    }

    private static void add(float[] in, int at, double[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += in[at + k];
        }
    }

    /** The elements with the reduced axes last and contiguous. */
    private static Tensor rows(Tensor x, boolean[] reduced) {
        return Views.permute(x, order(reduced)).contiguous();
    }

    /** The axes, the marked ones last. */
    static int[] order(boolean[] reduced) {
        int[] order = new int[reduced.length];
        int k = 0;
        for (int axis = 0; axis < reduced.length; axis++) {
            if (!reduced[axis]) {
                order[k++] = axis;
            }
        }
        for (int axis = 0; axis < reduced.length; axis++) {
            if (reduced[axis]) {
                order[k++] = axis;
            }
        }
        return order;
    }

    /** Makes {@code n} elements of {@code in} from {@code from} on into as many of {@code out}. */
    interface RowMap {
        void run(Storage in, int from, int n, Storage out, int to);

        /** The same for {@code count} rows that follow each other. */
        default void rows(Storage in, int from, int n, int count, Storage out) {
            var glance = new Glance();
            for (int row = 0; row < count; row++) {
                glance.steps(n);
                run(in, from + row * n, n, out, row * n);
            }
        }
    }

    /** Maps each row along the marked axes; the result has the shape of x. */
    static Tensor map(RowMap map, Tensor x, boolean[] along, DType dtype) {
        int[] order = order(along);
        Tensor rows = Views.permute(x, order).contiguous();
        int n = 1;
        for (int axis = 0; axis < along.length; axis++) {
            n *= along[axis] ? (int) x.shape().dim(axis) : 1;
        }
        Tensor out = Tensor.zeros(dtype, rows.shape(), x.flavour());
        map.rows(rows.cell.storage, (int) rows.offset, n, n == 0 ? 0 : (int) (x.size() / n), out.cell.storage);
        int[] back = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            back[order[k]] = k;
        }
        return Views.permute(out, back).contiguous();
    }

    static final Fold SUM = new Fold() {

        @Override
        public void run(Storage in, int from, int n, Storage out, int to) {
            if (out.dtype().isFloat()) {
                out.setDouble(to, sum(in, from, n));
            } else if (in instanceof Storage.Bools b) {
                long sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += b.array[from + i];
                }
                out.setLong(to, sum);
            } else {
                long sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += in.getLong(from + i);
                }
                out.setLong(to, sum);
            }
        }

        @Override
        public void rows(Storage in, int from, int n, int count, Storage out) {
            if (n > SHORT || !(in instanceof Storage.Floats f) || !(out instanceof Storage.Floats g)) {
                Fold.super.rows(in, from, n, count, out);
                return;
            }
            Glance.blocks(count, (begin, end) -> {
                for (int row = begin; row < end; row++) {
                    g.array[row] = (float) Kernels.fastest().sum(f.array, from + row * n, 1, n);
                }
            });
        }
    };

    static double sum(Storage in, int from, int n) {
        return switch (in) {
            case Storage.Floats f -> Kernels.fastest().sum(f.array, from, 1, n);
            case Storage.Doubles d -> Kernels.fastest().sum(d.array, from, 1, n);
            case Storage.Longs _, Storage.Ints _, Storage.Bools _, Storage.Halves _ -> {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += in.getDouble(from + i);
                }
                yield sum;
            }
            case Storage.Pieces _ -> throw Storage.Pieces.tooMany("a sum");
        };
    }

    private static double squares(Storage in, int from, int n) {
        return switch (in) {
            case Storage.Floats f -> Kernels.fastest().dot(f.array, from, 1, f.array, from, 1, n);
            case Storage.Doubles d -> Kernels.fastest().dot(d.array, from, 1, d.array, from, 1, n);
            case Storage.Longs _, Storage.Ints _, Storage.Bools _, Storage.Halves _ -> Double.NaN;
            case Storage.Pieces _ -> throw Storage.Pieces.tooMany("a norm");
        };
    }

    /** The sum of the squared distances from {@code mean}. */
    static double squares(Storage in, int from, int n, double mean) {
        return switch (in) {
            case Storage.Floats f -> squares(f.array, from, n, mean);
            case Storage.Doubles d -> squares(d.array, from, n, mean);
            default -> {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    double d = in.getDouble(from + i) - mean;
                    sum += d * d;
                }
                yield sum;
            }
        };
    }

    /** Four sums keep the processor busy; blocks of their own keep long sums exact. */
    private static double squares(float[] a, int from, int n, double mean) {
        double sum = 0;
        for (int start = 0; start < n; start += BLOCK) {
            int end = Math.min(start + BLOCK, n);
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            int i = start;
            for (; i + 4 <= end; i += 4) {
                double d0 = a[from + i] - mean, d1 = a[from + i + 1] - mean, d2 = a[from + i + 2] - mean, d3 = a[from + i + 3] - mean;
                s0 += d0 * d0;
                s1 += d1 * d1;
                s2 += d2 * d2;
                s3 += d3 * d3;
            }
            for (; i < end; i++) {
                s0 += (a[from + i] - mean) * (a[from + i] - mean);
            }
            sum += (s0 + s1) + (s2 + s3);
        }
        return sum;
    }

    private static double squares(double[] a, int from, int n, double mean) {
        double sum = 0;
        for (int start = 0; start < n; start += BLOCK) {
            int end = Math.min(start + BLOCK, n);
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            int i = start;
            for (; i + 4 <= end; i += 4) {
                double d0 = a[from + i] - mean, d1 = a[from + i + 1] - mean, d2 = a[from + i + 2] - mean, d3 = a[from + i + 3] - mean;
                s0 += d0 * d0;
                s1 += d1 * d1;
                s2 += d2 * d2;
                s3 += d3 * d3;
            }
            for (; i < end; i++) {
                s0 += (a[from + i] - mean) * (a[from + i] - mean);
            }
            sum += (s0 + s1) + (s2 + s3);
        }
        return sum;
    }

    /** The norm of an order; that of order 2 divides by the largest element first where the squares do not fit. */
    static double norm(Storage in, int from, int n, double order) {
        if (order == 2) {
            double squares = squares(in, from, n);
            if (squares > 1e-280 && squares < 1e280) {
                return Math.sqrt(squares);
            }
        }
        double max = 0;
        double min = Double.POSITIVE_INFINITY;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < n; i++) {
            double a = Math.abs(in.getDouble(from + i));
            count += a != 0 ? 1 : 0;
            max = Math.max(max, a);
            min = Math.min(min, a);
            sum += a;
        }
        if (order == 1) {
            return sum;
        }
        if (order == 0) {
            return count;
        }
        if (order == Double.NEGATIVE_INFINITY) {
            return min;
        }
        if (max == 0 || Double.isInfinite(max) || Double.isNaN(max) || order == Double.POSITIVE_INFINITY) {
            return max;
        }
        double scaled = 0;
        for (int i = 0; i < n; i++) {
            double a = Math.abs(in.getDouble(from + i)) / max;
            scaled += order == 2 ? a * a : Math.pow(a, order);
        }
        return max * (order == 2 ? Math.sqrt(scaled) : Math.pow(scaled, 1 / order));
    }

    /**
     * The norm of order 2 in float32 arithmetic as MXNet 1.x has it: the sum of squares is kept relative to the largest element
     * so far.
     */
    static double norm32(Storage in, int from, int n) {
        float scale = 0;
        float sum = 1;
        for (int i = 0; i < n; i++) {
            float a = (float) Math.abs(in.getDouble(from + i));
            if (a == 0) {
                continue;
            }
            float ratio = scale < a ? scale / a : a / scale;
            if (scale < a) {
                sum = 1 + sum * (ratio * ratio);
                scale = a;
            } else {
                sum += ratio * ratio;
            }
        }
        return scale * (float) Math.sqrt(sum);
    }
}
