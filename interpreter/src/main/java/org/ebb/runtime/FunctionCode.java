package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What all functions made by one {@code def} or {@code lambda} share. Its nodes exist in two forms, each made at its first call: one that
 * runs while nothing is recorded, and one that runs inside recordings. Nodes learn which values they meet, and what learned about
 * recorded floats is twice as slow for plain ones.
 */
public final class FunctionCode {

    public final String name;
    public final String qualifiedName;
    public final String doc;
    public final Signature signature;
    private final Supplier<RootCallTarget> maker;
    private volatile RootCallTarget plain;
    private volatile RootCallTarget recorded;

    /** Further roots that call this function, by what they are for. All contexts of an engine share them. */
    private final Map<Object, RootCallTarget> around = new ConcurrentHashMap<>(0);

    /** {@code maker} makes the nodes anew each time it is asked. */
    public FunctionCode(String name, String qualifiedName, String doc, Signature signature, Supplier<RootCallTarget> maker) {
        this.name = name;
        this.qualifiedName = qualifiedName;
        this.doc = doc;
        this.signature = signature;
        this.maker = maker;
    }

    /** The form for the present state of the program. */
    public RootCallTarget target(EbbContext context) {
        return target(context.tape().recording);
    }

    public RootCallTarget target(boolean recording) {
        RootCallTarget made = recording ? recorded : plain;
        return made != null ? made : make(recording);
    }

    /** A root that calls this function, made at its first use. */
    @TruffleBoundary
    public RootCallTarget around(Object purpose, Supplier<RootCallTarget> make) {
        return around.computeIfAbsent(purpose, key -> make.get());
    }

    @TruffleBoundary
    private synchronized RootCallTarget make(boolean recording) {
        if (recording) {
            if (recorded == null) {
                recorded = maker.get();
            }
            return recorded;
        }
        if (plain == null) {
            plain = maker.get();
        }
        return plain;
    }
}
