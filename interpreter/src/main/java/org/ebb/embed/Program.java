package org.ebb.embed;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ebb.embed.EbbException.Kind;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** The scripts as one thread runs them: a context, and in it a module for each script. */
final class Program {

    private final Context context;
    private final Map<Script, Value> modules = new WeakHashMap<>();
    private Value embed;
    private boolean measured;

    private volatile WeakReference<Thread> owner;
    private volatile boolean alive = true;

    Program(Context context) {
        this.context = context;
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

    /** What the lines took that ran in the work. */
    Profile profile(Runnable work) {
        if (measured) {
            throw new IllegalStateException("this thread measures a profile already");
        }
        Value lines = run(() -> context.eval("ebb", "import _profile as __profile\n__profile"));
        measured = true;
        try {
            run(() -> lines.invokeMember("start"));
            work.run();
            return run(() -> {
                lines.invokeMember("stop");
                return profile(lines);
            });
        } finally {
            measured = false;
            if (alive) {
                run(() -> lines.invokeMember("stop"));
            }
        }
    }

    private static Profile profile(Value measured) {
        List<Profile.Line> rows = new ArrayList<>();
        Value all = measured.invokeMember("rows");
        for (long k = 0; k < all.getArraySize(); k++) {
            Value row = all.getArrayElement(k);
            rows.add(new Profile.Line(row.getArrayElement(0).asString(), row.getArrayElement(1).asInt(), row.getArrayElement(2).asString(),
                    row.getArrayElement(3).asLong(), nanos(row.getArrayElement(4)), nanos(row.getArrayElement(5)), row.getArrayElement(7).asLong(),
                    row.getArrayElement(6).asLong()));
        }
        Value elapsed = measured.invokeMember("elapsed");
        return new Profile(rows, nanos(elapsed.getArrayElement(1)), nanos(elapsed.getArrayElement(0)));
    }

    private static long nanos(Value seconds) {
        return Math.round(seconds.asDouble() * 1e9);
    }

    /** Runs within the limits; what goes wrong is an {@link EbbException}. */
    <T> T run(Supplier<T> work) {
        try {
            return work.get();
        } catch (PolyglotException e) {
            throw failure(e);
        }
    }

    /** As {@link #run}, without anything on the heap. */
    void execute(Value door) {
        try {
            door.executeVoid();
        } catch (PolyglotException e) {
            throw failure(e);
        }
    }

    void execute(Value door, Object points, Object values, Object gradients, int count) {
        try {
            door.executeVoid(points, values, gradients, count);
        } catch (PolyglotException e) {
            throw failure(e);
        }
    }

    private EbbException failure(PolyglotException e) {
        if (e.isCancelled()) {
            alive = false; // a context that was cancelled is closed: the next call makes another one
        }
        if (e.isResourceExhausted() || isLimit(e)) {
            return new EbbException(Kind.LIMIT, e.getMessage(), e);
        }
        if (e.isInterrupted() || e.isCancelled()) {
            return new EbbException(Kind.CANCELLED, "the call was ended by the host", e);
        }
        Kind kind = e.isSyntaxError() ? Kind.SYNTAX : e.isHostException() ? Kind.HOST : e.isInternalError() ? Kind.INTERNAL : Kind.SCRIPT;
        return new EbbException(kind, e.isExit() ? "SystemExit: " + e.getExitStatus() : String.valueOf(e.getMessage()), e);
    }

    /** Steps, time, or memory. A script's own class of such a name is called by its module too. */
    private static boolean isLimit(PolyglotException e) {
        Value type = e.isGuestException() && e.getGuestObject() != null ? e.getGuestObject().getMetaObject() : null;
        return type != null && LIMITS.contains(type.getMetaQualifiedName());
    }

    private static final Set<String> LIMITS = Set.of("LimitError", "MemoryError");

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
    }
}
