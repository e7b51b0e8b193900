package org.ebb.grad;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ebb.op.Arithmetic;
import org.ebb.op.Elementwise;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException.BadShape;
import org.ebb.tensor.Value;

/**
 * Forward mode over what a tape already holds: runs up the entries and gives each result the tangent that its inputs' tangents make. The
 * tape is not used up, so the same recording serves several directions, and backward too. Where recording is on the tangents are recorded
 * and can be differentiated again; each run keeps its own tangents, so nesting confuses nothing.
 */
public final class Tangents {

    private final Tape tape;

    /** The tangent of each entry that has one. */
    private final Map<Long, Value> tangents = new HashMap<>();

    /** The tangents of all outputs of operations with a rule of the program's own, by their entry. */
    private final Map<Long, Value[]> pushed = new HashMap<>();

    private Tangents(Tape tape) {
        this.tape = tape;
    }

    /**
     * The tangents of results that were computed from variables, for given tangents of those. Null: the result does not depend on any.
     *
     * @param variables made by {@link Tape#variable}
     */
    public static Value[] of(Tape tape, List<? extends Value> results, List<? extends Value> variables, List<? extends Value> directions) {
        return new Tangents(tape).run(results, variables, directions);
    }

    private Value[] run(List<? extends Value> results, List<? extends Value> variables, List<? extends Value> directions) {
        long lowest = Long.MAX_VALUE;
        for (int k = 0; k < variables.size(); k++) {
            Value variable = variables.get(k);
            if (!directions.get(k).shape().equals(variable.shape())) {
                throw new BadShape("jvp: a tangent of shape " + directions.get(k).shape() + " for a value of shape " + variable.shape());
            }
            long id = Gradients.id(variable);
            lowest = Math.min(lowest, id);
            tangents.put(id, directions.get(k));
        }
        long highest = 0;
        Set<Session> sessions = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Value result : results) {
            if (Gradients.recording(result) instanceof Session session) {
                highest = Math.max(highest, Gradients.id(result));
                collect(session, sessions);
            }
        }
        List<Chunk> chunks = new ArrayList<>();
        for (Session session : sessions) {
            chunks.addAll(tape.chunks(session));
        }
        chunks.sort(Comparator.comparingLong(chunk -> chunk.base));
        Place outer = tape.place;
        for (Chunk chunk : chunks) {
            int from = (int) Math.max(0, lowest + 1 - chunk.base);
            int to = (int) Math.min(chunk.count, highest + 1 - chunk.base);
            for (int k = from; k < to; k++) {
                entry(chunk, k);
            }
        }
        tape.place = outer;
        Value[] out = new Value[results.size()];
        for (int k = 0; k < out.length; k++) {
            out[k] = Gradients.recording(results.get(k)) instanceof Session ? tangents.get(Gradients.id(results.get(k))) : null;
        }
        return out;
    }

    private static void collect(Session session, Set<Session> sessions) {
        if (sessions.add(session)) {
            for (int k = 0; k < session.linkCount(); k++) {
                collect(session.linked(k), sessions);
            }
        }
    }

    private void entry(Chunk chunk, int k) {
        long id = chunk.base + k;
        if (tangents.containsKey(id)) {
            return;
        }
        if (chunk.node[k] < 0) {
            return; // used up, so it lies outside of this run's own recording
        }
        Object payload = chunk.payload(k, tape.sites);
        Value tangent = payload == null ? scalar(chunk, k, id) : tensor((Payload) payload, chunk.session, id);
        if (tangent != null) {
            tangents.put(id, tangent);
        }
    }

    private Value scalar(Chunk chunk, int k, long id) {
        Value left = chunk.left[k] == 0 ? null : tangents.get(id - chunk.left[k]);
        Value right = chunk.right[k] == 0 ? null : tangents.get(id - chunk.right[k]);
        if (left == null && right == null) {
            return null;
        }
        int site = chunk.node[k] >>> 4;
        Elementwise op = tape.sites.op(site);
        if (op == null) {
            return left;
        }
        tape.place = tape.sites.place(site);
        Scalar x = Replay.operand(chunk.x[k], chunk.left[k] == 0 ? 0 : id - chunk.left[k], chunk.session);
        Value[] inputs = op.arity == 1 ? new Value[] {x}
                : new Value[] {x, Replay.operand(chunk.y[k], chunk.right[k] == 0 ? 0 : id - chunk.right[k], chunk.session)};
        double out = op.arity == 1 ? chunk.y[k] : op.apply(chunk.x[k], chunk.y[k]);
        return op.jvp(tape, null, inputs, Replay.operand(out, id, chunk.session),
                op.arity == 1 ? new Value[] {left} : new Value[] {left, right});
    }

    private Value tensor(Payload payload, Session session, long id) {
        if (payload instanceof Bundle.Part part) {
            Value[] outputs = pushed.get(part.bundleEntry);
            return outputs == null ? null : outputs[part.index];
        }
        Value[] in = new Value[payload.parents.length];
        boolean any = false;
        for (int j = 0; j < in.length; j++) {
            in[j] = payload.parents[j] == 0 ? null : tangents.get(payload.parents[j]);
            any |= in[j] != null;
        }
        if (!any) {
            return null;
        }
        tape.place = payload.place;
        if (payload instanceof Same) {
            return in[0];
        }
        if (payload instanceof Bundle bundle) {
            pushed.put(id, bundle.push(tape, in));
            return null; // each output has an entry of its own
        }
        Value[] inputs = new Value[in.length];
        for (int j = 0; j < in.length; j++) {
            inputs[j] = Replay.tracked(payload.inputs[j], payload.parents[j], session);
            if (in[j] instanceof Scalar s && inputs[j] instanceof Tensor t) {
                in[j] = tape.apply(Arithmetic.MUL, null, Regions.full(t, 1), s);
            }
        }
        return payload.op.jvp(tape, payload.options, inputs, Replay.tracked(payload.output, id, session), in);
    }
}
