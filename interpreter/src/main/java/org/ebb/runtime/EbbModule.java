package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.TruffleObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** A module: the global names of one source file, or a builtin table. */
public final class EbbModule implements TruffleObject, Typed {

    public final String name;
    private final Map<String, Binding> names = new LinkedHashMap<>();

    public EbbModule(String name) {
        this.name = name;
    }

    @Override
    public EbbClass type() {
        return Types.MODULE;
    }

    /** The place of a global name; it may be unbound. */
    @TruffleBoundary
    public Binding binding(String key) {
        return names.computeIfAbsent(key, absent -> new Binding());
    }

    /** The value of a name, or null. */
    @TruffleBoundary
    public Object get(String key) {
        Binding found = names.get(key);
        return found == null ? null : found.get();
    }

    public void set(String key, Object value) {
        binding(key).set(value);
    }

    /** The bound names with their values. */
    @TruffleBoundary
    public Map<String, Object> members() {
        var all = new LinkedHashMap<String, Object>();
        names.forEach((key, binding) -> {
            if (binding.isBound()) {
                all.put(key, binding.get());
            }
        });
        return all;
    }
}
