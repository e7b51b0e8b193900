package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.EbbBuiltin;

/** The body of one builtin, inlined into the node that calls it. */
public final class BuiltinBody extends Node {

    private final EbbBuiltin builtin;
    @Child private BuiltinNode node;

    private BuiltinBody(EbbBuiltin builtin) {
        this.builtin = builtin;
        this.node = builtin.node == null ? null : builtin.node.get();
    }

    @NeverDefault
    public static BuiltinBody create(EbbBuiltin builtin) {
        return new BuiltinBody(builtin);
    }

    public Object execute(Object[] bound) {
        builtin.unwrapSelf(bound);
        return node != null ? node.execute(bound) : simple(bound);
    }

    @TruffleBoundary(allowInlining = false, transferToInterpreterOnException = false)
    private Object simple(Object[] bound) {
        return builtin.simple.call(bound);
    }
}
