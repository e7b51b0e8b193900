package org.ebb.nodes;

import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Truth;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.TensorException;

/** Whether a value counts as true. */
@NodeChild(value = "operand", type = ExpressionNode.class)
public abstract class ConditionNode extends ExpressionNode {

    @Override
    public abstract boolean executeBoolean(VirtualFrame frame);

    /** Its operand is what tools watch; a wrapper around the test itself would not fit where a truth value is asked for. */
    @Override
    public final boolean isInstrumentable() {
        return false;
    }

    /** Of a value that is there already. */
    public abstract boolean executeWith(Object value);

    @Specialization
    boolean booleans(boolean value) {
        return value;
    }

    @Specialization
    boolean longs(long value) {
        return value != 0;
    }

    @Specialization
    boolean doubles(double value) {
        return value != 0;
    }

    @Specialization
    boolean none(@SuppressWarnings("unused") EbbNone value) {
        return false;
    }

    @Specialization
    boolean scalars(Scalar value) {
        return value.value != 0;
    }

    @Specialization
    boolean general(Object value) {
        try {
            return Truth.of(value);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        }
    }
}
