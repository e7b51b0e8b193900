package org.ebb.grad;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ebb.op.Arithmetic;
import org.ebb.op.Elementwise;
import org.ebb.tensor.Cell;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Reverse mode that records itself: every rule is replayed through the operations, on values that still know their entries, so the
 * gradients can be differentiated again. Uses nothing up.
 */
final class Replay {

    private final Tape tape;
    private final Gradients gradients;

    /** What arrived, by entry; the sweep takes the largest number first. */
    private final TreeMap<Long, Value> arrived = new TreeMap<>();
    private final Map<Long, Session> sessions = new HashMap<>();
    private final Map<Leaf, Value> leaves = new HashMap<>();
    private final Map<Long, Value> variables = new HashMap<>();

    Replay(Tape tape, Gradients gradients) {
        this.tape = tape;
        this.gradients = gradients;
    }

    Value[] gradients(List<Gradients.Head> heads, List<? extends Value> wanted, Place by) {
        long lowest = Long.MAX_VALUE;
        for (Value variable : wanted) {
            Leaf leaf = gradients.leaf(variable);
            if (leaf != null) {
                lowest = 0; // what is attached may be older than the value after a write
            } else {
                long id = Gradients.id(variable);
                variables.put(id, null);
                lowest = Math.min(lowest, id);
            }
        }
        for (Gradients.Head head : heads) {
            if (head.session() != null) {
                arrive(head.id(), head.session(), head.gradient());
            } else {
                arriveAt((Leaf) head.recording(), head.gradient());
            }
        }
        while (!arrived.isEmpty() && arrived.lastKey() >= lowest) {
            var entry = arrived.pollLastEntry();
            visit(entry.getKey(), sessions.remove(entry.getKey()), entry.getValue());
        }
        Value[] result = new Value[wanted.size()];
        for (int k = 0; k < result.length; k++) {
            Value variable = wanted.get(k);
            Leaf leaf = gradients.leaf(variable);
            Value g = leaf != null ? leaves.get(leaf) : variables.get(Gradients.id(variable));
            result[k] = g == null ? Gradients.as(variable, null) : like(variable, g);
        }
        return result;
    }

    /** The gradient in the kind of its variable, history kept. */
    private Value like(Value variable, Value g) {
        return switch (variable) {
            case Scalar s when g instanceof Scalar n -> new Scalar(Scalar.round(n.value, s.kind), s.kind, n.recording, n.id);
            case Scalar s -> g;
            case Tensor t when g instanceof Tensor -> g;
            case Tensor t -> tape.apply(Arithmetic.MUL, null, Regions.full(t, 1), g);
        };
    }

    private void arrive(long id, Session session, Value g) {
        Value before = arrived.get(id);
        arrived.put(id, before == null ? g : tape.apply(Arithmetic.ADD, null, before, g));
        sessions.put(id, session);
    }

    private void arriveAt(Leaf leaf, Value g) {
        Value before = leaves.get(leaf);
        leaves.put(leaf, before == null ? g : tape.apply(Arithmetic.ADD, null, before, g));
    }

