package org.ebb.grad;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.ebb.tensor.Cell;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException.BadGradient;
import org.ebb.tensor.TensorException.BadShape;
import org.ebb.tensor.TensorException.BadType;
import org.ebb.tensor.Value;

/** Attaching gradients, running backward, asking for gradients: what the language offers on top of a tape. */
public final class Gradients {

    private static final long[] NOTHING = {};

    private final Tape tape;

    /** The recording of the latest backward's first head, if that backward kept the graph: it can be explained. */
    private WeakReference<Session> latest;

    public Gradients(Tape tape) {
        this.tape = tape;
    }

    // ---- attaching ----

    /** Gives a value a gradient buffer of zeros. An intermediate keeps its history, unless its flavour is ND. */
    public void attach(Value value, Leaf.Request request) {
        if (!value.dtype().isFloat()) {
            throw new BadType("attach_grad: only floats have gradients, not " + value.dtype().text);
        }
        Tensor buffer = request == Leaf.Request.NULL ? null : Tensor.zeros(value.dtype(), value.shape(), value.flavour());
        mark(value, buffer, request);
    }

    /** Attaches a buffer of the caller's own. */
    public void mark(Value value, Tensor buffer, Leaf.Request request) {
        if (buffer != null && !buffer.shape().equals(value.shape())) {
            throw new BadShape("mark_variables: a gradient of shape " + buffer.shape() + " for a value of shape " + value.shape());
        }
        Leaf leaf = new Leaf(value.shape(), value.dtype(), value.flavour(), request, buffer);
        boolean keeps = value.flavour() != Flavour.ND;
        switch (value) {
            case Scalar s -> {
                if (keeps && s.recording instanceof Session session) {
                    session.attach(s.id, leaf);
                } else {
                    s.recording = leaf;
                    s.id = 0;
                    leaf.first = true;
                }
            }
            case Tensor t -> attach(t, leaf, keeps);
        }
    }

    private void attach(Tensor t, Leaf leaf, boolean keeps) {
        leaf.owner = new WeakReference<>(t);
        Cell cell = t.cell;
        if (!t.isBase()) {
            if (keeps && t.lookRecording instanceof Session session && t.seenRecording == cell.recording && t.seenId == cell.id) {
                session.attach(t.lookId, leaf);
            } else {
                t.seenRecording = cell.recording;
                t.seenId = cell.id;
                t.lookRecording = leaf;
                t.lookId = 0;
                leaf.first = true;
            }
            return;
        }
        if (keeps && cell.recording instanceof Session session) {
            session.attach(cell.id, leaf);
        } else {
            cell.recording = leaf;
            cell.id = 0;
            leaf.first = true;
        }
        cell.attached = leaf;
    }

    /** The gradient attached to a value, or null. */
    public Leaf leaf(Value value) {
        return switch (value) {
            case Scalar s -> leaf(s.recording, s.id);
            case Tensor t -> t.isBase() ? (Leaf) t.cell.attached : leaf(t.lookRecording, t.lookId);
        };
    }

    private static Leaf leaf(Recording recording, long id) {
        return switch (recording) {
            case Leaf leaf -> leaf;
            case Session session when session.attached != null -> session.attached.get(id);
            case null, default -> null;
        };
    }

    /** Takes the gradient off a value; a leaf is a plain value afterwards. */
    public void drop(Value value) {
        Leaf leaf = leaf(value);
        if (leaf == null) {
            throw new BadGradient("drop_grad: no gradient is attached to this value");
        }
        switch (value) {
            case Scalar s -> {
                if (s.recording == leaf) {
                    s.recording = null;
                } else {
                    ((Session) s.recording).attached.remove(s.id);
                }
            }
            case Tensor t -> {
                if (t.lookRecording == leaf) {
                    t.lookRecording = null;
                }
                if (t.cell.attached == leaf) {
                    t.cell.attached = null;
                    if (t.cell.recording == leaf) {
                        t.cell.recording = null;
                    } else if (t.cell.recording instanceof Session session && session.attached != null) {
                        session.attached.remove(t.cell.id);
                    }
                }
            }
        }
    }

    /** Does the value descend from a leaf, or is it one? */
    public boolean isTracked(Value value) {
        return switch (value) {
            case Scalar s -> s.recording != null;
            case Tensor t -> (t.isBase() || t.lookRecording == null ? t.cell.recording : t.lookRecording) != null;
        };
    }

    /** Was the value computed in the recording that takes new entries now? */
    public boolean isOfNow(Value value) {
        return tape.current != null && recording(value) == tape.current;
    }

    // ---- backward ----

