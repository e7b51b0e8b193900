package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.tensor.TensorException;

/** {@code function(a, b)}: positional arguments only. */
public final class CallNode extends ExpressionNode {

    @Child private ExpressionNode function;
    @Children private final ExpressionNode[] arguments;
    @Child private DispatchNode dispatch = DispatchNode.create();

    public CallNode(ExpressionNode function, ExpressionNode[] arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        Object callee = function.execute(frame);
        Object[] values = evaluate(frame);
        if (!(callee instanceof EbbFunction)) {
            comesFromHere();
        }
        try {
            return dispatch.execute(callee, values);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        } catch (StackOverflowError | OutOfMemoryError limit) {
            CompilerDirectives.transferToInterpreter();
            throw Errors.limit(limit).at(this);
        }
    }

    @ExplodeLoop
    private Object[] evaluate(VirtualFrame frame) {
        Object[] values = new Object[arguments.length + 1];
        for (int i = 0; i < arguments.length; i++) {
            values[i + 1] = arguments[i].execute(frame);
        }
        return values;
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.CallTag.class || super.hasTag(tag);
    }
}
