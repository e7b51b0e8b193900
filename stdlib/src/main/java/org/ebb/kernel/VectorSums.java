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

    /** As {@link FloatSums#magnitude}. */
    static float magnitude(float[] a, int at, int n) {
        var species = FloatVector.SPECIES_PREFERRED;
        int width = species.length();
        var m0 = FloatVector.zero(species).reinterpretAsInts();
        var m1 = m0;
        int i = at;
        for (int end = at + n - 2 * width; i <= end; i += 2 * width) {
            m0 = m0.max(FloatVector.fromArray(species, a, i).reinterpretAsInts().and(Integer.MAX_VALUE));
            m1 = m1.max(FloatVector.fromArray(species, a, i + width).reinterpretAsInts().and(Integer.MAX_VALUE));
        }
        int rest = Float.floatToRawIntBits(FloatSums.magnitude(a, i, at + n - i));
        return Float.intBitsToFloat(Math.max(m0.max(m1).reduceLanes(VectorOperators.MAX), rest));
    }

    /** As {@link DoubleSums#magnitude}. */
    static double magnitude(double[] a, int at, int n) {
        var species = DoubleVector.SPECIES_PREFERRED;
        int width = species.length();
        var m0 = DoubleVector.zero(species).reinterpretAsLongs();
        var m1 = m0;
        int i = at;
        for (int end = at + n - 2 * width; i <= end; i += 2 * width) {
            m0 = m0.max(DoubleVector.fromArray(species, a, i).reinterpretAsLongs().and(Long.MAX_VALUE));
            m1 = m1.max(DoubleVector.fromArray(species, a, i + width).reinterpretAsLongs().and(Long.MAX_VALUE));
        }
        long rest = Double.doubleToRawLongBits(DoubleSums.magnitude(a, i, at + n - i));
        return Double.longBitsToDouble(Math.max(m0.max(m1).reduceLanes(VectorOperators.MAX), rest));
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
