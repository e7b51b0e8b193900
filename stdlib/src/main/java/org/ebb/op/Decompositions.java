package org.ebb.op;

import static org.ebb.op.Batches.add;
import static org.ebb.op.Batches.column;
import static org.ebb.op.Batches.diagonalMatrix;
import static org.ebb.op.Batches.diagonalOf;
import static org.ebb.op.Batches.neg;
import static org.ebb.op.Batches.offDiagonal;
import static org.ebb.op.Batches.product;
import static org.ebb.op.Batches.ratio;
import static org.ebb.op.Batches.rows;
import static org.ebb.op.Batches.stacked;
import static org.ebb.op.Batches.sub;
import static org.ebb.op.Batches.symmetric;
import static org.ebb.op.Batches.transposed;
import static org.ebb.op.Batches.tril;
import static org.ebb.op.Batches.triu;

import org.ebb.kernel.Poll;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Value;

/**
 * Factors of batches of matrices. A row gives one tensor, so several factors lie one below the other in it; the module {@code
 * linalg} takes them apart. The rules are those of Giles 2008 (NA-08/01), of Murray 2016 (arXiv 1602.07527) for cholesky, and of
 * Walter and Lehmann 2010 for qr. One long file: the rules share what triangular and symmetric parts are.
 */
public final class Decompositions {

    private Decompositions() {}

    /** Lower factor of the symmetric part. */
    public static final Op CHOLESKY = new Batches.Row("_cholesky", "_cholesky(x)",
            "The lower triangle whose product with its transpose is the symmetric part of x.", Domain.DEFINITE, "[3,3]",
            "[2,2,2]", "[1,1]", "[0,0]") {

        @Override
        long[] outer(long m, long n) {
            return new long[] {n, n};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            return Factorizations.cholesky(symmetricPart(a, n), n);
        }

        @Override
        String refusal() {
            return "is not positive definite";
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        /** The lower triangle with half of the diagonal. */
        private static Value half(Trace t, Value x) {
            Value both = add(t, tril(t, x, 0), tril(t, x, -1));
            return t.apply(Arithmetic.MUL, null, both, Scalar.of(0.5));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value middle = half(t, product(t, tril(t, cotangent, 0), "ki", output, "kj", "ji"));
            Value left = Solving.triangular(t, output, middle, true, false, true);
            Value both = transposed(t, Solving.triangular(t, output, transposed(t, left), true, false, true));
            return new Value[] {symmetric(t, both)};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value left = Solving.triangular(t, output, symmetric(t, tangents[0]), true, false, false);
            Value both = Solving.triangular(t, output, transposed(t, left), true, false, false);
            return product(t, half(t, both), "kj", output, "ik", "ij");
        }
    };

    static double[] symmetricPart(double[] a, int n) {
        double[] s = new double[n * n];
        for (int i = 0; i < n; i++) {
            Poll.now();
            for (int j = 0; j < n; j++) {
                s[i * n + j] = i == j ? a[i * n + i] : a[i * n + j] / 2 + a[j * n + i] / 2;
            }
        }
        return s;
    }

    /** Row 0 the eigenvalues in rising order, below it the eigenvectors as columns; of the symmetric part. */
    public static final Op EIGH = new Batches.Row("_eigh", "_eigh(x, upper=False)",
            "The eigenvalues of the symmetric part of x, and below them the eigenvectors as columns.", Domain.DEFINITE, "[3,3]",
            "[2,2,2]", "[1,1]", "[0,0]", "[3,3] upper=True") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            super.prepare(values, inputs);
            return Arguments.truth(name, "upper", values[0]);
        }

