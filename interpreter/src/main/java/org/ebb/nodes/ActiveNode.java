package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.tensor.Scalar;

/**
 * Stands where several ways of a program join in one value: once a recorded float has come by, every float takes that form, so that
 * compiled code need not put it on the heap.
 */
public final class ActiveNode extends Node {

    @CompilationFinal private boolean seen;

    public Object unify(Object value) {
        if (seen) {
            return value instanceof Double number ? Scalar.of(number) : value;
        }
        if (value instanceof Scalar) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            seen = true;
        }
        return value;
    }
}
