package org.ebb.op;

import static org.ebb.op.Batches.add;
import static org.ebb.op.Batches.neg;
import static org.ebb.op.Batches.product;
import static org.ebb.op.Batches.scale;
import static org.ebb.op.Batches.sub;
import static org.ebb.op.Batches.total;

import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Poll;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Systems of equations and determinants, over batches of matrices. The derivatives are those of Giles 2008 (NA-08/01). */
public final class Solving {

    private Solving() {}

    public static final Op INV = new Batches.Row("inv", "inv(x)", """
            The inverse of square matrices, by LU factors with partial pivoting.

            x: (..., n, n). The result has the shape of x. Raises ValueError for a shape that is not square or a singular matrix.

            >>> print(inv(tensor([[2., 0.], [0., 4.]])))
            [[0.5  0.  ]
             [0.   0.25]]""", Domain.REGULAR, "[3,3]", "[2,2,2]", "[1,1]", "[0,0]", "[0,2,2]") {

        @Override
        long[] outer(long m, long n) {
            return new long[] {n, n};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            int[] rows = new int[n];
            Factorizations.lu(a, n, n, rows, true);
            return Factorizations.singular(a, n) ? null : Factorizations.solve(a, rows, n, Factorizations.identity(n), n);
        }

        @Override
        String refusal() {
            return "is singular";
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value left = product(t, cotangent, "ij", output, "ik", "kj");
            return new Value[] {neg(t, product(t, left, "kj", output, "lj", "kl"))};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value left = product(t, tangents[0], "jk", output, "ij", "ik");
            return neg(t, product(t, left, "ik", output, "kl", "il"));
        }
    };

    /** Matrices of equations against matrices of right sides; the batches are equal. */
    abstract static class Equations extends Op {
        private final List<String> samples;

        Equations(String name, String signature, String doc, String... samples) {
            super(name, signature, doc);
            this.samples = List.of(samples);
        }

        @Override
        public final int inputs() {
            return 2;
        }

        @Override
        public final List<String> samples() {
            return samples;
        }

        @Override
        public final Domain domain(int k) {
            return k == 0 ? Domain.REGULAR : Domain.REAL;
        }

        final void check(Value[] inputs) {
            Shape a = inputs[0].shape();
            Shape b = inputs[1].shape();
            if (a.rank() < 2 || a.dim(-1) != a.dim(-2)) {
                throw badShape("a must be square matrices, not of shape " + a);
            }
            if (b.rank() != a.rank() || b.dim(-2) != a.dim(-1) || !Batches.batch(a).equals(Batches.batch(b))) {
                throw badShape(a + " and right sides " + b + ": " + a.dim(-1) + " rows are needed in the same batch");
            }
        }

        /** x for one matrix; null if there is none. */
        abstract double[] one(Object options, double[] a, int n, double[] b, int k);

        @Override
        public final Value forward(Object options, Value[] inputs) {
            DType joined = Promotion.join(inputs[0], inputs[1]);
            Tensor a = Dense.tensor(inputs[0]);
            Tensor b = Dense.tensor(inputs[1]);
            int n = (int) a.shape().dim(-1);
            int k = (int) b.shape().dim(-1);
            int count = (int) Batches.batch(a.shape()).size();
            Storage out = Storage.zeros(joined.isFloat() ? joined : DType.FLOAT32, b.size());
            double[] as = a.toDoubles();
            double[] bs = b.toDoubles();
            for (int i = 0; i < count; i++) {
                Poll.now();
                double[] x = one(options, Arrays.copyOfRange(as, i * n * n, (i + 1) * n * n), n,
                        Arrays.copyOfRange(bs, i * n * k, (i + 1) * n * k), k);
                if (x == null) {
                    throw Batches.refused(this, a.shape(), i, "is singular");
                }
                for (int j = 0; j < n * k; j++) {
                    out.setDouble((long) i * n * k + j, x[j]);
                }
            }
            return Dense.result(out, b.shape(), a.flavour().with(b.flavour()));
        }

        @Override
        public final boolean readsInput(int k) {
            return k == 0;
        }

        @Override
        public final boolean readsOutput() {
            return true;
        }
    }

    static final Op SOLVE = new Equations("_solve", "_solve(a, b)", "The x for which a x = b, by LU factors with partial pivoting.",
            "[3,3] [3,2]", "[2,2,2] [2,2,1]", "[1,1] [1,1]", "[0,0] [0,2]", "[2,2] [2,0]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            check(inputs);
            return null;
        }

