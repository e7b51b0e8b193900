package org.ebb.runtime;

import com.oracle.truffle.api.interop.TruffleObject;

/** A local variable that an inner function sees too. For tools it is an object without any message: a class body ends with one. */
public final class CellBox implements TruffleObject {

    /** Null where the name is not bound. */
    public Object value;
}
