package org.ebb.kernel;

import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;

/**
 * Is Java's flight recorder at work? In JDK 25.0.3 its sampler takes a thread inside a critical native call for one that runs Java
 * code, and spoils the process's memory when the call is long (seen: "free(): invalid pointer"; never with its samples switched
 * off, nor under the checking allocator without it). While it is at work, long native calls are not made.
 */
final class FlightRecorder {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static volatile Method initialized;
    private static volatile long lookedAt = System.nanoTime() - SECOND;

    private FlightRecorder() {}

    static boolean isActive() {
        try {
            Method asked = initialized;
            if (asked == null) {
                // The recorder's module may be loaded at any time, by a tool from outside; looking for it takes some microseconds.
                long now = System.nanoTime();
                if (now - lookedAt < SECOND) {
                    return false;
                }
                lookedAt = now;
                asked = Class.forName("jdk.jfr.FlightRecorder", false, null).getMethod("isInitialized");
                initialized = asked;
            }
            return (boolean) asked.invoke(null);
        } catch (ReflectiveOperationException absent) {
            return false;
        }
    }
}
