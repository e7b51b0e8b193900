package org.ebb.runtime;

import com.oracle.truffle.api.interop.TruffleObject;

/** A function in a class that is given the class instead of the instance. */
public record ClassMethod(Object function) implements TruffleObject, Typed {

    @Override
    public EbbClass type() {
        return Types.CLASS_METHOD;
    }
}
