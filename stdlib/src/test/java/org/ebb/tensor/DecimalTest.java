package org.ebb.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick way of writing usual numbers beside the exact one. */
class DecimalTest {

    private static final int[][] DIGITS = {{-1, 8}, {0, 8}, {-1, Decimal.ALL}, {0, Decimal.ALL}, {0, 0}, {4, 4}, {8, 8}, {0, 3}, {2, 6}, {17, 17}, {20, 20}};

    private static void alike(Decimal x, Object value) {
        for (int[] digits : DIGITS) {
            assertEquals(x.exactly(digits[0], digits[1]), x.positional(digits[0], digits[1]), () -> value + " with " + digits[0] + " to " + digits[1]);
        }
    }

    @Test
    void usualNumbersAreWrittenAsTheExactWayWritesThem() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        double[] edges = {0, -0.0, 1e-3, Math.nextDown(1e-3), 1e7, Math.nextDown(1e7), 0.5, 1.5, 2.5, 0.125, 0.375, 9.5, 99.5, 0.1, 1200, 9999999, 0.0625,
            1 / 3.0, Double.MIN_VALUE, Float.MAX_VALUE, 123456.789, 0.99999999, 9.999999999};
        for (double edge : edges) {
            alike(Decimal.of(edge), edge);
            alike(Decimal.of((float) edge), (float) edge);
        }
        for (int k = 0; k < 20_000; k++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(-5, 9));
            double fewer = Math.rint(value * 64) / 64; // ends in the middle between places now and then
            String where = " (seed " + seed + ")";
            alike(Decimal.of(value), value + where);
            alike(Decimal.of((float) value), (float) value + where);
            alike(Decimal.of(fewer), fewer + where);
            alike(Decimal.of((float) fewer), (float) fewer + where);
        }
    }
}
