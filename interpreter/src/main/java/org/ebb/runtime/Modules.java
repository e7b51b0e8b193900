package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ebb.lib.Elsewhere;
import org.ebb.lib.Library;

/** The modules of one program: finds, loads and keeps them. */
public final class Modules {

    private final EbbContext context;
    /** What the program has imported: its own files, and modules of the library. */
    private final Map<String, EbbModule> loaded = new LinkedHashMap<>();
    /** What the library uses: never a file of the program, even where one has the name of a module of the library. */
    private final Map<String, EbbModule> library = new LinkedHashMap<>();
    private final Function<String, Consumer<BuiltinTable>> builtin;
    private final EbbModule main = new EbbModule("__main__");

    /** Modules of programs that have one of their own, for as long as anyone has them. */
    private final Set<EbbModule> own = Collections.newSetFromMap(new WeakHashMap<>());

    /** Where the script lies; modules beside it are found first. Null where there is no script. */
    private TruffleFile scriptFolder;

    /** What {@code sys.path} is, once a program has asked for it. */
    private EbbList path;

    Modules(EbbContext context, Function<String, Consumer<BuiltinTable>> builtin) {
        this.context = context;
        this.builtin = builtin;
        main.set("__name__", "__main__");
        loaded.put("__main__", main);
    }

    /** The module in which scripts and the prompt's entries run. */
    public EbbModule main() {
        return main;
    }

    public Map<String, EbbModule> loaded() {
        return loaded;
    }

    void builtins(EbbModule module) {
        module.bundled = true;
        loaded.put("builtins", module);
        library.put("builtins", module);
    }

    /** Another main module, for one program. */
    @TruffleBoundary
    public EbbModule mainOfItsOwn() {
        EbbModule made = new EbbModule(main.name);
        made.set("__name__", main.name);
        own.add(made);
        return made;
    }

    /**
     * The context is closed: no name of its modules stands for anything any more. A host may keep a text that ran here to run it in other
     * contexts, and the nodes of the text know the module in which they ran first.
     */
    public void forget() {
        own.forEach(EbbModule::forget);
        loaded.values().forEach(EbbModule::forget);
        loaded.clear();
        library.values().forEach(EbbModule::forget);
        library.clear();
    }

    public void scriptIn(TruffleFile folder) {
        scriptFolder = folder;
    }

    /** The module of a dotted name, as the program finds it, loaded with all modules above it. */
    @TruffleBoundary
    public EbbModule load(String dotted) {
        return load(dotted, loaded);
    }

    /** The module of the library with a dotted name. */
    @TruffleBoundary
    public EbbModule library(String dotted) {
        return load(dotted, library);
    }

    /** The module of a dotted name, as code in a module finds it. */
    @TruffleBoundary
    public EbbModule load(EbbModule from, String dotted) {
        return load(dotted, known(from));
    }

    private Map<String, EbbModule> known(EbbModule from) {
        return from.bundled ? library : loaded;
    }

    private EbbModule load(String dotted, Map<String, EbbModule> known) {
        EbbModule parent = null;
        EbbModule module = null;
        for (int end = dotted.indexOf('.'); ; end = dotted.indexOf('.', end + 1)) {
            String name = end < 0 ? dotted : dotted.substring(0, end);
            module = known.get(name);
            if (module == null) {
                module = find(name, known);
                if (parent != null) {
                    parent.set(name.substring(name.lastIndexOf('.') + 1), module);
                }
            }
            if (end < 0) {
                return module;
            }
            parent = module;
        }
    }

    /** Whether a module belongs to the library, and not to the program. */
    boolean isBundled(String name) {
        EbbModule module = loaded.containsKey(name) ? loaded.get(name) : library.get(name);
        return module != null && (module.sources().isEmpty() ? module != main : module.sources().getFirst().isInternal());
    }

    private EbbModule find(String name, Map<String, EbbModule> known) {
        var table = builtin.apply(name);
        if (table != null) {
            EbbModule module = library.get(name);
            if (module == null) {
                module = new EbbModule(name);
                module.bundled = true;
                module.set("__name__", name);
                library.put(name, module);
                table.accept(BuiltinTable.of(module));
            }
            known.put(name, module);
            return module;
        }
        Source file = known == library ? null : file(name);
        if (file != null) {
            return run(name, file, loaded);
        }
        EbbModule module = library.get(name);
        if (module != null) {
            known.put(name, module);
            return module;
        }
        Source source = bundled(name);
        if (source == null) {
            int dot = name.lastIndexOf('.');
            EbbException error = Errors.moduleNotFound("No module named '" + name + "'"
                    + (dot < 0 || known.get(name.substring(0, dot)) == null ? "" : suffix(known.get(name.substring(0, dot)))));
            error.guest.hint = () -> {
                String elsewhere = Elsewhere.hint("module", name);
                return elsewhere.isEmpty() ? Names.hint(name, Library.names().stream().filter(other -> !other.startsWith("_")).toList()) : elsewhere;
            };
            throw error;
        }
        known.put(name, run(name, source, library));
        return known.get(name);
    }

    /** Is there a module of this name without a file of the user's? */
    boolean offers(String name) {
        return builtin.apply(name) != null || Library.source(name).isPresent() || Library.source(name + ".__init__").isPresent();
    }

