package org.ebb.kernel;

import java.lang.reflect.Method;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds the Vector API, and makes its kernels ready one by one behind the running program: see Note [Cold vectors].
 *
 * <p>Switched off by the environment variable EBB_VECTOR=off or the system property ebb.vector=off.
 */
final class VectorTier {

    private static final String MODULE = "jdk.incubator.vector";

    /** Dummy work that did not get fast within this time never will. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    /** So many runs in a row must be fast: a single one may be luck, or come before the last compilation. */
    private static final int STEADY = 16;

    /**
     * On few cores, after a slow run so many times its time of rest. Most of these runs wait for the compiler to get there, on a core that the
     * program and the compiler need: without rests they were a tenth to a fifth of all work in the first seconds of a training.
     */
    private static final int RESTS = CompilerThreads.haveFewCores() ? 3 : 0;

    private static volatile Kernels kernels;
    private static volatile String trouble = off() ? "switched off by EBB_VECTOR" : null;

    private static final ThreadPoolExecutor WARMER = new ThreadPoolExecutor(1, 1, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            VectorTier::thread);

    static {
        WARMER.allowCoreThreadTimeOut(true);
    }

    private VectorTier() {}

    private static Thread thread(Runnable work) {
        var thread = new Threads.Aside(work, "ebb-warm-up");
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    private static boolean off() {
        return "off".equalsIgnoreCase(System.getenv("EBB_VECTOR")) || "off".equals(System.getProperty("ebb.vector"));
    }

    /** The vector kernels, or null where there are none; the first call looks for them, which takes a while. */
    static synchronized Kernels kernels() {
        if (kernels == null && trouble == null) {
            try {
                VectorTier.class.getModule().addReads(module());
                kernels = (Kernels) Class.forName("org.ebb.kernel.VectorKernels").getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException | LinkageError | RuntimeException missing) {
                trouble = "not found: start Java with --add-modules " + MODULE;
            }
        }
        return kernels;
    }

    /**
     * The module, from the boot layer if Java was started with it. Else the JDK is asked to load it now, as its own tools do with
     * theirs (so it prints no warning and costs nothing at the start); that needs
     * {@code --add-exports java.base/jdk.internal.module=org.ebb.stdlib}.
     */
    private static Module module() throws ReflectiveOperationException {
        var present = ModuleLayer.boot().findModule(MODULE);
        if (present.isPresent()) {
            return present.get();
        }
        Method load = Class.forName("jdk.internal.module.Modules").getMethod("loadModule", String.class);
        return (Module) load.invoke(null, MODULE);
    }

    /** What was found, in words for users. Looks for it if nobody has yet. */
    static String description() {
        return kernels() != null ? "Vector API, " + VectorKernels.bits() + " bits" : "plain Java (Vector API " + trouble + ")";
    }

    static Kernels required() {
        if (kernels() == null) {
            throw new IllegalStateException("there are no vector kernels: " + trouble);
        }
        return kernels;
    }

    static boolean possible() {
        return trouble == null;
    }

    /** Runs the kernel on dummy data in the background until it is fast, then lets it serve. */
    static void warm(Tiered kernel) {
        WARMER.execute(() -> {
            Kernels vector = kernels();
            if (vector == null) {
                return;
            }
            long start = System.nanoTime();
            for (int fast = 0; fast < STEADY; ) {
                long before = System.nanoTime();
                kernel.trial(vector);
                long after = System.nanoTime();
                if (kernel.isFast(after - before)) {
                    fast++;
                } else if (after - start > PATIENCE) {
                    return;
                } else {
                    fast = 0;
                    LockSupport.parkNanos(RESTS * (after - before));
                }
            }
            kernel.serve(vector);
        });
    }
}

/*
 * Note [Cold vectors]
 * Before the second compiler has compiled a loop of the Vector API, each vector operation makes an object and costs 0.2 to 0.9 us:
 * 300 to 2000 times what it costs later. So a kernel first serves in its plain form, and only when a program has given it much to
 * do is the vector form run on dummy data by a background thread; small programs never pay. A kernel that turns slow again (the
 * compiler may throw code away) goes back to its plain form and is warmed anew.
 *
 * The moment of the change depends on the machine's load. That programs cannot see it is why both forms do the same steps in the
 * same order: the same bits come out. This rules out the vector math library behind VectorOperators.EXP and its kin, whose bits no
 * plain code repeats; our own polynomials cost about the same.
 */
