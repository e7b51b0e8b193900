package org.ebb.runtime;

/** A local variable that an inner function sees too. */
public final class CellBox {

    /** Null where the name is not bound. */
    public Object value;
}
