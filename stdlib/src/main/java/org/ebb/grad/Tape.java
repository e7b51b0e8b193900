package org.ebb.grad;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.ebb.kernel.Kernels;
import org.ebb.kernel.Unary;
import org.ebb.op.Elementwise;
import org.ebb.op.Far;
import org.ebb.op.Halves;
import org.ebb.op.Op;
import org.ebb.op.Selection;
import org.ebb.op.Slopes;
import org.ebb.op.Trace;
import org.ebb.op.Window;
import org.ebb.op.Windows;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Cell;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/**
 * The record of what a program computed. One for each context.
 *
 * <p>Entries are numbered by one sequence for all recordings, so the sweep simply runs down the numbers. Compiled code pushes scalar
 * entries itself: it tests {@link #full()}, leaves compiled code to {@link #grow()} if so, and otherwise calls {@link #push}, which
 * makes no call and allocates nothing. One long file: entries, views and recordings share the open chunk, which is a few plain fields.
 */
public final class Tape extends Trace {

    public final Sites sites;

    /** Are operations recorded? */
    public boolean recording;

    /** Are layers such as dropout to behave as in training? */
    public boolean training;

    /** The recording that takes new entries; null outside any. */
    public Session current;

    /** Who runs now, for entries of tensor operations and for errors; set by the node before it calls in. */
    public Place place;

    /** The caller will let go ({@link #letGo}) of the result of what it applies now: its elements may be those of an earlier one. */
    public boolean fleeting;

    /** Whom to tell of nan and inf; null for nobody. */
    public Origin.Listener listener;

    /** Who measures backwards; null for nobody. */
    public Meter meter;

    /** The backwards that nan and inf were looked for in already: once is enough, in a loop too. */
    private final Set<Place> looked = new HashSet<>();

    private Chunk chunk;
    private int[] node;
    private int[] left;
    private int[] right;
    private double[] x;
    private double[] y;
    private int count;
    private int limit;
    private long base;

    /** The number of the next chunk's first entry. */
    long next = 1;

    private final Payload.Outlines outlines = new Payload.Outlines();
    private final Total.Known totals = new Total.Known();
    private final Element.Known elements = new Element.Known();
    private final ChunkPool pool = new ChunkPool();
    final Buffers buffers = new Buffers();

    /** Memory is short: forgets what was kept to be used again. */
    public void forgetBuffers() {
        pool.clear();
        buffers.clear();
    }
    final Foresight foresight = new Foresight(this);
    private final Sweep sweep = new Sweep(this);

    public Tape(Sites sites) {
        this.sites = sites;
    }

    // ---- scalar entries ----

    /** Is there no room for another entry? */
    public boolean full() {
        return count == limit;
    }

    /**
     * Records a scalar operation; there must be room. {@code site} is the site number and the kind of the result, packed by
     * {@link #node}; a parent of 0 is a constant. {@code x} and {@code y} are the operands, or operand and result for one operand.
     */
    public long push(int site, long leftParent, long rightParent, double x, double y) {
        int k = count;
        long id = base + k;
        node[k] = site;
        left[k] = leftParent == 0 ? 0 : (int) (id - leftParent);
        right[k] = rightParent == 0 ? 0 : (int) (id - rightParent);
        this.x[k] = x;
        this.y[k] = y;
        count = k + 1;
        return id;
    }

    public static int node(int site, int kind) {
        return site << 4 | kind;
    }

    /** Makes room for more entries. */
    public void grow() {
        seal();
        open(chunk == null ? pool.first() : pool.after(current.size()));
    }

    private void open(Chunk fresh) {
        // Entries count back to their parents in 31 bits.
        if (next + fresh.capacity() - Math.min(current.oldest, next) > Integer.MAX_VALUE) {
            throw tooFar();
        }
        current.first = Math.min(current.first, next);
        current.oldest = Math.min(current.oldest, next);
        fresh.session = current;
        fresh.base = next;
        fresh.count = 0;
        current.chunks.add(fresh);
        next += fresh.capacity();
        chunk = fresh;
        node = fresh.node;
        left = fresh.left;
        right = fresh.right;
        x = fresh.x;
        y = fresh.y;
        count = 0;
        limit = fresh.capacity();
        base = fresh.base;
    }

    private static TensorException tooFar() {
        return new TensorException.TooLarge("recording: more than " + Integer.MAX_VALUE + " operations lie between a value and what it was computed "
                + "from; carry values over with x = x.detach(), or run backward more often");
    }

    /** How many entries were made so far, but for those whose room was used again. */
    public long position() {
        return chunk == null ? next : base + count;
    }