    private void visit(long id, Session header, Value g) {
        Chunk chunk = find(header, id, java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>()));
        if (chunk == null) {
            throw Gradients.secondBackward(header.owner(id, tape.sites), header.owner(id, tape.sites).place(id, tape.sites), null);
        }
        int k = (int) (id - chunk.base);
        if (chunk.node[k] < 0) {
            throw Gradients.secondBackward(chunk.session, Sweep.place(chunk, k, tape.sites), null);
        }
        if (variables.containsKey(id)) {
            variables.put(id, g);
        }
        Leaf attached = chunk.session.attached == null ? null : chunk.session.attached.get(id);
        if (attached != null) {
            arriveAt(attached, g);
        }
        Object payload = chunk.payload(k, tape.sites);
        if (payload == null) {
            scalar(chunk, k, id, g);
        } else {
            tape.place = ((Payload) payload).place;
            tensor((Payload) payload, chunk.session, id, g);
        }
    }

    private static Chunk find(Session session, long id, java.util.Set<Session> seen) {
        if (!seen.add(session)) {
            return null;
        }
        for (int k = session.chunks.size() - 1; k >= 0; k--) {
            Chunk chunk = session.chunks.get(k);
            if (id >= chunk.base && id < chunk.base + chunk.capacity()) {
                return chunk;
            }
        }
        for (int k = 0; k < session.linkCount(); k++) {
            Chunk chunk = find(session.linked(k), id, seen);
            if (chunk != null) {
                return chunk;
            }
        }
        return null;
    }

    private void scalar(Chunk chunk, int k, long id, Value g) {
        int site = chunk.node[k] >>> 4;
        tape.place = tape.sites.place(site);
        long left = chunk.left[k] == 0 ? 0 : id - chunk.left[k];
        long right = chunk.right[k] == 0 ? 0 : id - chunk.right[k];
        Elementwise op = tape.sites.op(site);
        if (op == null) {
            if (left != 0) {
                arrive(left, chunk.session, g);
            }
            return;
        }
        Value cotangent = g instanceof Scalar s ? new Scalar(s.value, Scalar.FLOAT, s.recording, s.id) : g;
        Value x = operand(chunk.x[k], left, chunk.session);
        Value[] inputs = op.arity == 1 ? new Value[] {x} : new Value[] {x, operand(chunk.y[k], right, chunk.session)};
        double out = op.arity == 1 ? chunk.y[k] : op.apply(chunk.x[k], chunk.y[k]);
        Value[] cotangents = op.vjp(tape, null, inputs, operand(out, id, chunk.session), cotangent,
                new boolean[] {left != 0, right != 0});
        if (left != 0 && cotangents[0] != null) {
            arrive(left, chunk.session, cotangents[0]);
        }
        if (right != 0 && cotangents[1] != null) {
            arrive(right, chunk.session, cotangents[1]);
        }
    }

    /** Sums of many cotangents are better kept in double: the kind is set at the end. */
    static Scalar operand(double value, long entry, Session session) {
        return new Scalar(value, Scalar.FLOAT, entry == 0 ? null : session, entry);
    }

    private void tensor(Payload payload, Session session, long id, Value g) {
        switch (payload) {
            case Variable variable -> arriveAt(variable.leaf, g);
            case Bundle.Part part -> {
                part.bundle.gather(tape, part.index, g);
                arrived.putIfAbsent(part.bundleEntry, Scalar.of(0));
                sessions.put(part.bundleEntry, session);
            }
            case Same same -> {
                if (same.parents[0] != 0) {
                    arrive(same.parents[0], session, g);
                }
            }
            case Bundle bundle -> deliver(payload, session, bundle.pull(tape));
            default -> {
                boolean[] wanted = new boolean[payload.parents.length];
                Value[] inputs = new Value[wanted.length];
                for (int j = 0; j < wanted.length; j++) {
                    wanted[j] = payload.parents[j] != 0;
                    inputs[j] = tracked(payload.inputs[j], payload.parents[j], session);
                }
                Value cotangent = g instanceof Scalar s && payload.output instanceof Tensor t
                        ? tape.apply(Arithmetic.MUL, null, Regions.full(t, 1), s) : g;
                deliver(payload, session, payload.op.vjp(tape, payload.options, inputs,
                        tracked(payload.output, id, session), cotangent, wanted));
            }
        }
    }

    private void deliver(Payload payload, Session session, Value[] cotangents) {
        for (int j = 0; j < payload.parents.length; j++) {
            if (payload.parents[j] != 0 && cotangents[j] != null) {
                arrive(payload.parents[j], session, cotangents[j]);
            }
        }
    }

    /** A kept value that knows its entry again. */
    static Value tracked(Value kept, long entry, Recording session) {
        if (entry == 0) {
            return kept;
        }
        return switch (kept) {
            case Scalar s -> new Scalar(s.value, s.kind, session, entry);
            case Tensor t -> {
                var cell = new Cell(t.cell.storage, t.cell.base);
                cell.storage.owners++;
                cell.recording = session;
                cell.id = entry;
                var view = new Tensor(cell, t.shape(), t.strides(), t.offset, t.flavour(), t.frozen);
                if (!view.isBase()) {
                    view.seenRecording = session;
                    view.seenId = entry;
                    view.lookRecording = session;
                    view.lookId = entry;
                }
                yield view;
            }
        };
    }
}
