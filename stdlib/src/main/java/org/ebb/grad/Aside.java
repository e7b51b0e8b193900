package org.ebb.grad;

import java.util.Arrays;
import java.util.List;
import org.ebb.tensor.Value;

/**
 * A recording of its own inside of another, which is given up unless it turns out to depend on more than its inputs: what was computed can
 * then be computed again instead of being kept.
 */
public final class Aside {

    private final Tape tape;
    private final Tape.Mode before;
    private final Session own;

    private Aside(Tape tape, Tape.Mode before) {
        this.tape = tape;
        this.before = before;
        this.own = tape.current;
    }

    /** Starts it; recording must be on. */
    public static Aside begin(Tape tape) {
        Tape.Mode before = tape.mode();
        tape.restore(new Tape.Mode(false, before.training(), null));
        tape.enter(true, before.training());
        return new Aside(tape, before);
    }

    /** Does anything but these variables have a parent outside, or an attached gradient? */
    public boolean dependsOnMoreThan(List<? extends Value> variables) {
        long[] known = variables.stream().mapToLong(Gradients::id).sorted().toArray();
        List<Chunk> chunks = tape.chunks(own);
        long first = chunks.isEmpty() ? 0 : chunks.getFirst().base;
        for (Chunk chunk : chunks) {
            for (int k = 0; k < chunk.count; k++) {
                long id = chunk.base + k;
                if (Arrays.binarySearch(known, id) < 0 && outside(chunk, k, id, first)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean outside(Chunk chunk, int k, long id, long first) {
        if (chunk.payload == null || chunk.payload[k] == null || chunk.payload[k] instanceof Compact) {
            return id - chunk.left[k] < first || id - chunk.right[k] < first;
        }
        return chunk.payload[k] instanceof Variable
                || chunk.payload[k] instanceof Payload payload && Arrays.stream(payload.parents).anyMatch(parent -> parent != 0 && parent < first);
    }

    /** Ends it and keeps what it holds. */
    public void keep() {
        tape.restore(before);
    }

    /** Ends it and gives it up: a value that it recorded counts as used up. */
    public void giveUp(Place by) {
        tape.discard(before, by);
    }
}
