package org.ebb.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A walk visits what nested loops would, in the same order. */
class WalkTest {

    @Test
    void rowsFollowRowMajorOrder() {
        var random = new Random(23);
        for (int round = 0; round < 3000; round++) {
            int rank = random.nextInt(5);
            long[] dims = new long[rank];
            Arrays.setAll(dims, i -> random.nextInt(12) == 0 ? 0 : random.nextInt(1, 5));
            int operands = random.nextInt(1, 4);
            long[][] strides = new long[operands][rank];
            long[] offsets = new long[operands];
            for (int k = 0; k < operands; k++) {
                offsets[k] = random.nextInt(100, 200);
                long step = 1;
                for (int axis = rank - 1; axis >= 0; axis--) {
                    // Contiguous, stretched, or anything.
                    strides[k][axis] = switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> random.nextInt(-9, 10);
                        default -> step;
                    };
                    step *= Math.max(dims[axis], 1);
                }
            }
            long size = Arrays.stream(dims).reduce(1, (x, y) -> x * y);
            long[][] expected = new long[operands][(int) size];
            long[][] visited = new long[operands][(int) size];
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < operands; k++) {
                    long rest = i;
                    long at = offsets[k];
                    for (int axis = rank - 1; axis >= 0; axis--) {
                        at += rest % dims[axis] * strides[k][axis];
                        rest /= dims[axis];
                    }
                    expected[k][i] = at;
                }
            }
            int n = 0;
            for (var w = Walk.over(dims, strides, offsets); w.more(); w.next()) {
                for (int i = 0; i < w.length; i++, n++) {
                    for (int k = 0; k < operands; k++) {
                        visited[k][n] = w.at(k) + (long) i * w.step(k);
                    }
                }
            }
            assertEquals(size, n);
            assertArrayEquals(expected, visited);
        }
    }

    @Test
    void contiguousOperandsAreOneRow() {
        var w = Walk.over(new long[] {2, 1, 3, 4}, new long[] {12, 7, 4, 1}, 5, new long[] {12, 12, 4, 1}, 0);
        assertEquals(24, w.length);
        w.next();
        assertFalse(w.more());
    }
}