    /** The storage that entries of the open chunk from a position on keep; an entry may keep what another one keeps too. */
    public void kept(long from, Consumer<Storage> each) {
        if (chunk == null || chunk.payload == null) {
            return;
        }
        for (int k = (int) Math.max(0, from - base); k < count; k++) {
            switch (chunk.payload[k]) {
                case Payload payload -> payload.kept(each);
                case Alike alike -> alike.kept(each);
                case null, default -> { }
            }
        }
    }

    /** Writes the count of the open chunk down. */
    void seal() {
        if (chunk != null) {
            chunk.count = count;
        }
    }

    private void close() {
        seal();
        if (current != null) {
            pool.learn(current.size());
        }
        if (chunk != null && next == chunk.base + chunk.capacity()) {
            next = chunk.base + Math.max(1, chunk.count);
        }
        chunk = null;
        node = null;
        count = 0;
        limit = 0;
    }

    // ---- recordings ----

    /** What {@link #restore} brings back. */
    public record Mode(boolean recording, boolean training, Session session) {}

    public Mode mode() {
        return new Mode(recording, training, current);
    }

    /** Turns recording on or off, and the training flag with it; give the result to {@link #restore} at the end of the block. */
    public Mode enter(boolean record, boolean train) {
        Mode before = mode();
        training = train;
        if (record && current == null) {
            current = new Session();
        }
        recording = record;
        return before;
    }

    public Mode train(boolean train) {
        Mode before = mode();
        training = train;
        return before;
    }

    public void restore(Mode before) {
        recording = before.recording;
        training = before.training;
        if (current != before.session) {
            Session left = current;
            close();
            current = before.session;
            if (left != null && left.used > 0 && left.used == left.size()) {
                release(left);
            }
            if (current != null && !current.chunks.isEmpty() && !current.released) {
                reopen(current.chunks.getLast());
            }
        }
    }

    /**
     * As {@link #restore}, for a recording that began with the block and that nothing outlives: its room is used again at once. A value
     * that did outlive it counts as used up.
     */
    public void discard(Mode before, Place by) {
        Session own = current != before.session ? current : null;
        restore(before);
        if (own != null && !own.released) {
            own.usedUpBy = by;
            for (Chunk old : own.chunks) {
                old.letGo(buffers);
            }
            release(own);
        }
    }

    /**
     * Ends a recording of numbers alone and begins another one in its room; false, and nothing done, where it holds more. For callers that
     * differentiate the same function again and again: a value that outlived its recording counts as used up, as after {@link #discard}.
     */
    public boolean renew() {
        Session old = current;
        if (chunk == null || chunk.payload != null || old.chunks.size() != 1 || old.linkCount() != 0 || old.attached != null || old.checked
                || next != base + limit) {
            return false;
        }
        Chunk room = chunk;
        old.chunks.clear();
        old.released = true;
        next = base + Math.max(1, count);
        current = new Session();
        open(room);
        return true;
    }

    /** The number of the first entry of the current recording; there must be one. */
    public long first() {
        return current.chunks.getFirst().base;
    }

    /**
     * The gradient of a number of the current recording with respect to the n variables that the recording began with, into {@code out}.
     * False where more is needed than this: the recording holds tensors or builds on another one, or not all is finite.
     */
    public boolean slopes(Scalar head, int n, double[] out, int at) {
        if (chunk == null || head.recording != current || !Double.isFinite(head.value) || chunk.payload != null || current.chunks.size() != 1 || current.linkCount() != 0
                || current.attached != null || meter != null || sweep.isBusy()) {
            return false;
        }
        seal();
        return sweep.slopes(chunk, (int) (head.id - base), n, out, at);
    }

    private void reopen(Chunk last) {
        // Entries of other recordings may have taken the numbers after it: what room is left there is given up.
        chunk = last;
        count = last.count;
        node = last.node;
        left = last.left;
        right = last.right;
        x = last.x;
        y = last.y;
        base = last.base;
        limit = next == base + last.capacity() ? last.capacity() : count;
    }

    // ---- who is whose parent ----

    /** The entry of a value in the current recording; 0 where it is a constant. Recording must be on. */
    public long entry(Value value) {
        return switch (value) {
            case Scalar s -> s.recording == null ? 0 : entry(s.recording, s.id, s);
            case Tensor t -> entry(t);
        };
    }

    /** The entry of a version, adopting its recording (or giving a leaf its entry) where that is new here. */
    public long entry(Recording recording, long id, Value value) {
        if (recording != current && recording.adoptedBy != current) {
            adopt(recording, value);
        }
        return recording.entry(id);
    }

