package org.ebb.embed;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.ebb.embed.EbbException.Kind;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** The scripts as one thread runs them: a context, and in it a module for each script. */
final class Program {

    private final Context context;
    private final Watch watch;
    private final boolean counts;
    private final Map<Script, Value> modules = new WeakHashMap<>();
    private Value embed;

    /** Calls may come from callbacks of calls: limits are for the outermost. */
    private int depth;

    /** When the running call began; 0: none runs; {@link #LATE}: the watch ends it, or has ended it. */
    private final AtomicLong began = new AtomicLong();
    private static final long LATE = -1;

    private volatile WeakReference<Thread> owner;
    private volatile boolean alive = true;

    Program(Context context, Watch watch, boolean counts) {
        this.context = context;
        this.watch = watch;
        this.counts = counts;
        if (watch != null) {
            watch.add(this);
        }
    }

    Context context() {
        return context;
    }

    boolean isAlive() {
        return alive;
    }

    void belongsTo(Thread thread) {
        owner = new WeakReference<>(thread);
    }

    boolean isAbandoned() {
        Thread thread = owner.get();
        return thread == null || !thread.isAlive();
    }

    /** The names of a script, which runs at the first time. */
    Value module(Script script) {
        Value module = modules.get(script);
        if (module == null) {
            module = context.eval(script.source());
            modules.put(script, module);
        }
        return module;
    }

    /** What the language offers for hosts alone. */
    Value embed() {
        if (embed == null) {
            embed = context.eval("ebb", "import _embed as __embed\n__embed");
        }
        return embed;
    }

    /** Runs within the limits; what goes wrong is an {@link EbbException}. */
    <T> T run(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } catch (PolyglotException e) {
            throw failure(e);
        } finally {
            leave();
        }
    }

    /** As {@link #run}, without anything on the heap. */
    void execute(Value door) {
        enter();
        try {
            door.executeVoid();
        } catch (PolyglotException e) {
            throw failure(e);
        } finally {
            leave();
        }
    }

    void execute(Value door, Object points, Object values, Object gradients, int count) {
        enter();
        try {
            door.executeVoid(points, values, gradients, count);
        } catch (PolyglotException e) {
            throw failure(e);
        } finally {
            leave();
        }
    }

    private void enter() {
        if (depth++ == 0) {
            if (counts) {
                context.resetLimits();
            }
            if (watch != null) {
                began.set(now());
            }
        }
    }

    private void leave() {
        if (--depth == 0 && watch != null && began.getAndUpdate(at -> at == LATE ? LATE : 0) == LATE) {
            settle();
        }
    }

    private static long now() {
        return System.nanoTime() & Long.MAX_VALUE | 1;
    }

    /** An interruption that is on its way must not reach the next call: waits for its end. */
    private synchronized void settle() {
        began.set(0);
    }

    /** Ends the running call if it began longer ago than that; called by the watch. */
    synchronized void endIfOlder(long nanos) {
        long since = began.get();
        if (since > 0 && now() - since > nanos && began.compareAndSet(since, LATE)) {
            interrupt();
        }
    }

    private EbbException failure(PolyglotException e) {
        if (e.isCancelled()) {
            alive = false; // a context that was cancelled is closed: the next call makes another one
        }
        if (e.isInterrupted() || e.isCancelled() || e.isResourceExhausted()) {
            if (began.get() == LATE) {
                return new EbbException(Kind.LIMIT, "the script ran longer than " + watch.limit().toMillis() + " ms", e);
            }
            return e.isResourceExhausted() ? new EbbException(Kind.LIMIT, counts && e.isCancelled() ? "the script ran more steps than it may" : e.getMessage(), e)
                    : new EbbException(Kind.CANCELLED, "the call was ended by the host", e);
        }
        Kind kind = e.isSyntaxError() ? Kind.SYNTAX : e.isHostException() ? Kind.HOST : e.isInternalError() ? Kind.INTERNAL : Kind.SCRIPT;
        return new EbbException(kind, e.isExit() ? "SystemExit: " + e.getExitStatus() : String.valueOf(e.getMessage()), e);
    }

    /** Ends what runs, from another thread. */
    void interrupt() {
        try {
            context.interrupt(Duration.ofMillis(500));
        } catch (TimeoutException stubborn) {
            cancel(); // a script that catches everything
        } catch (IllegalStateException ownThread) {
            // a callback may not interrupt the call that it serves
        }
    }

    void cancel() {
        alive = false;
        context.close(true);
    }

    void close() {
        alive = false;
        try {
            context.close(true);
        } catch (PolyglotException ended) {
            // closed from within one of its own calls: that call ends with it
        }
        if (watch != null) {
            watch.remove(this);
        }
    }
}
