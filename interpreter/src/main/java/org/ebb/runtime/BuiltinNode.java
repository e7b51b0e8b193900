package org.ebb.runtime;

import com.oracle.truffle.api.nodes.Node;

/** The body of a builtin. {@code bound} has one value per parameter of the builtin's signature; see {@link Signature}. */
public abstract class BuiltinNode extends Node {

    public abstract Object execute(Object[] bound);

    /** A builtin that needs no node of its own: a lambda that runs behind a boundary. */
    @FunctionalInterface
    public interface Simple {
        Object call(Object[] bound);
    }
}
