package org.ebb.syntax;

import java.util.function.Supplier;

/**
 * Whoever reads a long text looks up now and then, so that an interruption need not wait for its end. What looking up means says whoever has
 * the text read; it throws to end the reading. Tools that read texts of no running program say nothing.
 */
public final class Pause {

    /** A millisecond or two of reading. */
    private static final int STRIDE = 2000;

    private static final ThreadLocal<Runnable> LOOK = new ThreadLocal<>();

    private final Runnable look = LOOK.get();
    private int left = STRIDE;

    /** Reads and looks up so. */
    public static <T> T during(Runnable look, Supplier<T> reading) {
        Runnable before = LOOK.get();
        LOOK.set(look);
        try {
            return reading.get();
        } finally {
            LOOK.set(before);
        }
    }

    /** A token, statement or expression more. */
    public void step() {
        if (--left < 0) {
            left = STRIDE;
            if (look != null) {
                look.run();
            }
        }
    }
}
