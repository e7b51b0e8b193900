package org.ebb.nodes;

import com.oracle.truffle.api.nodes.ControlFlowException;

/** Leaves the body of a generator with a value; on its way up, every node notes where to go on. */
public final class YieldException extends ControlFlowException {

    final transient Object value;

    YieldException(Object value) {
        this.value = value;
    }
}
