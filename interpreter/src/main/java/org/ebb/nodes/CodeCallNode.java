package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.FunctionCode;

/** Calls the nodes of one function, in the form for recordings while one is on: see {@link FunctionCode}. */
public final class CodeCallNode extends Node {

    private final FunctionCode code;
    @Child private DirectCallNode plain;
    @Child private DirectCallNode recorded;

    public CodeCallNode(FunctionCode code) {
        this.code = code;
    }

    public Object call(Object... arguments) {
        if (EbbContext.get(this).tape().recording) {
            if (recorded == null) {
                CompilerDirectives.transferToInterpreterAndInvalidate();
                recorded = insert(DirectCallNode.create(code.target(true)));
            }
            return recorded.call(arguments);
        }
        if (plain == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            plain = insert(DirectCallNode.create(code.target(false)));
        }
        return plain.call(arguments);
    }
}
