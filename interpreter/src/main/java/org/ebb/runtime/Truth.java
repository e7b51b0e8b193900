package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;

/** Which values count as true. */
public final class Truth {

    private Truth() {}

    @TruffleBoundary(transferToInterpreterOnException = false)
    public static boolean of(Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Long l -> l != 0;
            case Double d -> d != 0;
            case String s -> !s.isEmpty();
            case EbbNone none -> false;
            case EbbList list -> list.size() != 0;
            case EbbDict dict -> dict.size() != 0;
            case EbbTuple tuple -> tuple.size() != 0;
            case EbbSet set -> set.size() != 0;
            case EbbRange range -> range.length != 0;
            case DictView view -> view.dict.size() != 0;
            case EbbBigInt big -> true;
            case EbbConstant constant -> true;
            case EbbUnion union -> true;
            case Scalar scalar -> scalar.value != 0;
            case Tensor tensor -> TensorItems.truth(tensor);
            default -> special(value);
        };
    }

    private static boolean special(Object value) {
        Object method = Types.lookup(value, "__bool__");
        if (method != null) {
            Object result = Calls.call(method, value);
            if (!(result instanceof Boolean b)) {
                throw Errors.typeError("__bool__ should return bool, returned " + Types.name(result));
            }
            return b;
        }
        return Types.lookup(value, "__len__") == null || Sequences.length(value) != 0;
    }
}
