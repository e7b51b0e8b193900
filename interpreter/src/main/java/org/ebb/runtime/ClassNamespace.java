package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that a class body binds while it runs. */
public final class ClassNamespace {

    private final Map<String, Object> names = new LinkedHashMap<>();

    @TruffleBoundary
    public Object get(String name) {
        return names.get(name);
    }

    @TruffleBoundary
    public void set(String name, Object value) {
        names.put(name, value);
    }

    @TruffleBoundary
    public boolean remove(String name) {
        return names.remove(name) != null;
    }

    public Map<String, Object> names() {
        return names;
    }
}
