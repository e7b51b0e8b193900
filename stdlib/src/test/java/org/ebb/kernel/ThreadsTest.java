package org.ebb.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the number of threads: each part runs once, and the bits are the same. */
class ThreadsTest {

    private final int before = Threads.limit();

    @AfterEach
    void restore() {
        Threads.limit(before);
    }

    @Test
    void runsEachPartOnce() {
        for (int threads : new int[] {1, 2, 3, 7}) {
            Threads.limit(threads);
            var runs = new AtomicIntegerArray(1000);
            Threads.run(1000, i -> Threads.run(1, _ -> runs.incrementAndGet(i)));
            Threads.run(3, i -> Threads.run(300, j -> runs.incrementAndGet(300 * i + j)));
            for (int i = 0; i < 1000; i++) {
                assertEquals(i < 900 ? 2 : 1, runs.get(i));
            }
        }
    }

    @Test
    void throwsWhatAPartThrew() {
        Threads.limit(3);
        var failure = assertThrows(IllegalStateException.class, () -> Threads.run(50, i -> {
            if (i == 31) {
                throw new IllegalStateException("part 31");
            }
        }));
        assertEquals("part 31", failure.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Threads.limit(0));
    }

    /** What makes kernels ready runs them on dummy data, for no program: it met the counting of steps without one, and ended. */
    @Test
    void whoWorksForNoProgramAsksNone() throws Exception {
        Poll.chargeBy(_ -> {
            throw new IllegalStateException("no program");
        });
        try {
            assertThrows(IllegalStateException.class, Poll::now);
            assertThrows(IllegalStateException.class, () -> Threads.run(2, _ -> { }));
            var thrown = new Throwable[1];
            var aside = new Threads.Aside(() -> {
                Poll.now();
                Threads.run(2, _ -> { });
                PlainKernels.INSTANCE.gemm(16, 40, 16, new float[256], 0, 16, 1, new float[640], 0, 40, 1, new float[640], 0, 40, false);
            }, "aside");
            aside.setUncaughtExceptionHandler((_, error) -> thrown[0] = error);
            aside.start();
            aside.join();
            assertNull(thrown[0]);
        } finally {
            Poll.chargeBy(null);
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        int n = 1_000_003;
        var random = new Random(3);
        float[] a = new float[n];
        float[] b = new float[n];
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            a[i] = (float) (random.nextGaussian() * Math.exp(random.nextGaussian() * 5));
            b[i] = (float) random.nextGaussian();
            d[i] = a[i] / 3.0;
        }
        Kernels kernels = Kernels.fastest();
        Object[][] results = new Object[4][];
        for (int threads = 1; threads <= 4; threads++) {
            Threads.limit(threads);
            float[] exp = new float[n];
            kernels.unary(Unary.EXP, b, 0, 1, exp, 0, 1, n);
            float[] sum = new float[n];
            kernels.binary(Binary.DIVIDE, a, 0, 1, b, 1, 1, sum, 0, 1, n - 1);
            float[] small = new float[300 * 130];
            kernels.gemm(300, 130, 301, a, 0, 301, 1, b, 0, 130, 1, small, 0, 130, false);
            double[] wide = new double[483 * 130];
            kernels.gemm(483, 130, 301, d, 0, 301, 1, d, 7, 130, 1, wide, 0, 130, false);
            float[] large = new float[600 * 520];
            kernels.gemm(600, 520, 40, a, 0, 1, 600, b, 0, 520, 1, large, 0, 520, false);
            double[] folds = {kernels.sum(a, 0, 1, n), kernels.sum(d, 0, 1, n), kernels.dot(a, 0, 1, b, 0, 1, n), kernels.dot(d, 0, 1,
                    d, 1, 1, n - 1)};
            results[threads - 1] = new Object[] {exp, sum, small, wide, large, folds};
        }
        for (int threads = 2; threads <= 4; threads++) {
            assertArrayEquals(results[0], results[threads - 1], threads + " threads");
        }
    }

    @Test
    void magnitudesOfLongRowsAreThoseOfALoop() {
        int n = (1 << 20) + 77;
        float[] a = new float[n];
        double[] d = new double[n];
        Kernels kernels = Kernels.fastest();
        for (int threads = 1; threads <= 3; threads += 2) {
            Threads.limit(threads);
            for (int at : new int[] {1, 1 << 17, 1 << 20, n - 1}) {
                for (double most : new double[] {-3, 7, Double.NEGATIVE_INFINITY, Double.NaN}) {
                    a[at] = (float) (d[at] = most);
                    assertEquals(Math.abs((float) most), kernels.magnitude(a, 1, n - 1));
                    assertEquals(Math.abs(most), kernels.magnitude(d, 1, n - 1));
                }
                a[at] = (float) (d[at] = 0);
            }
        }
    }

    @Test
    void aSumOfTenMillionFloatsIsRight() {
        float[] tenths = new float[10_000_000];
        Arrays.fill(tenths, 0.1f);
        assertEquals(0.1f * 1e7, Kernels.fastest().sum(tenths, 0, 1, tenths.length), 1e-6);
    }

    @Test
    void smallWorksAreSharedWhileThatPays() {
        var handover = new Threads.Handover();
        for (int k = 0; k < 200; k++) {
            handover.pays();
        }
        assertTrue(handover.pays(), "what was at the beginning is forgotten");
        for (int k = 0; k < 20; k++) {
            handover.took(200_000, 300_000);
        }
        assertTrue(handover.pays());
        handover.took(5_000_000, 300_000);
        assertFalse(handover.pays(), "one late helper loses more than was saved");
        int alone = 0;
        while (!handover.pays()) {
            alone++;
        }
        assertTrue(alone > 10 && alone < 100, alone + " works alone");
    }

    /** However small works fare: one that takes long is shared. */
    @Test
    void longWorksAreSharedInAnyCase() throws Exception {
        Threads.limit(2);
        for (int time = 0; time < 3; time++) {
            var first = new CountDownLatch(1);
            Threads.run(3, part -> {
                if (part == 0) {
                    long end = System.nanoTime() + 3_000_000;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                } else if (part == 1) {
                    await(first); // until the third part runs, on another thread
                } else {
                    first.countDown();
                }
            });
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
