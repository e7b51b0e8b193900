package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Loops without branches give what the rows say, also at the ends of the floats. */
class SharesTest {

    private static final float[] NUMBERS = {0, -0f, 1, -1, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, 1e-30f, Float.MAX_VALUE, -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 1 + 0x1p-23f};

    @Test
    void areTheRows() {
        for (Elementwise row : new Elementwise[] {Slopes.SHARE, Slopes.SHARE_BELOW}) {
            for (float x : NUMBERS) {
                for (float y : NUMBERS) {
                    float[] out = new float[4];
                    Loops.floats(row, new float[] {x, 5}, 0, 1, new float[] {y}, 0, 0, out, 1, 2);
                    assertEquals((float) row.apply(x, y), out[1], row + " of " + x + " and " + y);
                    assertEquals((float) row.apply(5, y), out[2], row + " of 5 and " + y);
                }
            }
        }
    }

    @Test
    void areSteps() {
        float[] out = new float[NUMBERS.length];
        Loops.step(NUMBERS, 0, out, 0, out.length);
        for (int i = 0; i < out.length; i++) {
            assertEquals((float) Slopes.STEP.apply(NUMBERS[i]), out[i], "step of " + NUMBERS[i]);
        }
    }

    /** What goes through the gate of relu and of maximum(x, 0) in one step, and in the two that a block program replaces. */
    @Test
    void passesAreGates() {
        for (float g : NUMBERS) {
            for (float x : NUMBERS) {
                assertEquals((float) Slopes.GATE.apply(g, Slopes.STEP.apply(x)), (float) Slopes.PASS.apply(g, x), g + " past " + x);
                assertEquals((float) Slopes.GATE.apply(g, Slopes.SHARE.apply(x, 0)), (float) Slopes.PASS_HALF.apply(g, x), g + " past " + x);
            }
        }
    }
}
