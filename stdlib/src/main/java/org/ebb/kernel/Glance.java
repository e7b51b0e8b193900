package org.ebb.kernel;

/** Counts the small steps of a long loop, such as one for each character of a text, and looks up after some thousands of them: see {@link Poll}. */
public final class Glance {

    private static final int STRIDE = 1 << 14;

    /** Steps of a nanosecond or two are taken so many at a time. */
    private static final int BLOCK = 1 << 20;

    /** Steps {@code from} to {@code to - 1} of a loop. */
    public interface Block {
        void run(int from, int to);
    }

    private long left = STRIDE;

    /** Takes steps 0 to {@code n - 1} in blocks and looks up between them: for plain loops over arrays, which a count would slow down. */
    public static void blocks(int n, Block block) {
        if (n <= BLOCK) {
            block.run(0, n);
            return;
        }
        for (long from = 0; from < n; from += BLOCK) {
            Poll.now();
            block.run((int) from, (int) Math.min(n, from + BLOCK));
        }
    }

    /** A step of some nanoseconds. */
    public void step() {
        steps(1);
    }

    /** So many of them at once, such as the characters that a call has found or copied. */
    public void steps(long count) {
        left -= count;
        if (left < 0) {
            left = STRIDE;
            Poll.now();
        }
    }
}
