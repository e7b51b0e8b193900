package org.ebb.kernel;

/** How large products of matrices are, and how they are cut. */
final class Cutting {

    /**
     * From so many multiplications on, a call of a native library is worth it (and at the first one, loading it): 64 x 64 x 64, which is 2 us
     * for it, 3 for the vector kernel, and 10 to 200 before the compiler has got to that.
     */
    static final int NATIVE = 1 << 18;

    /** Multiplications below which threads cost more than they bring. */
    static final int SMALL = 1 << 23;

    /** Rows of a part: enough that packing the other matrix once more for each part does not count. */
    private static final int ROWS = 120;

    private Cutting() {}

    /** The multiplications in a product, at most 2^31 - 1. */
    static int work(int m, int n, int k) {
        return (int) Math.min((long) m * n * k, Integer.MAX_VALUE);
    }

    /** Into how many parts the m rows of a product by {@link Kernels} of ours are cut; every part has ROWS rows or more. */
    static int parts(int m, int work) {
        return work < SMALL || Threads.limit() == 1 ? 1 : Math.max(m / ROWS, 1);
    }

    /** Where part i of m rows begins. */
    static int start(int i, int parts, int m) {
        return (int) ((long) i * m / parts);
    }
}
