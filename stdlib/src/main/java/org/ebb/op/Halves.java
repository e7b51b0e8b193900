package org.ebb.op;

import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * float16 and bfloat16: tensors are kept in them, rows compute in float32. What a row is given is widened before, and its result rounded
 * where all floats that it was given are of the same half. Both steps are casts like those of a program, recorded and differentiated.
 */
public final class Halves {

    private Halves() {}

    /** Has an input to be widened for this row? Only the cast takes halves as they are. */
    public static boolean among(Op op, Value[] inputs) {
        if (op == Linear.CAST) {
            return false;
        }
        for (Value input : inputs) {
            if (isHalf(input)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHalf(Value value) {
        return value instanceof Tensor t && t.cell.storage instanceof Storage.Halves;
    }

    /** Is a half named as the dtype of the result? */
    public static boolean asked(Op op, Object[] options) {
        return op != Linear.CAST && named(options) != null && named(options).isHalf();
    }

    private static DType named(Object[] options) {
        for (Object option : options) {
            if (option instanceof DType dtype) {
                return dtype;
            }
        }
        return null;
    }

    /** One tensor given twice is widened once: its cotangents then add up before they are rounded. */
    public static Value[] widened(Trace t, Value[] inputs) {
        Value[] wide = inputs.clone();
        for (int k = 0; k < wide.length; k++) {
            int first = java.util.Arrays.asList(inputs).indexOf(inputs[k]);
            if (first < k) {
                wide[k] = wide[first];
            } else if (isHalf(wide[k])) {
                wide[k] = t.apply(Linear.CAST, new Linear.To(DType.FLOAT32, false), wide[k]);
            }
        }
        return wide;
    }

    public static Object[] widened(Op op, Object[] options) {
        Object[] wide = options.clone();
        for (int k = 0; k < wide.length; k++) {
            if (wide[k] instanceof DType dtype && dtype.isHalf()) {
                wide[k] = DType.FLOAT32;
            }
        }
        return wide;
    }

    /** The half that the result is rounded to; null for none. */
    public static DType result(Op op, Object[] options, Value[] inputs) {
        DType named = named(options);
        return named == null ? result(inputs) : named.isHalf() ? named : null;
    }

    private static DType result(Value[] inputs) {
        DType half = null;
        for (Value input : inputs) {
            if (isHalf(input)) {
                if (half != null && half != input.dtype()) {
                    return null;
                }
                half = input.dtype();
            } else if (input != null && input.dtype().isFloat() && !(input instanceof Scalar s && s.isLanguageFloat())) {
                return null;
            }
        }
        return half;
    }

    public static Value narrowed(Trace t, Value result, DType half) {
        return half != null && result.dtype() == DType.FLOAT32 ? t.apply(Linear.CAST, new Linear.To(half, false), result) : result;
    }

    /** A row whose options are prepared already. */
    public static Value apply(Trace t, Op op, Object options, Value[] inputs) {
        return narrowed(t, t.apply(op, options, widened(t, inputs)), result(inputs));
    }
}
