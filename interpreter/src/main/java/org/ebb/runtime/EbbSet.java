package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import org.ebb.kernel.Memory;

/**
 * A set or a frozenset.
 *
 * <p>The order in which a set gives its elements shows in printed text, so it must be Python's: see Note [Order of sets].
 */
@ExportLibrary(InteropLibrary.class)
public final class EbbSet extends EbbValue {

    /** Stands where an element was removed. */
    private static final Object GONE = new Object();
    private static final int NEIGHBOURS = 9;

    /** Of a place: a reference and a hash. */
    private static final long BYTES = 12;

    public final boolean frozen;
    private Object[] table = new Object[8];
    private long[] hashes = new long[8];
    private int used;
    private int fill;
    private int finger;

    public EbbSet(boolean frozen) {
        this.frozen = frozen;
    }

    @Override
    public EbbClass type() {
        return frozen ? Types.FROZENSET : Types.SET;
    }

    public static EbbSet of(boolean frozen, Object... items) {
        EbbSet set = new EbbSet(frozen);
        for (Object item : items) {
            set.add(item);
        }
        return set;
    }

    /** A set display of three or more constants: Python folds it to a frozenset first, which shows in the order. */
    @TruffleBoundary
    public static EbbSet ofConstants(Object... items) {
        EbbSet set = new EbbSet(false);
        set.addAll(of(true, items));
        return set;
    }

