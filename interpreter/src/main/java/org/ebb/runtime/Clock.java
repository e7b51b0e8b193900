package org.ebb.runtime;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** One thread that looks every few milliseconds which programs run longer than they may: that costs a call one reading of the clock. */
public final class Clock {

    private static final long TICK_MS = 5;

    private static final class Watched extends WeakReference<Limits> {
        Future<Void> ending;
        long since;

        Watched(Limits limits) {
            super(limits);
        }
    }

    private final List<Watched> all = new ArrayList<>();
    private boolean runs;

    /** Watches a program until it is forgotten. The thread lives as long as there is one to watch. */
    public synchronized void watch(Limits limits) {
        all.add(new Watched(limits));
        if (!runs) {
            runs = true;
            Thread.ofPlatform().daemon().name("ebb-time-limit").start(this::run);
        }
    }

    public synchronized void forget(Limits limits) {
        all.removeIf(each -> each.refersTo(limits));
    }

    private void run() {
        try {
            while (look()) {
                Thread.sleep(TICK_MS);
            }
        } catch (InterruptedException stop) {
            synchronized (this) {
                runs = false;
            }
        }
    }

    private synchronized boolean look() {
        all.removeIf(each -> each.refersTo(null));
        long now = System.nanoTime();
        for (Watched each : all) {
            Limits limits = each.get();
            boolean under = each.ending != null && (!each.ending.isDone() || now - each.since < Limits.GRACE);
            if (limits != null && limits.isLate(now) && !under) {
                each.since = now;
                each.ending = limits.end();
            }
        }
        runs = !all.isEmpty();
        return runs;
    }
}