        @Override
        long[] outer(long m, long n) {
            return new long[] {n + 1, n};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            Spectra.Eigen e = Spectra.eigen(symmetricPart(a, n), n, (Boolean) options);
            if (e == null) {
                return null;
            }
            double[] packed = java.util.Arrays.copyOf(e.values(), n * (n + 1));
            System.arraycopy(e.vectors(), 0, packed, n, n * n);
            return packed;
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        private static Value gaps(Trace t, Value values) {
            return sub(t, values, column(t, values));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            long n = output.shape().dim(-1);
            Value values = rows(t, output, 0, 1);
            Value vectors = rows(t, output, 1, n);
            Value along = product(t, rows(t, cotangent, 1, n), "kj", vectors, "ki", "ij");
            Value middle = add(t, apart(t, along, gaps(t, values)),
                    diagonalMatrix(t, flat(t, rows(t, cotangent, 0, 1))));
            Value left = product(t, middle, "ij", vectors, "ki", "kj");
            return new Value[] {symmetric(t, product(t, left, "kj", vectors, "lj", "kl"))};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            long n = output.shape().dim(-1);
            Value values = rows(t, output, 0, 1);
            Value vectors = rows(t, output, 1, n);
            Value left = product(t, symmetric(t, tangents[0]), "kl", vectors, "ki", "il");
            Value along = product(t, left, "il", vectors, "lj", "ij");
            Value turned = apart(t, along, gaps(t, values));
            return stacked(t, output.shape(), upright(t, diagonalOf(t, along)), product(t, turned, "kj", vectors, "ik", "ij"));
        }
    };

    /** What is off the diagonal, where the gaps are not 0 by themselves, divided by them. */
    private static Value apart(Trace t, Value x, Value gaps) {
        return ratio(t, offDiagonal(t, x), gaps);
    }

    /** (..., 1, n) as (..., n). */
    private static Value flat(Trace t, Value row) {
        Shape shape = row.shape();
        long[] dims = java.util.Arrays.copyOf(shape.dims(), shape.rank() - 1);
        dims[dims.length - 1] = shape.dim(-1);
        return t.apply(Linear.RESHAPE, Shape.of(dims), row);
    }

    /** (..., n) as (..., 1, n). */
    private static Value upright(Trace t, Value row) {
        Shape shape = row.shape();
        long[] dims = java.util.Arrays.copyOf(shape.dims(), shape.rank() + 1);
        dims[dims.length - 1] = shape.dim(-1);
        dims[dims.length - 2] = 1;
        return t.apply(Linear.RESHAPE, Shape.of(dims), row);
    }