    public int size() {
        return used;
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    public boolean contains(Object key) {
        return find(key, Compare.hashKey(key)) >= 0;
    }

    private int find(Object key, long hash) {
        Object[] searched = table;
        int mask = searched.length - 1;
        int i = (int) hash & mask;
        long perturb = hash;
        while (true) {
            int last = i + NEIGHBOURS <= mask ? i + NEIGHBOURS : i;
            for (int at = i; at <= last; at++) {
                Object there = searched[at];
                if (there == null) {
                    return -1;
                }
                if (hashes[at] == hash && there != GONE) {
                    if (Compare.equalKeys(there, key)) {
                        return at;
                    }
                    if (table != searched) {
                        return find(key, hash); // a comparison written by the user changed this set
                    }
                }
            }
            perturb >>>= 5;
            i = (int) (i * 5L + 1 + perturb) & mask;
        }
    }

    /** True if the key is new. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public boolean add(Object key) {
        return add(key, Compare.hashKey(key));
    }

    private boolean add(Object key, long hash) {
        if (find(key, hash) >= 0) {
            return false;
        }
        place(key, hash);
        fill++;
        used++;
        if (fill * 5L >= (table.length - 1) * 3L) {
            resize(used > 50000 ? used * 2L : used * 4L);
        }
        return true;
    }

    /** Puts a key that is not there into the first free place on its way. */
    private void place(Object key, long hash) {
        int mask = table.length - 1;
        int i = (int) hash & mask;
        long perturb = hash;
        while (true) {
            int last = i + NEIGHBOURS <= mask ? i + NEIGHBOURS : i;
            for (int at = i; at <= last; at++) {
                if (table[at] == null) {
                    table[at] = key;
                    hashes[at] = hash;
                    return;
                }
            }
            perturb >>>= 5;
            i = (int) (i * 5L + 1 + perturb) & mask;
        }
    }

    private void resize(long atLeast) {
        long length = 8;
        while (length <= atLeast) {
            length <<= 1;
        }
        if (length > 1 << 30) {
            throw Errors.memoryError("the set is too large");
        }
        Memory.claim(BYTES * length);
        Object[] oldTable = table;
        long[] oldHashes = hashes;
        table = new Object[(int) length];
        hashes = new long[(int) length];
        Memory.hold(table, BYTES * length);
        fill = used;
        for (int at = 0; at < oldTable.length; at++) {
            if (oldTable[at] != null && oldTable[at] != GONE) {
                place(oldTable[at], oldHashes[at]);
            }
        }
    }

    /** False if the key was not there. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public boolean remove(Object key) {
        int at = find(key, Compare.hashKey(key));
        if (at < 0) {
            return false;
        }
        table[at] = GONE;
        hashes[at] = -1;
        used--;
        return true;
    }

    /** Any element, removed; null if there is none. */
    @TruffleBoundary
    public Object pop() {
        if (used == 0) {
            return null;
        }
        int at = finger & table.length - 1;
        while (table[at] == null || table[at] == GONE) {
            at = at + 1 & table.length - 1;
        }
        Object key = table[at];
        table[at] = GONE;
        hashes[at] = -1;
        used--;
        finger = at + 1;
        return key;
    }

    public void clear() {
        assign(new EbbSet(false));
    }

    /** Takes the contents of a set that nobody else uses. */
    public void assign(EbbSet other) {
        table = other.table;
        hashes = other.hashes;
        used = other.used;
        fill = other.fill;
        finger = other.finger;
    }

    @TruffleBoundary
    public EbbSet copy(boolean asFrozen) {
        EbbSet copy = new EbbSet(asFrozen);
        copy.addAll(this);
        return copy;
    }

    @TruffleBoundary
    public void addAll(EbbSet other) {
        if (other == this || other.used == 0) {
            return;
        }
        makeRoom(other.used);
        if (fill == 0 && table.length == other.table.length && other.fill == other.used) {
            Memory.claim(BYTES * other.table.length);
            table = other.table.clone();
            Memory.hold(table, BYTES * table.length);
            hashes = other.hashes.clone();
            fill = other.fill;
            used = other.used;
            return;
        }
        boolean empty = fill == 0;
        for (int at = 0; at < other.table.length; at++) {
            Object key = other.table[at];
            if (key != null && key != GONE) {
                if (empty) {
                    place(key, other.hashes[at]);
                } else {
                    add(key, other.hashes[at]);
                }
            }
        }
        if (empty) {
            fill = other.used;
            used = other.used;
        }
    }

    @TruffleBoundary
    public void addAll(EbbDict other) {
        makeRoom(other.size());
        for (Object key : other.keyArray()) {
            add(key);
        }
    }

    private void makeRoom(int more) {
        if ((fill + (long) more) * 5 >= (table.length - 1) * 3L) {
            resize((used + (long) more) * 2);
        }
    }

    /** The elements in order. */
    @TruffleBoundary
    public Object[] toArray() {
        Object[] items = new Object[used];
        int n = 0;
        for (Object key : table) {
            if (key != null && key != GONE) {
                items[n++] = key;
            }
        }
        return items;
    }

    @ExportMessage
    boolean hasIterator() {
        return true;
    }

    @ExportMessage
    Object getIterator() {
        return new Iterator(this);
    }

    /** Iterates over a set and refuses to go on when its size changed. */
    public static final class Iterator extends EbbIterator {
        private EbbSet set;
        private final int size;
        private int at;

        public Iterator(EbbSet set) {
            this.set = set;
            this.size = set.used;
        }

        @Override
        public Object next() {
            if (set == null) {
                return END;
            }
            if (set.used != size) {
                set = null;
                throw Errors.runtimeError("Set changed size during iteration");
            }
            Object[] table = set.table;
            while (at < table.length) {
                Object key = table[at++];
                if (key != null && key != GONE) {
                    return key;
                }
            }
            set = null;
            return END;
        }

        @Override
        public String typeName() {
            return "set_iterator";
        }
    }
}

/*
 * Note [Order of sets]. Python programs print sets, and the order they see is a property of the table: its size, where a hash is
 * first looked for, how far the search runs along neighbours before it jumps, when and how far the table grows, and that removed
 * places are not filled again. The same choices here, with the same hashes (Hashes), give the same order for numbers, tuples of
 * numbers, and for strings the order of a Python whose hash seed is 0.
 */
