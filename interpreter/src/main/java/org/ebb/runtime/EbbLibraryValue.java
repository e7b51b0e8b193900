package org.ebb.runtime;

/** A value of a library type such as deque: the special methods in its type's table say how it compares and computes. */
public abstract class EbbLibraryValue extends EbbValue {

    private final EbbClass type;

    protected EbbLibraryValue(EbbClass type) {
        this.type = type;
    }

    @Override
    public final EbbClass type() {
        return type;
    }
}
