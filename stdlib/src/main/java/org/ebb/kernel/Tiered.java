package org.ebb.kernel;

import java.util.function.Consumer;

/** One kernel with a plain and a vector form: hands out whichever is ready. */
final class Tiered {

    /**
     * A vector form is made ready when the plain one has worked for so many ns, by a guess: making it ready takes 100 to 200 ms of a core, which
     * a program in its first second needs for other things.
     */
    private static final double MUCH = 50e6;

    /** Calls of this length are always timed, shorter ones now and then. */
    private static final int LONG = 1 << 14;

    /** Turned slow: so many times the limit. Much less may be a busy machine. */
    private static final int SLOW = 10;

    /** So many slow calls in a row: a single one may have been interrupted for something else, which takes as long as one likes. */
    private static final int AGAIN = 3;

    private final Consumer<Kernels> trial;
    private final int trialSize;
    private final double limit;
    private final long worth;

    /** Tests take the vector kernels from the first call on, however slow they still are. */
    private static final boolean AT_ONCE = "vector".equals(System.getProperty("ebb.kernels"));

    private volatile Kernels serving = AT_ONCE ? VectorTier.required() : PlainKernels.INSTANCE;
    private volatile boolean queued;
    private long wanted;
    private int calls;
    private int slow;

    /**
     * @param trial runs the kernel once on dummy data of {@code trialSize} elements
     * @param limit how many ns an element takes at most in compiled vector code
     * @param saves how many ns an element takes less in vector code than in plain, both compiled
     */
    Tiered(int trialSize, double limit, double saves, Consumer<Kernels> trial) {
        this.trial = trial;
        this.trialSize = trialSize;
        this.limit = limit;
        this.worth = (long) (MUCH / saves);
    }

    /** The kernels to take for a call over n elements. */
    Kernels kernels(int n) {
        Kernels kernels = serving;
        if (kernels == PlainKernels.INSTANCE && !queued) {
            want(n);
        }
        return kernels;
    }

    /** Racy by intent: a lost count only makes the warm-up start later. */
    private void want(int n) {
        wanted += n;
        if (wanted >= worth && VectorTier.possible()) {
            queued = true;
            VectorTier.warm(this);
        }
    }

    void trial(Kernels vector) {
        trial.accept(vector);
    }

    boolean isFast(long ns) {
        return ns < limit * trialSize;
    }

    void serve(Kernels vector) {
        serving = vector;
    }

    /** The time before a call that {@link #watch} is to judge, or 0. */
    long clock(int n) {
        return serving != PlainKernels.INSTANCE && (n >= LONG || (++calls & 63) == 0) ? System.nanoTime() : 0;
    }

    /** Goes back to the plain form if calls since {@link #clock} were slower than compiled vector code ever is. */
    void watch(long since, int n) {
        if (since != 0 && !AT_ONCE) {
            judge(System.nanoTime() - since, n);
        }
    }

    /** What {@link #watch} does about a call over n elements that took so long. */
    void judge(long ns, int n) {
        if (ns <= SLOW * limit * n + 1_000_000) {
            slow = 0;
        } else if (++slow >= AGAIN) {
            serving = PlainKernels.INSTANCE;
            slow = 0;
            wanted = 0;
            queued = false;
        }
    }
}
