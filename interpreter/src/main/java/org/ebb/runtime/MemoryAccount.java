package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.ebb.kernel.Memory;

/**
 * What the tensors, recordings, lists, dicts and texts of a program take, held to a limit. What nobody reaches any more counts until the JVM has
 * found out: at the limit it is asked to. After that the program must have a 32nd of the limit to spare, so that it is not asked again and again.
 */
public final class MemoryAccount {

    private static final int SPARE = 32;

    /** A piece of memory, by identity. */
    private static final class Held extends WeakReference<Object> {
        private final int hash;
        final long bytes;

        Held(Object holder, long bytes) {
            super(holder);
            this.hash = System.identityHashCode(holder);
            this.bytes = bytes;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Held held && get() instanceof Object own && held.refersTo(own);
        }
    }

    /** Finds the account of the program that runs on this thread. */
    private static final Memory.Account OF_THE_PROGRAM = new Memory.Account() {
        @Override
        @TruffleBoundary
        public void claim(long bytes) {
            MemoryAccount own = EbbContext.get(null).memory;
            if (own != null) {
                own.need(bytes);
            }
        }

        @Override
        @TruffleBoundary
        public void hold(Object holder, long bytes) {
            MemoryAccount own = EbbContext.get(null).memory;
            if (own != null) {
                own.add(holder, bytes);
            }
        }
    };

    private final EbbContext context;
    private final long limit;
    private final Map<Held, Held> held = new HashMap<>();
    private long counted;

    /** How many pieces there may be before those that are gone are thrown out. */
    private int sweepAt = 1024;

    public MemoryAccount(EbbContext context, long limit) {
        this.context = context;
        this.limit = limit;
        Memory.countBy(OF_THE_PROGRAM);
    }

    private void need(long bytes) {
        if (bytes <= limit - counted) {
            return;
        }
        sweep();
        if (bytes <= limit - counted) {
            return;
        }
        if (bytes <= limit) {
            context.tape().forgetBuffers();
            System.gc();
            sweep();
        }
        if (bytes > limit - limit / SPARE - counted) {
            throw Errors.memoryError("the program may have " + text(limit) + "; it has " + text(counted) + " and asks for " + text(bytes) + " more");
        }
    }

    private void add(Object holder, long bytes) {
        Held entry = new Held(holder, bytes);
        Held before = held.remove(entry);
        counted -= before == null ? 0 : before.bytes;
        need(bytes);
        held.put(entry, entry);
        counted += bytes;
        if (held.size() > sweepAt) {
            sweep();
            sweepAt = Math.max(1024, 2 * held.size());
        }
    }

    private void sweep() {
        counted = 0;
        held.keySet().removeIf(each -> {
            boolean gone = each.refersTo(null);
            counted += gone ? 0 : each.bytes;
            return gone;
        });
    }

    private static String text(long bytes) {
        return bytes >= 10L << 20 ? String.format(Locale.ROOT, "%,d MB", bytes >> 20)
                : bytes >= 10 << 10 ? String.format(Locale.ROOT, "%,d KB", bytes >> 10) : bytes + " bytes";
    }
}
