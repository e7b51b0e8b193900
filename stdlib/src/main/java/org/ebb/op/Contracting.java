package org.ebb.op;

import java.util.Arrays;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Kernels;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** Computes one {@link Contraction} as a batch of matrix products. */
final class Contracting {

    private final Contraction c;
    private final Tensor a;
    private final Tensor b;
    private final DType dtype;
    private final Flavour flavour;
    private final boolean weak;

    /** Letters of the batch, of the rows, of the columns, and of what is summed. */
    private final String batch;
    private final String rows;
    private final String columns;
    private final String summed;

    Contracting(Contraction c, Value x, Value y) {
        this.c = c;
        this.weak = Promotion.isWeak(x) && Promotion.isWeak(y);
        DType joined = Promotion.join(x, y);
        this.dtype = joined;
        this.flavour = x.flavour().with(y.flavour());
        DType compute = joined.isFloat() ? joined : DType.INT64;
        String lettersA = c.a();
        String lettersB = c.b();
        Tensor left = Dense.tensor(x, compute);
        Tensor right = Dense.tensor(y, compute);
        this.a = summedAlone(left, lettersA, lettersB, c.out());
        this.b = summedAlone(right, lettersB, lettersA, c.out());
        String as = shared(lettersA, lettersB, c.out());
        String bs = shared(lettersB, lettersA, c.out());
        var batch = new StringBuilder();
        var rows = new StringBuilder();
        var columns = new StringBuilder();
        var summed = new StringBuilder();
        for (char letter : c.out().toCharArray()) {
            boolean inA = as.indexOf(letter) >= 0;
            boolean inB = bs.indexOf(letter) >= 0;
            (inA && inB ? batch : inA ? rows : columns).append(letter);
        }
        for (char letter : as.toCharArray()) {
            if (c.out().indexOf(letter) < 0) {
                summed.append(letter);
            }
        }
        this.batch = batch.toString();
        this.rows = rows.toString();
        this.columns = columns.toString();
        this.summed = summed.toString();
        this.lettersA = as;
        this.lettersB = bs;
    }

    private final String lettersA;
    private final String lettersB;

    /** The letters of one operand that the other or the result has too. */
    private static String shared(String own, String other, String out) {
        var shared = new StringBuilder();
        for (char letter : own.toCharArray()) {
            if (other.indexOf(letter) >= 0 || out.indexOf(letter) >= 0) {
                shared.append(letter);
            }
        }
        return shared.toString();
    }

    private static Tensor summedAlone(Tensor x, String own, String other, String out) {
        var alone = new boolean[own.length()];
        boolean any = false;
        for (int axis = 0; axis < alone.length; axis++) {
            alone[axis] = other.indexOf(own.charAt(axis)) < 0 && out.indexOf(own.charAt(axis)) < 0;
            any |= alone[axis];
        }
        if (!any) {
            return x;
        }
        long[] dims = new long[own.length()];
        int rank = 0;
        for (int axis = 0; axis < alone.length; axis++) {
            if (!alone[axis]) {
                dims[rank++] = x.shape().dim(axis);
            }
        }
        Shape left = Shape.of(Arrays.copyOf(dims, rank));
        return Tensor.of(Folds.fold(Folds.SUM, x, alone, x.dtype()), left, x.flavour());
    }

    /** The result's shape, one axis for each letter of {@code out}. */
    static Shape shape(Contraction c, Shape a, Shape b) {
        long[] dims = new long[c.out().length()];
        for (int k = 0; k < dims.length; k++) {
            char letter = c.out().charAt(k);
            int inA = c.a().indexOf(letter);
            dims[k] = inA >= 0 ? a.dim(inA) : b.dim(c.b().indexOf(letter));
        }
        return Shape.of(dims);
    }

    private long size(String letters) {
        long size = 1;
        for (char letter : letters.toCharArray()) {
            int inA = lettersA.indexOf(letter);
            size *= inA >= 0 ? a.shape().dim(inA) : b.shape().dim(lettersB.indexOf(letter));
        }
        return size;
    }

    Value result() {
        int batches = (int) size(batch);
        int m = (int) size(rows);
        int n = (int) size(columns);
        int k = (int) size(summed);
        Tensor x = matrices(a, lettersA, batch, rows, summed, batches, m, k);
        Tensor y = matrices(b, lettersB, batch, summed, columns, batches, k, n);
        Storage out = Storage.zeros(x.dtype(), (long) batches * m * n);
        for (int i = 0; i < batches; i++) {
            multiply(x, y, out, i, m, n, k);
        }
        Tensor made = Tensor.of(out, labelled(batch + rows + columns), flavour);
        Tensor ordered = inOrder(made, batch + rows + columns);
        Tensor typed = ordered.dtype() == dtype ? ordered : ordered.astype(dtype);
        Value result = Dense.result(Dense.owned(typed), c.shape() == null ? typed.shape() : c.shape(), flavour);
        return weak && result instanceof Scalar s ? Scalar.of(s.value) : result;
    }

