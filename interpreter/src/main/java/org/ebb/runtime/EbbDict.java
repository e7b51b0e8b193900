package org.ebb.runtime;

import com.oracle.truffle.api.interop.TruffleObject;
import java.util.LinkedHashMap;

/** Keys and values in the order of insertion. */
public class EbbDict implements TruffleObject, Typed {

    private final LinkedHashMap<Object, Object> entries = new LinkedHashMap<>();

    public final void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public EbbClass type() {
        return Types.DICT;
    }
}
