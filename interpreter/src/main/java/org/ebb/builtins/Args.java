package org.ebb.builtins;

import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Types;

/** Reads the bound arguments of builtins. */
final class Args {

    private Args() {}

    /** Left out, or None. */
    static boolean absent(Object value) {
        return value == null || value == EbbNone.NONE;
    }

    /** The string that an argument must be. */
    static String str(Object value, String function) {
        if (EbbObject.unwrap(value) instanceof String s) {
            return s;
        }
        throw Errors.typeError(function + " must be str, not " + Types.name(value));
    }

    /** A whole number cut to an int's range, or {@code otherwise} where it was left out or None. */
    static int index(Object value, int otherwise) {
        return absent(value) ? otherwise : Integers.clamp(Numbers.requireIndex(value));
    }

    /** A start or end in a sequence of some length, counted from the end where negative, and clipped. */
    static int clipped(Object value, int otherwise, int length) {
        int at = index(value, otherwise);
        return Math.clamp(at < 0 ? (long) at + length : at, 0, length);
    }

    /** The value itself for the builtin type, an object that carries it for a class that inherits from it. */
    static Object instance(Object type, EbbClass builtin, Object value) {
        if (type == builtin || !(type instanceof EbbClass made)) {
            return value;
        }
        EbbObject object = new EbbObject(made.instanceShape());
        object.payload = value;
        return object;
    }

    /** {@code function(value)}, or the value where there is no function. */
    static Object apply(Object function, Object value) {
        return absent(function) ? value : Calls.call(function, value);
    }
}
