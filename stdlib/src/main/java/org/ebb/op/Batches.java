package org.ebb.op;

import java.util.List;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** What rows of linear algebra share: they run over batches of matrices, and their rules are products of them. */
final class Batches {

    private Batches() {}

    /** The work on one matrix: {@code a} is m by n, a copy that may be overwritten. Null says that the matrix will not do. */
    interface One {
        double[] run(double[] a, int m, int n);
    }

    /** A row of one batch of matrices. */
    abstract static class Row extends Op {
        private final List<String> samples;
        private final Domain domain;

        Row(String name, String signature, String doc, Domain domain, String... samples) {
            super(name, signature, doc);
            this.samples = List.of(samples);
            this.domain = domain;
        }

        @Override
        public final List<String> samples() {
            return samples;
        }

        @Override
        public final Domain domain(int k) {
            return domain;
        }

        /** The sizes of the result's axes after those of the batch. */
        abstract long[] outer(long m, long n);

        abstract double[] one(Object options, double[] a, int m, int n);

        /** What is wrong with a matrix for which {@link #one} gives null. */
        String refusal() {
            return "has elements that are not finite";
        }

        boolean square() {
            return true;
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            check(inputs[0].shape());
            return null;
        }

        final void check(Shape shape) {
            if (shape.rank() < 2) {
                throw new TensorException.BadShape(shown(this) + ": needs a matrix or a batch of them, not shape " + shape);
            }
            if (square() && shape.dim(-1) != shape.dim(-2)) {
                throw new TensorException.BadShape(shown(this) + ": needs square matrices, not shape " + shape);
            }
        }

        @Override
        public final Value forward(Object options, Value[] inputs) {
            Tensor x = Dense.tensor(inputs[0]);
            Shape shape = x.shape();
            int m = (int) shape.dim(-2);
            int n = (int) shape.dim(-1);
            return batched(this, x, outer(m, n), (a, rows, columns) -> one(options, a, m, n), refusal());
        }

        /** The dtype of the result for that of the input. */
        DType resultType(DType dtype) {
            return dtype.isFloat() ? dtype : DType.FLOAT32;
        }
    }

    private static Value batched(Row row, Tensor x, long[] outer, One one, String refusal) {
        Shape shape = x.shape();
        int size = (int) (shape.dim(-1) * shape.dim(-2));
        Shape batch = batch(shape);
        int count = (int) batch.size();
        long[] dims = java.util.Arrays.copyOf(batch.dims(), batch.rank() + outer.length);
        System.arraycopy(outer, 0, dims, batch.rank(), outer.length);
        Shape result = Shape.of(dims);
        int each = 1;
        for (long dim : outer) {
            each *= (int) dim;
        }
        Storage out = Storage.zeros(row.resultType(x.dtype()), result.size());
        double[] all = x.toDoubles();
        for (int b = 0; b < count; b++) {
            double[] a = java.util.Arrays.copyOfRange(all, b * size, (b + 1) * size);
            double[] made = one.run(a, (int) shape.dim(-2), (int) shape.dim(-1));
            if (made == null) {
                throw refused(row, shape, b, refusal);
            }
            for (int i = 0; i < each; i++) {
                out.setDouble((long) b * each + i, made[i]);
            }
        }
        return Dense.result(out, result, x.flavour());
    }

    /** The name of the library's function in front of the row. */
    private static String shown(Op row) {
        return row.name.startsWith("_") ? row.name.substring(1) : row.name;
    }

    static TensorException refused(Op row, Shape shape, int b, String refusal) {
        Shape batch = batch(shape);
        var text = new StringBuilder(shown(row)).append(": the matrix ");
        if (batch.rank() > 0) {
            var places = new StringBuilder();
            long left = b;
            for (int axis = batch.rank() - 1; axis >= 0; axis--) {
                places.insert(0, (axis > 0 ? ", " : "") + left % batch.dim(axis));
                left /= batch.dim(axis);
            }
            text.append('[').append(places).append("] of the batch ");
        }
        return new TensorException.BadValue(text + "of shape " + shape + " " + refusal);
    }

    /** All axes but the last two. */
    static Shape batch(Shape shape) {
        return Shape.of(java.util.Arrays.copyOf(shape.dims(), Math.max(shape.rank() - 2, 0)));
    }

    // ---- rules

    private static String letters(Value v) {
        var letters = new StringBuilder();
        for (int k = 0; k < v.shape().rank() - 2; k++) {
            letters.append((char) ('A' + k));
        }
        return letters.toString();
    }

    /**
     * The products of the matrices of two batches by letters for their last two axes; {@code g} is a cotangent or a tangent,
     * whose zeros contribute nothing.
     */
    static Value product(Trace t, Value g, String gs, Value x, String xs, String out) {
        String batch = letters(g);
        return t.apply(Products.CONTRACT, new Contraction(batch + gs, batch + xs, batch + out, null, true), g, x);
    }

