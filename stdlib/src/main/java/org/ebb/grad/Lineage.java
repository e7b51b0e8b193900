package org.ebb.grad;

import java.util.Arrays;
import java.util.List;
import org.ebb.op.Window;
import org.ebb.op.Windows;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Value;

/** What a value was computed from, as far as the tape still knows. */
public final class Lineage {

    final Reach reach;
    private final boolean[] needed;

    private Lineage(Reach reach) {
        this.reach = reach;
        this.needed = new boolean[reach.length];
    }

    /** All entries that the heads were computed from. To be closed with {@link #end}. */
    static Lineage of(Tape tape, List<? extends Value> heads) {
        var sessions = heads.stream().map(Gradients::recording).filter(Session.class::isInstance).map(Session.class::cast).distinct().toList();
        var lineage = new Lineage(Reach.of(tape, sessions));
        for (Value head : heads) {
            if (Gradients.recording(head) instanceof Session) {
                lineage.need(Gradients.id(head));
            }
        }
        for (Chunk chunk : lineage.reach.chunks) {
            for (int k = chunk.count - 1; k >= 0; k--) {
                if (lineage.needs(chunk, k)) {
                    lineage.parents(chunk, k, tape.sites);
                }
            }
        }
        return lineage;
    }

    boolean needs(Chunk chunk, int k) {
        return needed[chunk.slice + k];
    }

    private void need(long id) {
        int at = reach.index(id);
        if (at >= 0 && at < needed.length) {
            needed[at] = true;
        }
    }

    private void parents(Chunk chunk, int k, Sites sites) {
        long id = chunk.base + k;
        Object known = chunk.payload(k, sites);
        if (known != null) {
            if (known instanceof Payload payload) {
                for (int j = overwrites(payload) ? 1 : 0; j < payload.parents.length; j++) {
                    if (payload.parents[j] != 0) {
                        need(payload.parents[j]);
                    }
                }
                if (payload instanceof Bundle.Part part) {
                    need(part.bundleEntry);
                }
            }
            return;
        }
        if (chunk.left[k] != 0) {
            need(id - chunk.left[k]);
        }
        if (chunk.right[k] != 0) {
            need(id - chunk.right[k]);
        }
    }

    /** Does the entry write every element, so that nothing is left of what was there before? */
    private static boolean overwrites(Payload payload) {
        return payload.op == Windows.PUT && payload.options instanceof Window window && window.shape().size() == payload.output.shape().size()
                && window instanceof Window.Strided strided && Arrays.stream(strided.strides()).noneMatch(stride -> stride == 0);
    }

    void end() {
        reach.leave();
    }

    /** Does the history of {@code head} lead to {@code variable}? */
    public static boolean connects(Tape tape, Value head, Value variable) {
        Recording end = Gradients.recording(variable);
        if (end != null && end == Gradients.recording(head) && Gradients.id(variable) == Gradients.id(head)) {
            return true;
        }
        Lineage lineage = of(tape, List.of(head));
        try {
            if (end instanceof Session) {
                int at = lineage.reach.chunk(Gradients.id(variable)) == null ? -1 : lineage.reach.index(Gradients.id(variable));
                return at >= 0 && lineage.needed[at];
            }
            for (Chunk chunk : lineage.reach.chunks) {
                for (int k = 0; chunk.payload != null && k < chunk.count; k++) {
                    if (chunk.payload[k] instanceof Variable v && v.leaf == end && lineage.needs(chunk, k)) {
                        return true;
                    }
                }
            }
            return false;
        } finally {
            lineage.end();
        }
    }

    /** The backward that used up what made the value; null if it can still be differentiated. */
    public static Place usedUpBy(Tape tape, Value value) {
        if (!(Gradients.recording(value) instanceof Session session)) {
            return null;
        }
        if (session.released) {
            return session.usedUpBy;
        }
        for (Chunk chunk : tape.chunks(session)) {
            long k = Gradients.id(value) - chunk.base;
            if (k >= 0 && k < chunk.count) {
                return chunk.node[(int) k] < 0 ? session.usedUpBy : null;
            }
        }
        return null;
    }

    /** Where the value was recorded, or null. */
    public static Place made(Tape tape, Value value) {
        if (!(Gradients.recording(value) instanceof Session session)) {
            return null;
        }
        for (Chunk chunk : tape.chunks(session)) {
            long k = Gradients.id(value) - chunk.base;
            if (k >= 0 && k < chunk.count) {
                return Sweep.place(chunk, (int) k, tape.sites);
            }
        }
        return session.place(Gradients.id(value), tape.sites);
    }
}