    /** Makes values of another recording, or a leaf, known in the current one. */
    public void adopt(Recording recording, Value value) {
        if (recording instanceof Leaf leaf) {
            leaf.leafEntry = pushPayload(new Variable(leaf, value, place));
        } else {
            long oldest = Math.min(current.oldest, ((Session) recording).first);
            if (next - oldest > Integer.MAX_VALUE) {
                throw tooFar();
            }
            current.oldest = oldest;
            current.link(recording);
        }
        recording.adoptedBy = current;
    }

    private long entry(Tensor t) {
        Cell cell = t.cell;
        if (t.isBase()) {
            return cell.recording == null ? 0 : entry(cell.recording, cell.id, t);
        }
        if (t.seenRecording != cell.recording || t.seenId != cell.id) {
            return look(t);
        }
        Recording look = t.lookRecording;
        if (look == null) {
            return 0;
        }
        // A leaf has one entry in each recording, so a view of it looks anew in each.
        if (cell.recording instanceof Leaf && look != current && !(look instanceof Leaf)) {
            return look(t);
        }
        return entry(look, t.lookId, t);
    }

    /** Records that a view reads the current version of its cell. */
    private long look(Tensor t) {
        Cell cell = t.cell;
        if (cell.recording == null) {
            t.seenRecording = null;
            t.seenId = 0;
            t.lookRecording = null;
            t.lookId = 0;
            return 0;
        }
        Tensor whole = whole(cell, t);
        long parent = entry(cell.recording, cell.id, whole);
        long id = pushPayload(new Payload(Windows.VIEW, Window.Strided.of(t), new Value[] {Payload.outline(whole)}, new long[] {parent},
                Payload.outline(t), place));
        t.seenRecording = cell.recording;
        t.seenId = cell.id;
        t.lookRecording = current;
        t.lookId = id;
        return id;
    }

    static Tensor whole(Cell cell, Tensor t) {
        return new Tensor(cell, cell.base, cell.base.strides(), 0, t.flavour(), false);
    }

    /** To be called for every new view: inside a recording it looks at once, outside it sees the cell as a constant. */
    public Tensor viewed(Tensor view) {
        Cell cell = view.cell;
        if (cell.recording != null) {
            if (recording) {
                look(view);
            } else {
                view.seenRecording = cell.recording;
                view.seenId = cell.id;
            }
        }
        return view;
    }

    // ---- operations ----

    /** For an entry that is no number. */
    private void makeRoom() {
        if (full()) {
            grow();
        }
        if (chunk.payload == null) {
            chunk.payload = new Object[chunk.capacity()];
        }
    }

    long pushPayload(Payload payload) {
        makeRoom();
        chunk.payload[count] = payload;
        return push(0, 0, 0, 0, 0);
    }

    Tensor outline(Tensor t) {
        return outlines.of(t);
    }

    long pushAlike(Elementwise op, long left, long right, Alike alike) {
        makeRoom();
        chunk.payload[count] = alike;
        return push(node(sites.number(op, place), 0), left, right, 0, 0);
    }

    private long pushElement(Element element, long whole, long written, long place, Scalar value) {
        makeRoom();
        chunk.payload[count] = element;
        return push(node(sites.number(element.op(), this.place), value.kind), whole, written, place, value.value);
    }

    /**
     * The element of a tensor, which descends from it; recording must be on. A view that was written past since it last looked at its cell
     * is read in the cell: otherwise a loop that writes and reads through it would pass a cotangent of its whole size at each turn.
     *
     * @param number the element's row-major number in x
     */
    public Scalar element(Tensor x, long number, Scalar read) {
        Cell cell = x.cell;
        boolean inCell = !x.isBase() && cell.recording != null && (x.seenRecording != cell.recording || x.seenId != cell.id);
        long whole = inCell ? entry(cell.recording, cell.id, whole(cell, x)) : entry(x);
        if (whole == 0) {
            return read;
        }
        Element form = elements.of(Windows.VIEW, inCell ? cell.base : x.shape(), x.dtype(), x);
        return new Scalar(read.value, read.kind, current, pushElement(form, whole, 0, inCell ? x.position(number) : number, read));
    }

    /** The entry of a write of one number, or where a cell's history is {@code before} (0: none), to the element at a place of it. */
    long writtenElement(Tensor whole, long before, long written, long place, Scalar value) {
        return pushElement(elements.of(Windows.PUT, whole.shape(), whole.dtype(), whole), before, written, place, value);
    }

