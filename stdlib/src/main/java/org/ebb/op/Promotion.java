package org.ebb.op;

import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Which dtype several inputs meet in. The language's own numbers are weak: a float takes a tensor's float dtype (float32 beside
 * integers), an integer (a frozen int64 of rank 0) takes any dtype of its own sort or above.
 */
final class Promotion {

    private Promotion() {}

    /** Is this the language's own float? */
    static boolean isWeak(Value v) {
        return v instanceof Scalar s && s.isLanguageFloat();
    }

    static DType join(Value a, Value b) {
        if (isWeak(a)) {
            return isWeak(b) ? DType.FLOAT64 : beside(b.dtype());
        }
        if (isWeak(b)) {
            return beside(a.dtype());
        }
        if (isWeakInteger(a) && b.dtype().isInteger()) {
            return b.dtype();
        }
        if (isWeakInteger(b) && a.dtype().isInteger()) {
            return a.dtype();
        }
        return a.dtype().with(b.dtype());
    }

    /** The dtype of x between two bounds: numbers of the language that an integer could be do not make it a float. */
    static DType bounded(Value x, Value low, Value high) {
        DType dtype = x.dtype();
        boolean weak = isWeak(x);
        for (Value bound : new Value[] {low, high}) {
            boolean fits = bound instanceof Scalar s && s.isLanguageFloat() && dtype.isInteger()
                    && (Double.isInfinite(s.value) || s.value == Math.rint(s.value));
            if (fits || weak && isWeak(bound)) {
                continue;
            }
            dtype = weak ? beside(bound.dtype()) : isWeak(bound) ? beside(dtype) : dtype.with(bound.dtype());
            weak = false;
        }
        return dtype;
    }

    private static DType beside(DType dtype) {
        return dtype.isFloat() ? dtype : DType.FLOAT32;
    }

    /** Is this the language's own int? */
    static boolean isWeakInteger(Value v) {
        return v instanceof Tensor t && t.rank() == 0 && t.frozen && t.dtype() == DType.INT64;
    }
}
