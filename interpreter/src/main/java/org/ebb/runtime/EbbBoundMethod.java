package org.ebb.runtime;

import com.oracle.truffle.api.interop.TruffleObject;

/** A function or builtin together with the object it was taken from. */
public final class EbbBoundMethod implements TruffleObject, Typed {

    public final Object self;
    public final Object function;

    public EbbBoundMethod(Object self, Object function) {
        this.self = self;
        this.function = function;
    }

    @Override
    public EbbClass type() {
        return function instanceof EbbBuiltin ? Types.BUILTIN_FUNCTION : Types.METHOD;
    }
}
