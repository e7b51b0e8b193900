package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.Arrays;

/**
 * A growing row of values. An array to other languages.
 *
 * <p>Everybody outside goes through the methods, so that rows of longs or doubles can later be kept unboxed.
 */
@ExportLibrary(InteropLibrary.class)
public final class EbbList extends EbbValue {

    private static final Object[] NOTHING = new Object[0];

    private Object[] items;
    private int size;

    public EbbList() {
        items = NOTHING;
    }

    /** Room for so many before it must grow. */
    public EbbList(int capacity) {
        items = capacity == 0 ? NOTHING : new Object[capacity];
    }

    /** Keeps the array: the caller gives it away. */
    public EbbList(Object[] items) {
        this.items = items;
        this.size = items.length;
    }

    @Override
    public EbbClass type() {
        return Types.LIST;
    }

    public static EbbList of(Object... items) {
        return new EbbList(items);
    }

    public int size() {
        return size;
    }

    /** The element at an index that is in range. */
    public Object get(int index) {
        return items[index];
    }

    public void set(int index, Object value) {
        items[index] = value;
    }

    public void append(Object value) {
        if (size == items.length) {
            grow(size + 1);
        }
        items[size++] = value;
    }

    @TruffleBoundary
    private void grow(int needed) {
        if (needed < 0) {
            throw Errors.memoryError("the list is too long");
        }
        int larger = items.length + (items.length >> 1) + 4;
        items = Arrays.copyOf(items, larger < 0 || larger < needed ? needed : larger);
    }

    public Object removeLast() {
        Object value = items[--size];
        items[size] = null;
        return value;
    }

    @TruffleBoundary
    public Object remove(int index) {
        Object value = items[index];
        System.arraycopy(items, index + 1, items, index, size - index - 1);
        items[--size] = null;
        return value;
    }

    @TruffleBoundary
    public void insert(int index, Object value) {
        replace(index, index, new Object[]{value}, 1);
    }

    /** Puts {@code count} new values where [from, to) was. */
    @TruffleBoundary
    public void replace(int from, int to, Object[] values, int count) {
        int length = Math.addExact(size - (to - from), count);
        if (length > items.length) {
            grow(length);
        }
        System.arraycopy(items, to, items, from + count, size - to);
        System.arraycopy(values, 0, items, from, count);
        if (length < size) {
            Arrays.fill(items, length, size, null);
        }
        size = length;
    }

    @TruffleBoundary
    public void addAll(Object[] values) {
        replace(size, size, values, values.length);
    }

    public void clear() {
        items = NOTHING;
        size = 0;
    }

    /** A copy of the values. */
    @TruffleBoundary
    public Object[] toArray() {
        return Arrays.copyOf(items, size);
    }

    /** A copy of the values in [from, to). */
    @TruffleBoundary
    public Object[] toArray(int from, int to) {
        return Arrays.copyOfRange(items, from, to);
    }

    /** Takes other values; the array is given away. */
    public void assign(Object[] values) {
        items = values;
        size = values.length;
    }

    @TruffleBoundary
    public void reverse() {
        for (int i = 0, j = size - 1; i < j; i++, j--) {
            Object kept = items[i];
            items[i] = items[j];
            items[j] = kept;
        }
    }

    @ExportMessage
    boolean hasArrayElements() {
        return true;
    }

    @ExportMessage
    long getArraySize() {
        return size;
    }

    @ExportMessage
    boolean isArrayElementReadable(long index) {
        return index >= 0 && index < size;
    }

    @ExportMessage
    boolean isArrayElementModifiable(long index) {
        return index >= 0 && index < size;
    }

    @ExportMessage
    boolean isArrayElementRemovable(long index) {
        return index >= 0 && index < size;
    }

    @ExportMessage
    boolean isArrayElementInsertable(long index) {
        return index == size;
    }

    @ExportMessage
    Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return Foreign.out(get((int) index));
    }

    @ExportMessage
    void writeArrayElement(long index, Object value) throws InvalidArrayIndexException {
        if (index == size) {
            append(Foreign.in(value));
        } else if (isArrayElementModifiable(index)) {
            set((int) index, Foreign.in(value));
        } else {
            throw InvalidArrayIndexException.create(index);
        }
    }

    @ExportMessage
    void removeArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementRemovable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        remove((int) index);
    }

    /** Iterates over a list, which may grow and shrink meanwhile. */
    public static final class Iterator extends EbbIterator {
        private EbbList list;
        private int next;

        public Iterator(EbbList list) {
            this.list = list;
        }

        @Override
        public Object next() {
            if (list == null) {
                return END;
            }
            if (next < list.size) {
                return list.get(next++);
            }
            list = null;
            return END;
        }

        @Override
        public long remaining() {
            return list == null ? 0 : Math.max(0, list.size - next);
        }

        @Override
        public String typeName() {
            return "list_iterator";
        }
    }
}
