package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.interop.UnsupportedTypeException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What comes from the host or another language, made a value of Ebb where it has one for it. */
public final class Foreign {

    private Foreign() {}

    /** Numbers, strings, truth values and nulls become Ebb's own; all else stays what it is. */
    @TruffleBoundary
    public static Object in(Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number;
            case Boolean truth -> truth;
            case String text -> text;
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case Character letter -> letter.toString();
            case Typed own -> own;
            case EbbException own -> own.guest;
            case TensorValue wrapped -> wrapped.tensor;
            case org.ebb.tensor.Value engine -> engine;
            case LanguageView view -> in(view.value);
            default -> convert(value);
        };
    }

    /** A value of Ebb as other languages see it: a tensor wrapped, a recorded number as the plain number it is. */
    @TruffleBoundary
    public static Object out(Object value) {
        return switch (value) {
            case org.ebb.tensor.Scalar number -> number.value;
            case org.ebb.tensor.Tensor t when t.frozen && t.rank() == 0 -> Tensors.number(t, 0);
            case org.ebb.tensor.Tensor t -> new TensorValue(t);
            case GrowingText text -> text.toString();
            case EbbBigInt number when number.foreign != null -> number.foreign;
            case null, default -> value;
        };
    }

    /**
     * An argument or element for a host or another language. There an int is one of 32 bits where it fits, as from other languages: Java code
     * that says Integer and never asks works so.
     */
    static Object give(Object value) {
        return value instanceof Long number && number == number.intValue() ? (Object) number.intValue() : out(value);
    }

    static Object[] give(Object... values) {
        Object[] given = new Object[values.length];
        for (int k = 0; k < given.length; k++) {
            given[k] = give(values[k]);
        }
        return given;
    }

    private static Object convert(Object value) {
        var interop = InteropLibrary.getUncached();
        try {
            if (interop.isNull(value)) {
                return EbbNone.NONE;
            } else if (interop.isBoolean(value)) {
                return interop.asBoolean(value);
            } else if (interop.isString(value)) {
                return interop.asString(value);
            } else if (interop.fitsInLong(value)) {
                return interop.asLong(value);
            } else if (interop.fitsInBigInteger(value)) {
                return Integers.ofForeign(interop.asBigInteger(value), value);
            } else if (interop.fitsInDouble(value)) {
                return interop.asDouble(value);
            }
            return value;
        } catch (UnsupportedMessageException changed) {
            throw error(changed);
        }
    }

    public static boolean is(Object value) {
        return value instanceof TruffleObject && !(value instanceof Typed) && !(value instanceof TensorValue);
    }

    /** Whether two foreign objects are the same: a host object may come in any number of wrappers. */
    @TruffleBoundary
    static boolean identical(Object a, Object b) {
        var interop = InteropLibrary.getUncached();
        return interop.isIdentical(a, b, interop);
    }

    /** Is this a host's or another language's array? */
    @TruffleBoundary
    public static boolean isArray(Object value) {
        return is(value) && InteropLibrary.getUncached().hasArrayElements(value);
    }

    /** An interop refusal in the user's words. */
    @TruffleBoundary
    public static EbbException error(InteropException refusal) {
        return switch (refusal) {
            case ArityException arity -> Errors.typeError("the foreign function takes " + arity(arity) + ", but was called with " + arity.getActualArity());
            case UnsupportedTypeException wrong -> Errors.typeError("the foreign object does not take "
                    + Arrays.stream(wrong.getSuppliedValues()).map(each -> Types.name(in(each))).collect(Collectors.joining(", "))
                    + (wrong.getMessage() == null ? "" : ": " + wrong.getMessage()));
            default -> Errors.typeError(refusal.getMessage() == null ? "the foreign object does not support this" : refusal.getMessage());
        };
    }

    private static String arity(ArityException arity) {
        int least = arity.getExpectedMinArity();
        int most = arity.getExpectedMaxArity();
        return (least == most ? "" + least : most < 0 ? "at least " + least : least + " to " + most) + (most == 1 ? " argument" : " arguments");
    }
}