    @Override
    public boolean onlyEvaluates() {
        return !recording;
    }

    @Override
    public Value apply(Op op, Object options, Value... inputs) {
        if (op instanceof Elementwise row && options == null && !fleeting) {
            Tensor result = Alike.apply(this, row, inputs);
            if (result != null) {
                return result;
            }
        }
        if (Far.among(inputs)) {
            return far(op, options, inputs);
        }
        if (Halves.among(op, inputs)) {
            return Halves.apply(this, op, options, inputs);
        }
        Foresight.Ahead ahead = recording ? foresight.forward(op, options, inputs) : null;
        if (ahead != null) {
            return record(op, options, inputs, ahead.output(), ahead);
        }
        Value output = fleeting ? op.forward(options, inputs, buffers) : op.forward(options, inputs);
        return recording && op.differentiable() ? record(op, options, inputs, output) : output;
    }

    /**
     * relu of a tensor that nobody will look at again: in its own elements, where it has them alone. What the rule asks of x, where it is above 0,
     * the result tells as well.
     */
    public Value reluOfLast(Tensor x) {
        if (!(x.cell.storage instanceof Storage.Floats elements) || elements.owners != 1 || !x.isBase() || x.frozen || x.cell.attached != null
                || x.cell.recording instanceof Leaf) {
            return apply(Selection.RELU, null, x);
        }
        float[] array = elements.array;
        Kernels.fastest().unary(Unary.RELU, array, 0, 1, array, 0, 1, array.length);
        Tensor relu = Tensor.of(elements, x.shape(), x.flavour());
        return recording ? record(Selection.RELU, null, new Value[] {x}, relu) : relu;
    }

    /** More elements than one array holds: nothing about them is recorded. */
    private Value far(Op op, Object options, Value[] inputs) {
        for (Value input : inputs) {
            if (recording && op.differentiable() && entry(input) != 0) {
                throw Storage.Pieces.tooMany("recording " + op.name);
            }
        }
        return Far.apply(this, op, options, inputs);
    }

    /** A light scalar as a float of the language, which descends from it while recording is on. */
    public Scalar asFloat(Scalar s) {
        long parent = recording ? entry(s) : 0;
        if (parent == 0) {
            return Scalar.of(s.value);
        }
        if (full()) {
            grow();
        }
        long id = push(node(sites.number(Slopes.FLOAT, place), Scalar.FLOAT), parent, 0, s.value, s.value);
        return new Scalar(s.value, Scalar.FLOAT, current, id);
    }

    /** Gives a computed output its entry, if any input has one. */
    public Value record(Op op, Object options, Value[] inputs, Value output) {
        return record(op, options, inputs, output, null);
    }

    private Value record(Op op, Object options, Value[] inputs, Value output, Foresight.Ahead ahead) {
        if (output instanceof Scalar s && inputs.length == 1 && inputs[0] instanceof Tensor x && s.dtype() == x.dtype()) {
            double divisor = op.divisor(options, x);
            if (divisor != 0) {
                return recordTotal(op, options, x, divisor, s);
            }
        }
        long[] parents = null;
        for (int k = 0; k < inputs.length; k++) {
            long parent = entry(inputs[k]);
            if (parent != 0) {
                if (parents == null) {
                    parents = new long[inputs.length];
                }
                parents[k] = parent;
            }
        }
        if (parents == null || !output.dtype().isFloat()) {
            return output;
        }
        if (output instanceof Scalar s && op instanceof Elementwise e && allScalars(inputs)) {
            return recordScalar(e, inputs, parents, s);
        }
        long wanted = Payload.wanted(parents);
        Value[] kept = new Value[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            kept[k] = keep(inputs[k], op.readsInput(k, wanted));
        }
        var payload = new Payload(op, options, kept, parents, keep(output, op.readsOutput(wanted)), place);
        return own(output, pushPayload(ahead == null ? payload : ahead.with(payload)));
    }

    private Scalar recordTotal(Op op, Object options, Tensor x, double divisor, Scalar output) {
        long parent = entry(x);
        if (parent == 0) {
            return output;
        }
        makeRoom();
        chunk.payload[count] = totals.of(op, options, outlines.of(x), divisor);
        return new Scalar(output.value, output.kind, current, push(node(sites.number(op, place), output.kind), parent, 0, 0, output.value));
    }

    /** The value as a rule may read it later: scalars as they are, tensors as they are now, or only their outline. */
    Value keep(Value value, boolean read) {
        return switch (value) {
            case Scalar s -> s.recording == null ? s : new Scalar(s.value, s.kind, null, 0);
            case Tensor t -> read ? t.kept() : outlines.of(t);
        };
    }

