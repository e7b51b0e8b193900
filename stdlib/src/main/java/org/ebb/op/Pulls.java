package org.ebb.op;

import org.ebb.kernel.Kernels;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * The quick backward of elementwise rows, where all inputs are numbers or contiguous tensors of the result's shape and dtype: the
 * formula of a slope is computed over whole arrays, by the loops that compute rows, and multiplied and added up in one more.
 */
final class Pulls {

    /** Elements of a formula's variable or part: {@code step} is 1, or 0 for one number that stands for all. */
    private record Lane(Storage elements, int at, int step) {}

    private final DType dtype;
    private final int n;
    private final Lane[] variables = new Lane[4];

    private Pulls(DType dtype, int n) {
        this.dtype = dtype;
        this.n = n;
    }

    static boolean pull(Elementwise op, Value[] inputs, Value output, Value cotangent, Sums sums) {
        if (!(output instanceof Tensor out) || !(cotangent instanceof Tensor g) || !out.dtype().isFloat() || g.dtype() != out.dtype()
                || !g.isContiguous() || g.size() != out.size()) {
            return false;
        }
        var pulls = new Pulls(out.dtype(), (int) out.size());
        for (int k = 0; k < inputs.length; k++) {
            if (!pulls.lane(k, inputs[k], out, op.readsInput(k), sums.wants(k))) {
                return false;
            }
        }
        if (op.readsOutput()) {
            if (!out.isContiguous()) {
                return false;
            }
            pulls.variables[3] = new Lane(out.cell.storage, (int) out.offset, 1);
        }
        Lane[] slopes = new Lane[inputs.length];
        for (int k = 0; k < slopes.length; k++) {
            Formula slope = op.slope(k);
            if (sums.wants(k) && slope != null && slope != Formula.ONE && slope != Formula.MINUS_ONE) {
                slopes[k] = pulls.lane(slope);
                if (slopes[k] == null) {
                    return false;
                }
            }
        }
        for (int k = 0; k < slopes.length; k++) {
            if (sums.wants(k) && op.slope(k) == Formula.ONE && inputs[k] instanceof Tensor) {
                sums.pass(k);
            }
        }
        for (int k = 0; k < slopes.length; k++) {
            if (sums.wants(k) && op.slope(k) != null) {
                pulls.add(op, k, slopes[k], inputs[k], g, sums);
            }
        }
        return true;
    }

    /** Makes an input a variable; false where it is none that the loops here know. */
    private boolean lane(int k, Value input, Tensor out, boolean read, boolean wanted) {
        switch (input) {
            case Scalar s -> {
                if (read) {
                    variables[k] = number(s.value);
                }
                return true;
            }
            case Tensor t -> {
                if (t.dtype() != dtype || read && !t.isContiguous()) {
                    return false;
                }
                boolean same = t.shape().equals(out.shape());
                if (read) {
                    variables[k] = new Lane(t.cell.storage, (int) t.offset, same ? 1 : 0);
                }
                return same || t.size() == 1 && !wanted;
            }
        }
    }

    private Lane number(double value) {
        Storage one = Storage.zeros(dtype, 1);
        one.setDouble(0, value);
        return new Lane(one, 0, 0);
    }

    /** The formula over all elements; null for one with a row that these loops do not know. */
    private Lane lane(Formula formula) {
        return switch (formula) {
            case Formula.Variable v -> variables[v.index];
            case Formula.Number v -> number(v.number);
            case Formula.Apply a -> {
                Elementwise row = a.row();
                if (row.arity > 2 || row.result == Elementwise.Result.TRUTH) {
                    yield null;
                }
                Lane x = lane(a.argument(0));
                Lane y = row.arity == 2 && x != null ? lane(a.argument(1)) : x;
                if (x == null || y == null) {
                    yield null;
                }
                int step = x.step | y.step;
                Storage made = Storage.zeros(dtype, step == 0 ? 1 : n);
                if (row.arity == 1) {
                    Loops.unary(row, x.elements, x.at, made);
                } else {
                    Loops.binary(row, x.elements, x.at, x.step, y.elements, y.at, y.step, made);
                }
                yield new Lane(made, 0, step);
            }
        };
    }

