package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** What dicts do with other values. */
public final class Dicts {

    private Dicts() {}

    /** {@code dict.update(source)}: a mapping, or pairs. */
    @TruffleBoundary
    public static void update(EbbDict dict, Object source) {
        if (EbbObject.unwrap(source) instanceof EbbDict other) {
            dict.putAll(other);
            return;
        }
        Object keys = Attributes.find(source, "keys");
        if (keys != null) {
            EbbIterator all = Iteration.iterator(Calls.call(keys));
            for (Object key = all.step(); key != EbbIterator.END; key = all.step()) {
                dict.put(key, Sequences.getItem(source, key));
            }
            return;
        }
        EbbIterator pairs = Iteration.iterator(source);
        int n = 0;
        for (Object pair = pairs.step(); pair != EbbIterator.END; pair = pairs.step(), n++) {
            Object[] parts;
            try {
                parts = Iteration.toArray(pair);
            } catch (EbbException noIterable) {
                if (!noIterable.is(Types.TYPE_ERROR)) {
                    throw noIterable;
                }
                throw Errors.typeError("cannot convert dictionary update sequence element #" + n + " to a sequence");
            }
            if (parts.length != 2) {
                throw Errors.valueError("dictionary update sequence element #" + n + " has length " + parts.length + "; 2 is required");
            }
            dict.put(parts[0], parts[1]);
        }
    }

    @TruffleBoundary
    private static EbbException missing(Object key) {
        return Errors.keyError(key);
    }

    /** The value of a key, or KeyError. */
    public static Object getItem(EbbDict dict, Object key) {
        Object value = dict.get(key);
        if (value == null) {
            throw missing(key);
        }
        return value;
    }
}
