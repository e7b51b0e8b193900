package org.ebb.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Products by the native library, on the platform whose library the build brings. */
@Tag("fast")
class NativeGemmTest {

    @BeforeAll
    static void onItsPlatform() {
        assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"));
    }

    @Test
    void theLibraryLoads() {
        assertNotNull(NativeGemm.get(), OneDnn.description());
        assertTrue(OneDnn.description().startsWith("oneDNN, "), OneDnn.description());
    }

    /** Whole numbers: every order of addition gives the same, so the results are equal to the bit. Cut in all three directions. */
    @Test
    void productsOfWholeNumbersAreExact() {
        int[][] sizes = {{1, 1, 1}, {1, 300, 40}, {257, 513, 31}, {300, 20, 4100}, {64, 256, 784}, {5, 1, 9}, {300, 1, 30}, {520, 9, 60}, {520, 1100, 40}, {512, 2, 4100}};
        var random = new Random(11);
        for (int[] s : sizes) {
            for (int form = 0; form < 32; form++) {
                int m = s[0], n = s[1], k = s[2], row = n + 3;
                int gapA = (form & 8) != 0 ? 2 : 1, gapB = (form & 16) != 0 ? 2 : 1;
                float[] a = whole(random, gapA * m * k + 3);
                float[] b = whole(random, gapB * k * n + 2);
                float[] expected = whole(random, m * row + 1);
                int ar = gapA * ((form & 1) != 0 ? 1 : k), ac = gapA * ((form & 1) != 0 ? m : 1);
                int br = gapB * ((form & 2) != 0 ? 1 : n), bc = gapB * ((form & 2) != 0 ? k : 1);
                float[] found = expected.clone();
                PlainKernels.INSTANCE.gemm(m, n, k, a, 3, ar, ac, b, 2, br, bc, expected, 1, row, (form & 4) != 0);
                NativeGemm.get().gemm(m, n, k, a, 3, ar, ac, b, 2, br, bc, found, 1, row, (form & 4) != 0);
                // From 512 rows on the second operand is copied; where it has gaps, row by row.
                assertArrayEquals(expected, found, m + "x" + k + " by " + k + "x" + n + " form " + form);
            }
        }
    }

    /** Rows of the second operand a multiple of 4096 bytes apart, and more than one panel of it across and down. */
    @Test
    void productsByPanelsAreExact() {
        int m = 513, n = 1024, k = 4100;
        var random = new Random(12);
        float[] a = whole(random, m * k);
        float[] b = whole(random, k * n);
        float[] expected = whole(random, m * n);
        float[] found = expected.clone();
        for (boolean add : new boolean[] {true, false}) {
            PlainKernels.INSTANCE.gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, expected, 0, n, add);
            NativeGemm.get().gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, found, 0, n, add);
            assertArrayEquals(expected, found, "added: " + add);
        }
    }

    private static float[] whole(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(-8, 9);
        }
        return x;
    }
}
