package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.tensor.TensorException;

/** {@code function(*a, **b)}, with any other arguments before, between and after. */
public final class CallSpreadNode extends ExpressionNode {

    @Child private ExpressionNode function;
    @Child private SpreadNode spread;
    @Child private DispatchNode dispatch = DispatchNode.create();

    public CallSpreadNode(ExpressionNode function, SpreadNode spread) {
        this.function = function;
        this.spread = spread;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        Object callee = function.execute(frame);
        try {
            SpreadNode.Arguments arguments = spread.execute(frame, callee);
            comesFromHere();
            if (arguments.names().length == 0) {
                return dispatch.execute(callee, prepend(arguments.positional()));
            }
            return Calls.call(callee, arguments.positional(), arguments.names(), arguments.values());
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        } catch (StackOverflowError | OutOfMemoryError limit) {
            CompilerDirectives.transferToInterpreter();
            throw Errors.limit(limit).at(this);
        }
    }

    private static Object[] prepend(Object[] positional) {
        Object[] all = new Object[positional.length + 1];
        System.arraycopy(positional, 0, all, 1, positional.length);
        return all;
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.CallTag.class || super.hasTag(tag);
    }
}
