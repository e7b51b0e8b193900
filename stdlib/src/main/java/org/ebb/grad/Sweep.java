package org.ebb.grad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Poll;
import org.ebb.op.Elementwise;
import org.ebb.op.Ready;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/**
 * Reverse mode, once, without recording itself: runs down the entries below the heads and hands each cotangent to the parents.
 *
 * <p>Scalar entries have a double in one flat array; tensor entries a {@link Cotangent}. What no path reached stays absent, which is not
 * zero: it is neither used up nor written to a gradient. A cotangent of exactly zero passes zeros on, whatever the slope.
 *
 * <p>Tensor entries are run quickly first: see Note [Two sweeps]. Longer than most files, since both sweeps share the arrays and the loop.
 */
final class Sweep extends Arrivals {

    /** "Nothing arrived": a NaN that arithmetic does not produce. */
    private static final long ABSENT_BITS = 0x7ff8_0000_0ebb_0ebbL;
    private static final double ABSENT = Double.longBitsToDouble(ABSENT_BITS);

    /** Scratch arrays above this many entries are not kept for the next sweep. */
    private static final int KEPT = 1 << 20;

    /** The place of what no program recorded. */
    private static final Place NOWHERE = new Place() {
        @Override
        public String where() {
            return "an unknown place";
        }

        @Override
        public String text() {
            return "";
        }
    };

    private final Tape tape;
    private double[] scratch = new double[256];
    private Cotangent[] tensorScratch = new Cotangent[64];
    private double[] scalars;

    /** The entries of this sweep; the three below are parts of it, at hand. */
    private Reach reach;
    private List<Chunk> chunks;
    private boolean flat;
    private int length;

    /** A backward is running: one that it calls in turn needs a sweep of its own. */
    private boolean busy;

    private boolean retain;
    private final List<Leaf> reached = new ArrayList<>();

    /** Rows may take their quick way; see Note [Two sweeps]. */
    private boolean quick;

    Sweep(Tape tape) {
        super(tape.buffers);
        this.tape = tape;
    }

    /** Prepares for the entries of these recordings and all they build on. */
    void begin(List<Session> heads, boolean retain) {
        busy = true;
        this.retain = retain;
        reached.clear();
        reach = Reach.of(tape, heads);
        quick = reach.payloads && !reach.custom;
        chunks = reach.chunks;
        flat = reach.flat;
        length = reach.length;
        scalars = length <= scratch.length ? scratch : length <= KEPT ? (scratch = new double[Math.max(length, 2 * scratch.length)]) : new double[length];
        Arrays.fill(scalars, 0, length, ABSENT);
        if (!reach.payloads) {
            tensors = null;
        } else if (length <= KEPT) {
            if (tensorScratch.length < length) {
                tensorScratch = new Cotangent[Math.max(length, 2 * tensorScratch.length)];
            }
            tensors = tensorScratch;
        } else {
            tensors = new Cotangent[length];
        }
    }

    /**
     * Sweeps from the seeds down to the entry {@code last}, and uses up what was reached.
     *
     * @param asked the scalar entries that will be asked for by {@link #take}
     */
    void run(List<Gradients.Head> seeds, long last, long[] asked, Place by) {
        once(seeds, last);
        boolean finite = isFinite(asked);
        if (quick && !finite) {
            quick = false;
            Arrays.fill(scalars, 0, length, ABSENT);
            if (tensors != null) {
                Arrays.fill(tensors, 0, length, null);
            }
            for (Leaf leaf : reached) {
                leaf.pending = null;
            }
            reached.clear();
            once(seeds, last);
            finite = isFinite(asked);
        }
        if (!finite || !isFinite(seeds)) {
            tape.notFinite(seeds, by);
        }
        if (!retain) {
            useUp(last);
        }
    }

    private void once(List<Gradients.Head> seeds, long last) {
        for (Gradients.Head seed : seeds) {
            if (seed.session() != null) {
                seed(seed.session(), seed.id(), seed.gradient());
            } else {
                arrive((Leaf) seed.recording(), seed.gradient());
            }
        }
        down(last);
        checkGaps();
    }