    /**
     * Fills the gradients that are attached to what the heads were computed from. A null head gradient means ones.
     *
     * @param retain keep the entries for another backward
     */
    public void backward(List<? extends Value> heads, List<? extends Value> headGradients, boolean retain, boolean train, Place by) {
        var before = tape.mode();
        Place outer = tape.place;
        Sweep sweep = tape.sweep();
        try {
            List<Head> seeds = seeds("backward", heads, headGradients);
            tape.recording = false;
            tape.training = train;
            sweep.begin(sessions(seeds), retain);
            sweep.run(seeds, 0, NOTHING, by);
            if (sweep.reached().isEmpty()) {
                throw new BadGradient("backward: nothing that this value was computed from has an attached gradient", 0);
            }
            for (Leaf leaf : sweep.reached()) {
                store(leaf);
            }
            latest = null;
            if (retain && seeds.getFirst().session() != null) {
                Session session = seeds.getFirst().session();
                session.latest = seeds;
                latest = new WeakReference<>(session);
            }
        } finally {
            sweep.end(by);
            tape.recording = before.recording();
            tape.training = before.training();
            tape.place = outer;
        }
    }

    private void store(Leaf leaf) {
        if (leaf.request == Leaf.Request.NULL || leaf.grad == null) {
            return;
        }
        Tensor gradient = Regions.full(leaf, leaf.pending);
        boolean own = leaf.pendingIsOwn || !(leaf.pending instanceof Tensor t) || t.cell.storage != gradient.cell.storage;
        boolean kept = leaf.request == Leaf.Request.WRITE && handOver(gradient, leaf.grad, own);
        if (!kept) {
            if (leaf.request == Leaf.Request.ADD) {
                leaf.grad.cell.writable();
                Regions.add(gradient, leaf.grad);
            } else {
                leaf.grad.assign(gradient);
            }
            if (own) {
                tape.buffers.give(gradient.cell.storage);
            }
        }
        if (leaf.grad.cell.recording instanceof Session) {
            leaf.grad.cell.recording = null;
            leaf.grad.cell.id = 0;
        }
        leaf.fresh = true;
    }

    /** Fewer elements than this are copied as fast. */
    private static final int WORTH_HANDING_OVER = 1024;

    /**
     * Lets a large gradient buffer take the elements as they are, instead of copying them over its own. Whoever else holds them (nobody does
     * where they are {@code own}) keeps what they are: the first of the two to write copies. What the buffer had before serves the next
     * sweep, if no other value sees it.
     */
    private boolean handOver(Tensor gradient, Tensor buffer, boolean own) {
        Storage elements = gradient.cell.storage;
        Storage old = buffer.cell.storage;
        if (gradient.size() < WORTH_HANDING_OVER || !gradient.isBase() || !buffer.isBase() || elements.dtype() != old.dtype()) {
            return false;
        }
        if (elements != old) {
            if (!own) {
                elements.owners++;
            }
            buffer.cell.storage = elements;
            if (old.owners == 1) {
                tape.buffers.give(old);
            } else {
                old.owners--;
            }
        }
        return true;
    }

    /**
     * The gradients of the heads with respect to the variables, as values; no buffer is touched. A variable that no path reaches has
     * gradient zero.
     *
     * @param create record the computation of the gradients, so that they can be differentiated again
     */
    public Value[] gradients(List<? extends Value> heads, List<? extends Value> variables, List<? extends Value> headGradients,
            boolean retain, boolean create, boolean train, Place by) {
        var before = tape.mode();
        Place outer = tape.place;
        try {
            List<Head> seeds = seeds("grad", heads, headGradients);
            for (Value variable : variables) {
                if (!isTracked(variable)) {
                    throw new BadGradient("grad: a variable has no attached gradient and was not recorded", 1);
                }
            }
            if (create) {
                tape.enter(true, train);
                Value[] gradients = new Replay(tape, this).gradients(seeds, variables, by);
                for (Value gradient : gradients) {
                    if (!Regions.isFinite(gradient)) {
                        tape.notFinite(seeds, by);
                        break;
                    }
                }
                return gradients;
            }
            tape.recording = false;
            tape.training = train;
            return sweep(seeds, variables, retain, by);
        } finally {
            tape.restore(before);
            tape.place = outer;
        }
    }

    /** What each line contributes to the gradient of the heads with respect to a variable. */
    public Contributions.Result contributions(List<? extends Value> heads, Value variable) {
        if (!isTracked(variable)) {
            throw new BadGradient("explain: the variable has no attached gradient and was not recorded", 1);
        }
        Leaf leaf = leaf(variable);
        return Contributions.of(tape, seeds("explain", heads, null), leaf, leaf == null ? id(variable) : 0);
    }

