package org.ebb.grad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.op.Window;
import org.ebb.op.Windows;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Second derivatives in one direction, forward over reverse, over a recording that is there already: a run up the entries gives each its
 * tangent, a run down takes cotangents and their tangents to the parents. Nothing is recorded and nothing used up, so one recording
 * serves all directions of a Hessian.
 *
 * <p>Tangents of zero contribute nothing, whatever the slope. As in {@link Sweep}, rows take their quick ways first, and where the result
 * is not finite all is done again by the rules, on {@link Duals}. What even then is not finite, or meets a rule of the program's own, is
 * the gradient of the recorded gradient: that explains itself, and such rules have no tangents. One long file: both runs work on the same
 * arrays.
 */
public final class Second {

    private final Tape tape;
    private final Gradients gradients;
    private final Value head;
    private final List<? extends Value> variables;
    private final Place by;
    private final Reach reach;

    /** The recorded gradient; null until it is needed. */
    private Value[] slopes;

    /** Entries up to this one are constants here. */
    private final long lowest;
    private final long highest;

    /** By place: does the head depend on the entry, does a rule read how it changes, and does a rule need its own cotangent? */
    private final boolean[] reached;
    private final boolean[] changes;
    private final boolean[] pulled;

    /** The tangents of entries by place: of those whose value is a number, and of others (null: zero). */
    private final double[] numbers;
    private final Tensor[] tensors;

    /** Elements of tangents that are taken from the tape's buffers. */
    private final List<Storage> taken = new ArrayList<>();
    private final Side cotangents;
    private final Side along;
    private boolean quick;

    /**
     * @param head one number that was computed from the variables
     * @param variables made by {@link Tape#variable} in the current recording, as the head was
     * @param by who asks
     */
    public Second(Tape tape, Gradients gradients, Value head, List<? extends Value> variables, Place by) {
        this.tape = tape;
        this.gradients = gradients;
        this.head = head;
        this.variables = variables;
        this.by = by;
        this.reach = Reach.of(tape, List.of((Session) Gradients.recording(head)));
        long lowest = Long.MAX_VALUE;
        for (Value variable : variables) {
            lowest = Math.min(lowest, Gradients.id(variable));
        }
        this.lowest = lowest;
        this.highest = Gradients.id(head);
        this.reached = new boolean[reach.length];
        this.changes = new boolean[reach.length];
        this.pulled = new boolean[reach.length];
        this.numbers = new double[reach.length];
        this.tensors = new Tensor[reach.length];
        if (!reach.custom) {
            findNeeds();
        }
        this.cotangents = new Side();
        this.along = new Side();
    }

    /** A rule that reads no values is linear: how its inputs change does not matter to it, and its own cotangent not to second derivatives. */
    private void findNeeds() {
        reached[reach.index(highest)] = true;
        for (Chunk chunk : reach.chunks) {
            for (int k = (int) Math.min(chunk.count, highest + 1 - chunk.base) - 1; k >= 0 && chunk.base + k > lowest; k--) {
                int at = chunk.slice + k;
                if (reached[at]) {
                    changes[at] |= readsOutput(chunk, k);
                    boolean asked = changes[at] || readsInputs(chunk, k);
                    for (int j = 0; j < parents(chunk, k); j++) {
                        long parent = parent(chunk, k, j);
                        if (parent != 0 && !isBelow(parent)) {
                            reached[place(parent)] = true;
                            changes[place(parent)] |= asked;
                        }
                    }
                }
            }
        }
        for (int c = reach.chunks.size() - 1; c >= 0; c--) {
            Chunk chunk = reach.chunks.get(c);
            for (int k = (int) Math.max(0, lowest - chunk.base); k < chunk.count && chunk.base + k <= highest; k++) {
                int at = chunk.slice + k;
                if (reached[at]) {
                    pulled[at] = readsInputs(chunk, k) || readsOutput(chunk, k);
                    for (int j = 0; j < parents(chunk, k); j++) {
                        long parent = parent(chunk, k, j);
                        pulled[at] |= parent != 0 && !isBelow(parent) && pulled[place(parent)];
                    }
                }
            }
        }
    }