    /** The numbers that arrive at the first n entries of a chunk of numbers, the only one of its recording; false where not all are finite. */
    boolean slopes(Chunk chunk, int head, int n, double[] out, int to) {
        if (head >= scratch.length) {
            scratch = new double[Math.max(head + 1, 2 * scratch.length)];
        }
        busy = true;
        scalars = scratch;
        Arrays.fill(scalars, 0, head + 1, ABSENT);
        scalars[head] = 1;
        int before = chunk.slice;
        chunk.slice = 0;
        flat = true;
        try {
            scalarChunk(chunk, n, head + 1);
            boolean finite = true;
            for (int k = 0; k < n; k++) {
                double g = k > head || isAbsent(k) ? 0 : scalars[k];
                finite &= Double.isFinite(g);
                out[to + k] = g;
            }
            return finite;
        } finally {
            chunk.slice = before;
            scalars = null;
            busy = false;
        }
    }

    private static boolean isFinite(List<Gradients.Head> seeds) {
        for (Gradients.Head seed : seeds) {
            if (!Regions.isFinite(seed.value())) {
                return false;
            }
        }
        return true;
    }

    /** Is everything finite that arrived where somebody will look? */
    private boolean isFinite(long[] asked) {
        for (Leaf leaf : reached) {
            if (!leaf.pendingIsFinite && !Regions.isFinite(leaf.pending)) {
                return false;
            }
        }
        for (long id : asked) {
            int at = index(id);
            if (at >= 0 && at < length && (!Double.isFinite(scalars[at]) && !isAbsent(at)
                    || tensors != null && tensors[at] != null && !Regions.isFinite(tensors[at].value()))) {
                return false;
            }
        }
        return true;
    }

    private boolean isAbsent(int at) {
        return Double.doubleToRawLongBits(scalars[at]) == ABSENT_BITS;
    }

    private int index(long id) {
        return reach.index(id);
    }

    /** Lets a cotangent arrive at an entry. */
    private void seed(Session session, long id, Value cotangent) {
        if (reach.chunk(id) == null) {
            throw Gradients.secondBackward(session, session.place(id, tape.sites), null);
        }
        add(id, cotangent);
    }

    private void add(long id, Value cotangent) {
        int at = index(id);
        if (at < 0) {
            throw usedUp(id);
        }
        if (cotangent instanceof Scalar s) {
            addScalar(at, s.value);
        } else {
            addTensor(at, (Tensor) cotangent);
        }
    }

    private void addScalar(int at, double g) {
        double before = scalars[at];
        scalars[at] = Double.doubleToRawLongBits(before) == ABSENT_BITS ? g : before + g;
    }

    private void down(long last) {
        for (Chunk chunk : chunks) {
            if (chunk.base + chunk.count <= last) {
                break;
            }
            Poll.now();
            int from = (int) Math.max(0, last - chunk.base);
            if (tape.meter != null) {
                metered(chunk, from);
            } else if (chunk.payload == null) {
                scalarChunk(chunk, from, chunk.count);
            } else {
                mixedChunk(chunk, from, chunk.count);
            }
        }
    }

    /**
     * Between chunks lie numbers of recordings that are gone, or that nothing here builds on. What arrived there was meant for an entry
     * that an earlier backward used up.
     */
    private void checkGaps() {
        for (int[] gap : reach.gaps) {
            for (int at = gap[0]; at < gap[1]; at++) {
                if (Double.doubleToRawLongBits(scalars[at]) != ABSENT_BITS || tensors != null && tensors[at] != null) {
                    throw usedUp(reach.entry(at));
                }
            }
        }
    }

    /** As the two below, in pieces of one place each. */
    private void metered(Chunk chunk, int from) {
        int to = chunk.count;
        while (to > from) {
            Place place = place(chunk, to - 1, tape.sites);
            int piece = to - 1;
            while (piece > from && place(chunk, piece - 1, tape.sites) == place) {
                piece--;
            }
            tape.meter.at(place);
            if (chunk.payload == null) {
                scalarChunk(chunk, piece, to);
            } else {
                mixedChunk(chunk, piece, to);
            }
            to = piece;
        }
        tape.meter.at(null);
    }

    private void scalarChunk(Chunk chunk, int from, int to) {
        byte[] codes = tape.sites.codes();
        for (int k = to - 1; k >= from; k--) {
            double g = scalars[chunk.slice + k];
            if (Double.doubleToRawLongBits(g) != ABSENT_BITS) {
                scalarEntry(chunk, k, g, codes);
            }
        }
    }

