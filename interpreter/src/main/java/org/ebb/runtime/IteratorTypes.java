package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The builtin types that are only met through their values: iterators and views, by name. Immutable, so contexts may share them. */
public final class IteratorTypes {

    private static final Map<String, EbbClass> ALL = new ConcurrentHashMap<>();

    private IteratorTypes() {}

    /** A type of the library that is no iterator. */
    @TruffleBoundary
    public static EbbClass plain(String name) {
        return ALL.computeIfAbsent(name, n -> EbbClass.builtin(n, Types.OBJECT));
    }

    @TruffleBoundary
    public static EbbClass of(String name) {
        return ALL.computeIfAbsent(name, n -> EbbClass.builtin(n, n.startsWith("dict_") && n.endsWith("s") ? Types.OBJECT : Types.ITERATOR));
    }
}
