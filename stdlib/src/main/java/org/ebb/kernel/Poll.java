package org.ebb.kernel;

/**
 * Long work looks up here now and then, so that an interruption, a limit or the closing of its program does not have to wait for it. What
 * looking up means is said by whoever runs programs; it throws to end the work.
 */
public final class Poll {

    /** It asks the calling thread alone, so it is the same for all programs. */
    private static volatile Runnable look = () -> { };

    private Poll() {}

    public static void by(Runnable look) {
        Poll.look = look;
    }

    /** To be called a few thousand times a second or more. A thread that helps with another's work asks whether that one goes on. */
    public static void now() {
        if (Thread.currentThread() instanceof Threads.Worker worker) {
            worker.look();
        } else {
            look.run();
        }
    }
}