    private void mixedChunk(Chunk chunk, int from, int to) {
        byte[] codes = tape.sites.codes();
        for (int k = to - 1; k >= from; k--) {
            int at = chunk.slice + k;
            double g = scalars[at];
            boolean number = Double.doubleToRawLongBits(g) != ABSENT_BITS;
            if (chunk.payload[k] == null) {
                if (number) {
                    scalarEntry(chunk, k, g, codes);
                }
            } else if (number || tensors[at] != null) {
                double arrived = number ? g : ABSENT;
                switch (chunk.payload[k]) {
                    case Element element -> elementEntry(chunk, k, element, arrived);
                    case Alike alike -> alikeEntry(chunk, k, alike, arrived);
                    case Total total -> totalEntry(chunk, k, total, arrived);
                    default -> tensorEntry(chunk, k, arrived);
                }
            }
        }
    }

    private void scalarEntry(Chunk chunk, int k, double g, byte[] codes) {
        int node = chunk.node[k];
        if (node < 0) {
            throw Gradients.secondBackward(chunk.session, place(chunk, k, tape.sites), null);
        }
        double x = chunk.x[k];
        double y = chunk.y[k];
        int left = chunk.left[k];
        int right = chunk.right[k];
        double gx;
        double gy = 0;
        if (g == 0) {
            gx = 0; // strong zero: no slope is asked
        } else {
            switch (codes[node >>> 4]) {
                case Sites.ADD -> {
                    gx = g;
                    gy = g;
                }
                case Sites.SUBTRACT -> {
                    gx = g;
                    gy = -g;
                }
                case Sites.MULTIPLY -> {
                    gx = g * y;
                    gy = g * x;
                }
                case Sites.DIVIDE -> {
                    gx = g / y;
                    gy = -gx * (x / y);
                }
                case Sites.NEGATE -> gx = -g;
                case Sites.EXP -> gx = g * y;
                case Sites.LOG -> gx = g / x;
                case Sites.SQRT -> gx = g * 0.5 / y;
                case Sites.SIN -> gx = g * Math.cos(x);
                case Sites.COS -> gx = -g * Math.sin(x);
                case Sites.TANH -> gx = g * (1 - y * y);
                case Sites.VARIABLE -> gx = g;
                case Sites.UNARY -> gx = tape.sites.op(node >>> 4).pull(0, g, x, 0, y);
                default -> {
                    Elementwise op = tape.sites.op(node >>> 4);
                    double out = op.readsOutput((left == 0 ? 0 : 1) | (right == 0 ? 0 : 2)) ? op.apply(x, y) : 0;
                    gx = left == 0 ? 0 : op.pull(0, g, x, y, out);
                    gy = right == 0 ? 0 : op.pull(1, g, x, y, out);
                }
            }
        }
        if (left != 0) {
            toParent(chunk, k, left, gx);
        }
        if (right != 0) {
            toParent(chunk, k, right, gy);
        }
        if (chunk.isMarked(k)) {
            intermediate(chunk, k, new Scalar(g, node & 15, null, 0));
        }
    }

    private void toParent(Chunk chunk, int k, int distance, double g) {
        int at = flat ? chunk.slice + k - distance : index(chunk.base + k - distance);
        if (at < 0) {
            throw usedUp(chunk.base + k - distance);
        }
        double before = scalars[at];
        scalars[at] = Double.doubleToRawLongBits(before) == ABSENT_BITS ? g : before + g;
    }

    /** As {@link InPlace} does it, for one element. */
    private void elementEntry(Chunk chunk, int k, Element element, double number) {
        int at = chunk.slice + k;
        if (chunk.node[k] < 0) {
            throw Gradients.secondBackward(chunk.session, place(chunk, k, tape.sites), null);
        }
        boolean hasNumber = Double.doubleToRawLongBits(number) != ABSENT_BITS;
        Cotangent arrived = tensors[at];
        tensors[at] = null;
        scalars[at] = hasNumber ? number : 0; // reached, whatever arrived
        if (element.writes()) {
            written(chunk, k, element, arrived, hasNumber, number);
        } else {
            double g = (hasNumber ? number : 0) + (arrived == null ? 0 : Regions.item(arrived.value()));
            if (chunk.isMarked(k)) {
                intermediate(chunk, k, new Scalar(g, chunk.node[k] & 15, null, 0));
            }
            Storage whole = sum(place(chunk.base + k - chunk.left[k]), element.whole()).elements();
            long place = (long) chunk.x[k];
            whole.setDouble(place, whole.getDouble(place) + g);
        }
    }

