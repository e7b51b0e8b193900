package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.tensor.TensorException;

/** {@code function(a, b, key=c)}. */
public final class CallKeywordsNode extends ExpressionNode {

    @Child private ExpressionNode function;
    @Children private final ExpressionNode[] positional;
    @CompilationFinal(dimensions = 1) private final String[] names;
    @Children private final ExpressionNode[] values;
    @Child private DispatchKeywordsNode dispatch;

    public CallKeywordsNode(ExpressionNode function, ExpressionNode[] positional, String[] names, ExpressionNode[] values) {
        this.function = function;
        this.positional = positional;
        this.names = names;
        this.values = values;
        this.dispatch = DispatchKeywordsNodeGen.create(names);
    }

    @Override
    public Object execute(VirtualFrame frame) {
        Object callee = function.execute(frame);
        Object[] first = evaluate(frame, positional);
        Object[] rest = evaluate(frame, values);
        if (!(callee instanceof EbbFunction)) {
            comesFromHere();
        }
        try {
            return dispatch.execute(callee, first, rest);
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
    private static Object[] evaluate(VirtualFrame frame, ExpressionNode[] nodes) {
        Object[] results = new Object[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            results[i] = nodes[i].execute(frame);
        }
        return results;
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.CallTag.class || super.hasTag(tag);
    }
}
