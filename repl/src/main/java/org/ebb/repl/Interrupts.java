package org.ebb.repl;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ctrl-C while a program runs: the first interrupts the program, which may clean up; the second ends the process at once. */
final class Interrupts {

    private static final Signal CTRL_C = new Signal("INT");

    private final Context context;
    private final Runnable flush;

    Interrupts(Context context, Runnable flush) {
        this.context = context;
        this.flush = flush;
    }

    /** What Ctrl-C does while no program runs. */
    static void whenIdle(Runnable reaction) {
        Signal.handle(CTRL_C, _ -> reaction.run());
    }

    /** From now to the end of the try block Ctrl-C belongs to the program. */
    Listening listen() {
        boolean[] pressed = new boolean[1];
        SignalHandler before = Signal.handle(CTRL_C, _ -> {
            if (pressed[0]) {
                flush.run();
                Runtime.getRuntime().halt(Status.INTERRUPTED);
            }
            pressed[0] = true;
            try {
                context.interrupt(Duration.ZERO);
            } catch (TimeoutException never) {
                throw new IllegalStateException(never); // zero waits for ever
            }
        });
        return () -> Signal.handle(CTRL_C, before);
    }

    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