    private void written(Chunk chunk, int k, Element element, Cotangent arrived, boolean hasNumber, double number) {
        Cotangent cotangent = arrived == null ? new Cotangent(Regions.full(element.whole(), number)) : arrived;
        if (arrived != null && hasNumber) {
            cotangent.add(Regions.full(element.whole(), number));
        }
        if (chunk.isMarked(k)) {
            intermediate(chunk, k, cotangent.shared());
        }
        Storage elements = cotangent.elements();
        long place = (long) chunk.x[k];
        if (chunk.right[k] != 0) {
            toParent(chunk, k, chunk.right[k], elements.getDouble(place));
        }
        Cotangent before = null;
        if (chunk.left[k] != 0) {
            elements.setDouble(place, 0);
            int parent = place(chunk.base + k - chunk.left[k]);
            before = tensors[parent];
            if (before == null) {
                tensors[parent] = cotangent;
                return;
            }
            before.add(cotangent.value());
        }
        cotangent.giveBack(buffers());
    }

    /** Is there nothing to do for an entry but its row's quick way? */
    private boolean isPlain(Chunk chunk, int k) {
        return quick && chunk.node[k] >= 0 && !chunk.isMarked(k);
    }

    private void alikeEntry(Chunk chunk, int k, Alike entry, double number) {
        int at = chunk.slice + k;
        Cotangent arrived = tensors[at];
        if (Double.doubleToRawLongBits(number) != ABSENT_BITS || !isPlain(chunk, k) || arrived.plain(entry.like) == null) {
            tensorEntry(chunk, k, number);
            return;
        }
        Elementwise op = tape.sites.op(chunk.node[k] >>> 4);
        tensors[at] = null;
        int left = chunk.left[k] == 0 ? -1 : place(chunk.base + k - chunk.left[k]);
        int right = chunk.right[k] == 0 ? -1 : place(chunk.base + k - chunk.right[k]);
        boolean passed = false;
        if (left >= 0 && right >= 0 && left != right && tensors[left] == null && tensors[right] != null) {
            // What arrived becomes, at last, the sum that is yet to begin.
            passed = pull(entry, op, 1, right, arrived, passed, false);
            passed = pull(entry, op, 0, left, arrived, passed, true);
        } else {
            if (left >= 0) {
                passed = pull(entry, op, 0, left, arrived, passed, right < 0);
            }
            if (right >= 0) {
                passed = pull(entry, op, 1, right, arrived, passed, true);
            }
        }
        if (!passed) {
            arrived.giveBack(buffers());
        }
        scalars[at] = 0; // reached
    }

    /**
     * Lets the cotangent of input j arrive at a parent; true where by now what arrived here is that of a parent.
     *
     * @param passed it is so already
     * @param last nobody asks for what arrived here after this
     */
    private boolean pull(Alike entry, Elementwise op, int j, int parent, Cotangent arrived, boolean passed, boolean last) {
        Storage g = arrived.plain(entry.like);
        Cotangent sum = tensors[parent];
        boolean first = sum == null;
        if (op.slope(j) == null) {
            return passed;
        }
        if (op.ready() != null && op.ready()[j] == Ready.ONE) {
            if (first) {
                tensors[parent] = passed ? Cotangent.copy(arrived, buffers()) : arrived;
                return true;
            }
            sum.add(g);
            return passed;
        }
        boolean inPlace = first && last && !passed && arrived.isOwn();
        if (first) {
            sum = inPlace ? arrived : Cotangent.ofAny(entry.like, buffers());
            tensors[parent] = sum;
        }
        entry.pull(op, j, first, g, sum.elements());
        return passed || inPlace;
    }

    private void totalEntry(Chunk chunk, int k, Total total, double number) {
        if (tensors[chunk.slice + k] != null || !isPlain(chunk, k)) {
            tensorEntry(chunk, k, number);
            return;
        }
        int parent = place(chunk.base + k - chunk.left[k]);
        boolean first = tensors[parent] == null;
        if (first) {
            tensors[parent] = Cotangent.ofAny(total.whole(), buffers());
        }
        total.spread(first, number, tensors[parent].elements());
    }

