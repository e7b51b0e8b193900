package org.ebb.language;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.instrumentation.ProvidedTags;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExecutableNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.graalvm.options.OptionDescriptors;
import org.graalvm.options.OptionValues;
import org.ebb.builtins.Builtins;
import org.ebb.builtins.FrameFunctions;
import org.ebb.builtins.LineProfile;
import org.ebb.grad.Sites;
import org.ebb.kernel.Memory;
import org.ebb.kernel.Poll;
import org.ebb.parse.Outline;
import org.ebb.parse.Parser;
import org.ebb.runtime.Clock;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbFile;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.FunctionCode;
import org.ebb.runtime.LanguageView;
import org.ebb.runtime.Limits;
import org.ebb.runtime.MemoryAccount;
import org.ebb.runtime.SyntaxErrors;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Pause;
import org.ebb.syntax.Program;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.SyntaxError;
import org.graalvm.polyglot.SandboxPolicy;

/** Ebb as the polyglot API sees it. */
@TruffleLanguage.Registration(id = EbbLanguage.ID, name = "Ebb", version = "0.1.0", defaultMimeType = EbbLanguage.MIME,
        characterMimeTypes = EbbLanguage.MIME, contextPolicy = TruffleLanguage.ContextPolicy.SHARED, sandbox = SandboxPolicy.CONSTRAINED)
@ProvidedTags({StandardTags.RootTag.class, StandardTags.RootBodyTag.class, StandardTags.StatementTag.class, StandardTags.CallTag.class,
    StandardTags.ExpressionTag.class, StandardTags.ReadVariableTag.class, StandardTags.WriteVariableTag.class, StandardTags.TryBlockTag.class})
public final class EbbLanguage extends TruffleLanguage<EbbContext> {

    public static final String ID = "ebb";
    public static final String MIME = "application/x-ebb";

    private final Sites sites = new Sites();
    private final Map<String, Object> builtins = Builtins.names();
    private final Map<String, Object> autograd = Builtins.autogradNames();

    /** Whether the contexts of this instance have a limit of steps or time, and whether they count steps: it decides what compiled code does. */
    @CompilationFinal public boolean limited;
    @CompilationFinal public boolean counting;
    private final Clock clock = new Clock();

    static {
        Poll.by(() -> TruffleSafepoint.poll(null));
        Memory.spareBy(() -> EbbContext.get(null).tape().forgetBuffers());
    }

    @Override
    protected EbbContext createContext(Env env) {
        long steps = env.getOptions().get(LimitOptions.STEPS);
        Duration time = env.getOptions().get(LimitOptions.TIME);
        counting = steps != 0;
        limited = counting || !time.isZero();
        EbbContext context = new EbbContext(this, env, sites, builtins, Builtins::module);
        if (limited) {
            context.limits = new Limits(context, steps, time);
        }
        long memory = env.getOptions().get(LimitOptions.MEMORY);
        if (memory != 0) {
            context.memory = new MemoryAccount(context, memory);
        }
        if (!time.isZero()) {
            clock.watch(context.limits);
        }
        context.builtins().set("autograd", new EbbModule("autograd", autograd));
        return context;
    }

    /** Contexts without limits shall not pay for those of others. */
    @Override
    protected boolean areOptionsCompatible(OptionValues first, OptionValues other) {
        return counts(first) == counts(other) && isTimed(first) == isTimed(other);
    }

    private static boolean counts(OptionValues options) {
        return options.get(LimitOptions.STEPS) != 0;
    }

    private static boolean isTimed(OptionValues options) {
        return !options.get(LimitOptions.TIME).isZero();
    }

    @Override
    protected OptionDescriptors getOptionDescriptors() {
        return new LimitOptionsOptionDescriptors();
    }

    @Override
    protected void disposeContext(EbbContext context) {
        if (context.limits != null) {
            clock.forget(context.limits);
        }
        context.modules().forget();
    }

    @Override
    protected CallTarget parse(ParsingRequest request) {
        return new ProgramRoot(this, request.getSource(), compile(request.getSource()), ProgramRoot.Answer.of(request.getOptionValues())).getCallTarget();
    }

    /** What debuggers evaluate in a stopped function. */
    @Override
    protected ExecutableNode parse(InlineParsingRequest request) {
        Source source = request.getSource();
        return new ExecutableNode(this) {
            @Override
            public Object execute(VirtualFrame frame) {
                return Foreign.out(FrameFunctions.evaluate(source, frame.materialize()));
            }
        };
    }

    /** What a host may say of one source. */
    @Override
    protected OptionDescriptors getSourceOptionDescriptors() {
        return new SourceOptionsOptionDescriptors();
    }

    /** A source that is one expression, as a function without parameters. */
    public FunctionCode compileExpression(Source source) {
        try {
            return Pause.during(Poll::now, () -> {
                Expr value = Parser.parseExpression(source.getCharacters());
                return compile(source, new Program(List.of(new Stmt.Expression(value, value.span())), value.span()));
            });
        } catch (SyntaxError error) {
            throw SyntaxErrors.raise(error, source);
        }
    }

    /** A text as an expression, or null where it is none. */
    public Expr expression(String text) {
        try {
            return Parser.parseExpression(text);
        } catch (SyntaxError wrong) {
            return null;
        }
    }

    /** The same of a module of the library: bodies of functions are read when they are first called. */
    public FunctionCode compileBundled(Source source) {
        Outline outline = LibraryTrees.of(source.getName(), source.getCharacters().toString());
        Program program = outline.program();
        return new FunctionBuilder(this, source, Scopes.analyse(program), program, outline).program(program);
    }

    /** A source as a function without parameters. A text that is no program raises the language's SyntaxError. */
    public FunctionCode compile(Source source) {
        try {
            return Pause.during(Poll::now, () -> compile(source, Parser.parse(source.getCharacters())));
        } catch (SyntaxError error) {
            throw SyntaxErrors.raise(error, source);
        }
    }

    private FunctionCode compile(Source source, Program program) {
        return new FunctionBuilder(this, source, Scopes.analyse(program), program).program(program);
    }

    /** Where what a call was given lost its history: see {@link Trails}. */
    public List<String> trail(EbbContext context, SourceSection call, List<SourceSection> callers, int argument, boolean leaf) {
        return Trails.of(context.modules(), call, callers, argument, leaf);
    }

    @Override
    protected Object getScope(EbbContext context) {
        return context.modules().main();
    }

    @Override
    protected Object getLanguageView(EbbContext context, Object value) {
        return new LanguageView(value);
    }

    @Override
    protected void finalizeContext(EbbContext context) {
        if (context.tape().meter instanceof LineProfile profile) {
            profile.stop();
        }
        context.flush();
        context.openFiles().forEach(EbbFile::flush);
    }

    static void noteScript(EbbContext context, Source source) {
        if (source.getPath() == null) {
            context.program = switch (source.getName()) {
                case "<string>" -> "-c";
                case "<stdin>" -> "-";
                default -> context.program;
            };
            return;
        }
        context.program = source.getPath();
        try {
            TruffleFile folder = context.env().getPublicTruffleFile(source.getPath()).getAbsoluteFile().getParent();
            context.modules().scriptIn(folder);
            context.modules().main().set("__file__", source.getPath());
        } catch (SecurityException forbidden) {
            // a context without files has no modules beside the script
            context.modules().scriptIn(null);
        }
    }
}