    private static boolean allScalars(Value[] inputs) {
        for (Value input : inputs) {
            if (!(input instanceof Scalar)) {
                return false;
            }
        }
        return inputs.length <= 2;
    }

    private Scalar recordScalar(Elementwise op, Value[] inputs, long[] parents, Scalar output) {
        if (full()) {
            grow();
        }
        double first = ((Scalar) inputs[0]).value;
        boolean two = inputs.length == 2;
        long id = push(node(sites.number(op, place), output.kind), parents[0], two ? parents[1] : 0, first,
                two ? ((Scalar) inputs[1]).value : output.value);
        return new Scalar(output.value, output.kind, current, id);
    }

    /** The same value, now the one that entry {@code id} of the current recording made. */
    Value own(Value output, long id) {
        return switch (output) {
            case Scalar s -> new Scalar(s.value, s.kind, current, id);
            case Tensor t -> {
                Tensor fresh = t.cell.recording == null && t.isBase() ? t : fresh(t);
                fresh.cell.recording = current;
                fresh.cell.id = id;
                yield fresh;
            }
        };
    }

    private static Tensor fresh(Tensor t) {
        Tensor whole = t.copy();
        return t.frozen ? new Tensor(whole.cell, t.shape(), t.shape().strides(), 0, t.flavour(), true) : whole;
    }

    /** The same value without history: a constant, whose elements are copied only if one side is written to. */
    public Value detach(Value value) {
        return switch (value) {
            case Scalar s -> new Scalar(s.value, s.kind, null, 0);
            case Tensor t -> t.snapshot();
        };
    }

    /** The same value with the same history, which later writes do not reach: to be saved for a backward. */
    public Value kept(Value value) {
        if (!(value instanceof Tensor t)) {
            return value;
        }
        Tensor kept = t.snapshot();
        kept.cell.recording = t.cell.recording;
        kept.cell.id = t.cell.id;
        kept.seenRecording = t.seenRecording;
        kept.seenId = t.seenId;
        kept.lookRecording = t.lookRecording;
        kept.lookId = t.lookId;
        return kept;
    }

    /**
     * A variable to differentiate with respect to: the same value with an entry of its own, which still descends from the value's
     * history. Recording must be on.
     */
    public Value variable(Value value) {
        long parent = entry(value);
        if (value instanceof Scalar s) {
            if (full()) {
                grow();
            }
            return new Scalar(s.value, s.kind, current, push(node(sites.number(null, place), s.kind), parent, 0, s.value, s.value));
        }
        Tensor t = (Tensor) value;
        // Shared until one side is written to.
        Tensor copy = t.isBase() && !t.frozen ? t.snapshot() : fresh(t);
        Tensor outline = Payload.outline(copy);
        return own(copy, pushPayload(new Same(outline, parent, place)));
    }

    /** A backward met nan or inf: finds out where they began, once for each place that calls backward. */
    void notFinite(List<Gradients.Head> seeds, Place by) {
        boolean raise = seeds.stream().anyMatch(seed -> seed.session() != null && seed.session().checked);
        if (listener != null && (looked.add(by) || raise)) {
            listener.found(Origin.of(this, seeds), by, raise);
        }
    }

    /**
     * Nobody sees a tensor any more, of which the caller knows that it had its elements alone: they serve again, at once or when the last
     * entry that keeps them is used up.
     */
    public void letGo(Tensor last) {
        Storage elements = last.cell.storage;
        if (elements.owners > 1) {
            elements.owners--;
            elements.unseen = true;
        } else {
            buffers.give(elements);
        }
    }

    /** Gives back the chunks of a recording that is over and wholly used up. */
    void release(Session session) {
        session.explain();
        session.chunks.forEach(pool::give);
        session.chunks.clear();
        session.unlink();
        session.released = true;
    }

    /** A sweep to run backward with; a rule of the user's may run backward within a backward. */
    Sweep sweep() {
        return sweep.isBusy() ? new Sweep(this) : sweep;
    }

    /**
     * What to ask for the gradient of a variable: it names the variable's entry also after the program wrote into the tensor that it was
     * given. Has no elements.
     */
    public Value handle(Value variable) {
        return variable instanceof Tensor t ? Replay.tracked(Payload.outline(t), Gradients.id(t), Gradients.recording(t)) : variable;
    }

    /** The chunks of a recording, with the open one written down. */
    List<Chunk> chunks(Session session) {
        if (session == current) {
            seal();
        }
        return session.chunks;
    }
}