    private void tensorEntry(Chunk chunk, int k, double number) {
        int at = chunk.slice + k;
        if (chunk.node[k] < 0) {
            throw Gradients.secondBackward(chunk.session, place(chunk, k, tape.sites), null);
        }
        Payload payload = (Payload) chunk.payload(k, tape.sites);
        boolean scalar = payload.output instanceof Scalar;
        Cotangent cotangent = tensors[at];
        if (!(payload instanceof Same)) {
            tensors[at] = null; // a variable's is asked for at the end
        }
        boolean hasNumber = Double.doubleToRawLongBits(number) != ABSENT_BITS;
        boolean marked = chunk.isMarked(k);
        boolean own = false;
        Value g;
        if (scalar) {
            double sum = (hasNumber ? number : 0) + (cotangent == null ? 0 : Regions.item(cotangent.value()));
            g = new Scalar(sum, ((Scalar) payload.output).kind, null, 0);
        } else {
            Tensor like = (Tensor) payload.output;
            if (cotangent == null) {
                cotangent = new Cotangent(Regions.full(like, number));
            } else if (hasNumber) {
                cotangent.add(Regions.full(like, number));
            }
            own = !marked && cotangent.isOwn();
            g = marked || payload.op == null ? cotangent.shared() : cotangent.value();
        }
        if (marked) {
            intermediate(chunk, k, g);
        }
        switch (payload) {
            case Variable variable -> arrive(variable.leaf, g, own, own && cotangent.isKnownFinite());
            case Bundle.Part part -> {
                part.bundle.gather(tape, part.index, g);
                addScalar(index(part.bundleEntry), 0);
            }
            case Same same -> {
                if (!marked && chunk.session.attached != null) {
                    intermediate(chunk, k, g);
                }
                if (same.parents[0] != 0) {
                    deliver(same, new Value[] {g});
                }
            }
            case Bundle bundle -> deliver(bundle, bundle.pull(tape));
            default -> pass(chunk, k, payload, g, cotangent);
        }
        scalars[at] = hasNumber ? number : 0; // reached, whatever arrived
    }

    /** Once all went well, uses up what was reached; a backward that failed has used up nothing. */
    private void useUp(long last) {
        for (Chunk chunk : chunks) {
            int from = (int) Math.max(0, last - chunk.base);
            int used = 0;
            for (int k = from; k < chunk.count; k++) {
                if (Double.doubleToRawLongBits(scalars[chunk.slice + k]) != ABSENT_BITS && useUp(chunk, k, buffers(), tape.sites)) {
                    used++;
                }
            }
            chunk.session.used += used;
        }
    }

    private static boolean useUp(Chunk chunk, int k, Buffers buffers, Sites sites) {
        if (chunk.payload != null && chunk.payload[k] instanceof Payload payload) {
            if (payload instanceof Variable variable) {
                // Many values end here: one backward does not use it up for the others.
                boolean first = !variable.counted;
                variable.counted = true;
                return first;
            }
            payload.release(buffers);
            chunk.payload[k] = payload.place == null ? NOWHERE : payload.place; // enough to explain a second backward
        } else if (chunk.payload != null && chunk.payload[k] instanceof Alike alike) {
            alike.release(buffers);
            Place place = sites.place(chunk.node[k] >>> 4);
            chunk.payload[k] = place == null ? NOWHERE : place;
        }
        chunk.node[k] = ~chunk.node[k];
        return true;
    }

    private void pass(Chunk chunk, int k, Payload payload, Value g, Cotangent cotangent) {
        tape.place = payload.place;
        if (InPlace.pass(this, tape, chunk, k, payload, cotangent)) {
            return;
        }
        if (quick) {
            turnTo(payload, cotangent);
            if (tape.foresight.pull(payload, g, this) || payload.op.pull(payload.options, payload.inputs, payload.output, g, this)) {
                done();
                return;
            }
        }
        boolean[] wanted = new boolean[payload.parents.length];
        for (int j = 0; j < wanted.length; j++) {
            wanted[j] = payload.parents[j] != 0;
        }
        deliver(payload, payload.op.vjp(tape, payload.options, payload.inputs, payload.output, g, wanted));
    }

    private void deliver(Payload payload, Value[] cotangents) {
        for (int j = 0; j < payload.parents.length; j++) {
            if (payload.parents[j] != 0 && cotangents[j] != null) {
                deliver(payload.parents[j], payload.inputs[j], cotangents[j]);
            }
        }
    }

    void deliver(long parent, Value input, Value cotangent) {
        int at = place(parent);
        if (input instanceof Scalar) {
            addScalar(at, cotangent instanceof Scalar s ? s.value : Regions.item((Tensor) cotangent));
        } else {
            addTensor(at, cotangent instanceof Tensor t ? t : Regions.full((Tensor) input, ((Scalar) cotangent).value));
        }
    }

    @Override
    int place(long parent) {
        int at = index(parent);
        if (at < 0) {
            throw usedUp(parent);
        }
        return at;
    }

    @Override
    void addNumber(int place, double cotangent) {
        addScalar(place, cotangent);
    }

