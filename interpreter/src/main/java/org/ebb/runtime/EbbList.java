package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.Arrays;
import org.ebb.kernel.Glance;
import org.ebb.kernel.LongSort;
import org.ebb.kernel.Memory;
import org.ebb.kernel.Poll;

/**
 * A growing row of values. An array to other languages.
 *
 * <p>Everybody outside goes through the methods: a row of ints that fit, or of floats, is kept without boxes until something else
 * comes in. See Note [Three ways to keep a row].
 */
@ExportLibrary(InteropLibrary.class)
public final class EbbList extends EbbValue {

    private static final Object[] NOTHING = new Object[0];
    private static final int FIRST_ROOM = 4;

    /** Bytes of a reference in an array. */
    private static final long REFERENCE = 4;

    /** Shorter lists are not worth counting. */
    private static final int LONG = Memory.COUNTED / 8;

    /** So many elements are copied in some milliseconds. */
    private static final int PART = 1 << 21;

    /** An Object[], a long[] or a double[]. */
    private Object store;
    private int size;

    public EbbList() {
        store = NOTHING;
    }

    /** Keeps the array or a copy of it without boxes: the caller gives it away. */
    public EbbList(Object[] items) {
        this.size = items.length;
        this.store = items.length == 0 ? NOTHING : items[0] instanceof Long || items[0] instanceof Double ? unboxed(items) : items;
        if (size >= LONG) {
            Memory.hold(store, bytes());
        }
    }

    private EbbList(Object store, int size) {
        this.store = store;
        this.size = size;
        if (size >= LONG) {
            Memory.hold(store, bytes());
        }
    }

    @TruffleBoundary
    private long bytes() {
        return capacity() * (isObjects() ? REFERENCE : 8L);
    }

    /** Keeps the array. */
    public static EbbList ofLongs(long[] values) {
        return new EbbList(values, values.length);
    }

    /** Keeps the array. */
    public static EbbList ofDoubles(double[] values) {
        return new EbbList(values, values.length);
    }

    public static EbbList of(Object... items) {
        return new EbbList(items);
    }

    @Override
    public EbbClass type() {
        return Types.LIST;
    }

    @TruffleBoundary
    private static Object unboxed(Object[] items) {
        if (items[0] instanceof Long) {
            long[] longs = new long[items.length];
            for (int i = 0; i < items.length; i++) {
                if (!(items[i] instanceof Long value)) {
                    return items;
                }
                longs[i] = value;
            }
            return longs;
        }
        double[] doubles = new double[items.length];
        for (int i = 0; i < items.length; i++) {
            if (!(items[i] instanceof Double value)) {
                return items;
            }
            doubles[i] = value;
        }
        return doubles;
    }

    public int size() {
        return size;
    }

    /** Are all elements kept as longs? An empty list may be of any kind. */
    public boolean isLongs() {
        return store instanceof long[];
    }

    public boolean isDoubles() {
        return store instanceof double[];
    }

    public boolean isObjects() {
        return store instanceof Object[];
    }

    /** An element of a list of longs. */
    public long getLong(int index) {
        return ((long[]) store)[index];
    }

    /** An element of a list of doubles. */
    public double getDouble(int index) {
        return ((double[]) store)[index];
    }

    /** An element of a list of objects. */
    public Object getObject(int index) {
        return ((Object[]) store)[index];
    }

    /** The longs of a list of longs, and more behind them: to be read only, and not after the list changed. */
    public long[] longs() {
        return (long[]) store;
    }

    /** The doubles of a list of doubles, and more behind them: to be read only, and not after the list changed. */
    public double[] doubles() {
        return (double[]) store;
    }

    /** The element at an index that is in range. */
    public Object get(int index) {
        if (store instanceof Object[] objects) {
            return objects[index];
        }
        return store instanceof long[] longs ? (Object) longs[index] : (Object) ((double[]) store)[index];
    }

    public void set(int index, Object value) {
        if (store instanceof Object[] objects) {
            objects[index] = value;
        } else if (value instanceof Long number && store instanceof long[] longs) {
            longs[index] = number;
        } else if (value instanceof Double number && store instanceof double[] doubles) {
            doubles[index] = number;
        } else {
            box();
            ((Object[]) store)[index] = value;
        }
    }

    public void set(int index, long value) {
        if (store instanceof long[] longs) {
            longs[index] = value;
        } else {
            set(index, (Object) value);
        }
    }

    public void set(int index, double value) {
        if (store instanceof double[] doubles) {
            doubles[index] = value;
        } else {
            set(index, (Object) value);
        }
    }

    public void append(Object value) {
        if (value instanceof Long number) {
            append(number.longValue());
        } else if (value instanceof Double number) {
            append(number.doubleValue());
        } else {
            appendObject(value);
        }
    }

