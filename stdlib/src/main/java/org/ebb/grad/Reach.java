package org.ebb.grad;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.ebb.tensor.TensorException;

/** The chunks that a sweep may come to, newest first, and where in its arrays each entry has its place. */
final class Reach {

    final List<Chunk> chunks = new ArrayList<>();

    /** Has any chunk tensor entries? */
    boolean payloads;

    /** Has a function of the user's been recorded? */
    boolean custom;

    /** Do the chunks follow each other without large gaps, so that an entry's index is its number less the lowest? */
    boolean flat;
    private long lowest;

    /** Stretches of places, each from and to, that belong to no chunk. */
    final List<int[]> gaps = new ArrayList<>();

    /** How many places the arrays need. */
    int length;

    private int[] before = {};

    private Reach() {}

    /** All that recordings hold, and the recordings they build on. */
    static Reach of(Tape tape, List<Session> heads) {
        var reach = new Reach();
        if (heads.size() == 1 && heads.getFirst().linkCount() == 0) {
            reach.take(tape, heads.getFirst());
            reach.place();
            return reach;
        }
        var todo = new ArrayDeque<Session>();
        var known = Collections.newSetFromMap(new IdentityHashMap<Session, Boolean>());
        for (Session head : heads) {
            todo.add(head);
        }
        while (!todo.isEmpty()) {
            Session session = todo.pop();
            if (known.add(session)) {
                reach.take(tape, session);
                for (int k = 0; k < session.linkCount(); k++) {
                    todo.add(session.linked(k));
                }
            }
        }
        reach.place();
        return reach;
    }

    private void take(Tape tape, Session session) {
        custom |= session.custom;
        for (Chunk chunk : tape.chunks(session)) {
            chunks.add(chunk);
            payloads |= chunk.payload != null;
        }
    }

    /** Gives each chunk its slice of the arrays. */
    private void place() {
        if (chunks.isEmpty()) {
            return;
        }
        if (chunks.size() > 1) {
            chunks.sort(Comparator.comparingLong((Chunk chunk) -> chunk.base).reversed());
        }
        Chunk first = chunks.getLast();
        Chunk last = chunks.getFirst();
        long used = 0;
        for (Chunk chunk : chunks) {
            used += chunk.count;
        }
        long range = last.base + last.count - first.base;
        flat = range <= Math.max(1024, 4 * used) && range < Integer.MAX_VALUE - 8;
        lowest = first.base;
        long slice = 0;
        before = new int[chunks.size()];
        for (int k = chunks.size() - 1; k >= 0; k--) {
            Chunk chunk = chunks.get(k);
            before[k] = chunk.slice;
            chunk.slice = (int) (flat ? chunk.base - lowest : slice);
            slice += chunk.count;
        }
        if (!flat && slice > Integer.MAX_VALUE - 8) {
            throw new TensorException.TooLarge("backward over " + slice + " recorded operations is more than one sweep holds");
        }
        length = (int) (flat ? range : slice);
        for (int k = chunks.size() - 1; flat && k > 0; k--) {
            int end = chunks.get(k).slice + chunks.get(k).count;
            if (end < chunks.get(k - 1).slice) {
                gaps.add(new int[] {end, chunks.get(k - 1).slice});
            }
        }
    }

    /** Gives the chunks back their places in the sweep within which this one ran. */
    void leave() {
        for (int k = 0; k < chunks.size(); k++) {
            chunks.get(k).slice = before[k];
        }
    }

    /** The chunk of an entry; null where it was used up and given back. */
    Chunk chunk(long id) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Chunk chunk = chunks.get(middle);
            if (id < chunk.base) {
                low = middle + 1;
            } else if (id >= chunk.base + chunk.count) {
                high = middle - 1;
            } else {
                return chunk;
            }
        }
        return null;
    }

    /** The entry of a place; only where {@link #flat}. */
    long entry(int place) {
        return lowest + place;
    }

    /** Says who used an entry up, and who needs it now. */
    TensorException usedUp(long id, Sites sites) {
        for (Chunk chunk : chunks) {
            Session owner = chunk.session.owner(id, sites);
            if (owner != chunk.session || owner.place(id, sites) != null) {
                return Gradients.secondBackward(owner, owner.place(id, sites), consumer(id, sites));
            }
        }
        return Gradients.secondBackward(null, null, consumer(id, sites));
    }

    /** Who has the entry as a parent. */
    private Place consumer(long id, Sites sites) {
        for (Chunk chunk : chunks) {
            for (int k = 0; k < chunk.count; k++) {
                long entry = chunk.base + k;
                if (chunk.left[k] != 0 && entry - chunk.left[k] == id || chunk.right[k] != 0 && entry - chunk.right[k] == id) {
                    return Sweep.place(chunk, k, sites);
                }
                if (chunk.payload != null && chunk.payload[k] instanceof Payload payload) {
                    for (long parent : payload.parents) {
                        if (parent == id) {
                            return payload.place;
                        }
                    }
                }
            }
        }
        return null;
    }

    /** The place of an entry; negative where it is out of reach. */
    int index(long id) {
        if (flat) {
            return (int) (id - lowest);
        }
        Chunk chunk = chunk(id);
        return chunk == null ? -1 : chunk.slice + (int) (id - chunk.base);
    }
}