    private void add(Elementwise op, int k, Lane slope, Value input, Tensor g, Sums sums) {
        Formula formula = op.slope(k);
        if (input instanceof Scalar) {
            sums.add(k, total(op.gates(k), formula, slope, g));
        } else if (formula == Formula.ONE) {
            return; // passed on as it is
        } else if (g.cell.storage instanceof Storage.Floats f) {
            float[] sum = sums.floats(k);
            if (formula == Formula.MINUS_ONE) {
                subtract(f.array, (int) g.offset, sum, n);
            } else {
                add(op.gates(k), f.array, (int) g.offset, ((Storage.Floats) slope.elements).array, slope.at, slope.step, sum, n);
            }
        } else {
            double[] from = ((Storage.Doubles) g.cell.storage).array;
            double[] sum = sums.doubles(k);
            if (formula == Formula.MINUS_ONE) {
                subtract(from, (int) g.offset, sum, n);
            } else {
                add(op.gates(k), from, (int) g.offset, ((Storage.Doubles) slope.elements).array, slope.at, slope.step, sum, n);
            }
        }
    }

    /** What a number gets that all elements were computed with: the sum of all their cotangents for it. */
    private double total(boolean gates, Formula formula, Lane slope, Tensor g) {
        if (formula == Formula.ONE || formula == Formula.MINUS_ONE) {
            double sum = Folds.sum(g.cell.storage, (int) g.offset, n);
            return formula == Formula.ONE ? sum : -sum;
        }
        if (gates) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double s = slope.elements.getDouble(slope.at + i * slope.step);
                sum += s == 0 ? 0 : s * g.cell.storage.getDouble(g.offset + i);
            }
            return sum;
        }
        return switch (g.cell.storage) {
            case Storage.Floats f -> Kernels.fastest().dot(f.array, (int) g.offset, 1, ((Storage.Floats) slope.elements).array,
                    slope.at, slope.step, n);
            default -> Kernels.fastest().dot(((Storage.Doubles) g.cell.storage).array, (int) g.offset, 1,
                    ((Storage.Doubles) slope.elements).array, slope.at, slope.step, n);
        };
    }

    private static void subtract(float[] g, int at, float[] sum, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] -= g[at + i];
        }
    }

    private static void subtract(double[] g, int at, double[] sum, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] -= g[at + i];
        }
    }

    /** Adds products. The compiler makes vector code of loops over arrays that all start at 0. */
    private static void add(boolean gated, float[] g, int at, float[] slope, int from, int step, float[] sum, int n) {
        if (gated) {
            for (int i = 0; i < n; i++) {
                float s = slope[from + i * step];
                if (s != 0) {
                    sum[i] += g[at + i] * s;
                }
            }
        } else if (step == 0) {
            float s = slope[from];
            for (int i = 0; i < n; i++) {
                sum[i] += g[at + i] * s;
            }
        } else if (at == 0 && from == 0) {
            for (int i = 0; i < n; i++) {
                sum[i] += g[i] * slope[i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                sum[i] += g[at + i] * slope[from + i];
            }
        }
    }

    private static void add(boolean gated, double[] g, int at, double[] slope, int from, int step, double[] sum, int n) {
        if (gated) {
            for (int i = 0; i < n; i++) {
                double s = slope[from + i * step];
                if (s != 0) {
                    sum[i] += g[at + i] * s;
                }
            }
        } else if (step == 0) {
            double s = slope[from];
            for (int i = 0; i < n; i++) {
                sum[i] += g[at + i] * s;
            }
        } else if (at == 0 && from == 0) {
            for (int i = 0; i < n; i++) {
                sum[i] += g[i] * slope[i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                sum[i] += g[at + i] * slope[from + i];
            }
        }
    }
}