    /** Of m by n matrices with k = min(m, n): m rows of u, one of the singular values in falling order, n of v. */
    public static final Op SVD = new Batches.Row("_svd", "_svd(x)",
            "The left singular vectors as columns, below them the singular values, below them the right singular vectors.",
            Domain.REGULAR, "[3,3]", "[3,2]", "[2,3]", "[2,2,2]", "[1,1]", "[0,2]") {

        @Override
        boolean square() {
            return false;
        }

        @Override
        long[] outer(long m, long n) {
            return new long[] {m + 1 + n, Math.min(m, n)};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            Spectra.Singular s = Spectra.singular(a, m, n);
            if (s == null) {
                return null;
            }
            int k = Math.min(m, n);
            double[] packed = java.util.Arrays.copyOf(s.u(), (m + 1 + n) * k);
            System.arraycopy(s.values(), 0, packed, m * k, k);
            System.arraycopy(s.v(), 0, packed, (m + 1) * k, n * k);
            return packed;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        /** Differences of squares: at i, j that of j less that of i. */
        private static Value gaps(Trace t, Value values) {
            Value turned = column(t, values);
            return t.apply(Arithmetic.MUL, null, sub(t, values, turned), add(t, values, turned));
        }

        private static Value skew(Trace t, Value x) {
            return sub(t, x, transposed(t, x));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            long m = inputs[0].shape().dim(-2);
            long n = inputs[0].shape().dim(-1);
            long k = Math.min(m, n);
            Value u = rows(t, output, 0, m);
            Value s = rows(t, output, m, 1);
            Value v = rows(t, output, m + 1, n);
            Value gu = rows(t, cotangent, 0, m);
            Value gs = rows(t, cotangent, m, 1);
            Value gv = rows(t, cotangent, m + 1, n);
            Value uu = product(t, gu, "kj", u, "ki", "ij");
            Value vv = product(t, gv, "kj", v, "ki", "ij");
            Value gaps = gaps(t, s);
            Value middle = Batches.scale(t, apart(t, skew(t, uu), gaps), s);
            middle = add(t, middle, Batches.scale(t, apart(t, skew(t, vv), gaps), column(t, s)));
            middle = add(t, middle, diagonalMatrix(t, flat(t, gs)));
            Value g = product(t, product(t, middle, "ij", u, "ki", "kj"), "kj", v, "lj", "kl");
            if (m > k) {
                Value outside = sub(t, gu, product(t, uu, "ij", u, "ki", "kj"));
                g = add(t, g, product(t, ratio(t, outside, s), "kj", v, "lj", "kl"));
            }
            if (n > k) {
                Value outside = sub(t, gv, product(t, vv, "ij", v, "ki", "kj"));
                g = add(t, g, product(t, ratio(t, outside, s), "lj", u, "kj", "kl"));
            }
            return new Value[] {g};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            long m = inputs[0].shape().dim(-2);
            long n = inputs[0].shape().dim(-1);
            long k = Math.min(m, n);
            Value u = rows(t, output, 0, m);
            Value s = rows(t, output, m, 1);
            Value v = rows(t, output, m + 1, n);
            Value da = tangents[0];
            Value dav = product(t, da, "kl", v, "lj", "kj");
            Value p = product(t, dav, "kj", u, "ki", "ij");
            Value gaps = gaps(t, s);
            Value turned = column(t, s);
            Value off = offDiagonal(t, p);
            Value back = transposed(t, off);
            Value du = apart(t, add(t, Batches.scale(t, off, s), Batches.scale(t, back, turned)), gaps);
            Value dv = apart(t, add(t, Batches.scale(t, off, turned), Batches.scale(t, back, s)), gaps);
            du = product(t, du, "ij", u, "ki", "kj");
            dv = product(t, dv, "ij", v, "ki", "kj");
            if (m > k) {
                du = add(t, du, ratio(t, sub(t, dav, product(t, p, "ij", u, "ki", "kj")), s));
            }
            if (n > k) {
                Value dau = product(t, da, "kl", u, "kj", "lj");
                dv = add(t, dv, ratio(t, sub(t, dau, product(t, p, "ji", v, "ki", "kj")), s));
            }
            return stacked(t, output.shape(), du, upright(t, diagonalOf(t, p)), dv);
        }
    };

    /** Of tall or square matrices (m at least n): m rows of q, n rows of r. */
    public static final Op QR = new Batches.Row("_qr", "_qr(x)",
            "Orthonormal columns q, and below them the upper triangle r, whose product is x; m by n with m at least n.",
            Domain.REGULAR, "[3,3]", "[3,2]", "[2,2,2]", "[1,1]", "[2,0]") {

        @Override
        boolean square() {
            return false;
        }

        @Override
        long[] outer(long m, long n) {
            return new long[] {m + n, n};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            double[] tau = Factorizations.reflect(a, m, n);
            double[] packed = java.util.Arrays.copyOf(Factorizations.reflected(a, tau, m, n, n), (m + n) * n);
            for (int i = 0; i < n; i++) {
                System.arraycopy(a, i * n + i, packed, (m + i) * n + i, n - i);
            }
            return packed;
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        /** x times the inverse of r. */
        private static Value over(Trace t, Value x, Value r) {
            return transposed(t, Solving.triangular(t, r, transposed(t, x), false, false, true));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            long m = inputs[0].shape().dim(-2);
            long n = inputs[0].shape().dim(-1);
            Value q = rows(t, output, 0, m);
            Value r = rows(t, output, m, n);
            Value gq = rows(t, cotangent, 0, m);
            Value gr = triu(t, rows(t, cotangent, m, n), 0);
            Value inner = sub(t, product(t, gr, "jk", r, "ik", "ij"), product(t, gq, "ki", q, "kj", "ij"));
            Value lower = tril(t, inner, -1);
            Value mirrored = add(t, tril(t, inner, 0), transposed(t, lower));
            Value sum = add(t, gq, product(t, mirrored, "kj", q, "ik", "ij"));
            return new Value[] {transposed(t, Solving.triangular(t, r, transposed(t, sum), false, false, false))};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            long m = inputs[0].shape().dim(-2);
            long n = inputs[0].shape().dim(-1);
            Value q = rows(t, output, 0, m);
            Value r = rows(t, output, m, n);
            Value c = over(t, tangents[0], r);
            Value w = product(t, c, "kj", q, "ki", "ij");
            Value lower = tril(t, w, -1);
            Value rest = sub(t, w, sub(t, lower, transposed(t, lower)));
            Value dq = sub(t, c, product(t, rest, "kj", q, "ik", "ij"));
            return stacked(t, output.shape(), dq, product(t, rest, "ik", r, "kj", "ij"));
        }
    };

    /** L without its ones below the diagonal, U above, of square matrices and without pivoting. */
    public static final Op LU = new Batches.Row("_lu", "_lu(x)", "Both triangular factors of x in one matrix, rows as they are.",
            Domain.REGULAR, "[3,3]", "[2,2,2]", "[1,1]", "[0,0]") {

        @Override
        long[] outer(long m, long n) {
            return new long[] {n, n};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            Factorizations.lu(a, n, n, new int[n], false);
            return a;
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        private static Value lower(Trace t, Value lu) {
            return add(t, tril(t, lu, -1), Batches.identityLike(lu));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value ofLower = tril(t, product(t, tril(t, cotangent, -1), "kj", lower(t, output), "ki", "ij"), -1);
            Value ofUpper = triu(t, product(t, triu(t, cotangent, 0), "ik", triu(t, output, 0), "jk", "ij"), 0);
            Value left = Solving.triangular(t, output, add(t, ofLower, ofUpper), true, true, true);
            return new Value[] {transposed(t, Solving.triangular(t, output, transposed(t, left), false, false, false))};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value left = Solving.triangular(t, output, tangents[0], true, true, false);
            Value x = transposed(t, Solving.triangular(t, output, transposed(t, left), false, false, true));
            return add(t, product(t, tril(t, x, -1), "kj", lower(t, output), "ik", "ij"),
                    product(t, triu(t, x, 0), "ik", triu(t, output, 0), "kj", "ij"));
        }
    };

    /** Which row of x stands where after partial pivoting; whole numbers. */
    public static final Op LU_ROWS = new Batches.Row("_lu_rows", "_lu_rows(x)", "The rows of x in the order of partial pivoting.",
            Domain.REGULAR, "[3,3]", "[3,2]", "[2,2,3]", "[0,2]") {

        @Override
        boolean square() {
            return false;
        }

        @Override
        long[] outer(long m, long n) {
            return new long[] {m};
        }

        @Override
        DType resultType(DType dtype) {
            return DType.INT64;
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            int[] rows = new int[m];
            Factorizations.lu(a, m, n, rows, true);
            double[] order = new double[m];
            for (int i = 0; i < m; i++) {
                order[i] = rows[i];
            }
            return order;
        }

        @Override
        public boolean differentiable() {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[1];
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return null;
        }
    };

    /** Singular values up to {@code rcond} times the largest count as 0. The rule (Golub and Pereyra 1973) holds while their number does. */
    public static final Op PINV = new Batches.Row("_pinv", "_pinv(x, rcond=1.0e-15, atol=0.0)",
            "The pseudo-inverse of Moore and Penrose, by singular values.", Domain.REGULAR, "[3,3]", "[3,2]", "[2,2,3]", "[1,1]",
            "[0,2]") {

        @Override
        boolean square() {
            return false;
        }

        private record Limit(double relative, double absolute) {}

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            super.prepare(values, inputs);
            return new Limit(Arguments.number(name, "rcond", values[0]), Arguments.number(name, "atol", values[1]));
        }

        @Override
        long[] outer(long m, long n) {
            return new long[] {n, m};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            var limit = (Limit) options;
            Spectra.Singular s = Spectra.singular(a, m, n);
            if (s == null) {
                return null;
            }
            int k = Math.min(m, n);
            double[] scaled = s.v().clone();
            for (int j = 0; j < k; j++) {
                Poll.now();
                double value = s.values()[j];
                boolean counts = value > Math.max(limit.relative * s.values()[0], limit.absolute);
                for (int i = 0; i < n; i++) {
                    scaled[i * k + j] = counts ? scaled[i * k + j] / value : 0;
                }
            }
            return Factorizations.product(scaled, Factorizations.transposed(s.u(), m, k), n, k, m);
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value g, boolean[] wanted) {
            Value x = inputs[0];
            Value inner = product(t, product(t, g, "ij", output, "ia", "aj"), "aj", output, "bj", "ab");
            Value k = product(t, product(t, g, "ij", output, "ia", "ja"), "ja", output, "ca", "jc");
            Value left = sub(t, k, product(t, product(t, k, "jc", output, "bj", "bc"), "bc", x, "ab", "ac"));
            Value m = product(t, product(t, g, "ij", output, "aj", "ai"), "ai", output, "ab", "bi");
            Value right = sub(t, m, product(t, product(t, m, "bi", output, "ic", "bc"), "bc", x, "cd", "bd"));
            return new Value[] {Linear.match(t, sub(t, add(t, left, right), inner), x)};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value x = inputs[0];
            Value da = tangents[0];
            Value inner = product(t, product(t, da, "mn", output, "im", "in"), "in", output, "nj", "ij");
            Value q = product(t, product(t, da, "bc", output, "ca", "ab"), "ab", output, "ia", "ib");
            Value left = sub(t, q, product(t, product(t, q, "ib", x, "bc", "ic"), "ic", output, "cj", "ij"));
            Value r = product(t, product(t, da, "ba", output, "cb", "ac"), "ac", output, "cj", "aj");
            Value right = sub(t, r, product(t, product(t, r, "aj", x, "ba", "bj"), "bj", output, "ib", "ij"));
            return Linear.spread(t, sub(t, add(t, left, right), inner), output);
        }
    };

    /** By scaling, a Padé approximant of degree 13 and squaring (Higham 2005). */
    public static final Op EXPM = new Batches.Row("expm", "expm(x)", """
            The exponential of square matrices: 1 + x + x @ x / 2 + ...

            x: (..., n, n). The result has the shape of x. Raises ValueError for a shape that is not square.

            >>> print(expm(tensor([[0., 1.], [0., 0.]])))
            [[1. 1.]
             [0. 1.]]""", Domain.UNIT, "[3,3]", "[2,2,2]", "[1,1]", "[0,0]") {

        private static final double[] PADE = {
            64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0, 10559470521600.0,
            670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0, 1.0,
        };

        @Override
        long[] outer(long m, long n) {
            return new long[] {n, n};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            double norm = 0;
            for (int j = 0; j < n; j++) {
                Poll.now();
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += Math.abs(a[i * n + j]);
                }
                norm = Math.max(norm, sum) + (sum != sum ? sum : 0);
            }
            if (!Double.isFinite(norm)) {
                return null;
            }
            int squarings = norm <= 5.37 ? 0 : Math.getExponent(norm / 5.37) + 1;
            for (int i = 0; i < a.length; i++) {
                a[i] = Math.scalb(a[i], -squarings);
            }
            double[] even = new double[n * n];
            double[] odd = new double[n * n];
            double[] power = Factorizations.identity(n);
            double[] square = Factorizations.product(a, a, n, n, n);
            for (int k = 0; k < PADE.length; k += 2) {
                Poll.now();
                for (int i = 0; i < a.length; i++) {
                    even[i] += PADE[k] * power[i];
                    odd[i] += PADE[k + 1] * power[i];
                }
                power = Factorizations.product(power, square, n, n, n);
            }
            odd = Factorizations.product(a, odd, n, n, n);
            double[] above = new double[n * n];
            for (int i = 0; i < a.length; i++) {
                above[i] = even[i] + odd[i];
                even[i] -= odd[i];
            }
            int[] rows = new int[n];
            Factorizations.lu(even, n, n, rows, true);
            double[] result = Factorizations.solve(even, rows, n, above, n);
            for (int k = 0; k < squarings; k++) {
                result = Factorizations.product(result, result, n, n, n);
            }
            for (double x : result) {
                if (!Double.isFinite(x)) {
                    return null;
                }
            }
            return result;
        }

        @Override
        String refusal() {
            return "has no finite exponential";
        }

        /** The derivative along e stands in the corner of the exponential of [[x, e], [0, x]] (Najfeld and Havel 1995). */
        private Value along(Trace t, Value x, Value e) {
            long n = x.shape().dim(-1);
            long[] dims = x.shape().dims();
            dims[dims.length - 1] = 2 * n;
            dims[dims.length - 2] = 2 * n;
            Shape whole = Shape.of(dims);
            Window corner = Batches.part(whole, 0, n, n, n);
            Value block = add(t, t.apply(Windows.UNVIEW, Batches.part(whole, 0, n, 0, n), x),
                    t.apply(Windows.UNVIEW, Batches.part(whole, n, n, n, n), x));
            block = add(t, block, t.apply(Windows.UNVIEW, corner, e));
            return t.apply(Windows.VIEW, corner, t.apply(this, null, block));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[] {Linear.match(t, along(t, transposed(t, inputs[0]), cotangent), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return Linear.spread(t, along(t, inputs[0], tangents[0]), output);
        }
    };
}
