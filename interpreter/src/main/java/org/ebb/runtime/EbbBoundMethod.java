package org.ebb.runtime;


/** A function or builtin together with the object it was taken from. */
public final class EbbBoundMethod extends EbbVisible {

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
