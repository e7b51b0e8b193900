package org.ebb.kernel;

/**
 * Large pieces of memory are told of here, so that a program can be held to a limit. Small ones are not: counting them would cost more than they
 * are. Who counts is said by whoever runs programs; it throws where a program has more than it may.
 */
public final class Memory {

    /** What is smaller is not counted. */
    public static final int COUNTED = 1 << 14;

    /** Asked on the threads of programs alone. */
    public interface Account {
        /** So many bytes are about to be taken. */
        void claim(long bytes);

        /** The holder has so many bytes as long as anybody reaches it; what was said of it before is forgotten. */
        void hold(Object holder, long bytes);
    }

    /** It finds the account of the program that runs on the calling thread itself; null while no program has a limit. */
    private static volatile Account account;

    /** It has the program that runs on the calling thread let go of what it only keeps to use again. */
    private static volatile Runnable spare = () -> { };

    private Memory() {}

    public static void spareBy(Runnable spare) {
        Memory.spare = spare;
    }

    /** To be called where an array was refused, before it is tried once more. */
    public static void spare() {
        if (!(Thread.currentThread() instanceof Threads.Worker)) {
            spare.run();
        }
    }

    public static void countBy(Account account) {
        Memory.account = account;
    }

    public static void claim(long bytes) {
        if (bytes >= COUNTED) {
            Account counting = account;
            if (counting != null && !(Thread.currentThread() instanceof Threads.Worker)) {
                counting.claim(bytes);
            }
        }
    }

    public static void hold(Object holder, long bytes) {
        if (bytes >= COUNTED) {
            Account counting = account;
            if (counting != null && !(Thread.currentThread() instanceof Threads.Worker)) {
                counting.hold(holder, bytes);
            }
        }
    }
}