    private static String suffix(EbbModule parent) {
        return parent.get("__path__") == null ? "; '" + parent.name + "' is not a package" : "";
    }

    private EbbModule run(String name, Source source, Map<String, EbbModule> known) {
        EbbModule module = new EbbModule(name);
        module.bundled = source.isInternal();
        module.set("__name__", name);
        module.set("__file__", source.getPath() == null ? source.getName() : source.getPath());
        if (source.getName().startsWith("__init__.") || source.getName().endsWith("/__init__.ebb")) {
            module.set("__path__", name);
        }
        known.put(name, module);
        try {
            if (source.isInternal()) {
                context.runBundled(source, module);
            } else {
                context.run(source, module);
            }
        } catch (Throwable failed) {
            known.remove(name);
            throw failed;
        }
        return module;
    }

    /** The file of the program's that is a module of this name, or null. */
    private Source file(String name) {
        String path = name.replace('.', '/');
        for (TruffleFile folder : folders()) {
            for (String candidate : new String[] {path + ".ebb", path + "/__init__.ebb", path + ".py", path + "/__init__.py"}) {
                Source found = source(folder.resolve(candidate));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The text of the library's module of this name, or null. */
    private static Source bundled(String name) {
        for (String candidate : new String[] {name, name + ".__init__"}) {
            Optional<String> bundled = Library.source(candidate);
            if (bundled.isPresent()) {
                return Source.newBuilder("ebb", bundled.get(), candidate.replace('.', '/') + ".ebb").internal(true).build();
            }
        }
        return null;
    }

    /** The source of a file, or null where there is none or the context may not look. */
    private static Source source(TruffleFile file) {
        try {
            return file.isRegularFile() ? Source.newBuilder("ebb", file).content(text(file)).build() : null;
        } catch (SecurityException forbidden) {
            return null;
        } catch (IOException unreadable) {
            throw Errors.importError("cannot read '" + file.getPath() + "': " + unreadable.getMessage());
        }
    }

    /** A byte that is no UTF-8 would else become a mark in the program's strings, and nobody would know. */
    private static String text(TruffleFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file.readAllBytes());
        CharBuffer text = CharBuffer.allocate(bytes.capacity() + 1);
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            long line = text.flip().chars().filter(c -> c == '\n').count() + 1;
            throw Errors.of(Types.SYNTAX_ERROR, "(unicode error) 'utf-8' codec can't decode byte 0x%02x in line %d of %s"
                    .formatted(bytes.get(bytes.position()), line, file.getPath()));
        }
        return text.flip().toString();
    }

    /** The folders in which imports look, as a list that the program may change. */
    @TruffleBoundary
    public EbbList path() {
        if (path == null) {
            path = new EbbList(folders().stream().map(folder -> (Object) folder.getPath()).toArray());
        }
        return path;
    }

    private List<TruffleFile> folders() {
        var folders = new ArrayList<TruffleFile>();
        try {
            if (path != null) {
                for (Object folder : path.toArray()) {
                    if (folder instanceof String place) {
                        folders.add(context.env().getPublicTruffleFile(place));
                    }
                }
                return folders;
            }
            folders.add(scriptFolder != null ? scriptFolder : context.env().getCurrentWorkingDirectory());
            String more = context.env().getEnvironment().get("EBB_PATH");
            if (more != null && !more.isEmpty()) {
                for (String folder : more.split(context.env().getPathSeparator())) {
                    folders.add(context.env().getPublicTruffleFile(folder));
                }
            }
        } catch (SecurityException forbidden) {
            return folders;
        }
        return folders;
    }

    /** What {@code from module import name} gives: an attribute, else a module below. */
    @TruffleBoundary
    public Object member(EbbModule from, String module, int level, String name) {
        String full = absolute(from, module, level);
        Map<String, EbbModule> known = known(from);
        EbbModule source = load(full, known);
        Object value = Attributes.find(source, name);
        if (value != null) {
            return value;
        }
        String below = full + "." + name;
        if (known.get(below) != null || builtin.apply(below) != null || known == loaded && file(below) != null || bundled(below) != null) {
            return load(below, known);
        }
        throw Errors.importError("cannot import name '" + name + "' from '" + full + "'" + Names.hint(source, name));
    }

    /** {@code from module import *}. */
    @TruffleBoundary
    public void all(EbbModule to, String module, int level) {
        EbbModule source = load(absolute(to, module, level), known(to));
        Object listed = source.get("__all__");
        if (listed != null) {
            for (Object name : Iteration.toArray(listed)) {
                to.set((String) name, Attributes.get(source, (String) name));
            }
            return;
        }
        source.members().forEach((name, value) -> {
            if (!name.startsWith("_")) {
                to.set(name, value);
            }
        });
    }

    private static String absolute(EbbModule from, String module, int level) {
        if (level == 0) {
            return module;
        }
        String base = from.name;
        int up = from.get("__path__") == null ? level : level - 1;
        for (; up > 0; up--) {
            int dot = base.lastIndexOf('.');
            if (dot < 0) {
                throw Errors.importError("attempted relative import beyond top-level package");
            }
            base = base.substring(0, dot);
        }
        return module == null || module.isEmpty() ? base : base + "." + module;
    }
}
