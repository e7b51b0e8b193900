package org.ebb.op;

import org.ebb.kernel.Poll;
/**
 * Factors of one dense matrix, row-major in an array of doubles. Each method overwrites what it says and nothing else. Signs are
 * LAPACK's: a reflection takes a column to the multiple of the first unit vector that has the other sign.
 */
final class Factorizations {

    private Factorizations() {}

    /**
     * L and U of the rows in the order {@code rows}, which partial pivoting fills in: {@code a} (m by n) becomes L below the
     * diagonal (ones on it are left out) and U above. Without pivoting rows stay. Gives the sign of the permutation.
     */
    static int lu(double[] a, int m, int n, int[] rows, boolean pivoting) {
        int sign = 1;
        for (int i = 0; i < m; i++) {
            rows[i] = i;
        }
        for (int k = 0; k < Math.min(m, n); k++) {
            Poll.now();
            int best = k;
            for (int i = k + 1; pivoting && i < m; i++) {
                best = Math.abs(a[i * n + k]) > Math.abs(a[best * n + k]) ? i : best;
            }
            if (best != k) {
                for (int j = 0; j < n; j++) {
                    double kept = a[k * n + j];
                    a[k * n + j] = a[best * n + j];
                    a[best * n + j] = kept;
                }
                int row = rows[k];
                rows[k] = rows[best];
                rows[best] = row;
                sign = -sign;
            }
            double pivot = a[k * n + k];
            if (pivot == 0) {
                continue;
            }
            for (int i = k + 1; i < m; i++) {
                double factor = a[i * n + k] / pivot;
                a[i * n + k] = factor;
                if (factor != 0) {
                    for (int j = k + 1; j < n; j++) {
                        a[i * n + j] -= factor * a[k * n + j];
                    }
                }
            }
        }
        return sign;
    }

    /** Is some pivot of n by n factors exactly 0? */
    static boolean singular(double[] lu, int n) {
        for (int k = 0; k < n; k++) {
            if (lu[k * n + k] == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Solves in place for the columns of {@code x} (n by k) a triangular system; a column of zeros stays one, whatever the
     * matrix.
     */
    static void triangular(double[] a, int n, boolean lower, boolean unit, boolean transposed, double[] x, int k) {
        boolean forward = lower != transposed;
        for (int c = 0; c < k; c++) {
            Poll.now();
            if (zeros(x, n, k, c)) {
                continue;
            }
            for (int step = 0; step < n; step++) {
                int i = forward ? step : n - 1 - step;
                double sum = x[i * k + c];
                for (int j = forward ? 0 : i + 1; j < (forward ? i : n); j++) {
                    sum -= (transposed ? a[j * n + i] : a[i * n + j]) * x[j * k + c];
                }
                x[i * k + c] = unit ? sum : sum / a[i * n + i];
            }
        }
    }

    private static boolean zeros(double[] x, int n, int k, int c) {
        for (int i = 0; i < n; i++) {
            if (x[i * k + c] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Solves a x = b for the columns of b (n by k) with the factors of {@link #lu}. */
    static double[] solve(double[] lu, int[] rows, int n, double[] b, int k) {
        double[] x = new double[n * k];
        for (int i = 0; i < n; i++) {
            System.arraycopy(b, rows[i] * k, x, i * k, k);
        }
        triangular(lu, n, true, true, false, x, k);
        triangular(lu, n, false, false, false, x, k);
        return x;
    }

    static double[] identity(int n) {
        double[] one = new double[n * n];
        for (int i = 0; i < n; i++) {
            one[i * n + i] = 1;
        }
        return one;
    }

    /** The lower factor of a positive definite matrix, of which the lower triangle is read; null where it is none. */
    static double[] cholesky(double[] a, int n) {
        double[] l = new double[n * n];
        for (int j = 0; j < n; j++) {
            Poll.now();
            for (int i = j; i < n; i++) {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * n + k] * l[j * n + k];
                }
                if (i > j) {
                    l[i * n + j] = sum / l[j * n + j];
                } else if (sum > 0 || sum != sum) {
                    l[j * n + j] = Math.sqrt(sum);
                } else {
                    return null;
                }
            }
        }
        return l;
    }

    /**
     * Reflections that take {@code a} (m by n) to an upper triangle: R on and above the diagonal, the reflections' vectors below
     * (their first element is 1), their factors in the result.
     */
    static double[] reflect(double[] a, int m, int n) {
        int count = Math.min(m, n);
        double[] tau = new double[count];
        for (int k = 0; k < count; k++) {
            Poll.now();
            double norm = 0;
            for (int i = k + 1; i < m; i++) {
                norm = Math.hypot(norm, a[i * n + k]);
            }
            if (norm == 0) {
                continue;
            }
            double alpha = a[k * n + k];
            double beta = -Math.copySign(Math.hypot(alpha, norm), alpha);
            tau[k] = (beta - alpha) / beta;
            for (int i = k + 1; i < m; i++) {
                a[i * n + k] /= alpha - beta;
            }
            a[k * n + k] = beta;
            for (int j = k + 1; j < n; j++) {
                double sum = a[k * n + j];
                for (int i = k + 1; i < m; i++) {
                    sum += a[i * n + k] * a[i * n + j];
                }
                sum *= tau[k];
                a[k * n + j] -= sum;
                for (int i = k + 1; i < m; i++) {
                    a[i * n + j] -= sum * a[i * n + k];
                }
            }
        }
        return tau;
    }

    /** The first {@code columns} columns of the product of the reflections of {@link #reflect}: m by columns. */
    static double[] reflected(double[] a, double[] tau, int m, int n, int columns) {
        double[] q = new double[m * columns];
        for (int i = 0; i < Math.min(m, columns); i++) {
            q[i * columns + i] = 1;
        }
        for (int k = tau.length - 1; k >= 0; k--) {
            Poll.now();
            for (int j = 0; j < columns; j++) {
                double sum = q[k * columns + j];
                for (int i = k + 1; i < m; i++) {
                    sum += a[i * n + k] * q[i * columns + j];
                }
                sum *= tau[k];
                q[k * columns + j] -= sum;
                for (int i = k + 1; i < m; i++) {
                    q[i * columns + j] -= sum * a[i * n + k];
                }
            }
        }
        return q;
    }

    static double[] transposed(double[] a, int m, int n) {
        double[] t = new double[a.length];
        for (int i = 0; i < m; i++) {
            Poll.now();
            for (int j = 0; j < n; j++) {
                t[j * m + i] = a[i * n + j];
            }
        }
        return t;
    }

    /** a (m by k) times b (k by n). */
    static double[] product(double[] a, double[] b, int m, int k, int n) {
        double[] out = new double[m * n];
        org.ebb.kernel.PlainKernels.INSTANCE.gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, out, 0, n, false);
        return out;
    }
}
