package org.ebb.nodes;

import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.Sequences;

/** Stores {@code object[index] = value}, all three being there already. */
public abstract class StoreItemNode extends Node {

    public abstract void execute(Object object, Object index, Object value);

    @NeverDefault
    public static StoreItemNode create() {
        return StoreItemNodeGen.create();
    }

    @Specialization(guards = {"index >= 0", "index < list.size()"})
    void list(EbbList list, long index, Object value) {
        list.set((int) index, value);
    }

    @Specialization
    void general(Object object, Object index, Object value) {
        Sequences.setItem(object, index, value);
    }
}
