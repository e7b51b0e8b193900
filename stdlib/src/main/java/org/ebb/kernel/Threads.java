package org.ebb.kernel;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The threads that large kernels share. The caller cuts its work by size alone, never by the number of threads, so that results
 * have the same bits however many there are. Handing work over costs about 10 us, so work below 100 us is better done alone.
 *
 * <p>The threads belong to the process, as the cores do: the number can be told before (EBB_THREADS, or the system property
 * ebb.threads) or at any time ({@link #limit(int)}), and nothing but the time that programs take depends on it.
 */
public final class Threads {

    private static final int MOST = 256;

    private static final ConcurrentLinkedQueue<Job> JOBS = new ConcurrentLinkedQueue<>();
    private static final Semaphore WORK = new Semaphore(0);

    private static volatile int limit = atStart();
    private static int workers;

    private Threads() {}

    private static int atStart() {
        String told = System.getProperty("ebb.threads", System.getenv("EBB_THREADS"));
        try {
            return Math.clamp(Integer.parseInt(told.strip()), 1, MOST);
        } catch (NumberFormatException | NullPointerException untold) {
            return Math.min(Runtime.getRuntime().availableProcessors(), MOST);
        }
    }

    /** How many threads, the caller's included, a kernel may use. */
    public static int limit() {
        return limit;
    }

    /** Says how many threads, the caller's included, kernels may use from now on: 1 to 256. */
    public static void limit(int threads) {
        if (threads < 1 || threads > MOST) {
            throw new IllegalArgumentException("the number of threads must be 1 to " + MOST + ", not " + threads);
        }
        limit = threads;
    }

    /**
     * Runs part 0 to {@code parts - 1}, each once, by any threads, and returns when all are done. A failure of a part is
     * thrown here. A part may itself call this. The caller looks up between parts, see {@link Poll}; when that throws, the parts that
     * nobody has begun are left out.
     */
    public static void run(int parts, IntConsumer part) {
        boolean counted = Poll.begin(parts);
        try {
            share(parts, part);
        } finally {
            if (counted) {
                Poll.end();
            }
        }
    }

    private static void share(int parts, IntConsumer part) {
        int helpers = Math.min(limit, parts) - 1;
        if (helpers <= 0) {
            for (int i = 0; i < parts; i++) {
                Poll.now();
                part.accept(i);
            }
            return;
        }
        var job = new Job(parts, part);
        boolean together = HANDOVER.pays();
        long begin = System.nanoTime();
        if (together || !job.isDoneBy(begin + LONG)) {
            hire(helpers);
            for (int i = 0; i < helpers; i++) {
                JOBS.add(job);
            }
            WORK.release(helpers);
        }
        int own = job.help();
        long alone = System.nanoTime() - begin;
        job.await();
        if (together && own > 0) {
            HANDOVER.took(System.nanoTime() - begin, alone / own * parts);
        }
    }

    /** Work that the caller has not done in this time is shared whatever happened to works before. */
    private static final long LONG = 1_000_000;

    private static final Handover HANDOVER = new Handover();

    /**
     * Whether sharing a work has paid lately. On a machine whose cores are busy, with compilers or with other programs, a helper now and then waits some ms
     * for a core, and its caller for it, which costs more than sharing twenty small works has saved. So small works are shared as long as sharing saves
     * time on average; it begins with a loss, as a program's first works have the compilers beside them.
     */
    static final class Handover {

        /** The part of a new work in the average, and of the old average that is forgotten with each work that is not shared. */
        private static final int MEMORY = 16;
        private static final long TOLERATED = 10_000;

        // Threads may write it at once: whatever comes of that, works are shared or not.
        private volatile long saved = -2_000_000;

        boolean pays() {
            long s = saved;
            if (s >= -TOLERATED) {
                return true;
            }
            saved = s - s / MEMORY;
            return false;
        }

        /** A shared work took this time, where its caller alone would have needed another. */
        void took(long time, long wouldHave) {
            long s = saved;
            saved = s + (wouldHave - time - s) / MEMORY;
        }
    }

    private static synchronized void hire(int wanted) {
        for (; workers < wanted; workers++) {
            new Worker(workers).start();
        }
    }

    /** A thread that makes something ready and works for no program: there is nobody whom it could ask whether to go on. */
    static final class Aside extends Thread {
        Aside(Runnable work, String name) {
            super(work, name);
            setDaemon(true);
        }
    }

    static final class Worker extends Thread {

        private Job job;

        private Worker(int number) {
            super("ebb-worker-" + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                WORK.acquireUninterruptibly();
                job = JOBS.poll();
                if (job != null) {
                    job.help();
                }
            }
        }

        /** Ends the part it works on when the job was given up. */
        void look() {
            if (job != null && job.failure != null) {
                throw new GivenUp();
            }
        }
    }

    private static final class GivenUp extends RuntimeException {
        GivenUp() {
            super(null, null, false, false);
        }
    }

    /** How long the caller sleeps at most before it looks up again while others finish its parts. */
    private static final long GLANCE = 5_000_000;

    /** One call's parts; whoever helps takes the next one that nobody has taken. */
    private static final class Job {

        private final int parts;
        /** Null when all is done: a helper that comes late shall not keep what it works on from being freed. */
        private IntConsumer part;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final Thread caller = Thread.currentThread();
        private volatile Throwable failure;

        Job(int parts, IntConsumer part) {
            this.parts = parts;
            this.part = part;
        }

        /** Does parts until none is left, and says how many. */
        int help() {
            int own = 0;
            while (one()) {
                own++;
            }
            return own;
        }

        /** Does parts until the time has come; whether none is left. */
        boolean isDoneBy(long time) {
            while (one()) {
                if (System.nanoTime() - time > 0) {
                    return next.get() >= parts;
                }
            }
            return true;
        }

        private boolean one() {
            int i = next.getAndIncrement();
            if (i < parts) {
                try {
                    if (failure == null) {
                        Poll.now();
                        part.accept(i);
                    }
                } catch (Throwable thrown) {
                    fail(thrown);
                } finally {
                    if (done.incrementAndGet() == parts) {
                        LockSupport.unpark(caller);
                    }
                }
            }
            return i < parts;
        }

        private synchronized void fail(Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            }
        }

        void await() {
            boolean interrupted = false;
            while (done.get() < parts) {
                LockSupport.parkNanos(this, GLANCE);
                interrupted |= Thread.interrupted();
                if (failure == null) {
                    try {
                        Poll.now();
                    } catch (Throwable stop) {
                        fail(stop);
                    }
                }
            }
            part = null; // every helper that took a part has done it
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            switch (failure) {
                case null -> { }
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
