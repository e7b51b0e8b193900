package org.ebb.op;

import org.ebb.kernel.Poll;
import java.util.Arrays;

/** Eigenvalues of one symmetric matrix, and singular values of one matrix, row-major in arrays of doubles. */
final class Spectra {

    private Spectra() {}

    private static final double EPS = Math.ulp(1.0) / 2;

    /** The eigenvalues in rising order, and the eigenvectors as columns of {@code vectors} (n by n). */
    record Eigen(double[] values, double[] vectors) {}

    /**
     * By reflections to a tridiagonal matrix and implicit QL or QR steps on it (Golub and Van Loan 8.3), in LAPACK's order of
     * work, so that signs agree with it: {@code upper} starts with the last column, otherwise with the first. {@code a} is
     * symmetric. Null where the steps do not settle, which happens for nan and infinity.
     */
    static Eigen eigen(double[] a, int n, boolean upper) {
        double[] work = a.clone();
        double scale = 0;
        for (double x : work) {
            if (!Double.isFinite(x)) {
                return null;
            }
            scale = Math.max(scale, Math.abs(x));
        }
        if (scale != 0 && (scale < 1e-140 || scale > 1e140)) {
            for (int i = 0; i < work.length; i++) {
                work[i] /= scale;
            }
        } else {
            scale = 1;
        }
        double[] d = new double[n];
        double[] e = new double[Math.max(n - 1, 0)];
        double[] q = upper ? tridiagonalUpper(work, n, d, e) : tridiagonalLower(work, n, d, e);
        if (!steps(d, e, q, n)) {
            return null;
        }
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (i, j) -> Double.compare(d[i], d[j]));
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        for (int j = 0; j < n; j++) {
            Poll.now();
            values[j] = d[order[j]] * scale;
            for (int i = 0; i < n; i++) {
                vectors[i * n + j] = q[i * n + order[j]];
            }
        }
        return new Eigen(values, vectors);
    }

    /** The lower triangle to a diagonal and a subdiagonal; gives the orthogonal factor. */
    private static double[] tridiagonalLower(double[] a, int n, double[] d, double[] e) {
        double[] q = Factorizations.identity(n);
        double[] v = new double[n];
        for (int k = 0; k < n - 1; k++) {
            double tau = reflection(a, n, k, k + 1, n, 1, v);
            e[k] = v[k];
            v[k] = 0;
            similar(a, n, v, tau, k + 1, n);
            after(q, n, v, tau);
        }
        for (int i = 0; i < n; i++) {
            d[i] = a[i * n + i];
        }
        return q;
    }

    private static double[] tridiagonalUpper(double[] a, int n, double[] d, double[] e) {
        double[] q = Factorizations.identity(n);
        double[] v = new double[n];
        for (int k = n - 1; k > 0; k--) {
            double tau = reflection(a, n, k, k - 1, -1, -1, v);
            e[k - 1] = v[k];
            v[k] = 0;
            similar(a, n, v, tau, 0, k);
            after(q, n, v, tau);
        }
        for (int i = 0; i < n; i++) {
            d[i] = a[i * n + i];
        }
        return q;
    }

    /**
     * The reflection that takes column {@code column}, from row {@code first} on, to a multiple of a unit vector: its vector in
     * {@code v}, that multiple in {@code v[column]}; gives its factor.
     */
    private static double reflection(double[] a, int n, int column, int first, int end, int step, double[] v) {
        Arrays.fill(v, 0);
        double alpha = a[first * n + column];
        double norm = 0;
        for (int i = first + step; i != end; i += step) {
            norm = Math.hypot(norm, a[i * n + column]);
        }
        v[first] = 1;
        if (norm == 0) {
            v[column] = alpha;
            return 0;
        }
        double beta = -Math.copySign(Math.hypot(alpha, norm), alpha);
        for (int i = first + step; i != end; i += step) {
            v[i] = a[i * n + column] / (alpha - beta);
        }
        v[column] = beta;
        return (beta - alpha) / beta;
    }

    /** a becomes H a H on rows and columns from..to, for H = 1 - tau v v'. */
    private static void similar(double[] a, int n, double[] v, double tau, int from, int to) {
        if (tau == 0) {
            return;
        }
        double[] w = new double[n];
        double dot = 0;
        for (int i = from; i < to; i++) {
            Poll.now();
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += a[i * n + j] * v[j];
            }
            w[i] = tau * sum;
            dot += w[i] * v[i];
        }
        for (int i = from; i < to; i++) {
            w[i] -= tau / 2 * dot * v[i];
        }
        for (int i = from; i < to; i++) {
            Poll.now();
            for (int j = from; j < to; j++) {
                a[i * n + j] -= v[i] * w[j] + w[i] * v[j];
            }
        }
    }

    /** q becomes q H. */
    private static void after(double[] q, int n, double[] v, double tau) {
        if (tau == 0) {
            return;
        }
        for (int i = 0; i < n; i++) {
            Poll.now();
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += q[i * n + j] * v[j];
            }
            sum *= tau;
            for (int j = 0; j < n; j++) {
                q[i * n + j] -= sum * v[j];
            }
        }
    }

    /** Implicit steps until the off-diagonal is 0, each block from the end with the larger diagonal element. */
    private static boolean steps(double[] d, double[] e, double[] q, int n) {
        int left = 60 * n;
        int start = 0;
        while (start < n) {
            int end = start;
            while (end < n - 1 && !negligible(d, e, end)) {
                end++;
            }
            if (end < n - 1) {
                e[end] = 0;
            }
            boolean done = Math.abs(d[end]) < Math.abs(d[start]) ? fromEnd(d, e, q, n, start, end, left)
                    : fromStart(d, e, q, n, start, end, left);
            if (!done) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean negligible(double[] d, double[] e, int i) {
        double size = Math.abs(e[i]);
        return size == 0 || size <= Math.sqrt(Math.abs(d[i])) * Math.sqrt(Math.abs(d[i + 1])) * EPS;
    }

    private static boolean tiny(double[] d, double[] e, int i) {
        return e[i] * e[i] <= EPS * EPS * Math.abs(d[i]) * Math.abs(d[i + 1]) + Double.MIN_NORMAL;
    }

    /** QL: eigenvalues settle at the start of the block first. */
    private static boolean fromStart(double[] d, double[] e, double[] q, int n, int start, int end, int left) {
        for (int l = start; l <= end; ) {
            Poll.now();
            int m = l;
            while (m < end && !tiny(d, e, m)) {
                m++;
            }
            if (m < end) {
                e[m] = 0;
            }
            if (m == l) {
                l++;
            } else if (m == l + 1) {
                double[] two = two(d[l], e[l], d[l + 1]);
                turn(q, n, l, two[2], two[3]);
                d[l] = two[0];
                d[l + 1] = two[1];
                e[l] = 0;
                l += 2;
            } else {
                if (left-- == 0) {
                    return false;
                }
                double g = (d[l + 1] - d[l]) / (2 * e[l]);
                double r = Math.hypot(g, 1);
                g = d[m] - d[l] + e[l] / (g + Math.copySign(r, g));
                double s = 1;
                double c = 1;
                double p = 0;
                double[] cs = new double[m];
                double[] sn = new double[m];
                for (int i = m - 1; i >= l; i--) {
                    double f = s * e[i];
                    double b = c * e[i];
                    r = Math.hypot(g, f);
                    if (f == 0) {
                        c = 1;
                        s = 0;
                        r = g;
                    } else if (g == 0) {
                        c = 0;
                        s = 1;
                        r = f;
                    } else {
                        r = rotationLength(g, f, r);
                        c = g / r;
                        s = f / r;
                    }
                    if (i != m - 1) {
                        e[i + 1] = r;
                    }
                    g = d[i + 1] - p;
                    r = (d[i] - g) * s + 2 * c * b;
                    p = s * r;
                    d[i + 1] = g + p;
                    g = c * r - b;
                    cs[i] = c;
                    sn[i] = -s;
                }
                for (int i = m - 1; i >= l; i--) {
                    turn(q, n, i, cs[i], sn[i]);
                }
                d[l] -= p;
                e[l] = g;
            }
        }
        return true;
    }

    /** QR: the mirror image. */
    private static boolean fromEnd(double[] d, double[] e, double[] q, int n, int start, int end, int left) {
        for (int l = end; l >= start; ) {
            Poll.now();
            int m = l;
            while (m > start && !tiny(d, e, m - 1)) {
                m--;
            }
            if (m > start) {
                e[m - 1] = 0;
            }
            if (m == l) {
                l--;
            } else if (m == l - 1) {
                double[] two = two(d[l - 1], e[l - 1], d[l]);
                turn(q, n, l - 1, two[2], two[3]);
                d[l - 1] = two[0];
                d[l] = two[1];
                e[l - 1] = 0;
                l -= 2;
            } else {
                if (left-- == 0) {
                    return false;
                }
                double g = (d[l - 1] - d[l]) / (2 * e[l - 1]);
                double r = Math.hypot(g, 1);
                g = d[m] - d[l] + e[l - 1] / (g + Math.copySign(r, g));
                double s = 1;
                double c = 1;
                double p = 0;
                double[] cs = new double[l];
                double[] sn = new double[l];
                for (int i = m; i < l; i++) {
                    double f = s * e[i];
                    double b = c * e[i];
                    r = Math.hypot(g, f);
                    if (f == 0) {
                        c = 1;
                        s = 0;
                        r = g;
                    } else if (g == 0) {
                        c = 0;
                        s = 1;
                        r = f;
                    } else {
                        r = rotationLength(g, f, r);
                        c = g / r;
                        s = f / r;
                    }
                    if (i != m) {
                        e[i - 1] = r;
                    }
                    g = d[i] - p;
                    r = (d[i + 1] - g) * s + 2 * c * b;
                    p = s * r;
                    d[i] = g + p;
                    g = c * r - b;
                    cs[i] = c;
                    sn[i] = s;
                }
                for (int i = m; i < l; i++) {
                    turn(q, n, i, cs[i], sn[i]);
                }
                d[l] -= p;
                e[l - 1] = g;
            }
        }
        return true;
    }

    /** LAPACK (since 3.10) gives plane rotations a positive cosine. */
    private static double rotationLength(double f, double g, double r) {
        return Math.copySign(r, f);
    }

    /** Columns k and k + 1 of q turned by the rotation (c, s). */
    private static void turn(double[] q, int n, int k, double c, double s) {
        for (int i = 0; i < n; i++) {
            double x = q[i * n + k + 1];
            double y = q[i * n + k];
            q[i * n + k + 1] = c * x - s * y;
            q[i * n + k] = s * x + c * y;
        }
    }

    /** Of [[a, b], [b, c]]: the eigenvalue of larger size, the other one, and the first one's unit eigenvector. */
    private static double[] two(double a, double b, double c) {
        double sum = a + c;
        double difference = a - c;
        double root = Math.hypot(difference, 2 * b);
        double larger = Math.max(Math.abs(a), Math.abs(c)) == Math.abs(a) ? a : c;
        double smaller = larger == a ? c : a;
        int sign = sum < 0 ? -1 : 1;
        double rt1 = sum == 0 ? root / 2 : (sum + sign * root) / 2;
        double rt2 = sum == 0 ? -root / 2 : larger / rt1 * smaller - b / rt1 * b;
        int side = difference >= 0 ? 1 : -1;
        double cosine = difference + side * root;
        double cs;
        double sn;
        if (Math.abs(cosine) > Math.abs(2 * b)) {
            double ct = -2 * b / cosine;
            sn = 1 / Math.sqrt(1 + ct * ct);
            cs = ct * sn;
        } else if (b == 0) {
            cs = 1;
            sn = 0;
        } else {
            double tn = -cosine / (2 * b);
            cs = 1 / Math.sqrt(1 + tn * tn);
            sn = tn * cs;
        }
        if (sign == side) {
            double tn = cs;
            cs = -sn;
            sn = tn;
        }
        return new double[] {rt1, rt2, cs, sn};
    }

    /** Singular values in falling order, and the vectors as columns: u (m by k), v (n by k) for k = min(m, n). */
    record Singular(double[] u, double[] values, double[] v) {}

    /**
     * By rotations of pairs of columns until all are orthogonal (one-sided Jacobi: Demmel and Veselić 1992), after a QR
     * factorisation where the matrix is tall. Small singular values come out with their digits. The first element of each
     * column of u is not positive. Null for nan and infinity.
     */
    static Singular singular(double[] a, int m, int n) {
        for (double x : a) {
            if (!Double.isFinite(x)) {
                return null;
            }
        }
        if (m < n) {
            Singular t = singular(Factorizations.transposed(a, m, n), n, m);
            double[] u = t.v;
            double[] v = t.u;
            negative(u, v, m, n, m);
            return new Singular(u, t.values, v);
        }
        double[] work = a.clone();
        double[] tau = Factorizations.reflect(work, m, n);
        double[] r = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(work, i * n + i, r, i * n + i, n - i);
        }
        double[] columns = Factorizations.transposed(r, n, n);
        double[] v = Factorizations.identity(n);
        orthogonalize(columns, v, n);
        double[] values = new double[n];
        Integer[] order = new Integer[n];
        double[] lengths = new double[n];
        for (int j = 0; j < n; j++) {
            Poll.now();
            order[j] = j;
            for (int i = 0; i < n; i++) {
                lengths[j] = Math.hypot(lengths[j], columns[j * n + i]);
            }
        }
        Arrays.sort(order, (i, j) -> Double.compare(lengths[j], lengths[i]));
        double[] small = new double[n * n];
        double[] right = new double[n * n];
        for (int j = 0; j < n; j++) {
            Poll.now();
            int from = order[j];
            values[j] = lengths[from];
            for (int i = 0; i < n; i++) {
                small[i * n + j] = values[j] == 0 ? 0 : columns[from * n + i] / values[j];
                right[i * n + j] = v[from * n + i];
            }
        }
        complete(small, values, n);
        double[] q = Factorizations.reflected(work, tau, m, n, n);
        double[] u = Factorizations.product(q, small, m, n, n);
        negative(u, right, m, n, n);
        return new Singular(u, values, right);
    }

    /** Rows of {@code x} (the columns of a matrix) made orthogonal in place by rotations, which {@code v} collects as rows. */
    private static void orthogonalize(double[] x, double[] v, int n) {
        boolean turned = true;
        for (int sweep = 0; turned && sweep < 60; sweep++) {
            Poll.now();
            turned = false;
            for (int p = 0; p < n - 1; p++) {
                for (int q = p + 1; q < n; q++) {
                    turned |= rotate(x, v, n, p, q);
                }
            }
        }
    }

    private static boolean rotate(double[] x, double[] v, int n, int p, int q) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.max(Math.abs(x[p * n + i]), Math.abs(x[q * n + i])));
        }
        if (largest == 0) {
            return false;
        }
        double pp = 0;
        double qq = 0;
        double pq = 0;
        for (int i = 0; i < n; i++) {
            double a = x[p * n + i] / largest;
            double b = x[q * n + i] / largest;
            pp += a * a;
            qq += b * b;
            pq += a * b;
        }
        if (Math.abs(pq) <= 4 * EPS * Math.sqrt(pp) * Math.sqrt(qq) || pq == 0) {
            return false;
        }
        double zeta = (qq - pp) / (2 * pq);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double c = 1 / Math.sqrt(1 + t * t);
        double s = c * t;
        for (double[] rows : new double[][] {x, v}) {
            for (int i = 0; i < n; i++) {
                double a = rows[p * n + i];
                double b = rows[q * n + i];
                rows[p * n + i] = c * a - s * b;
                rows[q * n + i] = s * a + c * b;
            }
        }
        return true;
    }

    /** Columns of a zero singular value become unit vectors orthogonal to the others. */
    private static void complete(double[] u, double[] values, int n) {
        for (int j = 0; j < n; j++) {
            Poll.now();
            if (values[j] != 0 && values[j] > values[0] * Double.MIN_NORMAL) {
                continue;
            }
            double[] best = null;
            double longest = -1;
            for (int k = 0; k < n; k++) {
                double[] w = new double[n];
                w[k] = 1;
                for (int twice = 0; twice < 2; twice++) {
                    for (int c = 0; c < j; c++) {
                        double dot = 0;
                        for (int i = 0; i < n; i++) {
                            dot += u[i * n + c] * w[i];
                        }
                        for (int i = 0; i < n; i++) {
                            w[i] -= dot * u[i * n + c];
                        }
                    }
                }
                double length = 0;
                for (double one : w) {
                    length = Math.hypot(length, one);
                }
                if (length > longest + 1e-8) {
                    longest = length;
                    best = w;
                }
            }
            for (int i = 0; i < n; i++) {
                u[i * n + j] = best[i] / longest;
            }
        }
    }

    private static void negative(double[] u, double[] v, int m, int n, int k) {
        for (int j = 0; j < k; j++) {
            Poll.now();
            if (u[j] > 0) {
                for (int i = 0; i < m; i++) {
                    u[i * k + j] = -u[i * k + j];
                }
                for (int i = 0; i < n; i++) {
                    v[i * k + j] = -v[i * k + j];
                }
            }
        }
    }
}