    /** Null for what is {@link Compact} too: its row and two parents lie where those of a scalar operation do; an {@link Element}'s rule reads nothing. */
    private static Payload payload(Chunk chunk, int k) {
        return chunk.payload != null && chunk.payload[k] instanceof Payload payload ? payload : null;
    }

    private static int parents(Chunk chunk, int k) {
        Payload payload = payload(chunk, k);
        return chunk.node[k] < 0 ? 0 : payload == null ? 2 : payload.parents.length;
    }

    private static long parent(Chunk chunk, int k, int j) {
        Payload payload = payload(chunk, k);
        if (payload != null) {
            return payload.parents[j];
        }
        int distance = j == 0 ? chunk.left[k] : chunk.right[k];
        return distance == 0 ? 0 : chunk.base + k - distance;
    }

    private Op op(Chunk chunk, int k) {
        Payload payload = payload(chunk, k);
        return payload != null ? payload.op : chunk.node[k] < 0 ? null : tape.sites.op(chunk.node[k] >>> 4);
    }

    /** The inputs that have an entry, as bits. */
    private static long recorded(Chunk chunk, int k) {
        Payload payload = payload(chunk, k);
        return payload != null ? Payload.wanted(payload.parents) : (chunk.left[k] != 0 ? 1 : 0) | (chunk.right[k] != 0 ? 2 : 0);
    }

    private boolean readsOutput(Chunk chunk, int k) {
        Op op = op(chunk, k);
        return op != null && op.readsOutput(recorded(chunk, k));
    }

    private boolean readsInputs(Chunk chunk, int k) {
        Op op = op(chunk, k);
        for (int j = 0; op != null && j < parents(chunk, k); j++) {
            if (op.readsInput(j, recorded(chunk, k))) {
                return true;
            }
        }
        return false;
    }

    /** Was the value computed from anything that the current recording holds? */
    public static boolean isRecordedHere(Tape tape, Value head) {
        return Gradients.recording(head) == tape.current;
    }

    /** What arrived at the entries. */
    private final class Side extends Arrivals {
        final double[] numbers = new double[reach.length];

        Side() {
            super(tape.buffers);
            lowest = Second.this.lowest;
            tensors = new Cotangent[reach.length];
        }

        @Override
        int place(long parent) {
            return Second.this.place(parent);
        }

        @Override
        public boolean wants(int k) {
            return super.wants(k) && (this == along || pulled[place(entry().parents[k])]);
        }

        @Override
        void addNumber(int place, double cotangent) {
            numbers[place] += cotangent;
        }

        boolean isThere(int at) {
            return numbers[at] != 0 || tensors[at] != null;
        }

        void deliver(int at, Value input, Value cotangent) {
            if (cotangent == null) {
                return;
            }
            if (input instanceof Scalar) {
                numbers[at] += Regions.item(cotangent);
            } else {
                addTensor(at, Regions.full((Tensor) input, cotangent));
            }
        }

        Value value(int at, Value like) {
            if (like instanceof Scalar s) {
                double sum = numbers[at] + (tensors[at] == null ? 0 : Regions.item(tensors[at].value()));
                return sum == 0 ? null : new Scalar(sum, s.kind, null, 0);
            }
            if (numbers[at] != 0) {
                sum(at, (Tensor) like).add(Regions.full((Tensor) like, numbers[at]));
                numbers[at] = 0;
            }
            return tensors[at] == null ? null : tensors[at].value();
        }

        /** The entry's row has added all. */
        void leave(int at) {
            done();
            tensors[at] = null;
        }

        void drop(int at) {
            if (tensors[at] != null) {
                tensors[at].giveBack(buffers());
                tensors[at] = null;
            }
        }

