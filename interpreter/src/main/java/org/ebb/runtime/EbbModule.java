package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A module: the global names of one source file, or a builtin table. */
@ExportLibrary(InteropLibrary.class)
public final class EbbModule extends EbbVisible {

    public final String name;

    /** Does it belong to the library? Then what it imports does too, whatever lies beside the program. */
    boolean bundled;

    /** Values that the module began with, by their names, the same for all contexts of an engine; a name gets its binding when it is first asked for. */
    private final Map<String, Object> first;
    private final Map<String, Binding> names = new LinkedHashMap<>();
    private ModuleDict dict;

    /** A host may run any number of texts; explanations read no more than these. */
    private static final int TEXTS = 1000;
    private final List<Source> sources = new ArrayList<>(1);

    public EbbModule(String name) {
        this(name, Map.of());
    }

    /** A module that has names at once; the map must not change. */
    public EbbModule(String name, Map<String, Object> first) {
        this.name = name;
        this.first = first;
    }

    /** The texts that ran in the module, oldest first: one, but for a prompt. */
    public List<Source> sources() {
        return sources;
    }

    @TruffleBoundary
    public void ran(Source source) {
        if (sources.size() < TEXTS && (sources.isEmpty() || sources.getLast() != source)) {
            sources.add(source);
        }
    }

    @Override
    public EbbClass type() {
        return Types.MODULE;
    }

    /** The place of a global name; it may be unbound. */
    @TruffleBoundary
    public Binding binding(String key) {
        return names.computeIfAbsent(key, absent -> {
            Binding made = new Binding();
            Object value = first.get(absent);
            if (value != null) {
                made.set(value);
            }
            if (dict != null) {
                made.showIn(dict, key);
            }
            return made;
        });
    }

    /** The names as a dict that stays theirs. */
    @TruffleBoundary
    public EbbDict dict() {
        if (dict == null) {
            ModuleDict made = new ModuleDict(this);
            members().forEach(made::changed);
            names.forEach((key, binding) -> binding.showIn(made, key));
            dict = made;
        }
        return dict;
    }

    /** The value of a name, or null. */
    @TruffleBoundary
    public Object get(String key) {
        Binding found = names.get(key);
        return found == null ? first.get(key) : found.get();
    }

    public void set(String key, Object value) {
        binding(key).set(value);
    }

    /** Lets go of all values, and of the texts. */
    void forget() {
        dict = null;
        names.values().forEach(Binding::forget);
        sources.clear();
    }

    /** The bound names with their values. */
    @TruffleBoundary
    public Map<String, Object> members() {
        var all = new LinkedHashMap<>(first);
        names.forEach((key, binding) -> {
            if (binding.isBound()) {
                all.put(key, binding.get());
            } else {
                all.remove(key);
            }
        });
        return all;
    }

    @ExportMessage
    boolean isScope() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberRemovable(String key) {
        return get(key) != null;
    }

    @ExportMessage
    @TruffleBoundary
    void removeMember(String key) throws UnknownIdentifierException {
        if (get(key) == null) {
            throw UnknownIdentifierException.create(key);
        }
        set(key, null);
    }
}
