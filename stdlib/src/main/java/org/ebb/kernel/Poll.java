package org.ebb.kernel;

import java.util.function.IntConsumer;

/**
 * Long work looks up here now and then, so that an interruption, a limit or the closing of its program does not have to wait for it. What
 * looking up means is said by whoever runs programs; it throws to end the work.
 */
public final class Poll {

    /** It asks the calling thread alone, so it is the same for all programs. */
    private static volatile Runnable look = () -> { };

    /** It finds the program of the calling thread itself; null while no program counts its steps. */
    private static volatile IntConsumer steps;

    /** How many shared works the calling thread is inside of. */
    private static final ThreadLocal<int[]> INSIDE = ThreadLocal.withInitial(() -> new int[1]);

    private Poll() {}

    public static void by(Runnable look) {
        Poll.look = look;
    }

    /** Says who counts looking up as steps of the program; nobody does before. */
    public static void chargeBy(IntConsumer steps) {
        Poll.steps = steps;
    }

    /** To be called a few thousand times a second or more. A thread that helps with another's work asks whether that one goes on. */
    public static void now() {
        Thread thread = Thread.currentThread();
        if (thread instanceof Threads.Worker worker) {
            worker.look();
        } else if (!(thread instanceof Threads.Aside)) {
            look.run();
            IntConsumer counting = steps;
            if (counting != null && INSIDE.get()[0] == 0) {
                counting.accept(1);
            }
        }
    }

    /** Counts the parts of shared work before it begins: who will do how many of them, and look up how often, nobody knows. Whether it counted. */
    static boolean begin(int parts) {
        IntConsumer counting = steps;
        if (counting == null || Thread.currentThread() instanceof Threads.Worker || Thread.currentThread() instanceof Threads.Aside) {
            return false;
        }
        int[] inside = INSIDE.get();
        if (inside[0] == 0) {
            counting.accept(parts);
        }
        inside[0]++;
        return true;
    }

    /** To be called where {@link #begin} said that it counted, when the work is done. */
    static void end() {
        INSIDE.get()[0]--;
    }
}
