package org.ebb.nodes;

import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.Sequences;

/** Stores {@code object[index] = value}, all three being there already. */
public abstract class StoreItemNode extends Node {

    public abstract void execute(Object object, Object index, Object value);

    @NeverDefault
    public static StoreItemNode create() {
        return StoreItemNodeGen.create();
    }

    public abstract void execute(Object object, long index, long value);

    public abstract void execute(Object object, long index, double value);

    @Specialization(guards = {"list.isLongs()", "index >= 0", "index < list.size()"})
    void longs(EbbList list, long index, long value) {
        list.set((int) index, value);
    }

    @Specialization(guards = {"list.isDoubles()", "index >= 0", "index < list.size()"})
    void doubles(EbbList list, long index, double value) {
        list.set((int) index, value);
    }

    @Specialization(guards = {"index >= 0", "index < list.size()"})
    void list(EbbList list, long index, Object value) {
        list.set((int) index, value);
    }

    @Specialization
    void dict(EbbDict dict, Object key, Object value) {
        dict.put(key, value);
    }

    @Specialization
    void general(Object object, Object index, Object value) {
        Sequences.setItem(object, index, value);
    }
}
