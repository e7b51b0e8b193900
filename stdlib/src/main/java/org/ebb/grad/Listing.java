package org.ebb.grad;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** What a recording holds, entry by entry, for people to read. */
public final class Listing {

    /**
     * One entry.
     *
     * @param op the operation's name; "variable" for a value that gradients end at
     * @param place where it was recorded, or null
     * @param parents the entries it was computed from, constants left out
     * @param result the shape of its value, or the value where it is one number
     */
    public record Entry(long id, String op, Place place, List<Long> parents, String result) {}

    private Listing() {}

    /** How many entries a recording holds now; those that a backward used up and gave back do not count. */
    public static long size(Tape tape, Session session) {
        long size = 0;
        for (Chunk chunk : tape.chunks(session)) {
            size += chunk.count;
        }
        return size;
    }

    public static List<Entry> of(Tape tape, Session session) {
        var entries = new ArrayList<Entry>();
        for (Chunk chunk : tape.chunks(session)) {
            for (int k = 0; k < chunk.count; k++) {
                entries.add(entry(tape, chunk, k));
            }
        }
        return entries;
    }

    /** What a value was computed from, the latest first and at most so many; {@code before} tells how many more there are. */
    public static List<Entry> history(Tape tape, Value head, int most, long[] before) {
        Lineage lineage = Lineage.of(tape, List.of(head));
        try {
            var entries = new ArrayList<Entry>();
            for (Chunk chunk : lineage.reach.chunks) {
                for (int k = chunk.count - 1; k >= 0; k--) {
                    if (!lineage.needs(chunk, k)) {
                        continue;
                    }
                    if (entries.size() < most) {
                        entries.add(entry(tape, chunk, k));
                    } else {
                        before[0]++;
                    }
                }
            }
            return entries;
        } finally {
            lineage.end();
        }
    }

    private static Entry entry(Tape tape, Chunk chunk, int k) {
        long id = chunk.base + k;
        var parents = new ArrayList<Long>();
        Consumer<Long> add = parent -> {
            if (parent != 0) {
                parents.add(parent);
            }
        };
        if (chunk.payload(k, tape.sites) instanceof Payload payload) {
            for (long parent : payload.parents) {
                add.accept(parent);
            }
            String name = switch (payload) {
                case Bundle.Part part -> {
                    add.accept(part.bundleEntry);
                    yield "output " + part.index;
                }
                case Bundle _ -> "function";
                default -> payload.op == null ? "variable" : payload.op.name;
            };
            return new Entry(id, name, payload.place, parents, payload instanceof Bundle ? "" : text(payload.output));
        }
        int site = (chunk.node[k] < 0 ? ~chunk.node[k] : chunk.node[k]) >>> 4;
        add.accept(chunk.left[k] == 0 ? 0 : id - chunk.left[k]);
        add.accept(chunk.right[k] == 0 ? 0 : id - chunk.right[k]);
        var op = tape.sites.op(site);
        return new Entry(id, op == null ? "variable" : op.name, tape.sites.place(site), parents,
                text(Scalar.of(Retrace.step(tape, chunk, k).result())));
    }

    private static String text(Value result) {
        return switch (result) {
            case Tensor tensor -> tensor.shape().toString();
            case Scalar scalar -> String.format(Locale.ROOT, "%.5g", scalar.value).replaceAll("(\\.\\d*?)0+(e|$)", "$1$2").replaceAll("\\.(e|$)", "$1");
            default -> "";
        };
    }
}
