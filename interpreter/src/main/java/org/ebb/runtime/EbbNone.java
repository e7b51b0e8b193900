package org.ebb.runtime;

import com.oracle.truffle.api.interop.TruffleObject;

/** None: the value of what has no value. */
public final class EbbNone implements TruffleObject, Typed {

    public static final EbbNone NONE = new EbbNone();

    private EbbNone() {}

    @Override
    public EbbClass type() {
        return Types.NONE_TYPE;
    }
}
