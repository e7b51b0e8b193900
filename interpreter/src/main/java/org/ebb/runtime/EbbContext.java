package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleLanguage.ContextReference;
import com.oracle.truffle.api.TruffleLanguage.LanguageReference;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ebb.grad.Gradients;
import org.ebb.grad.Origin;
import org.ebb.grad.Place;
import org.ebb.grad.Sites;
import org.ebb.grad.Tape;
import org.ebb.grad.Writes;
import org.ebb.kernel.Poll;
import org.ebb.lib.GlobalNames;
import org.ebb.language.EbbLanguage;
import org.ebb.syntax.Digits;
import org.ebb.syntax.Expr;
import org.ebb.tensor.DType;
import org.ebb.tensor.Generator;
import org.ebb.tensor.PrintOptions;
import org.ebb.tensor.TensorException;

/** The state of one running program. */
public final class EbbContext {

    private static final ContextReference<EbbContext> REFERENCE = ContextReference.create(EbbLanguage.class);
    private static final LanguageReference<EbbLanguage> LANGUAGE = LanguageReference.create(EbbLanguage.class);

    private final EbbLanguage language;
    private final TruffleLanguage.Env env;
    private final Modules modules;
    private final EbbFile[] streams = new EbbFile[3];
    private final List<EbbFile> openFiles = new ArrayList<>();

    /** The module sys once it was imported, else null: print asks it where standard output goes. */
    public EbbModule sys;
    private final EbbModule builtins;

    /** How many functions of the program are running inside each other, and how many may. */
    public int depth;
    public int depthLimit = 10_000;

    /** What an evaluation may take; null where that is anything. */
    public Limits limits;

    /** What it may have of memory; null where that is all there is. */
    public MemoryAccount memory;

    /** Room for the making of an exception when all other memory is full. */
    private byte[] reserve;

    /** How many decimal digits an int may have where it becomes text or comes from text; 0 is any number. */
    public int digitLimit = Digits.MAX_DECIMAL;

    /** What the running program is called in {@code sys.argv}: its path, {@code -c}, {@code -}, or nothing at a prompt. */
    public String program = "";

    /** The exception that an {@code except} block is handling: an {@link ExceptionObject} or a foreign exception; or null. */
    public Object handling;

    /** The containers whose text is being made, outermost first: one met again inside itself is cut short. */
    private final Set<Object> printing = Collections.newSetFromMap(new IdentityHashMap<>());

    /** While a tool looks at a value, no code of the program may run. */
    boolean quiet;

    final Passage passage;

    private final Sites sites;
    private final Tape tape;
    private final Gradients gradients;
    private final Writes writes;

    /** What was before the blocks that {@code __enter__} opened, innermost last. */
    private final ArrayList<Tape.Mode> blocks = new ArrayList<>();

    /** How this program wants tensors written. */
    public PrintOptions printOptions = PrintOptions.DEFAULT;

    /** The dtype of tensors made of plain numbers. */
    public DType defaultDType = DType.FLOAT32;

    /** The random numbers of this program's tensors; made at the first draw. */
    public Generator philox;

    /** Where the program last called a function form: the form itself is written in the language, and runs at places of its own. */
    public Place formCalled;

    /** Those of MXNet's names. */
    public Generator twister;

    /**
     * {@code sites} belongs to the language, since syntax nodes keep their numbers and may run in several contexts;
     * {@code builtinNames} are what the builtin names mean at first; {@code builtinModules} gives the table of a builtin module by its name, or null.
     */
    public EbbContext(EbbLanguage language, TruffleLanguage.Env env, Sites sites, Map<String, Object> builtinNames,
            Function<String, Consumer<BuiltinTable>> builtinModules) {
        this.language = language;
        this.env = env;
        this.passage = new Passage(language);
        this.sites = sites;
        this.tape = new Tape(sites);
        this.tape.listener = this::notFinite;
        this.gradients = new Gradients(tape);
        this.writes = new Writes(tape);
        this.modules = new Modules(this, builtinModules);
        this.builtins = new EbbModule("builtins", builtinNames);
        builtins.set("__name__", "builtins");
        modules.builtins(builtins);
    }

