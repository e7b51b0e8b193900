package org.ebb.runtime;

import com.oracle.truffle.api.interop.TruffleObject;

/** A function in a class that is not given the instance. */
public record StaticMethod(Object function) implements TruffleObject, Typed {

    @Override
    public EbbClass type() {
        return Types.STATIC_METHOD;
    }
}
