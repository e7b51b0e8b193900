package org.ebb.kernel;

/** Reductions of a row of {@code double[]} to one number. */
final class DoubleSums {

    /** Rows up to this long are added by eight running sums; longer ones are cut in two as {@link Tree} says. */
    static final int BLOCK = 128;

    private DoubleSums() {}

    static double sum(double[] a, int at, int step, int n) {
        if (n > BLOCK) {
            int half = Tree.half(n);
            return sum(a, at, step, half) + sum(a, at + half * step, step, n - half);
        }
        if (n < 8) {
            double total = n == 0 ? 0 : a[at];
            for (int i = 1; i < n; i++) {
                total += a[at + i * step];
            }
            return total;
        }
        double s0 = a[at], s1 = a[at + step], s2 = a[at + 2 * step], s3 = a[at + 3 * step];
        double s4 = a[at + 4 * step], s5 = a[at + 5 * step], s6 = a[at + 6 * step], s7 = a[at + 7 * step];
        int i = 8;
        for (int p = at + 8 * step; i < (n & ~7); i += 8, p += 8 * step) {
            s0 += a[p];
            s1 += a[p + step];
            s2 += a[p + 2 * step];
            s3 += a[p + 3 * step];
            s4 += a[p + 4 * step];
            s5 += a[p + 5 * step];
            s6 += a[p + 6 * step];
            s7 += a[p + 7 * step];
        }
        double total = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; i < n; i++) {
            total += a[at + i * step];
        }
        return total;
    }

    /** As {@link FloatSums#magnitude}. */
    static double magnitude(double[] a, int at, int n) {
        long m0 = 0, m1 = 0, m2 = 0, m3 = 0;
        int i = at;
        int end = at + n;
        for (; i + 4 <= end; i += 4) {
            m0 = Math.max(m0, Double.doubleToRawLongBits(a[i]) & Long.MAX_VALUE);
            m1 = Math.max(m1, Double.doubleToRawLongBits(a[i + 1]) & Long.MAX_VALUE);
            m2 = Math.max(m2, Double.doubleToRawLongBits(a[i + 2]) & Long.MAX_VALUE);
            m3 = Math.max(m3, Double.doubleToRawLongBits(a[i + 3]) & Long.MAX_VALUE);
        }
        for (; i < end; i++) {
            m0 = Math.max(m0, Double.doubleToRawLongBits(a[i]) & Long.MAX_VALUE);
        }
        return Double.longBitsToDouble(Math.max(Math.max(m0, m1), Math.max(m2, m3)));
    }

    static double dot(double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, int n) {
        if (n > BLOCK) {
            int half = Tree.half(n);
            return dot(a, aAt, aStep, b, bAt, bStep, half) + dot(a, aAt + half * aStep, aStep, b, bAt + half * bStep, bStep,
                    n - half);
        }
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = 0;
        for (; i < (n & ~7); i += 8) {
            int p = aAt + i * aStep;
            int q = bAt + i * bStep;
            s0 += a[p] * b[q];
            s1 += a[p + aStep] * b[q + bStep];
            s2 += a[p + 2 * aStep] * b[q + 2 * bStep];
            s3 += a[p + 3 * aStep] * b[q + 3 * bStep];
            s4 += a[p + 4 * aStep] * b[q + 4 * bStep];
            s5 += a[p + 5 * aStep] * b[q + 5 * bStep];
            s6 += a[p + 6 * aStep] * b[q + 6 * bStep];
            s7 += a[p + 7 * aStep] * b[q + 7 * bStep];
        }
        double total = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; i < n; i++) {
            total += a[aAt + i * aStep] * b[bAt + i * bStep];
        }
        return total;
    }

    /** The first largest ({@code sign} 1) or smallest ({@code sign} -1) element; the first nan wins over all. */
    static int extreme(double[] a, int at, int step, int n, int sign) {
        int best = 0;
        double value = sign * a[at];
        for (int i = 0; i < n; i++) {
            double x = sign * a[at + i * step];
            if (x != x) {
                return i;
            }
            if (x > value) {
                value = x;
                best = i;
            }
        }
        return best;
    }
}