    /** Says on standard error where nan or inf began, or raises it where the recording asked for that. */
    @TruffleBoundary
    private void notFinite(Origin.Finding finding, Place backward, boolean raise) {
        Place own = userPlace(backward);
        String text = "not finite: " + finding.text() + (own == null ? "" : "\n  found by the backward at " + own.where() + ": " + own.text());
        if (raise) {
            throw new TensorException.BadGradient(text);
        }
        flush();
        try {
            err().write(("GradWarning: " + text + "\n").getBytes(StandardCharsets.UTF_8));
            err().flush();
        } catch (IOException closed) {
            // nobody reads standard error, so there is nobody to warn
        }
    }

    /** Runs a source with a module's globals; the value of its last expression. */
    @TruffleBoundary
    public Object run(Source source, EbbModule module) {
        return run(source, module, language.compile(source));
    }

    /** The same with a module of the library. */
    @TruffleBoundary
    Object runBundled(Source source, EbbModule module) {
        return run(source, module, language.compileBundled(source));
    }

    /** As {@link #run(Source, EbbModule)}; with {@code expression} the source must be one expression. */
    @TruffleBoundary
    public Object run(Source source, EbbModule module, boolean expression) {
        return run(source, module, expression ? language.compileExpression(source) : language.compile(source));
    }

    private Object run(Source source, EbbModule module, FunctionCode code) {
        if (code.doc != null && module.get("__doc__") == null) {
            module.set("__doc__", code.doc);
        }
        module.ran(source);
        return code.target(this).call(new EbbFunction(code, module, new CellBox[0], null));
    }

    /**
     * Where what a call was given lost its history, in words; empty where the program's text does not tell.
     *
     * @param call who called; {@code argument} counts the receiver of a method first
     * @param leaf whether the question is why no backward reaches the value
     */
    @TruffleBoundary
    public List<String> trail(Place call, int argument, boolean leaf) {
        SourceSection section = call instanceof NodePlace place ? place.section() : null;
        return section == null || !section.isAvailable() ? List.of() : language.trail(this, section, callers(section), argument, leaf);
    }

    /** The innermost call in the program itself, for what functions of the bundled library record and refuse; {@code otherwise} if unknown. */
    @TruffleBoundary
    public Place userPlace(Place otherwise) {
        if (otherwise == null || otherwise instanceof NodePlace place && !isLibrary(place.section())) {
            return otherwise;
        }
        Place found = Truffle.getRuntime().iterateFrames(instance -> {
            Node call = instance.getCallNode();
            return call == null || isLibrary(call.getEncapsulatingSourceSection()) ? null : NodePlace.of(call);
        });
        return found != null ? found : formCalled != null ? formCalled : otherwise;
    }

    private static boolean isLibrary(SourceSection section) {
        return section == null || section.getSource().isInternal();
    }

    /** The calls of the program that led to one, outermost first, without itself. */
    private static List<SourceSection> callers(SourceSection call) {
        List<SourceSection> callers = new ArrayList<>();
        Truffle.getRuntime().iterateFrames(instance -> {
            Node node = instance.getCallNode();
            SourceSection section = node == null ? null : node.getEncapsulatingSourceSection();
            if (section != null && section.isAvailable() && !section.getSource().isInternal() && !(callers.isEmpty() && section.equals(call))) {
                callers.addFirst(section);
            }
            return null;
        });
        return callers;
    }

    /** A text as an expression, or null where it is none. */
    @TruffleBoundary
    Expr parsed(String text) {
        return language.expression(text);
    }

    /** Is a text one expression? */
    @TruffleBoundary
    public boolean isExpression(String text) {
        return language.expression(text) != null;
    }

    public Modules modules() {
        return modules;
    }

    /** The context of the running program. Give the calling node where there is one, else null. */
    public static EbbContext get(Node node) {
        return REFERENCE.get(node);
    }

