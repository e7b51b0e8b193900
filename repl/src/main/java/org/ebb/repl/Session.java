package org.ebb.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.TypeLiteral;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** One context with the rights of a command line program: files, environment, threads; no host classes. */
final class Session implements AutoCloseable {

    static final String LANGUAGE = "ebb";
    private static final Source MEASURE = Source.newBuilder(LANGUAGE, "__import__('_measure')", "<profile>").internal(true).buildLiteral();

    /**
     * Functions are compiled from their 2000th call or turn on, not from the 40th. The first compilations cost two seconds of CPU, which a program
     * whose time goes into tensors gets back late; programs of loops come to 2000 at once, and W9's one-shot runs take as long either way.
     */
    private static final Map<String, String> PACE =
            Map.of("engine.DynamicCompilationThresholds", "false", "engine.FirstTierCompilationThreshold", "2000");

    private final OutputStream out;
    private final Context context;
    private final Interrupts interrupts;
    private Value display;

    /** The module _prompt and the program's names, for the questions of a prompt. */
    private Value answers;
    private Value names;

    Session(InputStream in, OutputStream out, OutputStream errors, List<String> arguments) {
        this(in, out, errors, arguments, Map.of(), Map.of());
    }

    /** {@code tools} are options of the engine that start its tools, {@code limits} what a program may take. */
    Session(InputStream in, OutputStream out, OutputStream errors, List<String> arguments, Map<String, String> tools, Map<String, String> limits) {
        this.out = out;
        Context.Builder builder = Context.newBuilder(LANGUAGE)
                .arguments(LANGUAGE, arguments.toArray(String[]::new))
                .allowIO(IOAccess.ALL)
                .allowEnvironmentAccess(EnvironmentAccess.INHERIT)
                .allowPolyglotAccess(PolyglotAccess.ALL)
                .allowCreateThread(true)
                .in(in).out(out).err(errors);
        tools.forEach(builder::option);
        limits.forEach(builder::option);
        if (optimizes()) {
            builder.allowExperimentalOptions(true).options(PACE);
        }
        this.context = made(builder, tools);
        if (Streams.terminal()) {
            // How wide a picture may be and whether a progress bar has a reader; what asks is org.ebb.runtime.Terminal.
            context.getPolyglotBindings().putMember("ebb.terminal", (ProxyExecutable) _ -> Streams.terminalSize());
        }
        this.interrupts = new Interrupts(context, this::flush);
    }

    /**
     * Was Java started with the optimizer's interface, and is the optimizer not switched off? Without it there are no such options. Who gives
     * the engine options on the command line gives them all, and is told which are experimental.
     */
    private static boolean optimizes() {
        return ModuleLayer.boot().findModule("jdk.internal.vm.ci").isPresent() && !Boolean.getBoolean("truffle.UseFallbackRuntime")
                && System.getProperties().stringPropertyNames().stream().noneMatch(name -> name.startsWith("polyglot."));
    }

    private static Context made(Context.Builder builder, Map<String, String> tools) {
        try {
            return builder.build();
        } catch (IllegalArgumentException refused) {
            String why = refused.getMessage() == null ? "" : refused.getMessage();
            if (tools.keySet().stream().anyMatch(tool -> why.contains("'" + tool + "'") || why.contains(" " + tool + " "))) {
                throw new Refused("this installation has no tool for --" + String.join(", --", tools.keySet()) + " (" + why + ")");
            }
            throw new Refused("the engine does not take an option that -Dpolyglot.... in EBB_JAVA_OPTS gives it: " + (why.contains("experimental")
                    ? why.replaceFirst(" and must be enabled.*(?s:.*)", "") + "; -Dpolyglot.engine.AllowExperimentalOptions=true beside it allows that." : why));
        }
    }

    /** The engine does not start as it was asked to. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /** What compiles the programs, in words for users. */
    String engine() {
        String name = context.getEngine().getImplementationName();
        return name.equals("Interpreted") ? "interpreter without compiler" : name;
    }

    /** To be called before a program can give the name another meaning. */
    void readyToShow() {
        display = context.eval(LANGUAGE, "display");
        names = context.eval(LANGUAGE, "globals()");
        answers = context.eval(LANGUAGE, "import _prompt\n_prompt");
        context.eval(LANGUAGE, "del _prompt");
    }

    /** What the module _prompt answers, as lines. */
    List<String> ask(String question, Object... arguments) {
        return answer(question, arguments).as(new TypeLiteral<List<String>>() {});
    }

    /** Has the module _prompt print an answer. */
    void tell(String question, Object... arguments) {
        try (var _ = interrupts.listen()) {
            answer(question, arguments);
        } finally {
            flush();
        }
    }

    private Value answer(String question, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = names;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return answers.getMember(question).execute(all);
    }

    /** The program finds the exception as {@code _error}. */
    void keepError(Value exception) {
        answer("keep_error", exception);
    }

    /** Runs a source; Ctrl-C meanwhile ends it with an interrupted exception. */
    Value run(Source source) {
        try (var _ = interrupts.listen()) {
            return context.eval(source);
        } finally {
            flush();
        }
    }

    /** Measures the lines of the program from now on. */
    void profile() {
        context.eval(MEASURE).invokeMember("_begin");
    }

    /** What was measured, as a table of at most so many lines; measures no more. */
    String profiled(int most) {
        return context.eval(MEASURE).invokeMember("_end", most).asString();
    }

    /** Prints a value as the prompt shows it; None is not shown. */
    void show(Value value) {
        try (var _ = interrupts.listen()) {
            display.executeVoid(value);
            if (answers != null) {
                answer("keep", value);
            }
        } finally {
            flush();
        }
    }

    /** Everything printed so far reaches the reader before anything that follows, be it an error message. */
    void flush() {
        try {
            out.flush();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Override
    public void close() {
        context.close();
        flush();
    }
}
