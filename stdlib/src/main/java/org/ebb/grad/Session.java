package org.ebb.grad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ebb.tensor.Recording;

/** One recording: from the start of an outermost block to its end. Its values hold it, and it holds its entries. */
public final class Session extends Recording {

    final List<Chunk> chunks = new ArrayList<>(1);

    /** Recordings whose values are parents of entries here. */
    private Recording[] links = new Recording[2];
    private int linkCount;

    /** The number of the first entry, and of the oldest one that may be a parent here. */
    long first = Long.MAX_VALUE;
    long oldest = Long.MAX_VALUE;

    /** Gradients attached to intermediates, by entry. */
    Map<Long, Leaf> attached;

    /** Where the latest backward that used entries up was called. */
    Place usedUpBy;

    /** What the latest backward that kept the graph started from. */
    List<Gradients.Head> latest;

    /** Is it an error if a backward from here meets nan or inf? */
    public boolean checked;

    /** How many entries backward has used up; once all are, the arrays go back to the pool. */
    long used;

    /** A function of the user's was recorded here, which backward has to call. */
    boolean custom;

    /** The arrays are gone: every entry was used up. */
    boolean released;

    /** Values of {@code other} may be named as parents here from now on. */
    void link(Recording other) {
        for (int k = 0; k < linkCount; k++) {
            if (links[k] == other) {
                return;
            }
        }
        if (linkCount == links.length) {
            links = java.util.Arrays.copyOf(links, 2 * linkCount);
        }
        links[linkCount++] = other;
    }

    int linkCount() {
        return linkCount;
    }

    Session linked(int k) {
        return (Session) links[k];
    }

    /** What stays of entries that were all used up: enough to say which line recorded one. */
    private record Explained(long base, int[] node, Object[] payload) {}

    /** Recordings longer than this keep no places once they are used up. */
    private static final int EXPLAINED = 4096;

    private List<Explained> explained;

    /** Notes the places of all entries before their chunks are given back. */
    void explain() {
        if (size() > EXPLAINED) {
            return; // a long loop: the message does without the line, and the loop without the copy
        }
        explained = new ArrayList<>(chunks.size());
        for (Chunk chunk : chunks) {
            Object[] places = null;
            if (chunk.payload != null) {
                places = new Object[chunk.count];
                for (int k = 0; k < chunk.count; k++) {
                    if (chunk.payload[k] != null && !(chunk.payload[k] instanceof Compact)) {
                        places[k] = Sweep.place(chunk, k, null);
                    }
                }
            }
            explained.add(new Explained(chunk.base, java.util.Arrays.copyOf(chunk.node, chunk.count), places));
        }
    }

    /** Where a used-up entry was recorded; null where that is not known. */
    Place place(long id, Sites sites) {
        if (explained != null) {
            for (Explained e : explained) {
                int k = (int) (id - e.base);
                if (id >= e.base && k < e.node.length) {
                    return e.payload != null && e.payload[k] != null ? (Place) e.payload[k] : sites.place(~e.node[k] >>> 4);
                }
            }
        }
        return null;
    }

    /** Which recording that this one builds on had an entry; this one itself if none remembers it. */
    Session owner(long id, Sites sites) {
        if (place(id, sites) != null) {
            return this;
        }
        for (int k = 0; k < linkCount; k++) {
            if (linked(k).released && (linked(k).place(id, sites) != null || linked(k).explained == null)) {
                return linked(k);
            }
        }
        for (int k = 0; k < linkCount; k++) {
            if (!linked(k).released) {
                Session owner = linked(k).owner(id, sites);
                if (owner.released) {
                    return owner;
                }
            }
        }
        return this;
    }

    void unlink() {
        java.util.Arrays.fill(links, null);
        linkCount = 0;
    }

    /** How many entries were recorded. */
    public long size() {
        long size = 0;
        for (Chunk chunk : chunks) {
            size += chunk.count;
        }
        return size;
    }

    /** Lets the gradient of an intermediate arrive at a leaf too. */
    void attach(long id, Leaf leaf) {
        if (attached == null) {
            attached = new HashMap<>();
        }
        attached.put(id, leaf);
        for (Chunk chunk : chunks) {
            if (id >= chunk.base && id < chunk.base + chunk.capacity()) {
                chunk.mark((int) (id - chunk.base));
            }
        }
    }

    void detach(long id) {
        attached.remove(id);
    }
}