    static Value transposed(Trace t, Value x) {
        int[] order = new int[x.shape().rank()];
        for (int k = 0; k < order.length; k++) {
            order[k] = k < order.length - 2 ? k : 2 * order.length - 3 - k;
        }
        return t.apply(Windows.VIEW, Rearranging.permute(x.shape(), order), x);
    }

    /** (x + x') / 2. */
    static Value symmetric(Trace t, Value x) {
        return t.apply(Arithmetic.MUL, null, add(t, x, transposed(t, x)), Scalar.of(0.5));
    }

    static Value add(Trace t, Value x, Value y) {
        return t.apply(Arithmetic.ADD, null, x, y);
    }

    static Value sub(Trace t, Value x, Value y) {
        return t.apply(Arithmetic.SUB, null, x, y);
    }

    static Value neg(Trace t, Value x) {
        return t.apply(Arithmetic.NEG, null, x);
    }

    static Value tril(Trace t, Value x, long k) {
        return t.apply(Placing.TRIL, Placing.TRIL.prepare(new Object[] {k}, new Value[] {x}), x);
    }

    static Value triu(Trace t, Value x, long k) {
        return t.apply(Placing.TRIU, Placing.TRIU.prepare(new Object[] {k}, new Value[] {x}), x);
    }

    /** Zeros on the diagonal. */
    static Value offDiagonal(Trace t, Value x) {
        return add(t, tril(t, x, -1), triu(t, x, 1));
    }

    private static Window.Strided diagonal(Shape square) {
        long n = square.dim(-1);
        long[] dims = java.util.Arrays.copyOf(square.dims(), square.rank() - 1);
        long[] strides = java.util.Arrays.copyOf(square.strides(), square.rank() - 1);
        strides[square.rank() - 2] = n + 1;
        return new Window.Strided(square, Shape.of(dims), strides, 0);
    }

    /** The diagonal of square matrices. */
    static Value diagonalOf(Trace t, Value x) {
        return t.apply(Windows.VIEW, diagonal(x.shape()), x);
    }

    /** Square matrices with this diagonal. */
    static Value diagonalMatrix(Trace t, Value d) {
        long[] dims = java.util.Arrays.copyOf(d.shape().dims(), d.shape().rank() + 1);
        dims[dims.length - 1] = d.shape().dim(-1);
        return t.apply(Windows.UNVIEW, diagonal(Shape.of(dims)), d);
    }

    static Value identityLike(Value x) {
        double[] one = Factorizations.identity((int) x.shape().dim(-1));
        Storage ones = Storage.zeros(x.dtype(), one.length);
        for (int i = 0; i < one.length; i++) {
            ones.setDouble(i, one[i]);
        }
        return Tensor.of(ones, Shape.of(x.shape().dim(-1), x.shape().dim(-1)), x.flavour());
    }

    /** Some rows and columns of matrices, as they lie in larger ones. */
    static Window.Strided part(Shape whole, long row, long rows, long column, long columns) {
        long[] dims = whole.dims();
        dims[dims.length - 2] = rows;
        dims[dims.length - 1] = columns;
        return new Window.Strided(whole, Shape.of(dims), whole.strides(), row * whole.dim(-1) + column);
    }

    /** Rows {@code from} to {@code from + count} of packed results. */
    static Value rows(Trace t, Value packed, long from, long count) {
        return t.apply(Windows.VIEW, part(packed.shape(), from, count, 0, packed.shape().dim(-1)), packed);
    }

    /** Batches one below the other in the shape of {@code like}; null for zeros. */
    static Value stacked(Trace t, Shape like, Value... parts) {
        Value sum = null;
        long at = 0;
        for (Value one : parts) {
            long count = one.shape().dim(-2);
            Value placed = t.apply(Windows.UNVIEW, part(like, at, count, 0, like.dim(-1)), one);
            sum = sum == null ? placed : add(t, sum, placed);
            at += count;
        }
        return sum;
    }

    /** A row vector of each matrix, (..., 1, n), as (..., n, 1). */
    static Value column(Trace t, Value row) {
        return transposed(t, row);
    }

    /** Numbers (...) as (..., 1, 1), so that they broadcast with matrices. */
    static Value open(Trace t, Value numbers, Value matrices) {
        long[] dims = matrices.shape().dims();
        dims[dims.length - 1] = 1;
        dims[dims.length - 2] = 1;
        return t.apply(Linear.RESHAPE, Shape.of(dims), numbers);
    }

    /** The sum of all elements of each matrix. */
    static Value total(Trace t, Value x) {
        int rank = x.shape().rank();
        return t.apply(Reductions.SUM, Axes.of(rank - 2, rank - 1), x);
    }

    static Value scale(Trace t, Value g, Value slope) {
        return t.apply(Slopes.SCALE, null, g, slope);
    }

    static Value ratio(Trace t, Value g, Value by) {
        return t.apply(Slopes.RATIO, null, g, by);
    }
}
