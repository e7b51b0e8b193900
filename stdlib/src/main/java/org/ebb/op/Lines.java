package org.ebb.op;

import java.util.Arrays;
import org.ebb.kernel.Glance;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * A row-major shape whose axes that go lie beside each other: {@code outer} blocks of {@code n} lines of {@code inner} elements. An element of
 * the result stands for the n that lie {@code inner} apart. The quick backward of reductions goes over them in the order of memory.
 */
record Lines(int outer, int n, int inner) {

    /** Null where an axis that stays lies between those that go. */
    private static Lines of(Axes axes, Shape shape) {
        boolean[] reduced = axes.reduced(shape.rank());
        int[] sizes = {1, 1, 1};
        int part = 0;
        for (int axis = 0; axis < reduced.length; axis++) {
            int size = (int) shape.dim(axis);
            if (size != 1 && reduced[axis] != (part == 1)) {
                part++;
            }
            if (part > 2) {
                return null;
            }
            sizes[part] *= size;
        }
        return new Lines(sizes[0], sizes[1], sizes[2]);
    }

    /** The elements of one number, or of a tensor, as those of a contiguous one. */
    private static Tensor elements(Value cotangent) {
        return cotangent instanceof Tensor g ? g.contiguous() : Dense.tensor(cotangent, cotangent.dtype());
    }

    /** Is that a cotangent for a tensor of floats, as the loops here read them? */
    private static boolean fits(Tensor x, Value cotangent) {
        return cotangent.dtype() == x.dtype() && (x.dtype() == DType.FLOAT32 || x.dtype() == DType.FLOAT64)
                && !(cotangent instanceof Scalar g && g.isLanguageFloat());
    }

    /** Quick backward of a sum over some count: each element gets its part of the result's cotangent. False for values of another kind. */
    static boolean pullEvenly(Axes axes, Value input, Value cotangent, double count, Sums sums) {
        if (!(input instanceof Tensor x) || !fits(x, cotangent)) {
            return false;
        }
        Lines lines = of(axes, x.shape());
        if (lines == null) {
            return false;
        }
        Tensor g = elements(cotangent);
        boolean first = sums.begins(0);
        if (g.cell.storage instanceof Storage.Floats f) {
            lines.spread(first, f.array, (int) g.offset, (float) count, sums.floats(0));
        } else {
            lines.spread(first, ((Storage.Doubles) g.cell.storage).array, (int) g.offset, count, sums.doubles(0));
        }
        return true;
    }

    private void spread(boolean first, float[] g, int at, float count, float[] sum) {
        float[] shares = new float[inner];
        for (int block = 0, to = 0; block < outer; block++) {
            if (inner == 1) {
                float share = g[at + block] / count;
                if (first) {
                    Arrays.fill(sum, to, to + n, share);
                } else {
                    add(share, sum, to, n);
                }
                to += n;
                continue;
            }
            for (int k = 0; k < inner; k++) {
                shares[k] = g[at + block * inner + k] / count;
            }
            for (int line = 0; line < n; line++, to += inner) {
                if (first) {
                    System.arraycopy(shares, 0, sum, to, inner);
                } else {
                    add(shares, sum, to);
                }
            }
        }
    }

    private void spread(boolean first, double[] g, int at, double count, double[] sum) {
        double[] shares = new double[inner];
        for (int block = 0, to = 0; block < outer; block++) {
            if (inner == 1) {
                double share = g[at + block] / count;
                if (first) {
                    Arrays.fill(sum, to, to + n, share);
                } else {
                    add(share, sum, to, n);
                }
                to += n;
                continue;
            }
            for (int k = 0; k < inner; k++) {
                shares[k] = g[at + block * inner + k] / count;
            }
            for (int line = 0; line < n; line++, to += inner) {
                if (first) {
                    System.arraycopy(shares, 0, sum, to, inner);
                } else {
                    add(shares, sum, to);
                }
            }
        }
    }

