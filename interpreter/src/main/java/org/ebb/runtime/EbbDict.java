package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownKeyException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.Arrays;
import org.ebb.kernel.Memory;

/**
 * Keys and values in the order of insertion. A hash map to other languages.
 *
 * <p>Entries stand in rows in their order; a table of open addresses holds row numbers. See Note [Two ways to hash].
 */
@ExportLibrary(InteropLibrary.class)
public sealed class EbbDict extends EbbValue permits ModuleDict {

    private static final int FREE = -1;
    private static final int GONE = -2;

    /** What a place of the table takes, with two thirds of a row: keys and values are references of four bytes. */
    private static final long BYTES = 4 + 16 * 2 / 3;

    private int[] table;
    private Object[] keys;
    private Object[] values;
    private long[] hashes;

    /** Rows in use, removed ones included; a removed row has the key null. */
    private int rows;
    private int size;

    /** Places of the table that are not free; removed ones included. */
    private int taken;

    /** All keys are strings and hashed as Java does. */
    private boolean strings = true;

    /** Changes whenever a key comes or goes. */
    private int version;

    public EbbDict() {
        this(5);
    }

    public EbbDict(int expected) {
        allocate(Math.max(expected, 1));
    }

    @Override
    public EbbClass type() {
        return Types.DICT;
    }

    private void allocate(int room) {
        int length = Integer.highestOneBit(Math.max(8, room + (room >> 1)) - 1) << 1;
        Memory.claim(BYTES * length);
        table = new int[length];
        Arrays.fill(table, FREE);
        taken = 0;
        int capacity = length * 2 / 3;
        keys = new Object[capacity];
        values = new Object[capacity];
        hashes = new long[capacity];
        Memory.hold(table, BYTES * length);
    }

    public int size() {
        return size;
    }

    public int version() {
        return version;
    }

    /** The value, or null if the key is not there. An unhashable key is a TypeError. */
    public Object get(Object key) {
        int row = row(key);
        return row < 0 ? null : values[row];
    }

    public boolean contains(Object key) {
        return row(key) >= 0;
    }

    /** The row of a key or -1. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    private int row(Object key) {
        if (strings) {
            if (key instanceof String s) {
                return stringRow(s, s.hashCode());
            }
            if (size == 0) {
                Compare.hashKey(key);
                return -1;
            }
            becomeGeneral();
        }
        return generalRow(key, Compare.hashKey(key));
    }

    private int stringRow(String key, int hash) {
        int mask = table.length - 1;
        for (int at = spread(hash) & mask;; at = at + 1 & mask) {
            int row = table[at];
            if (row == FREE) {
                return -1;
            }
            if (row != GONE && hashes[row] == hash && (keys[row] == key || key.equals(keys[row]))) {
                return row;
            }
        }
    }

    private int generalRow(Object key, long hash) {
        int[] searched = table;
        int mask = searched.length - 1;
        for (int at = spread(hash) & mask;; at = at + 1 & mask) {
            int row = searched[at];
            if (row == FREE) {
                return -1;
            }
            if (row != GONE && hashes[row] == hash) {
                Object there = keys[row];
                if (Compare.equalKeys(there, key)) {
                    return row;
                }
                if (table != searched) {
                    return generalRow(key, hash); // a comparison written by the user changed this dict
                }
            }
        }
    }

    private static int spread(long hash) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    private void becomeGeneral() {
        strings = false;
        for (int row = 0; row < rows; row++) {
            if (keys[row] != null) {
                hashes[row] = Compare.hashKey(keys[row]);
            }
        }
        rebuild(size);
    }

    /** Packs the rows and makes a table for at least so many entries. */
    private void rebuild(int room) {
        Object[] oldKeys = keys;
        Object[] oldValues = values;
        long[] oldHashes = hashes;
        int oldRows = rows;
        allocate(Math.max(room, size));
        rows = 0;
        for (int row = 0; row < oldRows; row++) {
            if (oldKeys[row] != null) {
                link(oldHashes[row], rows);
                keys[rows] = oldKeys[row];
                values[rows] = oldValues[row];
                hashes[rows++] = oldHashes[row];
            }
        }
    }

    private void link(long hash, int row) {
        int mask = table.length - 1;
        int at = spread(hash) & mask;
        while (table[at] >= 0) {
            at = at + 1 & mask;
        }
        if (table[at] == FREE) {
            taken++;
        }
        table[at] = row;
    }

    /** Sets the value of a key; a known key keeps its place. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public void put(Object key, Object value) {
        int row = row(key);
        if (row >= 0) {
            values[row] = value;
        } else {
            add(key, value);
        }
        stored(key, value);
    }

    /** For a dict that stands for something else: a key was set. */
    void stored(Object key, Object value) {}

    /** For a dict that stands for something else: a key was removed. */
    void removed(Object key) {}

    private void add(Object key, Object value) {
        if (strings && !(key instanceof String)) {
            becomeGeneral();
        }
        if (rows == keys.length || taken == keys.length) {
            rebuild(size * 2 + 4);
        }
        long hash = strings ? key.hashCode() : Compare.hashKey(key);
        link(hash, rows);
        keys[rows] = key;
        values[rows] = value;
        hashes[rows++] = hash;
        size++;
        version++;
    }

