package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage.Env;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/** Tensors from a host's arrays of numbers and from buffers, without a message for each element. */
public final class ForeignTensors {

    private ForeignTensors() {}

    /** A copy of a host's array, or of an array of such; null for anything else, for uneven arrays, and for what the host does not show. */
    @TruffleBoundary
    public static Tensor ofArray(Object value, DType wanted) {
        EbbContext context = EbbContext.get(null);
        Env env = context.env();
        if (!Foreign.isArray(value) || !env.isHostObject(value)) {
            return null;
        }
        Object array = env.asHostObject(value);
        Class<?> leaf = array.getClass();
        int rank = 0;
        for (; leaf.isArray(); leaf = leaf.componentType()) {
            rank++;
        }
        if (rank == 0 || !leaf.isPrimitive() || leaf == char.class) {
            return null;
        }
        long[] dims = new long[rank];
        Object inner = array;
        for (int k = 0; k < rank; k++) {
            dims[k] = inner == null ? 0 : Array.getLength(inner);
            inner = k + 1 < rank && dims[k] > 0 ? Array.get(inner, 0) : null;
        }
        if (!isEven(array, dims, 0)) {
            return null;
        }
        DType dtype = wanted != null ? wanted : leaf == boolean.class ? DType.BOOL : context.defaultDType;
        Storage storage = Storage.zeros(dtype, Shape.of(dims).size());
        fill(array, storage, 0);
        return Tensor.of(storage, Shape.of(dims), Flavour.PLAIN);
    }

    private static boolean isEven(Object array, long[] dims, int level) {
        if (array == null || Array.getLength(array) != dims[level]) {
            return false;
        }
        if (array instanceof Object[] rows) {
            for (Object row : rows) {
                if (!isEven(row, dims, level + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int fill(Object array, Storage storage, int at) {
        switch (array) {
            case Object[] rows -> {
                for (Object row : rows) {
                    at = fill(row, storage, at);
                }
                return at;
            }
            case double[] from when storage instanceof Storage.Doubles to -> System.arraycopy(from, 0, to.array, at, from.length);
            case float[] from when storage instanceof Storage.Floats to -> System.arraycopy(from, 0, to.array, at, from.length);
            case long[] from when storage instanceof Storage.Longs to -> System.arraycopy(from, 0, to.array, at, from.length);
            case int[] from when storage instanceof Storage.Ints to -> System.arraycopy(from, 0, to.array, at, from.length);
            case double[] from when storage instanceof Storage.Floats to -> {
                for (int k = 0; k < from.length; k++) {
                    to.array[at + k] = (float) from[k];
                }
            }
            case double[] from -> {
                for (int k = 0; k < from.length; k++) {
                    storage.setDouble(at + k, from[k]);
                }
            }
            case float[] from -> {
                for (int k = 0; k < from.length; k++) {
                    storage.setDouble(at + k, from[k]);
                }
            }
            case boolean[] from -> {
                for (int k = 0; k < from.length; k++) {
                    storage.setLong(at + k, from[k] ? 1 : 0);
                }
            }
            default -> {
                for (int k = 0; k < Array.getLength(array); k++) {
                    storage.setLong(at + k, Array.getLong(array, k));
                }
            }
        }
        return at + Array.getLength(array);
    }

    /** The numbers in a buffer, which must be told their dtype; null for what is no buffer. */
    @TruffleBoundary
    public static Tensor ofBuffer(Object value, DType dtype) {
        if (!Foreign.is(value) || Types.of(value) != Types.FOREIGN_BUFFER) {
            return null;
        }
        if (dtype == null) {
            throw Errors.typeError("tensor: a buffer holds bytes; say what they are: tensor(buffer, dtype=float32)");
        }
        var interop = InteropLibrary.getUncached(value);
        try {
            long size = interop.getBufferSize(value);
            if (size % dtype.bytes != 0) {
                throw Errors.valueError("tensor: " + size + " bytes are no whole number of " + dtype.text + ", which take " + dtype.bytes + " each");
            }
            byte[] bytes = new byte[Math.toIntExact(size)];
            interop.readBuffer(value, 0, bytes, 0, bytes.length);
            Storage storage = Storage.zeros(dtype, size / dtype.bytes);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, TensorValue.memory(storage), 0, size);
            return Tensor.of(storage, Shape.of(size / dtype.bytes), Flavour.PLAIN);
        } catch (InteropException refusal) {
            throw Foreign.error(refusal);
        }
    }
}
