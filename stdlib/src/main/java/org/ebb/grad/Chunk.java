package org.ebb.grad;

import java.util.Arrays;
import java.util.BitSet;
import org.ebb.kernel.Memory;
import org.ebb.tensor.Buffers;

/**
 * A run of tape entries with consecutive numbers, as parallel arrays. A scalar entry is its site and kind, the distance back to each
 * parent (0: a constant), and two numbers: both operands, or operand and result where there is one operand. Twenty-eight bytes.
 */
final class Chunk {

    /** Site number, four bits of kind below; all bits flipped once a backward has used the entry up. */
    int[] node;
    final int[] left;
    final int[] right;
    final double[] x;
    final double[] y;

    /**
     * What tensor operations saved, a {@link Payload} or something {@link Compact}; of what was used up its {@link Place}, but for
     * what entries share. Made when the first one is recorded.
     */
    Object[] payload;

    /** The slots to which a gradient is attached; null for none. */
    private BitSet marked;

    /** The number of the entry in slot 0. */
    long base;

    /** How many entries there are. */
    int count;

    Session session;

    /** Where the sweep keeps the cotangent of slot 0. */
    int slice;

    static final long BYTES = 28;

    Chunk(int capacity) {
        Memory.claim(BYTES * capacity);
        node = new int[capacity];
        left = new int[capacity];
        right = new int[capacity];
        x = new double[capacity];
        y = new double[capacity];
        Memory.hold(this, BYTES * capacity);
    }

    /** What a tensor operation saved, or its place once it is used up; null for a scalar one. */
    Object payload(int k, Sites sites) {
        if (payload == null || !(payload[k] instanceof Compact compact)) {
            return payload == null ? null : payload[k];
        }
        return node[k] >= 0 ? compact.payload(this, k, sites) : Sweep.place(this, k, sites);
    }

    void mark(int slot) {
        if (marked == null) {
            marked = new BitSet();
        }
        marked.set(slot);
    }

    boolean isMarked(int slot) {
        return marked != null && marked.get(slot);
    }

    /** Uses all entries up, without a backward. */
    void letGo(Buffers buffers) {
        for (int k = 0; k < count; k++) {
            if (node[k] >= 0) {
                node[k] = ~node[k];
            }
            if (payload != null && payload[k] instanceof Payload kept) {
                kept.release(buffers);
                payload[k] = kept.place;
            } else if (payload != null && payload[k] instanceof Alike kept) {
                kept.release(buffers);
            }
        }
    }

    /** Ready for another recording. */
    void clear() {
        session = null;
        marked = null;
        if (payload != null) {
            Arrays.fill(payload, 0, count, null);
        }
    }

    int capacity() {
        return left.length;
    }
}
