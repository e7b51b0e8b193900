package org.ebb.nodes;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.FunctionCode;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Thrown;

/** A comprehension: a function of its own, called at once with its first iterable. */
public final class ComprehensionNode extends ExpressionNode {

    @Child private ExpressionNode function; // a MakeFunctionNode, or the wrapper of a tool around it
    @Child private ExpressionNode iterable;
    @Child private CodeCallNode call;
    private final boolean generator;

    public ComprehensionNode(MakeFunctionNode function, FunctionCode code, ExpressionNode iterable, boolean generator) {
        this.function = function;
        this.iterable = iterable;
        this.call = new CodeCallNode(code);
        this.generator = generator;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        Object source = iterable.execute(frame);
        try {
            return call.call((EbbFunction) function.execute(frame), generator ? Iteration.iterator(source) : source);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        }
    }
}
