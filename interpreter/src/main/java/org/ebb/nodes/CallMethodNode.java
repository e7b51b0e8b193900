package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbSuper;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.tensor.TensorException;

/** {@code receiver.name(a, b)}: finds the method without making a bound one. */
public final class CallMethodNode extends ExpressionNode {

    @Child private ExpressionNode receiver;
    @Child private FindMethodNode find;
    @Children private final ExpressionNode[] arguments;
    @Child private DispatchNode dispatch = DispatchNode.create();

    public CallMethodNode(ExpressionNode receiver, FindMethodNode find, ExpressionNode[] arguments) {
        this.receiver = receiver;
        this.find = find;
        this.arguments = arguments;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        Object self = receiver.execute(frame);
        Object method;
        try {
            method = find.execute(self);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, find);
        }
        Object callee = method;
        Object[] values;
        if (method instanceof FindMethodNode.Unbound unbound) {
            callee = unbound.function();
            values = evaluate(frame, 2);
            values[1] = self instanceof EbbSuper behind ? behind.self : self;
        } else {
            values = evaluate(frame, 1);
        }
        if (!(callee instanceof EbbFunction)) {
            if (callee instanceof Long || callee instanceof EbbTuple) {
                throw Attributes.notCallable(self, find.name, callee).at(this);
            }
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
    private Object[] evaluate(VirtualFrame frame, int from) {
        Object[] values = new Object[arguments.length + from];
        for (int i = 0; i < arguments.length; i++) {
            values[i + from] = arguments[i].execute(frame);
        }
        return values;
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.CallTag.class || super.hasTag(tag);
    }
}
