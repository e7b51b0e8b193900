package org.ebb.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of contiguous rows along the same tree as {@link FloatSums} and {@link DoubleSums}: the eight running sums of a block are
 * the lanes of one vector, or of two.
 */
final class VectorSums {

    private static final VectorSpecies<Double> EIGHT = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Double> FOUR = DoubleVector.SPECIES_256;
    private static final VectorSpecies<Float> EIGHT_FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Float> FOUR_FLOATS = FloatVector.SPECIES_128;

    private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();

    private VectorSums() {}

    /** Has this machine vectors of four doubles at least? */
    static boolean served() {
        return LANES >= 4;
    }

    static double sum(float[] a, int at, int n) {
        if (n > FloatSums.BLOCK) {
            int half = Tree.half(n);
            return sum(a, at, half) + sum(a, at + half, n - half);
        }
        return LANES >= 8 ? eight(a, at, n) : four(a, at, n);
    }

    static double sum(double[] a, int at, int n) {
        if (n > DoubleSums.BLOCK) {
            int half = Tree.half(n);
            return sum(a, at, half) + sum(a, at + half, n - half);
        }
        return LANES >= 8 ? eight(a, at, n) : four(a, at, n);
    }

    static double dot(float[] a, int x, float[] b, int y, int n) {
        if (n > FloatSums.BLOCK) {
            int half = Tree.half(n);
            return dot(a, x, b, y, half) + dot(a, x + half, b, y + half, n - half);
        }
        return LANES >= 8 ? eight(a, x, b, y, n) : four(a, x, b, y, n);
    }

    static double dot(double[] a, int x, double[] b, int y, int n) {
        if (n > DoubleSums.BLOCK) {
            int half = Tree.half(n);
            return dot(a, x, b, y, half) + dot(a, x + half, b, y + half, n - half);
        }
        return LANES >= 8 ? eight(a, x, b, y, n) : four(a, x, b, y, n);
    }

