package org.ebb.kernel;

/** Adds up a long row by threads along the tree of {@link FloatSums} and {@link DoubleSums}, which depends on its length alone. */
final class Tree {

    /** Branches up to this long are one part. */
    private static final int PART = 1 << 17;

    private Tree() {}

    /** The sum of {@code length} elements from {@code from} on. */
    interface Branch {
        double sum(int from, int length);
    }

    static double fold(int n, Branch branch) {
        if (n < 2 * PART || Threads.limit() == 1) {
            return branch.sum(0, n);
        }
        int depth = 0;
        while (n >> depth > PART) {
            depth++;
        }
        int parts = 1 << depth;
        double[] sums = new double[parts];
        int deep = depth;
        Threads.run(parts, i -> {
            int from = 0;
            int length = n;
            for (int level = deep - 1; level >= 0; level--) {
                int half = length / 2 & ~7;
                if ((i >> level & 1) == 0) {
                    length = half;
                } else {
                    from += half;
                    length -= half;
                }
            }
            sums[i] = branch.sum(from, length);
        });
        for (int width = parts; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                sums[i] = sums[2 * i] + sums[2 * i + 1];
            }
        }
        return sums[0];
    }
}