    private Shape labelled(String letters) {
        long[] dims = new long[letters.length()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = size(letters.substring(axis, axis + 1));
        }
        return Shape.of(dims);
    }

    private Tensor inOrder(Tensor made, String letters) {
        if (letters.equals(c.out())) {
            return made;
        }
        int[] order = new int[letters.length()];
        for (int axis = 0; axis < order.length; axis++) {
            order[axis] = letters.indexOf(c.out().charAt(axis));
        }
        return Views.permute(made, order).contiguous();
    }

    /** The operand as (batches, first, second), without a copy where its strides allow. */
    private static Tensor matrices(Tensor x, String letters, String batch, String first, String second, long batches, long m,
            long n) {
        String wanted = batch + first + second;
        int[] order = new int[wanted.length()];
        for (int axis = 0; axis < order.length; axis++) {
            order[axis] = letters.indexOf(wanted.charAt(axis));
        }
        Tensor permuted = Views.permute(x, order);
        Shape shape = Shape.of(batches, m, n);
        Tensor view = Views.reshape(permuted, shape);
        return view != null ? view : Views.reshape(permuted.contiguous(), shape);
    }

    private void multiply(Tensor x, Tensor y, Storage out, int i, int m, int n, int k) {
        int atX = (int) (x.offset + i * x.strides()[0]);
        int atY = (int) (y.offset + i * y.strides()[0]);
        int atOut = i * m * n;
        int xr = (int) x.strides()[1];
        int xc = (int) x.strides()[2];
        int yr = (int) y.strides()[1];
        int yc = (int) y.strides()[2];
        Storage sx = x.cell.storage;
        Storage sy = y.cell.storage;
        Kernels kernels = Kernels.fastest();
        if (sx instanceof Storage.Floats f && sy instanceof Storage.Floats g && out instanceof Storage.Floats h) {
            if (m == 1 && n == 1) {
                h.array[atOut] = (float) kernels.dot(f.array, atX, xc, g.array, atY, yr, k);
            } else {
                kernels.gemm(m, n, k, f.array, atX, xr, xc, g.array, atY, yr, yc, h.array, atOut, n, false);
            }
        } else if (sx instanceof Storage.Doubles f && sy instanceof Storage.Doubles g && out instanceof Storage.Doubles h) {
            if (m == 1 && n == 1) {
                h.array[atOut] = kernels.dot(f.array, atX, xc, g.array, atY, yr, k);
            } else {
                kernels.gemm(m, n, k, f.array, atX, xr, xc, g.array, atY, yr, yc, h.array, atOut, n, false);
            }
        } else {
            var glance = new Glance();
            for (int r = 0; r < m; r++) {
                for (int s = 0; s < n; s++) {
                    glance.steps(k);
                    long sum = 0;
                    for (int j = 0; j < k; j++) {
                        sum += sx.getLong(atX + (long) r * xr + (long) j * xc) * sy.getLong(atY + (long) j * yr + (long) s * yc);
                    }
                    out.setLong(atOut + (long) r * n + s, sum);
                }
            }
            return;
        }
        if (c.strong()) {
            repair(sx, atX, xr, xc, sy, atY, yr, yc, out, atOut, m, n, k);
        }
    }

    /**
     * A product by GEMM cannot skip zeros; where it gave no finite number the sum is done again without the terms of zero
     * cotangents.
     */
    private static void repair(Storage x, int atX, int xr, int xc, Storage y, int atY, int yr, int yc, Storage out, int atOut,
            int m, int n,
            int k) {
        var glance = new Glance();
        for (int r = 0; r < m; r++) {
            for (int s = 0; s < n; s++) {
                glance.step();
                if (Double.isFinite(out.getDouble(atOut + (long) r * n + s))) {
                    continue;
                }
                glance.steps(k);
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    double g = x.getDouble(atX + (long) r * xr + (long) j * xc);
                    sum += g == 0 ? 0 : g * y.getDouble(atY + (long) j * yr + (long) s * yc);
                }
                out.setDouble(atOut + (long) r * n + s, sum);
            }
        }
    }
}
