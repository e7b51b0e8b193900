package org.ebb.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.SandboxPolicy;

/**
 * Runs scripts inside a Java program. One {@code Ebb} is enough for a program: it may be used by any number of threads, which share compiled
 * code and nothing else; close it at the end.
 *
 * <pre>{@code
 * try (Ebb ebb = Ebb.create()) {
 *     DifferentiableFunction f = ebb.compile("def f(x, y):\n    return x * x * y").function("f");
 *     double value = f.value(3, 2);                      // 18.0
 *     double[] slopes = f.gradient(3, 2);                // 12.0, 9.0
 * }
 * }</pre>
 *
 * <p>Each thread that calls gets a program (a polyglot context) of its own, in which a script runs when the thread first needs it. So what a
 * script keeps in global names is kept for each thread; functions for a host are best written without such. The program of a thread that
 * has ended goes to the next new thread.
 *
 * <p>A script reaches no file, network, process, environment variable, thread or Java class, unless {@link Builder#context} allows it.
 * Exceptions: {@link EbbException} for what goes wrong in a script; {@link IllegalArgumentException} for arrays of a wrong length,
 * {@link NullPointerException} for null, {@link IllegalStateException} once closed.
 */
public final class Ebb implements AutoCloseable {

    private final Engine engine;
    private final Builder settings;

    /** Of all threads; those of threads that ended are given to others. */
    private final List<Program> programs = new ArrayList<>();
    private final ThreadLocal<Program> own = new ThreadLocal<>();
    private volatile boolean closed;

    private Ebb(Builder settings) {
        this.settings = settings;
        Engine.Builder made = Engine.newBuilder("ebb");
        if (settings.constrained) {
            made.sandbox(SandboxPolicy.CONSTRAINED).in(InputStream.nullInputStream()).out(OutputStream.nullOutputStream())
                    .err(OutputStream.nullOutputStream());
        } else {
            made.option("engine.WarnInterpreterOnly", "false");
        }
        this.engine = made.build();
        if (settings.constrained) {
            try {
                settings.context(engine).close(); // what is not allowed shows here
            } catch (RuntimeException refused) {
                engine.close();
                throw refused;
            }
        }
    }

    /** Without limits. */
    public static Ebb create() {
        return builder().build();
    }

    /** For limits, and for what scripts may reach. */
    public static Builder builder() {
        return new Builder();
    }

    /** How an {@link Ebb} shall be. */
    public static final class Builder {
        private long maxSteps;
        private Duration timeLimit;
        private long maxMemory;
        private boolean constrained;
        private OutputStream out;
        private UnaryOperator<Context.Builder> change = UnaryOperator.identity();

        private Builder() {}

        /**
         * A call may take so many steps; a batch is one call. A step is a turn of a loop, a call of a function, or a piece of a long operation on
         * tensors or other data.
         */
        public Builder maxSteps(long steps) {
            if (steps <= 0) {
                throw new IllegalArgumentException("maxSteps: " + steps + " is not positive");
            }
            maxSteps = steps;
            return this;
        }

        /** A call may take so long (it ends within a tenth of a second after that, or of two where it cleans up so long); a batch is one call. */
        public Builder timeLimit(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("timeLimit: " + limit + " is not positive");
            }
            timeLimit = limit;
            return this;
        }

