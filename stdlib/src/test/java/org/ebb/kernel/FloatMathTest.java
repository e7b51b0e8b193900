package org.ebb.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The float32 functions against double, from one end of the floats to the other. */
class FloatMathTest {

    /** Units in the last place, measured against the double rounded once. */
    private static final int BOUND = 2;

    private static final float[] SPECIAL = {0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 88.72283f,
        88.72284f, 89f, 90f, -87.33655f, -87.4f, -103.27f, -103.97f, -104f, -105f, 9.01f, -9.1f, 1e-20f, 0.99999994f, 1.0000001f,
        0.70710677f, 0.70710683f, 1.4142135f, 0.34657359f, -0.3465736f};

    /** Equal, or at most {@link #BOUND} floats apart; a nan where a nan is expected, and the same sign of zero. */
    static void assertNear(float[] expected, float[] found, String what) {
        assertEquals(expected.length, found.length);
        for (int i = 0; i < expected.length; i++) {
            float x = expected[i];
            float y = found[i];
            int number = i;
            boolean near = Float.floatToIntBits(x) == Float.floatToIntBits(y)
                    || Float.isFinite(x) && (x != 0 || y != 0) && Math.abs((double) x - y) <= BOUND * (double) Math.ulp(x);
            assertTrue(near, () -> what + " at " + number + ": " + x + " expected, " + y + " found");
        }
    }

    private static void check(Unary op, float[] x) {
        float[] expected = new float[x.length];
        float[] found = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            expected[i] = (float) op.apply(x[i]);
        }
        FloatMath.unary(op, x, 0, found, 0, x.length);
        assertNear(expected, found, op.toString());
    }

    private static void checkAll(float[] x) {
        Arrays.stream(Unary.values()).filter(FloatMath::has).forEach(op -> check(op, x));
    }

    @Test
    void specialValuesAreRight() {
        checkAll(SPECIAL);
    }

    @Test
    void aSampleOfAllFloatsIsNear() {
        sample(200_000);
    }

    @Test
    @Tag("long")
    void aLargeSampleOfAllFloatsIsNear() {
        sample(50_000_000);
    }

    private static void sample(int n) {
        var random = new Random(5);
        float[] any = new float[n / 4];
        float[] usual = new float[n - any.length];
        for (int i = 0; i < any.length; i++) {
            any[i] = Float.intBitsToFloat(random.nextInt());
        }
        for (int i = 0; i < usual.length; i++) {
            usual[i] = (float) (random.nextGaussian() * (i % 2 == 0 ? 1 : 40));
        }
        checkAll(any);
        checkAll(usual);
    }
}