    /** The number that arrived at an entry; only where one did. */
    double number(Chunk chunk, int k) {
        return scalars[chunk.slice + k];
    }

    /** What arrived at a parent so far; null for nothing. */
    Cotangent cotangent(long parent) {
        return tensors[place(parent)];
    }

    void cotangent(long parent, Cotangent value) {
        tensors[place(parent)] = value;
    }

    private void intermediate(Chunk chunk, int k, Value g) {
        Leaf leaf = chunk.session.attached.get(chunk.base + k);
        if (leaf != null) {
            arrive(leaf, g);
        }
    }

    /** What arrived at an entry during the sweep, or null. Only for scalars, and tensors that are variables: others are let go of. */
    Value take(long id, Value like) {
        int at = index(id);
        if (at < 0 || at >= length) {
            return null; // of a recording that no head builds on
        }
        double number = scalars[at];
        boolean hasNumber = Double.doubleToRawLongBits(number) != ABSENT_BITS;
        Cotangent cotangent = tensors == null ? null : tensors[at];
        if (!hasNumber && cotangent == null) {
            return null;
        }
        if (like instanceof Scalar s) {
            return new Scalar((hasNumber ? number : 0) + (cotangent == null ? 0 : Regions.item(cotangent.value())), s.kind, null, 0);
        }
        if (cotangent == null) {
            return Regions.full((Tensor) like, number);
        }
        if (hasNumber) {
            cotangent.add(Regions.full((Tensor) like, number));
        }
        return cotangent.value();
    }

    private void arrive(Leaf leaf, Value g) {
        arrive(leaf, g, false, false);
    }

    /** {@code own}: nobody but the sweep sees the elements, and it lets go of them. {@code finite}: they are known to be finite. */
    private void arrive(Leaf leaf, Value g, boolean own, boolean finite) {
        if (leaf.pending == null) {
            reached.add(leaf);
            leaf.pending = g;
            leaf.pendingIsOwn = own;
            leaf.pendingIsFinite = finite;
        } else {
            Tensor sum = Regions.full(leaf, leaf.pending);
            if (!leaf.pendingIsOwn && leaf.pending instanceof Tensor t && t.cell.storage == sum.cell.storage) {
                sum = sum.copy(); // somebody else may have been given the same elements
            }
            Regions.add(Regions.full(leaf, g), sum);
            leaf.pending = sum;
            leaf.pendingIsOwn = true;
            leaf.pendingIsFinite = false;
        }
    }

    /** Leaves that something arrived at, each once. */
    List<Leaf> reached() {
        return reached;
    }

    /** Lets go of everything, also after an error. */
    void end(Place by) {
        for (Leaf leaf : reached) {
            leaf.pending = null;
        }
        if (!retain && chunks != null) {
            for (Chunk chunk : chunks) {
                Session session = chunk.session;
                if (session != null && session.used > 0) {
                    session.usedUpBy = by;
                    if (session != tape.current && !session.released && session.used == session.size()) {
                        tape.release(session);
                    }
                }
            }
        }
        if (reach != null) {
            reach.leave();
        }
        reached.clear();
        if (tensors == tensorScratch) {
            Arrays.fill(tensors, 0, length, null);
        }
        tensors = null;
        scalars = null;
        chunks = null;
        reach = null;
        busy = false;
    }

    boolean isBusy() {
        return busy;
    }

    /** Something arrived for an entry that is no longer there. */
    private TensorException usedUp(long parent) {
        return reach.usedUp(parent, tape.sites);
    }

    /** Who recorded the entry in slot k, used up or not. */
    static Place place(Chunk chunk, int k, Sites sites) {
        if (chunk.payload != null && chunk.payload[k] != null && !(chunk.payload[k] instanceof Compact)) {
            return chunk.payload[k] instanceof Payload p ? p.place : (Place) chunk.payload[k];
        }
        int node = chunk.node[k];
        return sites.place((node < 0 ? ~node : node) >>> 4);
    }
}

// Note [Two sweeps]
// A cotangent of exactly zero contributes nothing, also where the slope is infinite or undefined. Asking that for every element costs
// more than the products. So the first sweep multiplies plainly: 0 * inf and 0 * nan then give nan, nan stays nan in all that is computed
// from it by rules that are linear in the cotangent (a row that selects passes 0 on in both sweeps), and if in the end something that
// anybody will see is not finite, everything is done again by the rules as written, which know about zeros. Nothing is used up or stored
// before. Where functions of the user's take part there is only the second sweep, as they must not run twice.
