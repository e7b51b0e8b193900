package org.ebb.op;

import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Walk;
import org.ebb.tensor.Cell;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/**
 * Reading and writing part of a value: the history of views, of indexing, and of writes in place. All three rows take a {@link
 * Window} as options.
 */
public final class Windows {

    private Windows() {}

    /** The elements that a window sees of a base value: the history of every view, and of indexing by arrays and masks. */
    public static final Op VIEW = new LinearRow("_view", "_view(x)", "The elements of x that a window sees.") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            var window = (Window) options;
            if (window instanceof Window.Strided s && s.shape().rank() == 0 && inputs[0] instanceof Tensor x && x.isContiguous()
                    && x.dtype().isFloat() && !x.dtype().isHalf()) {
                return Scalar.of(x.cell.storage.getDouble(x.offset + s.offset()), x.dtype(), x.flavour());
            }
            Tensor base = Dense.tensor(inputs[0]).contiguous();
            return Dense.result(read(window, base), window.shape(), base.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(UNVIEW, options, cotangent);
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            if (!(inputs[0] instanceof Tensor x) || !(cotangent instanceof Tensor seen) || x.dtype() != DType.FLOAT32 || seen.dtype() != DType.FLOAT32) {
                return false;
            }
            Tensor g = seen.contiguous();
            boolean first = sums.begins(0);
            float[] sum = sums.floats(0);
            if (first) {
                Arrays.fill(sum, 0);
            }
            addAt((Window) options, ((Storage.Floats) g.cell.storage).array, (int) g.offset, sum, 0);
            return true;
        }
    };

    /** The same row; the name that fits indexing by arrays. */
    public static final Op GATHER = VIEW;

    /** The transpose of {@link #VIEW}: zeros of the base's shape, to which each element is added where the window saw it. */
    public static final Op UNVIEW = new LinearRow("_unview", "_unview(x)", "Zeros to which x is added where a window sees.") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            var window = (Window) options;
            Tensor x = Dense.tensor(inputs[0]).contiguous();
            Storage out = Storage.zeros(x.dtype(), window.base().size());
            addAt(window, x.cell.storage, x.offset, out, 0);
            return Dense.result(out, window.base(), x.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(VIEW, options, cotangent);
        }
    };

    public static final Op SCATTER_ADD = UNVIEW;

    /** The base value with the elements that a window sees replaced by a value that broadcasts to the window's shape. */
    public static final Op PUT = new Op("_put", "_put(x, value)", "x with the elements that a window sees replaced.") {

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public List<String> samples() {
            return List.of();
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var window = (Window) options;
            Tensor base = Dense.tensor(inputs[0]).copy();
            write(window, base.cell.storage, inputs[1]);
            return Dense.result(base);
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var window = (Window) options;
            return new Value[] {
                wanted[0] ? Linear.match(t, t.apply(PUT, window, cotangent, ZERO), inputs[0]) : null,
                wanted[1] ? Linear.match(t, t.apply(VIEW, seen(window), cotangent), inputs[1]) : null,
            };
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value base = tangents[0] != null ? Linear.spread(t, tangents[0], output) : Dense.zeros(output);
            return t.apply(PUT, options, base, tangents[1] == null ? ZERO : tangents[1]);
        }
    };

    private static final Scalar ZERO = Scalar.of(0);

    /**
     * Writes {@code value}, spread to the window's shape and cast, into the window of row-major elements: what PUT does, in
     * place.
     */
    public static void write(Window window, Storage base, Value value) {
        Tensor from = Dense.tensor(value, base.dtype());
        if (!from.shape().fits(window.shape())) {
            throw new TensorException.BadShape(
                    "assignment: a value of shape " + from.shape() + " does not broadcast to " + window.shape());
        }
        boolean whole = !base.dtype().isFloat();
        if (base instanceof Storage.Pieces && window instanceof Window.Strided s) {
            new Tensor(new Cell(base, s.base()), s.shape(), s.strides(), s.offset(), from.flavour(), false).assign(from);
            return;
        }
        Storage in = from.cell.storage == base ? (from = from.copy()).cell.storage : from.cell.storage;
        switch (window) {
            case Window.Runs r -> write(r.each(), base, value);
            case Window.Strided s -> {
                Walk walk = Walk.over(s.shape().dims(), Views.broadcast("assignment", from, s.shape()).strides(), from.offset,
                        s.strides(), s.offset());
                for (; walk.more(); walk.next()) {
                    for (int i = 0; i < walk.length; i++) {
                        move(in, walk.at(0) + i * walk.step(0), base, walk.at(1) + i * walk.step(1), whole);
                    }
                }
            }
            case Window.Positions p -> {
                Walk walk = Dense.walk(p.shape(), from);
                int k = 0;
                for (; walk.more(); walk.next()) {
                    for (int i = 0; i < walk.length; i++) {
                        move(in, walk.at(0) + i * walk.step(0), base, p.at()[k++], whole);
                    }
                }
            }
        }
    }

    private static void move(Storage in, long from, Storage out, long to, boolean whole) {
        if (whole) {
            out.setLong(to, in.getLong(from));
        } else {
            out.setDouble(to, in.getDouble(from));
        }
    }

    /** The window without what a later element of it overwrites: only the last write to a position counts. */
    private static Window seen(Window window) {
        if (window instanceof Window.Runs r) {
            return seen(r.each());
        }
        if (window instanceof Window.Positions p) {
            int[] last = new int[Math.toIntExact(p.base().size())];
            for (int i = 0; i < p.at().length; i++) {
                last[(int) p.at()[i]] = i;
            }
            long[] at = p.at().clone();
            for (int i = 0; i < at.length; i++) {
                at[i] = last[(int) at[i]] == i ? at[i] : -1;
            }
            return new Window.Positions(p.base(), p.shape(), at);
        }
        return window;
    }

    /** What the window sees of row-major elements. */
    static Storage read(Window window, Tensor base) {
        return switch (window) {
            case Window.Strided s -> base.view(s.shape(), s.strides(), base.offset + s.offset()).copy().cell.storage;
            case Window.Runs r -> {
                Storage in = base.cell.storage;
                Storage out = Storage.any(in.dtype(), (long) r.at().length * r.length());
                var glance = new Glance();
                for (int i = 0; i < r.at().length; i++) {
                    glance.steps(r.length());
                    copy(in, base.offset + r.at()[i], out.array(), i * r.length(), r.length());
                }
                yield out;
            }
            case Window.Positions p -> {
                Storage in = base.cell.storage;
                Storage out = Storage.zeros(in.dtype(), p.at().length);
                if (in instanceof Storage.Floats from && out instanceof Storage.Floats to) {
                    gather(p.at(), from.array, (int) base.offset, to.array);
                    yield out;
                }
                boolean whole = !in.dtype().isFloat();
                var glance = new Glance();
                for (int i = 0; i < p.at().length; i++) {
                    glance.step();
                    if (p.at()[i] >= 0) {
                        move(in, base.offset + p.at()[i], out, i, whole);
                    }
                }
                yield out;
            }
        };
    }

    /** Adds row-major elements to those that the window sees: the transpose of reading. */
    public static void addAt(Window window, Storage in, long from, Storage base, long origin) {
        if (in instanceof Storage.Floats x && base instanceof Storage.Floats y) {
            addAt(window, x.array, (int) from, y.array, (int) origin);
            return;
        }
        boolean whole = !base.dtype().isFloat();
        switch (window) {
            case Window.Strided s -> {
                Walk walk = Walk.over(s.shape().dims(), s.shape().strides(), from, s.strides(), origin + s.offset());
                for (; walk.more(); walk.next()) {
                    for (int i = 0; i < walk.length; i++) {
                        increase(in, walk.at(0) + i * walk.step(0), base, walk.at(1) + i * walk.step(1), whole);
                    }
                }
            }
            case Window.Runs r -> {
                var glance = new Glance();
                for (int i = 0; i < r.at().length; i++) {
                    glance.steps(r.length());
                    long start = from + (long) i * r.length();
                    for (int k = 0; k < r.length(); k++) {
                        increase(in, start + k, base, origin + r.at()[i] + k, whole);
                    }
                }
            }
            case Window.Positions p -> {
                var glance = new Glance();
                for (int i = 0; i < p.at().length; i++) {
                    glance.step();
                    if (p.at()[i] >= 0) {
                        increase(in, from + i, base, origin + p.at()[i], whole);
                    }
                }
            }
        }
    }

    /** The same for float, which training spends time in: through {@link Storage} an element costs ten times as much. */
    private static void addAt(Window window, float[] in, int from, float[] base, int origin) {
        switch (window) {
            case Window.Strided s -> {
                Walk walk = Walk.over(s.shape().dims(), s.shape().strides(), from, s.strides(), origin + s.offset());
                for (; walk.more(); walk.next()) {
                    increase(in, walk.at(0), walk.step(0), base, walk.at(1), walk.step(1), walk.length);
                }
            }
            case Window.Runs r -> {
                var glance = new Glance();
                for (int i = 0; i < r.at().length; i++) {
                    glance.steps(r.length());
                    increase(in, from + i * r.length(), 1, base, origin + (int) r.at()[i], 1, r.length());
                }
            }
            case Window.Positions p -> scatter(p.at(), in, from, base, origin);
        }
    }

    private static void gather(long[] at, float[] in, int origin, float[] out) {
        Glance.blocks(at.length, (begin, end) -> {
            for (int i = begin; i < end; i++) {
                int place = (int) at[i];
                if (place >= 0) {
                    out[i] = in[origin + place];
                }
            }
        });
    }

    private static void scatter(long[] at, float[] in, int from, float[] out, int origin) {
        Glance.blocks(at.length, (begin, end) -> {
            for (int i = begin; i < end; i++) {
                int place = (int) at[i];
                if (place >= 0) {
                    out[origin + place] += in[from + i];
                }
            }
        });
    }

    private static void increase(float[] in, int from, int step, float[] out, int to, int stride, int n) {
        if (step == 1 && stride == 1) {
            for (int k = 0; k < n; k++) {
                out[to + k] += in[from + k];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            out[to + k * stride] += in[from + k * step];
        }
    }

    /** Elements beside each other; in pieces, where they lie in several. */
    private static void copy(Storage in, long from, Object out, int to, int n) {
        if (!(in instanceof Storage.Pieces pieces)) {
            System.arraycopy(in.array(), (int) from, out, to, n);
            return;
        }
        for (int done = 0; done < n;) {
            int place = pieces.place(from + done);
            Storage piece = pieces.piece(from + done);
            int now = (int) Math.min(n - done, piece.length() - place);
            System.arraycopy(piece.array(), place, out, to + done, now);
            done += now;
        }
    }

    private static void increase(Storage in, long from, Storage out, long to, boolean whole) {
        if (whole) {
            out.setLong(to, out.getLong(to) + in.getLong(from));
        } else {
            out.setDouble(to, out.getDouble(to) + in.getDouble(from));
        }
    }
}