    /** The same for the latest backward, which must have kept the graph, and the variable whose gradient buffer this is. */
    public Contributions.Result contributions(Tensor gradient) {
        Session session = latest == null ? null : latest.get();
        List<Head> seeds = session == null ? null : session.latest;
        Leaf leaf = seeds == null ? null : leafOf(gradient, seeds);
        if (leaf == null && seeds != null) {
            throw new BadGradient("explain: this is no gradient that the latest backward filled; write explain(x.grad) for an x with an attached "
                    + "gradient, or explain(y, x)");
        }
        if (leaf == null) {
            throw new BadGradient("explain: what this gradient was computed from is not kept; call backward(retain_graph=True) before, or "
                    + "explain(y, x) instead of backward");
        }
        return Contributions.of(tape, seeds, leaf, 0);
    }

    private Leaf leafOf(Tensor gradient, List<Head> seeds) {
        Reach reach = Reach.of(tape, sessions(seeds));
        try {
            for (Chunk chunk : reach.chunks) {
                for (int k = 0; chunk.payload != null && k < chunk.count; k++) {
                    if (chunk.payload[k] instanceof Variable variable && variable.leaf.grad == gradient) {
                        return variable.leaf;
                    }
                }
                if (chunk.session.attached != null) {
                    for (Leaf leaf : chunk.session.attached.values()) {
                        if (leaf.grad == gradient) {
                            return leaf;
                        }
                    }
                }
            }
            return null;
        } finally {
            reach.leave();
        }
    }

    /** Where the heads, or the gradients they give, stopped being finite; null where all is finite. */
    public Origin.Finding origin(List<? extends Value> heads) {
        List<Head> seeds = seeds("nan_origin", heads, null);
        boolean[] finite = {heads.stream().allMatch(Regions::isFinite)};
        if (finite[0]) {
            Retrace.run(tape, seeds, (step, arrived, passed) -> {
                finite[0] &= Regions.isFinite(arrived);
                return !finite[0];
            });
        }
        return finite[0] ? null : Origin.of(tape, seeds);
    }

    private Value[] sweep(List<Head> seeds, List<? extends Value> variables, boolean retain, Place by) {
        Sweep sweep = tape.sweep();
        // What a tensor in between gets is caught by a gradient attached for the time of the sweep; a scalar's stays in the sweep.
        var caught = new ArrayList<Runnable>();
        Leaf[] leaves = new Leaf[variables.size()];
        // Entries older than every variable cannot depend on one.
        long lowest = Long.MAX_VALUE;
        for (int k = 0; k < leaves.length; k++) {
            Value v = variables.get(k);
            leaves[k] = leaf(v);
            lowest = leaves[k] == null ? Math.min(lowest, id(v)) : 0; // what is attached may be older than the value after a write
            if (leaves[k] == null && !(v instanceof Scalar)) {
                leaves[k] = new Leaf(v.shape(), v.dtype(), v.flavour(), Leaf.Request.NULL, null);
                Session session = (Session) recording(v);
                long id = id(v);
                session.attach(id, leaves[k]);
                caught.add(() -> session.detach(id));
            }
        }
        try {
            sweep.begin(sessions(seeds), retain);
            sweep.run(seeds, lowest, numbers(variables), by);
            Value[] result = new Value[leaves.length];
            for (int k = 0; k < result.length; k++) {
                Value v = variables.get(k);
                result[k] = as(v, leaves[k] == null ? sweep.take(id(v), v) : leaves[k].pending);
            }
            return result;
        } finally {
            caught.forEach(Runnable::run);
            sweep.end(by);
        }
    }

    /** The entries of those variables that are numbers. */
    private static long[] numbers(List<? extends Value> variables) {
        long[] entries = new long[variables.size()];
        int count = 0;
        for (Value v : variables) {
            if (v instanceof Scalar s) {
                entries[count++] = s.id;
            }
        }
        return Arrays.copyOf(entries, count);
    }

    /** A gradient in the form of its variable: zero where nothing arrived. */
    static Value as(Value variable, Value gradient) {
        return switch (variable) {
            case Scalar s -> {
                double g = gradient == null ? 0 : gradient instanceof Scalar n ? n.value : Regions.item((Tensor) gradient);
                yield new Scalar(Scalar.round(g, s.kind), s.kind, null, 0);
            }
            case Tensor t -> gradient == null ? Tensor.zeros(t.dtype(), t.shape(), t.flavour())
                    : Regions.full(t, gradient).withFlavour(t.flavour()).copy();
        };
    }

    // ---- heads ----