    /** Whether the programs that may run this node have {@link #limits}: a constant to compiled code. */
    public static boolean isLimited(Node node) {
        return LANGUAGE.get(node).limited;
    }

    /** Takes a step of those that the program may take: to be called by what turns in loops and by functions. */
    public static void step(Node node) {
        if (LANGUAGE.get(node).counting) {
            get(node).limits.step(node);
        }
    }

    /** For interop's getLanguage. */
    public static Class<EbbLanguage> languageClass() {
        return EbbLanguage.class;
    }

    TruffleLanguage<?> language() {
        return language;
    }

    public TruffleLanguage.Env env() {
        return env;
    }

    /** The files that the program opened and did not close; they are flushed at its end. */
    public List<EbbFile> openFiles() {
        return openFiles;
    }

    EbbFile stream(int number, Supplier<EbbFile> open) {
        if (streams[number] == null) {
            streams[number] = open.get();
        }
        return streams[number];
    }

    /** Writes out what was printed and not yet sent. */
    @TruffleBoundary
    public void flush() {
        for (EbbFile stream : streams) {
            if (stream != null && stream != streams[0]) {
                stream.flush();
            }
        }
    }

    public Set<Object> printing() {
        return printing;
    }

    /** Called when a program begins; the next {@link #useReserve} has memory to give. Where there is none to spare, it begins without. */
    public void keepReserve() {
        if (reserve == null) {
            try {
                byte[] kept = new byte[RESERVE];
                Runtime java = Runtime.getRuntime();
                reserve = java.maxMemory() - java.totalMemory() + java.freeMemory() < 2 * RESERVE ? null : kept;
            } catch (OutOfMemoryError full) {
                tape.forgetBuffers(); // the program may be the one that frees memory
            }
        }
    }

    /** When all memory is full. */
    void useReserve() {
        reserve = null;
        tape.forgetBuffers();
    }

    private static final int RESERVE = 1 << 20;

    /**
     * A step deeper into a nest of values, walked by Java code: it counts as a call, so nests that hold themselves or are built in a loop
     * end in a RecursionError as endless calls do. {@code doing} is the end of its message.
     */
    public <T> T deeper(String doing, Supplier<T> walk) {
        if (depth >= depthLimit) {
            throw Errors.recursionError(doing);
        }
        Poll.now();
        depth++;
        try {
            return walk.get();
        } catch (StackOverflowError smallStack) {
            // Where there is no room for the exception either, the next step further out makes it.
            throw Errors.recursionError(doing);
        } finally {
            depth--;
        }
    }

    /** A call from outside that may be of a builtin, or of many functions one after the other: it is one evaluation to the limits. */
    public void enterFromHost() {
        depth++;
        if (limits != null) {
            limits.enter();
        }
    }

    public void leaveToHost() {
        depth--;
    }

    public Sites sites() {
        return sites;
    }

    /** What this program records on. */
    public Tape tape() {
        return tape;
    }

    public Gradients gradients() {
        return gradients;
    }

    /** Writes into tensors, differentiably. */
    public Writes writes() {
        return writes;
    }

    /** For blocks entered by calling {@code __enter__} rather than by a statement. */
    public List<Tape.Mode> blocks() {
        return blocks;
    }

    /**
     * {@code random} and {@code linalg} are names without an import, and so are the functions that the library lists as global:
     * their module is loaded at first use. Null for any other name.
     */
    @TruffleBoundary
    public Object libraryName(String name) {
        String home = GlobalNames.home(name);
        if (home == null) {
            return null;
        }
        EbbModule module = modules.library(home);
        Object value = home.equals(name) ? module : module.get(name);
        builtins.set(name, value);
        return value;
    }

    public EbbModule builtins() {
        return builtins;
    }

    public OutputStream out() {
        return env.out();
    }

    public OutputStream err() {
        return env.err();
    }

    public InputStream in() {
        return env.in();
    }
}