    private static void add(float[] shares, float[] sum, int to) {
        for (int k = 0; k < shares.length; k++) {
            sum[to + k] += shares[k];
        }
    }

    private static void add(float share, float[] sum, int to, int n) {
        for (int k = to; k < to + n; k++) {
            sum[k] += share;
        }
    }

    private static void add(double[] shares, double[] sum, int to) {
        for (int k = 0; k < shares.length; k++) {
            sum[to + k] += shares[k];
        }
    }

    private static void add(double share, double[] sum, int to, int n) {
        for (int k = to; k < to + n; k++) {
            sum[k] += share;
        }
    }

    /**
     * Quick backward of the largest (of {@code sign} 1) or smallest (-1) along the last axes: equal ones share the cotangent, and with nan among
     * them all that are nan. False for other axes and values.
     */
    static boolean pullExtreme(Axes axes, Value input, Value cotangent, int sign, Sums sums) {
        if (!(input instanceof Tensor x) || !x.isContiguous() || !fits(x, cotangent)) {
            return false;
        }
        Lines lines = of(axes, x.shape());
        if (lines == null || lines.inner != 1) {
            return false;
        }
        Tensor g = elements(cotangent);
        boolean first = sums.begins(0);
        var glance = new Glance();
        if (x.cell.storage instanceof Storage.Floats f) {
            float[] sum = sums.floats(0);
            if (first) {
                Arrays.fill(sum, 0);
            }
            float[] from = ((Storage.Floats) g.cell.storage).array;
            for (int block = 0; block < lines.outer; block++) {
                glance.steps(lines.n);
                share(sign, f.array, (int) x.offset + block * lines.n, lines.n, from[(int) g.offset + block], sum, block * lines.n);
            }
        } else {
            double[] array = ((Storage.Doubles) x.cell.storage).array;
            double[] sum = sums.doubles(0);
            if (first) {
                Arrays.fill(sum, 0);
            }
            double[] from = ((Storage.Doubles) g.cell.storage).array;
            for (int block = 0; block < lines.outer; block++) {
                glance.steps(lines.n);
                share(sign, array, (int) x.offset + block * lines.n, lines.n, from[(int) g.offset + block], sum, block * lines.n);
            }
        }
        return true;
    }

    private static void share(int sign, float[] x, int at, int n, float g, float[] sum, int to) {
        float best = sign * x[at];
        int place = 0;
        int equal = 1;
        for (int k = 1; k < n; k++) {
            float next = sign * x[at + k];
            if (next > best || next != next) {
                best = next;
                place = k;
                equal = 1;
            } else if (next == best) {
                equal++;
            }
            if (best != best) {
                break;
            }
        }
        if (equal == 1 && best == best) {
            sum[to + place] += g;
            return;
        }
        equal = 0;
        for (int k = 0; k < n; k++) {
            equal += isExtreme(sign * x[at + k], best) ? 1 : 0;
        }
        float share = g * (float) (1.0 / equal);
        for (int k = 0; k < n; k++) {
            sum[to + k] += isExtreme(sign * x[at + k], best) ? share : 0;
        }
    }

    private static void share(int sign, double[] x, int at, int n, double g, double[] sum, int to) {
        double best = sign * x[at];
        int place = 0;
        int equal = 1;
        for (int k = 1; k < n; k++) {
            double next = sign * x[at + k];
            if (next > best || next != next) {
                best = next;
                place = k;
                equal = 1;
            } else if (next == best) {
                equal++;
            }
            if (best != best) {
                break;
            }
        }
        if (equal == 1 && best == best) {
            sum[to + place] += g;
            return;
        }
        equal = 0;
        for (int k = 0; k < n; k++) {
            equal += isExtreme(sign * x[at + k], best) ? 1 : 0;
        }
        double share = g * (1.0 / equal);
        for (int k = 0; k < n; k++) {
            sum[to + k] += isExtreme(sign * x[at + k], best) ? share : 0;
        }
    }

    private static boolean isExtreme(double x, double best) {
        return x == best || x != x;
    }
}
