package org.ebb.op;

import org.ebb.kernel.Kernels;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** The product of two matrices of one float dtype, at any strides: what most contractions are, without a look at letters. */
final class Matrices {

    private static final Kernels KERNELS = Kernels.fastest();

    private Matrices() {}

    /** The product, its elements from {@code buffers} unless that is null; null for operands of another kind. */
    static Value product(Value x, Value y, Buffers buffers) {
        if (!(x instanceof Tensor a) || !(y instanceof Tensor b) || a.dtype() != b.dtype() || !a.dtype().isFloat()) {
            return null;
        }
        long rows = a.shape().dim(0);
        long columns = b.shape().dim(1);
        Shape shape = a.shape().dim(1) == columns ? a.shape() : rows == b.shape().dim(0) ? b.shape() : Shape.of(rows, columns);
        Storage out = buffers == null ? Storage.any(a.dtype(), shape.size()) : buffers.take(a.dtype(), shape.size());
        int depth = (int) a.shape().dim(1);
        if (out instanceof Storage.Floats f) {
            multiply((int) rows, (int) columns, depth, ((Storage.Floats) a.cell.storage).array, (int) a.offset, step(a, 0), step(a, 1), b,
                    step(b, 0), step(b, 1), f.array, false);
        } else {
            multiply((int) rows, (int) columns, depth, ((Storage.Doubles) a.cell.storage).array, (int) a.offset, step(a, 0), step(a, 1), b,
                    step(b, 0), step(b, 1), ((Storage.Doubles) out).array, false);
        }
        return Tensor.of(out, shape, a.flavour().with(b.flavour()));
    }

    /** Adds the cotangents of both factors; false for operands of another kind. */
    static boolean pull(Value[] inputs, Value output, Value cotangent, Sums sums) {
        if (!fits(inputs, output, cotangent)) {
            return false;
        }
        pull((Tensor) inputs[0], (Tensor) inputs[1], (Tensor) cotangent, sums);
        return true;
    }

    /** The same along a direction: a product's rule with each factor in turn replaced by its tangent. */
    static boolean pullAlong(Value[] inputs, Value output, Value[] tangents, Value cotangent, Value cotangentAlong, Sums sums,
            Sums along) {
        if (cotangent != null && !fits(inputs, output, cotangent) || cotangentAlong != null && !fits(inputs, output, cotangentAlong)
                || tangents[0] != null && !alike(tangents[0], inputs[0]) || tangents[1] != null && !alike(tangents[1], inputs[1])) {
            return false;
        }
        if (cotangent != null) {
            pull((Tensor) inputs[0], (Tensor) inputs[1], (Tensor) cotangent, sums);
            pull((Tensor) tangents[0], (Tensor) tangents[1], (Tensor) cotangent, along);
        }
        if (cotangentAlong != null) {
            pull((Tensor) inputs[0], (Tensor) inputs[1], (Tensor) cotangentAlong, along);
        }
        return true;
    }

    private static boolean fits(Value[] inputs, Value output, Value cotangent) {
        return inputs[0] instanceof Tensor a && inputs[1] instanceof Tensor b && a.dtype().isFloat() && a.dtype() == b.dtype()
                && alike(cotangent, output) && cotangent.dtype() == a.dtype();
    }

    private static boolean alike(Value one, Value other) {
        return one instanceof Tensor && one.shape().equals(other.shape()) && one.dtype() == other.dtype();
    }

    /** dA = G B', dB = A' G: a transpose has its strides the other way round. Either factor may be null. */
    private static void pull(Tensor a, Tensor b, Tensor g, Sums sums) {
        int rows = (int) g.shape().dim(0);
        int columns = (int) g.shape().dim(1);
        Storage elements = g.cell.storage;
        if (b != null && sums.wants(0)) {
            int depth = (int) b.shape().dim(0);
            boolean add = !sums.begins(0);
            if (elements instanceof Storage.Floats f) {
                multiply(rows, depth, columns, f.array, (int) g.offset, step(g, 0), step(g, 1), b, step(b, 1), step(b, 0), sums.floats(0), add);
            } else {
                multiply(rows, depth, columns, ((Storage.Doubles) elements).array, (int) g.offset, step(g, 0), step(g, 1), b, step(b, 1),
                        step(b, 0), sums.doubles(0), add);
            }
        }
        if (a != null && sums.wants(1)) {
            int depth = (int) a.shape().dim(1);
            boolean add = !sums.begins(1);
            if (elements instanceof Storage.Floats) {
                multiply(depth, columns, rows, ((Storage.Floats) a.cell.storage).array, (int) a.offset, step(a, 1), step(a, 0), g,
                        step(g, 0), step(g, 1), sums.floats(1), add);
                if (!add && isFinite(a, g, rows, (long) depth * columns)) {
                    sums.setFinite(1);
                }
            } else {
                multiply(depth, columns, rows, ((Storage.Doubles) a.cell.storage).array, (int) a.offset, step(a, 1), step(a, 0), g,
                        step(g, 0), step(g, 1), sums.doubles(1), add);
            }
        }
    }

    /**
     * Is the product of a' and g, of some size, finite because of how small their elements are? Asked where they have far fewer elements than it: no sum of
     * so many products can overflow then.
     */
    static boolean isFinite(Tensor a, Tensor g, int terms, long size) {
        if (2 * (a.size() + g.size()) > size || !a.isContiguous() || !g.isContiguous()) {
            return false;
        }
        return (double) magnitude(a) * magnitude(g) * terms < Float.MAX_VALUE / 2;
    }

    private static float magnitude(Tensor t) {
        return KERNELS.magnitude(((Storage.Floats) t.cell.storage).array, (int) t.offset, (int) t.size());
    }

    /** The product of two matrices of one dtype, each with the steps from row to row and from column to column, to or onto an array of it. */
    static void product(int m, int n, int k, Tensor a, int aRow, int aColumn, Tensor b, int bRow, int bColumn, Object sum, boolean add) {
        if (a.cell.storage instanceof Storage.Floats f) {
            multiply(m, n, k, f.array, (int) a.offset, aRow, aColumn, b, bRow, bColumn, (float[]) sum, add);
        } else {
            multiply(m, n, k, ((Storage.Doubles) a.cell.storage).array, (int) a.offset, aRow, aColumn, b, bRow, bColumn, (double[]) sum, add);
        }
    }

    private static int step(Tensor t, int axis) {
        return (int) t.strides()[axis];
    }

    private static void multiply(int m, int n, int k, float[] a, int at, int row, int column, Tensor b, int bRow, int bColumn,
            float[] sum, boolean add) {
        KERNELS.gemm(m, n, k, a, at, row, column, ((Storage.Floats) b.cell.storage).array, (int) b.offset, bRow, bColumn, sum, 0, n,
                add);
    }

    private static void multiply(int m, int n, int k, double[] a, int at, int row, int column, Tensor b, int bRow, int bColumn,
            double[] sum, boolean add) {
        KERNELS.gemm(m, n, k, a, at, row, column, ((Storage.Doubles) b.cell.storage).array, (int) b.offset, bRow, bColumn, sum, 0, n,
                add);
    }
}