    public void append(long value) {
        if (size == 0 && !(store instanceof long[])) {
            store = new long[FIRST_ROOM];
        }
        if (store instanceof long[] longs) {
            if (size == longs.length) {
                grow(size + 1);
                longs = (long[]) store;
            }
            longs[size++] = value;
        } else {
            appendObject(value);
        }
    }

    public void append(double value) {
        if (size == 0 && !(store instanceof double[])) {
            store = new double[FIRST_ROOM];
        }
        if (store instanceof double[] doubles) {
            if (size == doubles.length) {
                grow(size + 1);
                doubles = (double[]) store;
            }
            doubles[size++] = value;
        } else {
            appendObject(value);
        }
    }

    private void appendObject(Object value) {
        if (!(store instanceof Object[])) {
            box();
        }
        if (size == ((Object[]) store).length) {
            grow(size + 1);
        }
        ((Object[]) store)[size++] = value;
    }

    /** From now on a row of objects. */
    @TruffleBoundary
    private void box() {
        Memory.claim(REFERENCE * capacity());
        Object[] objects = new Object[capacity()];
        copyBoxed(0, objects, 0, size);
        store = objects;
        Memory.hold(store, bytes());
    }

    private void copyBoxed(int from, Object[] into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = get(from + i);
        }
    }

    private int capacity() {
        return switch (store) {
            case Object[] objects -> objects.length;
            case long[] longs -> longs.length;
            default -> ((double[]) store).length;
        };
    }

    @TruffleBoundary
    private void grow(int needed) {
        if (needed < 0) {
            throw Errors.memoryError("the list is too long");
        }
        int length = capacity();
        int larger = length + (length >> 1) + FIRST_ROOM;
        store = resized(store, larger < 0 || larger < needed ? needed : larger);
        Memory.hold(store, bytes());
    }

    private static Object resized(Object store, int length) {
        Memory.claim(length * (store instanceof Object[] ? REFERENCE : 8L));
        return switch (store) {
            case Object[] objects -> Arrays.copyOf(objects, length);
            case long[] longs -> Arrays.copyOf(longs, length);
            default -> Arrays.copyOf((double[]) store, length);
        };
    }

    public Object removeLast() {
        Object value = get(size - 1);
        size--;
        if (store instanceof Object[] objects) {
            objects[size] = null;
        }
        return value;
    }

    @TruffleBoundary
    public Object remove(int index) {
        Object value = get(index);
        System.arraycopy(store, index + 1, store, index, size - index - 1);
        shorten(size - 1);
        return value;
    }

    /** Forgets what stands behind. */
    private void shorten(int length) {
        if (store instanceof Object[] objects) {
            Arrays.fill(objects, length, size, null);
        }
        size = length;
    }

    @TruffleBoundary
    public void insert(int index, Object value) {
        replace(index, index, new EbbList(new Object[] {value}));
    }

    /** Puts {@code count} new values where [from, to) was. */
    @TruffleBoundary
    public void replace(int from, int to, Object[] values, int count) {
        replace(from, to, new EbbList(count == values.length ? values : Arrays.copyOf(values, count)));
    }

    /** Puts the values of another list, which may be this one, where [from, to) was. */
    @TruffleBoundary
    public void replace(int from, int to, EbbList other) {
        EbbList values = other == this ? copy(0, size) : other;
        int count = values.size;
        int length = Math.addExact(size - (to - from), count);
        if (size == 0) {
            store = resized(values.store, count);
            size = count;
            return;
        }
        if (count > 0 && !isObjects() && values.store.getClass() != store.getClass()) {
            box();
        }
        if (length > capacity()) {
            grow(length);
        }
        System.arraycopy(store, to, store, from + count, size - to);
        if (isObjects() && !values.isObjects()) {
            values.copyBoxed(0, (Object[]) store, from, count);
        } else if (count > 0) {
            System.arraycopy(values.store, 0, store, from, count);
        }
        if (length < size) {
            shorten(length);
        }
        size = length;
    }

    @TruffleBoundary
    public void addAll(Object[] values) {
        replace(size, size, new EbbList(values));
    }

    public void addAll(EbbList other) {
        replace(size, size, other);
    }

    public void clear() {
        store = NOTHING;
        size = 0;
    }

    /** A copy of the values. */
    @TruffleBoundary
    public Object[] toArray() {
        return toArray(0, size);
    }

    /** A copy of the values in [from, to). */
    @TruffleBoundary
    public Object[] toArray(int from, int to) {
        Object[] values = new Object[to - from];
        if (store instanceof Object[] objects) {
            System.arraycopy(objects, from, values, 0, values.length);
        } else {
            copyBoxed(from, values, 0, values.length);
        }
        return values;
    }

    /** A list of the values in [from, to). */
    @TruffleBoundary
    public EbbList copy(int from, int to) {
        Memory.claim((to - from) * (isObjects() ? REFERENCE : 8L));
        return new EbbList(switch (store) {
            case Object[] objects -> Arrays.copyOfRange(objects, from, to);
            case long[] longs -> Arrays.copyOfRange(longs, from, to);
            default -> Arrays.copyOfRange((double[]) store, from, to);
        }, to - from);
    }

    /** A list of {@code count} values, from an index on in steps. */
    @TruffleBoundary
    public EbbList copy(int start, int step, int count) {
        if (store instanceof long[] longs) {
            long[] picked = new long[count];
            for (int i = 0, at = start; i < count; i++, at += step) {
                picked[i] = longs[at];
            }
            return ofLongs(picked);
        }
        if (store instanceof double[] doubles) {
            double[] picked = new double[count];
            for (int i = 0, at = start; i < count; i++, at += step) {
                picked[i] = doubles[at];
            }
            return ofDoubles(picked);
        }
        Object[] picked = new Object[count];
        for (int i = 0, at = start; i < count; i++, at += step) {
            picked[i] = ((Object[]) store)[at];
        }
        return new EbbList(picked, count);
    }

    /** This list so often that it has {@code length} values. */
    @TruffleBoundary
    EbbList repeat(int length) {
        EbbList all = copy(0, Math.min(size, length));
        all.store = resized(all.store, length);
        repeat(store, all.store, size, length);
        all.size = length;
        Memory.hold(all.store, all.bytes());
        return all;
    }

    /** Writes the first {@code size} elements of an array all over one of the same kind, up to a length. */
    static void repeat(Object array, Object all, int size, int length) {
        System.arraycopy(array, 0, all, 0, Math.min(size, length));
        for (int at = size, count; at < length; at += count) {
            count = Math.min(Math.min(at, size > PART ? size : PART / size * size), length - at);
            System.arraycopy(all, 0, all, at, count);
            if (at >= PART) {
                Poll.now();
            }
        }
    }

    /** Takes other values; the array is given away. */
    public void assign(Object[] values) {
        assign(new EbbList(values));
    }

    /** Takes the values of a list that nobody else uses. */
    public void assign(EbbList values) {
        store = values.store;
        size = values.size;
    }

    /** In the order of {@code <}, if all values are ints that fit or floats without a NaN: then true. */
    @TruffleBoundary
    public boolean sortNumbers(boolean descending) {
        if (store instanceof long[] longs) {
            LongSort.sort(longs, size);
        } else if (!(store instanceof double[] doubles) || !sortDoubles(doubles)) {
            return false;
        }
        if (descending) {
            reverse();
        }
        return true;
    }

    /** Java's order puts -0.0 before 0.0, which are equal here and must keep their places; a NaN has no place at all. */
    private boolean sortDoubles(double[] doubles) {
        long minusZero = Double.doubleToRawLongBits(-0.0);
        for (int i = 0; i < size; i++) {
            if (doubles[i] != doubles[i] || Double.doubleToRawLongBits(doubles[i]) == minusZero) {
                return false;
            }
        }
        if (size < LongSort.LONG) {
            Arrays.sort(doubles, 0, size);
            return true;
        }
        // As whole numbers in the same order: the bits of negative ones run the other way.
        long[] keys = new long[size];
        Glance.blocks(size, (from, to) -> {
            for (int i = from; i < to; i++) {
                keys[i] = turned(Double.doubleToRawLongBits(doubles[i]));
            }
        });
        LongSort.sort(keys, size);
        Glance.blocks(size, (from, to) -> {
            for (int i = from; i < to; i++) {
                doubles[i] = Double.longBitsToDouble(turned(keys[i]));
            }
        });
        return true;
    }

    private static long turned(long bits) {
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    @TruffleBoundary
    public void reverse() {
        var glance = new Glance();
        for (int i = 0, j = size - 1; i < j; i++, j--) {
            glance.step();
            switch (store) {
                case long[] longs -> {
                    long kept = longs[i];
                    longs[i] = longs[j];
                    longs[j] = kept;
                }
                case double[] doubles -> {
                    double kept = doubles[i];
                    doubles[i] = doubles[j];
                    doubles[j] = kept;
                }
                default -> {
                    Object[] objects = (Object[]) store;
                    Object kept = objects[i];
                    objects[i] = objects[j];
                    objects[j] = kept;
                }
            }
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

/*
 * Note [Three ways to keep a row]. A list starts as a row of objects without room. The first value that comes into an empty list decides:
 * an int that fits in 64 bits makes it a row of longs, a float one of doubles. A value of another class (True is no Long, a recorded float
 * no Double) turns the row into one of objects, which it stays until it is empty again. Nothing outside can tell, since numbers have no
 * identity beyond their value; a double keeps its bits, so NaN and -0.0 come out as they went in.
 */
