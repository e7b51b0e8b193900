package org.ebb.nodes;

import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import org.ebb.runtime.Dicts;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Thrown;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** {@code object[index]}. */
@NodeChild(value = "object", type = ExpressionNode.class)
@NodeChild(value = "index", type = ExpressionNode.class)
public abstract class SubscriptNode extends ExpressionNode {

    @Specialization(guards = {"list.isLongs()", "index >= 0", "index < list.size()"})
    long longs(EbbList list, long index) {
        return list.getLong((int) index);
    }

    @Specialization(guards = {"list.isDoubles()", "index >= 0", "index < list.size()"})
    double doubles(EbbList list, long index) {
        return list.getDouble((int) index);
    }

    @Specialization(guards = {"list.isObjects()", "index >= 0", "index < list.size()"})
    Object list(EbbList list, long index) {
        return list.getObject((int) index);
    }

    @Specialization(guards = "fromEnd(list, index)")
    Object listFromEnd(EbbList list, long index) {
        return list.get((int) index + list.size());
    }

    static boolean fromEnd(EbbList list, long index) {
        return index < 0 && index + list.size() >= 0;
    }

    @Specialization(guards = {"index >= 0", "index < tuple.size()"})
    Object tuple(EbbTuple tuple, long index) {
        return tuple.get((int) index);
    }

    @Specialization
    Object dict(EbbDict dict, Object key) {
        try {
            return Dicts.getItem(dict, key);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        }
    }

    @Specialization
    Object object(EbbObject object, Object key, @Cached("create(GET_ITEM)") SpecialMethodNode method) {
        Object result;
        try {
            result = method.execute(object, new Object[] {null, object, key});
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        }
        return result != null ? result : general(object, key);
    }

    static final String GET_ITEM = "__getitem__";

    @Specialization
    Object general(Object object, Object index) {
        if (object instanceof Value) {
            comesFromHere();
        }
        try {
            return Sequences.getItem(object, index);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        }
    }
}
