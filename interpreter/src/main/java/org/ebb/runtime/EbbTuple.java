package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import org.ebb.kernel.Memory;

/** A fixed row of values. An array to other languages. */
@ExportLibrary(InteropLibrary.class)
public final class EbbTuple extends EbbValue {

    public static final EbbTuple EMPTY = new EbbTuple();

    /** Read only. */
    public final Object[] items;

    /** Keeps the array: the caller gives it away. */
    public EbbTuple(Object... items) {
        this.items = items;
        if (items.length >= Memory.COUNTED / 4) {
            count();
        }
    }

    @TruffleBoundary
    private void count() {
        Memory.hold(items, 4L * items.length);
    }

    @Override
    public EbbClass type() {
        return Types.TUPLE;
    }

    public static EbbTuple of(Object... items) {
        return items.length == 0 ? EMPTY : new EbbTuple(items);
    }

    public int size() {
        return items.length;
    }

    public Object get(int index) {
        return items[index];
    }

    @ExportMessage
    boolean hasArrayElements() {
        return true;
    }

    @ExportMessage
    long getArraySize() {
        return items.length;
    }

    @ExportMessage
    boolean isArrayElementReadable(long index) {
        return index >= 0 && index < items.length;
    }

    @ExportMessage
    Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return Foreign.out(items[(int) index]);
    }

    /** Iterates over a tuple. */
    public static final class Iterator extends EbbIterator {
        private final Object[] items;
        private int next;

        public Iterator(EbbTuple tuple) {
            items = tuple.items;
        }

        @Override
        public Object next() {
            return next < items.length ? items[next++] : END;
        }

        @Override
        public long remaining() {
            return items.length - next;
        }

        @Override
        public String typeName() {
            return "tuple_iterator";
        }
    }
}