        @Override
        double[] one(Object options, double[] a, int n, double[] b, int k) {
            int[] rows = new int[n];
            Factorizations.lu(a, n, n, rows, true);
            return Factorizations.singular(a, n) ? null : Factorizations.solve(a, rows, n, b, k);
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value g = t.apply(this, null, Batches.transposed(t, inputs[0]), cotangent);
            return new Value[] {
                wanted[0] ? Linear.match(t, neg(t, product(t, g, "ik", output, "jk", "ij")), inputs[0]) : null,
                wanted[1] ? Linear.match(t, g, inputs[1]) : null,
            };
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value right = tangents[1];
            if (tangents[0] != null) {
                Value moved = neg(t, product(t, tangents[0], "ij", output, "jk", "ik"));
                right = right == null ? moved : add(t, right, moved);
            }
            return Linear.spread(t, t.apply(this, null, inputs[0], right), output);
        }
    };

    /** Which triangle is meant, and how. */
    private record Triangle(boolean lower, boolean unit, boolean transposed) {}

    static final Op TRIANGULAR = new Equations("_solve_triangular",
            "_solve_triangular(a, b, lower=True, unit=False, transposed=False)",
            "The x for which a x = b, of whose a one triangle is read.",
            "[3,3] [3,2]", "[3,3] [3,2] lower=False", "[2,2,2] [2,2,1] transposed=True",
            "[3,3] [3,1] lower=False unit=True", "[0,0] [0,2]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            check(inputs);
            return new Triangle(Arguments.truth(name, "lower", values[0]), Arguments.truth(name, "unit", values[1]),
                    Arguments.truth(name, "transposed", values[2]));
        }

        @Override
        double[] one(Object options, double[] a, int n, double[] b, int k) {
            var triangle = (Triangle) options;
            if (!triangle.unit && Factorizations.singular(a, n)) {
                return null;
            }
            Factorizations.triangular(a, n, triangle.lower, triangle.unit, triangle.transposed, b, k);
            return b;
        }

        private Value masked(Trace t, Triangle triangle, Value x) {
            return triangle.lower ? Batches.tril(t, x, triangle.unit ? -1 : 0) : Batches.triu(t, x, triangle.unit ? 1 : 0);
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var triangle = (Triangle) options;
            var turned = new Triangle(triangle.lower, triangle.unit, !triangle.transposed);
            Value g = t.apply(this, turned, inputs[0], cotangent);
            Value a = null;
            if (wanted[0]) {
                Value outer = neg(t, triangle.transposed ? product(t, g, "jk", output, "ik", "ij")
                        : product(t, g, "ik", output, "jk", "ij"));
                a = Linear.match(t, masked(t, triangle, outer), inputs[0]);
            }
            return new Value[] {a, wanted[1] ? Linear.match(t, g, inputs[1]) : null};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            var triangle = (Triangle) options;
            Value right = tangents[1];
            if (tangents[0] != null) {
                Value da = masked(t, triangle, tangents[0]);
                Value moved = neg(t, triangle.transposed ? product(t, da, "ji", output, "jk", "ik")
                        : product(t, da, "ij", output, "jk", "ik"));
                right = right == null ? moved : add(t, right, moved);
            }
            return Linear.spread(t, t.apply(this, options, inputs[0], right), output);
        }
    };

    static Value triangular(Trace t, Value a, Value b, boolean lower, boolean unit, boolean transposed) {
        return t.apply(TRIANGULAR, new Triangle(lower, unit, transposed), a, b);
    }

    /** A number for each matrix, whose slope is a matrix. */
    private abstract static class Measure extends Batches.Row {

        Measure(String name, String signature, String doc) {
            super(name, signature, doc, Domain.REGULAR, "[3,3]", "[2,2,2]", "[1,1]", "[0,0]", "[0,2,2]");
        }

        @Override
        final long[] outer(long m, long n) {
            return new long[0];
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            int sign = Factorizations.lu(a, n, n, new int[n], true);
            double[] pivots = new double[n];
            for (int k = 0; k < n; k++) {
                pivots[k] = a[k * n + k];
            }
            return new double[] {number(sign, pivots)};
        }

        abstract double number(int sign, double[] pivots);

        /** The slope along each element of x, or null if the number is constant. */
        abstract Value slope(Trace t, Value x);

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value slope = slope(t, inputs[0]);
            Value open = Batches.open(t, cotangent, inputs[0]);
            return new Value[] {slope == null ? null : Linear.match(t, scale(t, open, slope), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value slope = slope(t, inputs[0]);
            return slope == null ? null : Linear.spread(t, total(t, scale(t, tangents[0], slope)), output);
        }
    }

    public static final Op DET = new Measure("det", "det(x)", """
            The determinant of square matrices; its slope is the matrix of cofactors, which singular matrices have too.

            x: (..., n, n). The result has the axes of x before the last two. Raises ValueError for a shape that is not square.

            >>> print(det(tensor([[1., 2.], [3., 5.]])))
            -1.0""") {

        @Override
        double number(int sign, double[] pivots) {
            double product = sign;
            for (double pivot : pivots) {
                product *= pivot;
            }
            return product;
        }

        @Override
        Value slope(Trace t, Value x) {
            return t.apply(COFACTORS, null, x);
        }
    };

    static final Op LOG_ABS_DET = new Measure("_logabsdet", "_logabsdet(x)",
            "The logarithm of the determinant's size; -inf for a singular matrix.") {

        @Override
        double number(int sign, double[] pivots) {
            double sum = 0;
            for (double pivot : pivots) {
                sum += Math.log(Math.abs(pivot));
            }
            return sum;
        }

        @Override
        Value slope(Trace t, Value x) {
            return Batches.transposed(t, t.apply(INV, null, x));
        }
    };

    static final Op SIGN_DET = new Measure("_signdet", "_signdet(x)", "The sign of the determinant: 1, -1, or 0.") {

        @Override
        double number(int sign, double[] pivots) {
            double product = sign;
            for (double pivot : pivots) {
                product *= Math.signum(pivot);
            }
            return product;
        }

        @Override
        Value slope(Trace t, Value x) {
            return null;
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    };

    /** The derivative of the determinant. Its own derivative divides by the determinant, so it wants regular matrices. */
    static final Op COFACTORS = new Batches.Row("_cofactors", "_cofactors(x)", "The cofactors of square matrices.",
            Domain.REGULAR, "[3,3]", "[2,2,2]", "[1,1]", "[0,0]") {

        @Override
        long[] outer(long m, long n) {
            return new long[] {n, n};
        }

        @Override
        double[] one(Object options, double[] a, int m, int n) {
            double[] lu = a.clone();
            int[] rows = new int[n];
            double det = Factorizations.lu(lu, n, n, rows, true);
            double least = Double.POSITIVE_INFINITY;
            double largest = 0;
            for (int k = 0; k < n; k++) {
                double pivot = lu[k * n + k];
                det *= pivot;
                least = Math.min(least, Math.abs(pivot));
                largest = Math.max(largest, Math.abs(pivot));
            }
            if (!(least > 1e-8 * largest)) {
                return bySingularValues(a, n);
            }
            double[] inverse = Factorizations.transposed(Factorizations.solve(lu, rows, n, Factorizations.identity(n), n), n, n);
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] *= det;
            }
            return inverse;
        }

        /** For x = u s v' they are det(u) det(v) u c v', where c has the products of all other singular values. */
        private static double[] bySingularValues(double[] a, int n) {
            Spectra.Singular s = Spectra.singular(a, n, n);
            if (s == null) {
                double[] nan = new double[n * n];
                Arrays.fill(nan, Double.NaN);
                return nan;
            }
            double sign = turn(s.u(), n) * turn(s.v(), n);
            double[] scaled = s.u().clone();
            for (int j = 0; j < n; j++) {
                Poll.now();
                double others = sign;
                for (int k = 0; k < n; k++) {
                    others *= k == j ? 1 : s.values()[k];
                }
                for (int i = 0; i < n; i++) {
                    scaled[i * n + j] *= others;
                }
            }
            return Factorizations.product(scaled, Factorizations.transposed(s.v(), n, n), n, n, n);
        }

        /** The determinant of an orthogonal matrix. */
        private static double turn(double[] q, int n) {
            double[] lu = q.clone();
            double sign = Factorizations.lu(lu, n, n, new int[n], true);
            for (int k = 0; k < n; k++) {
                sign *= Math.signum(lu[k * n + k]);
            }
            return sign;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value inverse = t.apply(INV, null, inputs[0]);
            Value sum = Batches.open(t, total(t, scale(t, cotangent, output)), inputs[0]);
            Value first = scale(t, sum, Batches.transposed(t, inverse));
            Value p = product(t, cotangent, "kl", output, "jl", "jk");
            return new Value[] {Linear.match(t, sub(t, first, product(t, p, "jk", inverse, "ik", "ji")), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value inverse = t.apply(INV, null, inputs[0]);
            Value trace = total(t, scale(t, tangents[0], Batches.transposed(t, inverse)));
            Value first = scale(t, Batches.open(t, trace, inputs[0]), output);
            Value p = product(t, tangents[0], "ji", inverse, "ik", "kj");
            return Linear.spread(t, sub(t, first, product(t, p, "kj", output, "jl", "kl")), output);
        }
    };
}
