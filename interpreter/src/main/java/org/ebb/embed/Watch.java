package org.ebb.embed;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One thread that looks every few milliseconds whether a call runs too long: that costs calls no more than two readings of the clock. */
final class Watch implements AutoCloseable {

    private static final long TICK_MS = 10;

    private final Duration limit;
    private final Set<Program> programs = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    Watch(Duration limit) {
        this.limit = limit;
        this.thread = Thread.ofPlatform().daemon().name("ebb-time-limit").start(this::look);
    }

    Duration limit() {
        return limit;
    }

    void add(Program program) {
        programs.add(program);
    }

    void remove(Program program) {
        programs.remove(program);
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(TICK_MS);
                for (Program program : programs) {
                    if (!program.isAlive()) {
                        programs.remove(program);
                    } else {
                        program.endIfOlder(limit.toNanos());
                    }
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