    /** Where a cotangent comes in; {@code session} is null for a head that is a leaf itself. */
    record Head(Value value, Recording recording, Session session, long id, Value gradient) {}

    private List<Head> seeds(String what, List<? extends Value> heads, List<? extends Value> headGradients) {
        if (headGradients != null && headGradients.size() != heads.size()) {
            throw new BadGradient(what + ": " + heads.size() + " heads but " + headGradients.size() + " head gradients");
        }
        var seeds = new ArrayList<Head>(heads.size());
        for (int k = 0; k < heads.size(); k++) {
            Value head = heads.get(k);
            if (head instanceof Tensor t && !t.isBase() && tape.recording) {
                tape.entry(t);
            }
            Recording recording = recording(head);
            if (recording == null) {
                throw new BadGradient(what + ": this value was not recorded; compute it inside `with record:` from a value with an "
                        + "attached gradient", 0);
            }
            Value gradient = headGradients == null || headGradients.get(k) == null ? ones(head) : fit(what, head, headGradients.get(k));
            seeds.add(new Head(head, recording, recording instanceof Session s ? s : null, id(head), gradient));
        }
        return seeds;
    }

    private static Value ones(Value head) {
        return switch (head) {
            case Scalar s -> new Scalar(1, s.kind, null, 0);
            case Tensor t -> Regions.full(t, 1);
        };
    }

    private static Value fit(String what, Value head, Value gradient) {
        if (!gradient.shape().equals(head.shape()) && gradient.shape().size() != 1 | head.shape().size() != 1) {
            throw new BadShape(what + ": the head gradient has shape " + gradient.shape() + ", the head " + head.shape());
        }
        return switch (head) {
            case Scalar s -> gradient instanceof Scalar g ? g : Scalar.of(Regions.item((Tensor) gradient));
            case Tensor t -> gradient.shape().equals(t.shape()) && gradient.dtype() == t.dtype() ? gradient : Regions.full(t, gradient);
        };
    }

    private static List<Session> sessions(List<Head> seeds) {
        if (seeds.size() == 1) {
            Session only = seeds.getFirst().session;
            return only == null ? List.of() : List.of(only);
        }
        var sessions = Collections.newSetFromMap(new IdentityHashMap<Session, Boolean>());
        for (Head seed : seeds) {
            if (seed.session != null) {
                sessions.add(seed.session);
            }
        }
        return new ArrayList<>(sessions);
    }

    static Recording recording(Value value) {
        return switch (value) {
            case Scalar s -> s.recording;
            case Tensor t -> t.isBase() ? t.cell.recording : t.lookRecording;
        };
    }

    static long id(Value value) {
        return switch (value) {
            case Scalar s -> s.id;
            case Tensor t -> t.isBase() ? t.cell.id : t.lookId;
        };
    }

    /** {@code recorded} is what both need, {@code consumer} what needed it now; either may be null. */
    static BadGradient secondBackward(Session session, Place recorded, Place consumer) {
        var text = new StringBuilder("backward: part of this recording was used up by an earlier backward");
        if (session != null && session.usedUpBy != null) {
            text.append("\n  first backward at ").append(session.usedUpBy.where()).append(": ").append(session.usedUpBy.text());
        }
        if (recorded != null) {
            text.append("\n  both need what was recorded at ").append(recorded.where()).append(": ").append(recorded.text());
        }
        if (consumer != null) {
            text.append("\n  it was carried over into ").append(consumer.where()).append(": ").append(consumer.text());
        }
        return new BadGradient(text.append("\n  if a value is carried over from an earlier step, write `x = x.detach()` where the step begins;"
                + " to run backward twice on purpose, give the first one `retain_graph=True`").toString());
    }

    // ---- custom operations ----

    /**
     * Records outputs that a function of the user's computed with recording off. Each has an entry; the pullback is called with one
     * cotangent for each output (zeros where none arrived) and gives one for each input.
     */
    public Value[] custom(Value[] inputs, Value[] outputs, Pullback pullback) {
        return custom(inputs, outputs, pullback, null);
    }

    /** {@code rule} says how the outputs can be computed again, for those who check the pullback. */
    public Value[] custom(Value[] inputs, Value[] outputs, Pullback pullback, Rule rule) {
        if (!tape.recording) {
            return outputs;
        }
        long[] parents = new long[inputs.length];
        boolean any = false;
        for (int k = 0; k < inputs.length; k++) {
            parents[k] = tape.entry(inputs[k]);
            any |= parents[k] != 0;
        }
        return any ? Bundle.record(tape, inputs, parents, outputs, pullback, rule) : outputs;
    }
}
