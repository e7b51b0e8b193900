package org.ebb.kernel;

/**
 * The tree along which a long row is added up: it depends on the length alone, whoever adds. Above {@link #BLOCK} elements it parts whole
 * blocks, so that a pass that sees one block at a time ({@link #fold(double[])}) comes to the same bits.
 */
public final class Tree {

    /** Elements of a block; below, a row is halved. */
    public static final int BLOCK = 2048;

    /** Branches up to this long are one part. */
    private static final int PART = 1 << 17;

    private Tree() {}

    /** How many of n elements are on the left of the tree. */
    static int half(int n) {
        return n > BLOCK ? (n + BLOCK - 1) / BLOCK / 2 * BLOCK : n / 2 & ~7;
    }

    /** The sum of a row of which the sums of its blocks are known. */
    public static double fold(double[] blocks) {
        return fold(blocks, 0, blocks.length);
    }

    private static double fold(double[] blocks, int at, int n) {
        if (n <= 1) {
            return n == 0 ? 0 : blocks[at];
        }
        return fold(blocks, at, n / 2) + fold(blocks, at + n / 2, n - n / 2);
    }

    /** What {@code length} elements from {@code from} on come to, such as their sum. */
    interface Branch {
        double of(int from, int length);
    }

    static double fold(int n, Branch branch) {
        if (n < 2 * PART || Threads.limit() == 1) {
            return branch.of(0, n);
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
                int half = half(length);
                if ((i >> level & 1) == 0) {
                    length = half;
                } else {
                    from += half;
                    length -= half;
                }
            }
            sums[i] = branch.of(from, length);
        });
        for (int width = parts; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                sums[i] = sums[2 * i] + sums[2 * i + 1];
            }
        }
        return sums[0];
    }
}