        void clear() {
            Arrays.fill(numbers, 0);
            for (int at = 0; at < tensors.length; at++) {
                drop(at);
            }
        }
    }

    /** The Hessian times a direction: one value for each variable, in its form. */
    public Value[] product(List<? extends Value> directions) {
        if (reach.custom) {
            return overRecorded(directions);
        }
        quick = true;
        Value[] result = alone(directions);
        if (!areFinite(result)) {
            quick = false;
            result = alone(directions);
        }
        return areFinite(result) ? result : overRecorded(directions);
    }

    private static boolean areFinite(Value[] values) {
        for (Value value : values) {
            if (!Regions.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private Value[] alone(List<? extends Value> directions) {
        Place outer = tape.place;
        boolean recording = tape.recording;
        try {
            tape.recording = false;
            return once(directions);
        } finally {
            clear();
            tape.recording = recording;
            tape.place = outer;
        }
    }

    /** Reverse over reverse. */
    private Value[] overRecorded(List<? extends Value> directions) {
        if (slopes == null) {
            slopes = gradients.gradients(List.of(head), variables, null, true, true, tape.training, by);
        }
        var heads = new ArrayList<Value>();
        var along = new ArrayList<Value>();
        for (int k = 0; k < slopes.length; k++) {
            if (gradients.isTracked(slopes[k])) {
                heads.add(slopes[k]);
                along.add(directions.get(k));
            }
        }
        if (heads.isEmpty()) {
            Value[] zeros = new Value[slopes.length];
            Arrays.setAll(zeros, k -> Gradients.as(variables.get(k), null));
            return zeros;
        }
        return gradients.gradients(heads, variables, along, true, false, tape.training, by);
    }

    private Value[] once(List<? extends Value> directions) {
        clear();
        for (int k = 0; k < variables.size(); k++) {
            int at = reach.index(Gradients.id(variables.get(k)));
            switch (variables.get(k)) {
                case Scalar _ -> numbers[at] = Regions.item(directions.get(k));
                case Tensor t -> tensors[at] = Regions.full(t, directions.get(k));
            }
        }
        for (int c = reach.chunks.size() - 1; c >= 0; c--) {
            Chunk chunk = reach.chunks.get(c);
            int to = (int) Math.min(chunk.count, highest + 1 - chunk.base);
            for (int k = (int) Math.max(0, lowest + 1 - chunk.base); k < to; k++) {
                up(chunk, k);
            }
        }
        int top = reach.index(highest);
        switch (head) {
            case Scalar _ -> cotangents.numbers[top] = 1;
            case Tensor t -> cotangents.addTensor(top, Regions.full(t, 1));
        }
        for (Chunk chunk : reach.chunks) {
            int from = (int) Math.max(0, lowest + 1 - chunk.base);
            for (int k = (int) Math.min(chunk.count, highest + 1 - chunk.base) - 1; k >= from; k--) {
                down(chunk, k);
            }
        }
        Value[] result = new Value[variables.size()];
        for (int k = 0; k < result.length; k++) {
            Value variable = variables.get(k);
            result[k] = Gradients.as(variable, along.value(reach.index(Gradients.id(variable)), variable));
        }
        return result;
    }

    private void clear() {
        Arrays.fill(numbers, 0);
        Arrays.fill(tensors, null);
        cotangents.clear();
        along.clear();
        taken.forEach(tape.buffers::give);
        taken.clear();
    }

    private boolean isBelow(long parent) {
        return parent < lowest;
    }

    private int place(long parent) {
        int at = reach.index(parent);
        if (at < 0) {
            throw reach.usedUp(parent, tape.sites);
        }
        return at;
    }

    // ---- up

    private void up(Chunk chunk, int k) {
        Object payload = chunk.payload(k, tape.sites);
        if (payload == null) {
            upScalar(chunk, k);
        } else if (payload instanceof Payload p) {
            upTensor(chunk, k, p);
        }
    }

    /** The tangent of a number, or of a 0-d tensor that a scalar operation took as one. */
    private double number(Chunk chunk, int k, int distance) {
        long parent = chunk.base + k - distance;
        if (distance == 0 || isBelow(parent)) {
            return 0;
        }
        int at = place(parent);
        return tensors[at] == null ? numbers[at] : numbers[at] + Regions.item(tensors[at]);
    }

    private void upScalar(Chunk chunk, int k) {
        double dx = number(chunk, k, chunk.left[k]);
        double dy = number(chunk, k, chunk.right[k]);
        if (dx == 0 && dy == 0 || chunk.node[k] < 0) {
            return;
        }
        Elementwise op = tape.sites.op(chunk.node[k] >>> 4);
        double x = chunk.x[k];
        double y = chunk.y[k];
        int at = chunk.slice + k;
        if (op == null) {
            numbers[at] = dx;
        } else if (op.arity == 1) {
            numbers[at] = op.pull(0, dx, x, 0, y);
        } else {
            double out = op.apply(x, y);
            numbers[at] = op.pull(0, dx, x, y, out) + op.pull(1, dy, x, y, out);
        }
    }

    /** The tangents of an entry's inputs, null for zero; null if all are. */
    private Value[] tangents(Payload payload) {
        Value[] in = new Value[payload.parents.length];
        boolean any = false;
        for (int j = 0; j < in.length; j++) {
            long parent = payload.parents[j];
            if (parent != 0 && !isBelow(parent)) {
                in[j] = tangent(place(parent), payload.inputs[j]);
                any |= in[j] != null;
            }
        }
        return any ? in : null;
    }

    private Value tangent(int at, Value of) {
        if (of instanceof Scalar s) {
            return numbers[at] == 0 ? null : new Scalar(numbers[at], s.kind, null, 0);
        }
        return tensors[at] != null || numbers[at] == 0 ? tensors[at] : Regions.full((Tensor) of, numbers[at]);
    }

    private void upTensor(Chunk chunk, int k, Payload payload) {
        int at = chunk.slice + k;
        if (chunk.node[k] < 0 || !changes[at] || payload instanceof Variable || tensors[at] != null) {
            return;
        }
        Value[] in = tangents(payload);
        if (in == null) {
            return;
        }
        tape.place = payload.place;
        Value tangent = payload instanceof Same ? in[0] : push(payload, in);
        switch (tangent) {
            case null -> {}
            case Scalar s -> numbers[at] = s.value;
            case Tensor t when payload.output instanceof Scalar -> numbers[at] = Regions.item(t);
            case Tensor t -> tensors[at] = t;
        }
    }

    private Value push(Payload payload, Value[] in) {
        if (quick) {
            if (payload.op == Windows.VIEW && payload.options instanceof Window.Strided window && in[0] instanceof Tensor base
                    && payload.output instanceof Tensor && base.isContiguous()) {
                return base.view(window.shape(), window.strides(), base.offset + window.offset());
            }
            Value pushed = payload.op.push(payload.options, payload.inputs, payload.output, in, tape.buffers);
            if (pushed != null) {
                if (pushed instanceof Tensor t && !isAmong(in, t)) {
                    taken.add(t.cell.storage);
                }
                return pushed;
            }
        }
        return payload.op.jvp(tape, payload.options, payload.inputs, payload.output, in);
    }

    private static boolean isAmong(Value[] values, Value one) {
        for (Value value : values) {
            if (value == one) {
                return true;
            }
        }
        return false;
    }

    // ---- down

    private void down(Chunk chunk, int k) {
        int at = chunk.slice + k;
        Object payload = chunk.payload(k, tape.sites);
        if (chunk.node[k] < 0) {
            if (cotangents.isThere(at) || along.isThere(at)) {
                throw Gradients.secondBackward(chunk.session, Sweep.place(chunk, k, tape.sites), null);
            }
        } else if (payload == null) {
            if (cotangents.numbers[at] != 0 || along.numbers[at] != 0) {
                downScalar(chunk, k, cotangents.numbers[at], along.numbers[at]);
            }
        } else if (payload instanceof Payload p && p.op != null) {
            Value g = cotangents.value(at, p.output);
            Value dg = along.value(at, p.output);
            if (g != null || dg != null) {
                downTensor(p, at, g, dg);
            }
        } else if (payload instanceof Same same && !isBelow(same.parents[0])) {
            int parent = place(same.parents[0]);
            if (pulled[parent]) {
                cotangents.deliver(parent, same.inputs[0], cotangents.value(at, same.output));
            }
            along.deliver(parent, same.inputs[0], along.value(at, same.output));
        }
    }

    private void downScalar(Chunk chunk, int k, double g, double dg) {
        Elementwise op = tape.sites.op(chunk.node[k] >>> 4);
        double x = chunk.x[k];
        double y = chunk.y[k];
        if (op == null) {
            arrive(chunk, k, chunk.left[k], g, dg);
            return;
        }
        double dx = number(chunk, k, chunk.left[k]);
        double dy = number(chunk, k, chunk.right[k]);
        double out = op.arity == 1 ? y : op.apply(x, y);
        double dout = numbers[chunk.slice + k];
        for (int side = 0; side < op.arity; side++) {
            int distance = side == 0 ? chunk.left[k] : chunk.right[k];
            if (distance == 0 || isBelow(chunk.base + k - distance)) {
                continue;
            }
            double change = g == 0 ? 0 : op.slopeAlong(side, x, y, out, dx, dy, dout);
            arrive(chunk, k, distance, op.pull(side, g, x, y, out), op.pull(side, dg, x, y, out) + (change == 0 ? 0 : g * change));
        }
    }

    private void arrive(Chunk chunk, int k, int distance, double g, double dg) {
        long parent = chunk.base + k - distance;
        if (distance != 0 && !isBelow(parent)) {
            int at = place(parent);
            cotangents.numbers[at] += g;
            along.numbers[at] += dg;
        }
    }

    private void downTensor(Payload payload, int at, Value g, Value dg) {
        tape.place = payload.place;
        boolean[] wanted = new boolean[payload.parents.length];
        Value[] in = new Value[wanted.length];
        for (int j = 0; j < wanted.length; j++) {
            long parent = payload.parents[j];
            wanted[j] = parent != 0 && !isBelow(parent);
            in[j] = wanted[j] ? tangent(place(parent), payload.inputs[j]) : null;
        }
        if (quick) {
            if (payload.op == Windows.VIEW && wanted[0] && payload.options instanceof Window.Strided window) {
                if (pulled[place(payload.parents[0])]) {
                    seen(payload, at, g, window, cotangents);
                }
                seen(payload, at, dg, window, along);
                cotangents.drop(at);
                along.drop(at);
                return;
            }
            cotangents.turnTo(payload, cotangents.tensors[at]);
            along.turnTo(payload, along.tensors[at]);
            if (payload.op.pullAlong(payload.options, payload.inputs, payload.output, in, tangent(at, payload.output), g, dg, cotangents,
                    along)) {
                cotangents.leave(at);
                along.leave(at);
                return;
            }
        }
        Value[] given = new Duals(tape).vjp(payload, wanted, in, tangent(at, payload.output), g, dg);
        for (int j = 0; j < wanted.length; j++) {
            if (wanted[j] && given[j] != null) {
                int parent = place(payload.parents[j]);
                if (pulled[parent]) {
                    cotangents.deliver(parent, payload.inputs[j], given[j]);
                }
                along.deliver(parent, payload.inputs[j], Duals.tangent(given[j]));
            }
        }
    }

    private void seen(Payload payload, int at, Value g, Window.Strided window, Side side) {
        if (g != null) {
            Cotangent whole = side.sum(place(payload.parents[0]), (Tensor) payload.inputs[0]);
            InPlace.addSeen(whole, window, g instanceof Scalar ? null : side.tensors[at], side.numbers[at]);
        }
    }
}