        /**
         * The scripts of a thread may have so many bytes for tensors, recordings, lists, dicts and texts together; what is smaller than
         * 16 KB is not counted. More is a {@code MemoryError}, which a script can catch.
         */
        public Builder maxMemory(long bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("maxMemory: " + bytes + " is not positive");
            }
            maxMemory = bytes;
            return this;
        }

        /**
         * Holds scripts to {@link SandboxPolicy#CONSTRAINED}: {@link #build} refuses whatever {@link #context} allows beyond that, with an
         * {@code IllegalArgumentException}, and there is no standard input, output or error stream (what is printed goes nowhere but to {@link #out}).
         */
        public Builder constrained() {
            constrained = true;
            return this;
        }

        /** Where scripts print to; else to standard output. */
        public Builder out(OutputStream stream) {
            out = Objects.requireNonNull(stream, "out");
            return this;
        }

        /** Changes what every program may do, in the terms of the polyglot API: {@code c -> c.allowIO(IOAccess.ALL)}. */
        public Builder context(UnaryOperator<Context.Builder> how) {
            change = Objects.requireNonNull(how, "context");
            return this;
        }

        /** Starts the engine. */
        public Ebb build() {
            return new Ebb(this);
        }

        Context context(Engine engine) {
            Context.Builder made = Context.newBuilder("ebb").engine(engine).allowHostAccess(constrained ? CONSTRAINED_DATA : DATA);
            if (constrained) {
                made.sandbox(SandboxPolicy.CONSTRAINED).in(InputStream.nullInputStream()).out(OutputStream.nullOutputStream())
                        .err(OutputStream.nullOutputStream());
            }
            if (out != null) {
                made.out(out);
            }
            if (maxSteps > 0) {
                made.option("ebb.max-steps", String.valueOf(maxSteps));
            }
            if (timeLimit != null) {
                made.option("ebb.timeout", timeLimit.toNanos() / 1e9 + "s");
            }
            if (maxMemory > 0) {
                made.option("ebb.max-memory", String.valueOf(maxMemory));
            }
            return change.apply(made).build();
        }
    }

    /** Arrays, lists and maps can be read by scripts; no method of any object can be called. */
    private static final HostAccess DATA = data(HostAccess.EXPLICIT);
    private static final HostAccess CONSTRAINED_DATA = data(HostAccess.CONSTRAINED);

    private static HostAccess data(HostAccess base) {
        return HostAccess.newBuilder(base).allowArrayAccess(true).allowListAccess(true).allowMapAccess(true).allowIterableAccess(true)
                .allowBufferAccess(true).build();
    }

    /** A script of that text, named {@code script} in messages. It runs once, at once, so that its errors show here. */
    public Script compile(String text) {
        return compile("script", text);
    }

    /**
     * A script of that text. It runs once, at once, so that its errors show here.
     *
     * @param name what messages call it
     * @throws EbbException where the text is no program, or fails
     */
    public Script compile(String name, String text) {
        return new Script(this, Objects.requireNonNull(name, "name"), Objects.requireNonNull(text, "text"));
    }

    /** The script of a file in UTF-8. */
    public Script compile(Path file) throws IOException {
        return compile(file.getFileName().toString(), Files.readString(file));
    }

    /**
     * The value of the last expression of a text, as Java data (see {@link Script#call}).
     *
     * <pre>{@code ebb.evaluate("6 * 7")   // 42L }</pre>
     */
    public Object evaluate(String text) {
        Program program = program();
        return program.run(() -> Data.of(program.context().eval("ebb", Objects.requireNonNull(text, "text"))));
    }

    /**
     * Runs something, and says which lines of scripts took its time and memory. It is measured in the calling thread; everything may run in
     * it that runs otherwise, several calls and several scripts too. What the work throws comes out of here.
     *
     * <pre>{@code ebb.profile(() -> f.gradient(3, 2)).longest(1).getFirst().line()   // 2 }</pre>
     *
     * @throws IllegalStateException within the work of another profile
     */
    public Profile profile(Runnable work) {
        return program().profile(Objects.requireNonNull(work, "work"));
    }

    /** Ends what runs now in all threads: their calls throw an {@link EbbException} of kind {@code CANCELLED}. */
    public void interrupt() {
        all().forEach(Program::interrupt);
    }

    /** Ends what runs, and lets go of everything. */
    @Override
    public void close() {
        closed = true;
        all().forEach(Program::close);
        engine.close(true);
    }

    private List<Program> all() {
        synchronized (programs) {
            return List.copyOf(programs);
        }
    }

    /** The calling thread's own. */
    Program program() {
        Program known = own.get();
        return known != null && known.isAlive() ? known : anotherProgram();
    }

    private Program anotherProgram() {
        Program made;
        synchronized (programs) {
            if (closed) {
                throw new IllegalStateException("this Ebb is closed");
            }
            programs.removeIf(program -> !program.isAlive());
            made = programs.stream().filter(Program::isAbandoned).findFirst().orElse(null);
            if (made == null) {
                made = new Program(settings.context(engine));
                programs.add(made);
            }
            made.belongsTo(Thread.currentThread());
        }
        own.set(made);
        return made;
    }
}
