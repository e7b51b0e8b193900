package org.ebb.grad;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a recording holds, entry by entry, for people to read. */
public final class Listing {

    /**
     * One entry.
     *
     * @param op the operation's name; "variable" for a value that gradients end at
     * @param place where it was recorded, or null
     * @param parents the entries it was computed from, constants left out
     */
    public record Entry(long id, String op, Place place, List<Long> parents) {}

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
            return new Entry(id, name, payload.place, parents);
        }
        int site = (chunk.node[k] < 0 ? ~chunk.node[k] : chunk.node[k]) >>> 4;
        add.accept(chunk.left[k] == 0 ? 0 : id - chunk.left[k]);
        add.accept(chunk.right[k] == 0 ? 0 : id - chunk.right[k]);
        var op = tape.sites.op(site);
        return new Entry(id, op == null ? "variable" : op.name, tape.sites.place(site), parents);
    }
}