    /** The present value of a key, else {@code value}, which is then put. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public Object putIfAbsent(Object key, Object value) {
        int row = row(key);
        if (row >= 0) {
            return values[row];
        }
        add(key, value);
        return value;
    }

    /** Removes a key; gives its value, or null if it was not there. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public Object remove(Object key) {
        int row = row(key);
        return row < 0 ? null : removeRow(row);
    }

    private Object removeRow(int row) {
        int mask = table.length - 1;
        int at = spread(hashes[row]) & mask;
        while (table[at] != row) {
            at = at + 1 & mask;
        }
        table[at] = GONE;
        Object value = values[row];
        Object key = keys[row];
        keys[row] = null;
        values[row] = null;
        size--;
        version++;
        if (size == 0) {
            Arrays.fill(table, FREE);
            taken = 0;
            rows = 0;
        }
        removed(key);
        return value;
    }

    public void clear() {
        allocate(5);
        rows = 0;
        size = 0;
        strings = true;
        version++;
    }

    /** The last entry, removed: {key, value}; null if there is none. */
    @TruffleBoundary
    public Object[] removeLast() {
        for (int row = rows - 1; row >= 0; row--) {
            if (keys[row] != null) {
                return removeAt(row);
            }
        }
        return null;
    }

    /** The first entry, removed: {key, value}; null if there is none. */
    @TruffleBoundary
    public Object[] removeFirst() {
        int row = nextRow(0);
        return row < 0 ? null : removeAt(row);
    }

    private Object[] removeAt(int row) {
        Object[] entry = {keys[row], values[row]};
        removeRow(row);
        rows = Math.min(rows, lastRow() + 1);
        return entry;
    }

    private int lastRow() {
        int row = rows - 1;
        while (row >= 0 && keys[row] == null) {
            row--;
        }
        return row;
    }

    /** Moves a key that is there to the end or the front. */
    @TruffleBoundary
    public void move(Object key, boolean last) {
        Object value = remove(key);
        if (last) {
            add(key, value);
            return;
        }
        EbbDict rest = copy();
        clear();
        put(key, value);
        putAll(rest);
    }

    @TruffleBoundary
    public EbbDict copy() {
        EbbDict copy = new EbbDict(size);
        copy.putAll(this);
        return copy;
    }

    @TruffleBoundary
    public void putAll(EbbDict other) {
        if (size == 0 && other != this && rows == 0) {
            Memory.claim(BYTES * other.table.length);
            table = other.table.clone();
            keys = other.keys.clone();
            values = other.values.clone();
            hashes = other.hashes.clone();
            Memory.hold(table, BYTES * table.length);
            rows = other.rows;
            size = other.size;
            taken = other.taken;
            strings = other.strings;
            version++;
            return;
        }
        for (int row = other.nextRow(0); row >= 0; row = other.nextRow(row + 1)) {
            put(other.keys[row], other.values[row]);
        }
    }

    // Rows: how iterators walk. A row number stays good as long as no key comes or goes.

    /** The first row in use at or after a row; -1 at the end. */
    public int nextRow(int from) {
        for (int row = from; row < rows; row++) {
            if (keys[row] != null) {
                return row;
            }
        }
        return -1;
    }

    /** The last row in use at or before a row; -1 at the front. */
    public int previousRow(int from) {
        for (int row = Math.min(from, rows - 1); row >= 0; row--) {
            if (keys[row] != null) {
                return row;
            }
        }
        return -1;
    }

    public int rows() {
        return rows;
    }

    public Object keyAt(int row) {
        return keys[row];
    }

    public Object valueAt(int row) {
        return values[row];
    }

    @TruffleBoundary
    public Object[] keyArray() {
        return pick(keys);
    }

    @TruffleBoundary
    public Object[] valueArray() {
        return pick(values);
    }

    private Object[] pick(Object[] from) {
        Object[] picked = new Object[size];
        int n = 0;
        for (int row = nextRow(0); row >= 0; row = nextRow(row + 1)) {
            picked[n++] = from[row];
        }
        return picked;
    }

    @ExportMessage
    boolean hasHashEntries() {
        return true;
    }

    @ExportMessage
    long getHashSize() {
        return size;
    }

    @ExportMessage
    boolean isHashEntryReadable(Object key) {
        return Compare.isHashable(Foreign.in(key)) && contains(Foreign.in(key));
    }

    @ExportMessage
    boolean isHashEntryModifiable(Object key) {
        return isHashEntryReadable(key);
    }

    @ExportMessage
    boolean isHashEntryRemovable(Object key) {
        return isHashEntryReadable(key);
    }

    @ExportMessage
    boolean isHashEntryInsertable(Object key) {
        return Compare.isHashable(Foreign.in(key)) && !contains(Foreign.in(key));
    }

    @ExportMessage
    Object readHashValue(Object key) throws UnknownKeyException {
        Object value = Compare.isHashable(Foreign.in(key)) ? get(Foreign.in(key)) : null;
        if (value == null) {
            throw UnknownKeyException.create(key);
        }
        return Foreign.out(value);
    }

    @ExportMessage
    void writeHashEntry(Object key, Object value) {
        put(Foreign.in(key), Foreign.in(value));
    }

    @ExportMessage
    void removeHashEntry(Object key) throws UnknownKeyException {
        if (!Compare.isHashable(Foreign.in(key)) || remove(Foreign.in(key)) == null) {
            throw UnknownKeyException.create(key);
        }
    }

    @ExportMessage
    Object getHashEntriesIterator() {
        return new DictView.Iterator(this, DictView.Kind.ITEMS, false);
    }
}

/*
 * Note [Two ways to hash]. The language's hash of a string (Hashes.string) costs a pass over its bytes; Java keeps its own in the
 * string. Nearly all dicts have string keys only, so a dict starts out with Java's hash and turns to the language's for all its keys
 * when a key of another type is put or looked up. It must: an object written in Ebb may say it equals a string and give its hash.
 */