    /** As {@link FloatSums#finite}: a difference from itself is 0 or nan. */
    static boolean finite(float[] a, int at, int n) {
        var species = FloatVector.SPECIES_PREFERRED;
        int width = species.length();
        var s0 = FloatVector.zero(species);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        int i = at;
        for (int end = at + n - 4 * width; i <= end; i += 4 * width) {
            var v0 = FloatVector.fromArray(species, a, i);
            var v1 = FloatVector.fromArray(species, a, i + width);
            var v2 = FloatVector.fromArray(species, a, i + 2 * width);
            var v3 = FloatVector.fromArray(species, a, i + 3 * width);
            s0 = s0.add(v0.sub(v0));
            s1 = s1.add(v1.sub(v1));
            s2 = s2.add(v2.sub(v2));
            s3 = s3.add(v3.sub(v3));
        }
        return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD) == 0 && FloatSums.finite(a, i, at + n - i);
    }

    /** As {@link DoubleSums#finite}: a difference from itself is 0 or nan. */
    static boolean finite(double[] a, int at, int n) {
        var species = DoubleVector.SPECIES_PREFERRED;
        int width = species.length();
        var s0 = DoubleVector.zero(species);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        int i = at;
        for (int end = at + n - 4 * width; i <= end; i += 4 * width) {
            var v0 = DoubleVector.fromArray(species, a, i);
            var v1 = DoubleVector.fromArray(species, a, i + width);
            var v2 = DoubleVector.fromArray(species, a, i + 2 * width);
            var v3 = DoubleVector.fromArray(species, a, i + 3 * width);
            s0 = s0.add(v0.sub(v0));
            s1 = s1.add(v1.sub(v1));
            s2 = s2.add(v2.sub(v2));
            s3 = s3.add(v3.sub(v3));
        }
        return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD) == 0 && DoubleSums.finite(a, i, at + n - i);
    }

    private static double eight(float[] a, int at, int n) {
        if (n < 8) {
            return FloatSums.sum(a, at, 1, n);
        }
        DoubleVector s = widened(a, at);
        int i = 8;
        for (; i < (n & ~7); i += 8) {
            s = s.add(widened(a, at + i));
        }
        double total = together(s);
        for (; i < n; i++) {
            total += a[at + i];
        }
        return total;
    }

    private static double four(float[] a, int at, int n) {
        if (n < 8) {
            return FloatSums.sum(a, at, 1, n);
        }
        DoubleVector low = widenedFour(a, at);
        DoubleVector high = widenedFour(a, at + 4);
        int i = 8;
        for (; i < (n & ~7); i += 8) {
            low = low.add(widenedFour(a, at + i));
            high = high.add(widenedFour(a, at + i + 4));
        }
        double total = together(low, high);
        for (; i < n; i++) {
            total += a[at + i];
        }
        return total;
    }

    private static double eight(double[] a, int at, int n) {
        if (n < 8) {
            return DoubleSums.sum(a, at, 1, n);
        }
        DoubleVector s = DoubleVector.fromArray(EIGHT, a, at);
        int i = 8;
        for (; i < (n & ~7); i += 8) {
            s = s.add(DoubleVector.fromArray(EIGHT, a, at + i));
        }
        double total = together(s);
        for (; i < n; i++) {
            total += a[at + i];
        }
        return total;
    }

    private static double four(double[] a, int at, int n) {
        if (n < 8) {
            return DoubleSums.sum(a, at, 1, n);
        }
        DoubleVector low = DoubleVector.fromArray(FOUR, a, at);
        DoubleVector high = DoubleVector.fromArray(FOUR, a, at + 4);
        int i = 8;
        for (; i < (n & ~7); i += 8) {
            low = low.add(DoubleVector.fromArray(FOUR, a, at + i));
            high = high.add(DoubleVector.fromArray(FOUR, a, at + i + 4));
        }
        double total = together(low, high);
        for (; i < n; i++) {
            total += a[at + i];
        }
        return total;
    }

    private static double eight(float[] a, int x, float[] b, int y, int n) {
        DoubleVector s = DoubleVector.zero(EIGHT);
        int i = 0;
        for (; i < (n & ~7); i += 8) {
            s = s.add(widened(a, x + i).mul(widened(b, y + i)));
        }
        double total = together(s);
        for (; i < n; i++) {
            total += (double) a[x + i] * b[y + i];
        }
        return total;
    }

    private static double four(float[] a, int x, float[] b, int y, int n) {
        DoubleVector low = DoubleVector.zero(FOUR);
        DoubleVector high = DoubleVector.zero(FOUR);
        int i = 0;
        for (; i < (n & ~7); i += 8) {
            low = low.add(widenedFour(a, x + i).mul(widenedFour(b, y + i)));
            high = high.add(widenedFour(a, x + i + 4).mul(widenedFour(b, y + i + 4)));
        }
        double total = together(low, high);
        for (; i < n; i++) {
            total += (double) a[x + i] * b[y + i];
        }
        return total;
    }

    private static double eight(double[] a, int x, double[] b, int y, int n) {
        DoubleVector s = DoubleVector.zero(EIGHT);
        int i = 0;
        for (; i < (n & ~7); i += 8) {
            s = s.add(DoubleVector.fromArray(EIGHT, a, x + i).mul(DoubleVector.fromArray(EIGHT, b, y + i)));
        }
        double total = together(s);
        for (; i < n; i++) {
            total += a[x + i] * b[y + i];
        }
        return total;
    }

    private static double four(double[] a, int x, double[] b, int y, int n) {
        DoubleVector low = DoubleVector.zero(FOUR);
        DoubleVector high = DoubleVector.zero(FOUR);
        int i = 0;
        for (; i < (n & ~7); i += 8) {
            low = low.add(DoubleVector.fromArray(FOUR, a, x + i).mul(DoubleVector.fromArray(FOUR, b, y + i)));
            high = high.add(DoubleVector.fromArray(FOUR, a, x + i + 4).mul(DoubleVector.fromArray(FOUR, b, y + i + 4)));
        }
        double total = together(low, high);
        for (; i < n; i++) {
            total += a[x + i] * b[y + i];
        }
        return total;
    }

    private static DoubleVector widened(float[] a, int at) {
        return (DoubleVector) FloatVector.fromArray(EIGHT_FLOATS, a, at).convertShape(VectorOperators.F2D, EIGHT, 0);
    }

    private static DoubleVector widenedFour(float[] a, int at) {
        return (DoubleVector) FloatVector.fromArray(FOUR_FLOATS, a, at).convertShape(VectorOperators.F2D, FOUR, 0);
    }

    private static double together(DoubleVector s) {
        return ((s.lane(0) + s.lane(1)) + (s.lane(2) + s.lane(3))) + ((s.lane(4) + s.lane(5)) + (s.lane(6) + s.lane(7)));
    }

    private static double together(DoubleVector low, DoubleVector high) {
        return ((low.lane(0) + low.lane(1)) + (low.lane(2) + low.lane(3)))
                + ((high.lane(0) + high.lane(1)) + (high.lane(2) + high.lane(3)));
    }
}
