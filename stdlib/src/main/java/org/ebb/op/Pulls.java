package org.ebb.op;

import java.util.ArrayList;
import java.util.List;
import org.ebb.kernel.Binary;
import org.ebb.kernel.DoubleSlopes;
import org.ebb.kernel.FloatSlopes;
import org.ebb.kernel.Kernels;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * The quick backward of elementwise rows, where all inputs are numbers or contiguous tensors of the result's shape and dtype: the
 * formula of a slope is computed over whole arrays, by the loops that compute rows, and multiplied and added up in one more. Longer than
 * most files, since backward, tangents and how both change share these lanes.
 */
final class Pulls {

    /** Elements of a formula's variable or part: {@code step} is 1, or 0 for one number that stands for all. */
    private record Lane(Storage elements, int at, int step) {}

    private static final int LONG = 64;

    private final DType dtype;
    private final int n;
    private final Lane[] variables = new Lane[4];

    /** How the variables change; null where they do not. */
    private final Lane[] tangents = new Lane[4];

    /** Cleared where a formula has a row that these loops do not know. */
    private boolean known = true;

    /** Lanes made on the way: their elements are given back in the end. */
    private final Buffers buffers;
    private final List<Storage> made;

    private Pulls(DType dtype, int n, Buffers buffers, List<Storage> made) {
        this.dtype = dtype;
        this.n = n;
        this.buffers = buffers;
        this.made = made;
    }

    private Storage room(int step) {
        if (step == 0) {
            return Storage.zeros(dtype, 1);
        }
        Storage room = buffers.take(dtype, n);
        made.add(room);
        return room;
    }

    private void giveBack() {
        for (Storage room : made) {
            buffers.give(room);
        }
    }

    /** The variables of a row's formulas; null where some input is none that the loops here know. */
    private static Pulls over(Elementwise op, Value[] inputs, Value output, long wanted, Buffers buffers) {
        if (!(output instanceof Tensor out) || !out.dtype().isFloat()) {
            return null;
        }
        var pulls = new Pulls(out.dtype(), (int) out.size(), buffers, new ArrayList<>(4));
        for (int k = 0; k < inputs.length; k++) {
            if (!pulls.lane(k, inputs[k], out, op.readsInput(k, wanted), (wanted >> k & 1) != 0)) {
                return null;
            }
        }
        if (op.readsOutput(wanted)) {
            if (!out.isContiguous()) {
                return null;
            }
            pulls.variables[3] = new Lane(out.cell.storage, (int) out.offset, 1);
        }
        return pulls;
    }

    private static long wanted(Value[] inputs, Sums sums) {
        long wanted = 0;
        for (int k = 0; k < inputs.length; k++) {
            wanted |= sums.wants(k) ? 1L << k : 0;
        }
        return wanted;
    }

    private boolean isLane(Value cotangent) {
        return cotangent instanceof Tensor g && g.dtype() == dtype && g.isContiguous() && g.size() == n;
    }

    /** The slopes that are not constant one, of inputs that want a cotangent. */
    private Lane[] slopes(Elementwise op, int inputs, Sums sums) {
        Lane[] slopes = new Lane[inputs];
        for (int k = 0; k < inputs; k++) {
            Formula slope = op.slope(k);
            if ((sums == null || sums.wants(k)) && slope != null && slope != Formula.ONE && slope != Formula.MINUS_ONE) {
                slopes[k] = lane(slope);
            }
        }
        return slopes;
    }

    static boolean pull(Elementwise op, Value[] inputs, Value output, Value cotangent, Sums sums) {
        if (inputs.length == 2 && (inputs[1] instanceof Scalar && pullBeside(op, 0, inputs, output, cotangent, sums)
                || inputs[0] instanceof Scalar && pullBeside(op, 1, inputs, output, cotangent, sums))) {
            return true;
        }
        if (inputs.length == 2 && op.ready() != null && pullPair(op, inputs, cotangent, sums)) {
            return true;
        }
        Binary gate = gate(op, inputs, sums);
        if (gate != null && pass(gate, inputs[0], cotangent, sums)) {
            return true;
        }
        if (inputs.length == 1 && pullBySquare(op, inputs[0], output, cotangent, sums)) {
            return true;
        }
        if (pullSpread(op, inputs, cotangent, sums)) {
            return true;
        }
        Pulls pulls = over(op, inputs, output, wanted(inputs, sums), sums.buffers());
        if (pulls == null || !pulls.isLane(cotangent)) {
            return false;
        }
        Lane[] slopes = pulls.slopes(op, inputs.length, sums);
        if (!pulls.known) {
            return false;
        }
        pulls.pass(op, inputs, sums);
        for (int k = 0; k < slopes.length; k++) {
            if (sums.wants(k) && op.slope(k) != null) {
                pulls.add(op, k, slopes[k], inputs[k], (Tensor) cotangent, sums);
            }
        }
        pulls.giveBack();
        return true;
    }

    /** What lets cotangents through where the row is relu, or maximum with a constant 0; null for others. */
    private static Binary gate(Elementwise op, Value[] inputs, Sums sums) {
        if (op == Selection.RELU) {
            return Binary.PASS;
        }
        boolean zero = op == Selection.MAXIMUM && inputs[1] instanceof Scalar s && s.value == 0 && !sums.wants(1);
        return zero ? Binary.PASS_HALF : null;
    }

    private static boolean pass(Binary gate, Value input, Value cotangent, Sums sums) {
        if (!(input instanceof Tensor x) || !(cotangent instanceof Tensor g) || !(x.cell.storage instanceof Storage.Floats f)
                || !(g.cell.storage instanceof Storage.Floats h) || !x.shape().equals(g.shape()) || !x.isContiguous() || !g.isContiguous()) {
            return false;
        }
        int n = (int) x.size();
        float[] own = sums.passed(0);
        if (own != null) {
            Loops.KERNELS.binary(gate, own, 0, 1, f.array, (int) x.offset, 1, own, 0, 1, n);
            return true;
        }
        if (sums.begins(0)) {
            Loops.KERNELS.binary(gate, h.array, (int) g.offset, 1, f.array, (int) x.offset, 1, sums.floats(0), 0, 1, n);
            return true;
        }
        Storage room = sums.buffers().take(DType.FLOAT32, n);
        float[] passed = ((Storage.Floats) room).array;
        Loops.KERNELS.binary(gate, h.array, (int) g.offset, 1, f.array, (int) x.offset, 1, passed, 0, 1, n);
        Loops.KERNELS.binary(Binary.ADD, sums.floats(0), 0, 1, passed, 0, 1, sums.floats(0), 0, 1, n);
        sums.buffers().give(room);
        return true;
    }

    /** A sum or difference of tensors, one of which was spread: it gets the sum of the cotangents of all that it was spread to. */
    private static boolean pullSpread(Elementwise op, Value[] inputs, Value cotangent, Sums sums) {
        if (inputs.length != 2 || !(cotangent instanceof Tensor g) || g.dtype() != DType.FLOAT32 && g.dtype() != DType.FLOAT64) {
            return false;
        }
        int spread = -1;
        for (int k = 0; k < 2; k++) {
            boolean smaller = !inputs[k].shape().equals(g.shape());
            boolean minus = op.slope(k) == Formula.MINUS_ONE;
            if (sums.wants(k) && (!(inputs[k] instanceof Tensor t) || t.rank() == 0 || t.dtype() != g.dtype()
                    || op.slope(k) != Formula.ONE && !(minus && smaller) || smaller && spread >= 0)) {
                return false;
            }
            spread = sums.wants(k) && smaller ? k : spread;
        }
        if (spread < 0) {
            return false;
        }
        Tensor summed = (Tensor) Linear.SUM_TO.forward(inputs[spread].shape(), new Value[] {g});
        addTo(sums, spread, op.slope(spread) == Formula.MINUS_ONE ? (Tensor) Arithmetic.NEG.forward(summed) : summed.contiguous());
        if (sums.wants(1 - spread)) {
            sums.pass(1 - spread);
        }
        return true;
    }

    /** Adds contiguous elements to the sum for an input of their shape and dtype; a -0 begins it as 0. */
    static void addTo(Sums sums, int k, Tensor more) {
        boolean first = sums.begins(k);
        int at = (int) more.offset;
        if (more.cell.storage instanceof Storage.Floats f) {
            float[] sum = sums.floats(k);
            for (int i = 0; i < sum.length; i++) {
                sum[i] = (first ? 0 : sum[i]) + f.array[at + i];
            }
        } else {
            double[] sum = sums.doubles(k);
            double[] from = ((Storage.Doubles) more.cell.storage).array;
            for (int i = 0; i < sum.length; i++) {
                sum[i] = (first ? 0 : sum[i]) + from[at + i];
            }
        }
    }

    /** A tensor beside a constant number, whose slope is 1 or that number: nothing is to be made ready. */
    private static boolean pullBeside(Elementwise op, int k, Value[] inputs, Value output, Value cotangent, Sums sums) {
        if (sums.wants(1 - k) || !sums.wants(k) || !(inputs[k] instanceof Tensor t) || !(cotangent instanceof Tensor g) || t.dtype() != g.dtype()
                || !t.shape().equals(output.shape()) || !g.isContiguous()) {
            return false;
        }
        Formula slope = op.slope(k);
        if (slope == Formula.ONE) {
            sums.pass(k);
            return true;
        }
        if (op.gates(k) || slope != (k == 0 ? Formula.Y : Formula.X)) {
            return false;
        }
        double number = ((Scalar) inputs[1 - k]).value;
        boolean first = sums.begins(k);
        if (g.cell.storage instanceof Storage.Floats f) {
            FloatSlopes.scaled(first, f.array, (int) g.offset, (float) number, sums.floats(k), (int) t.size());
        } else {
            DoubleSlopes.scaled(first, ((Storage.Doubles) g.cell.storage).array, (int) g.offset, number, sums.doubles(k), (int) t.size());
        }
        return true;
    }

    /** A sum, difference or product of two tensors of the result's shape and dtype: nothing is to be made ready. */
    private static boolean pullPair(Elementwise op, Value[] inputs, Value cotangent, Sums sums) {
        if (!(inputs[0] instanceof Tensor x) || !(inputs[1] instanceof Tensor y) || !(cotangent instanceof Tensor g) || op.gates(1) || g.dtype().isHalf()
                || !g.isContiguous() || !isLike(x, g) || !isLike(y, g)) {
            return false;
        }
        Formula first = op.slope(0);
        Formula second = op.slope(1);
        if (sums.wants(0) && !isReady(first, y) || sums.wants(1) && !isReady(second, x)) {
            return false;
        }
        if (first == Formula.ONE && sums.wants(0)) {
            sums.pass(0);
        }
        if (second == Formula.ONE && sums.wants(1)) {
            sums.pass(1);
        }
        times(0, first, y, g, sums);
        times(1, second, x, g, sums);
        return true;
    }

    private static boolean isLike(Tensor t, Tensor g) {
        return t.dtype() == g.dtype() && t.shape().equals(g.shape());
    }

    /** Is a slope a number, or else the other factor, whose elements lie as the loops read them best? */
    private static boolean isReady(Formula slope, Tensor other) {
        return slope instanceof Formula.Number || other.isContiguous() && (other.offset == 0 || other.size() < LONG);
    }

    private static void times(int k, Formula slope, Tensor other, Tensor g, Sums sums) {
        if (slope == Formula.ONE || !sums.wants(k)) {
            return;
        }
        boolean first = sums.begins(k);
        int n = (int) g.size();
        if (g.cell.storage instanceof Storage.Floats f) {
            if (slope == Formula.MINUS_ONE) {
                FloatSlopes.scaled(first, f.array, (int) g.offset, -1, sums.floats(k), n);
            } else {
                float[] factors = ((Storage.Floats) other.cell.storage).array;
                FloatSlopes.times(first, f.array, (int) g.offset, factors, (int) other.offset, 1, sums.floats(k), n);
            }
        } else {
            double[] from = ((Storage.Doubles) g.cell.storage).array;
            if (slope == Formula.MINUS_ONE) {
                DoubleSlopes.scaled(first, from, (int) g.offset, -1, sums.doubles(k), n);
            } else {
                double[] factors = ((Storage.Doubles) other.cell.storage).array;
                DoubleSlopes.times(first, from, (int) g.offset, factors, (int) other.offset, 1, sums.doubles(k), n);
            }
        }
    }

    /** A slope like that of tanh, a number less the square of the result, in the same steps but one loop. */
    private static boolean pullBySquare(Elementwise op, Value input, Value output, Value cotangent, Sums sums) {
        double number = op.gates(0) || op.slope(0) == null ? Double.NaN : op.slope(0).lessSquareOfResult();
        if (number != number || !(input instanceof Tensor x) || !(output instanceof Tensor y) || !(cotangent instanceof Tensor g)
                || !(y.cell.storage instanceof Storage.Floats f) || !(g.cell.storage instanceof Storage.Floats h)
                || x.dtype() != DType.FLOAT32 || y.size() != g.size() || !y.isContiguous() || !g.isContiguous()) {
            return false;
        }
        boolean first = sums.begins(0);
        FloatSlopes.lessSquare(first, h.array, (int) g.offset, (float) number, f.array, (int) y.offset, sums.floats(0), (int) y.size());
        return true;
    }

    /** Passes on what goes to inputs whose slope is 1. */
    private void pass(Elementwise op, Value[] inputs, Sums sums) {
        for (int k = 0; k < inputs.length; k++) {
            if (sums.wants(k) && op.slope(k) == Formula.ONE && inputs[k] instanceof Tensor) {
                sums.pass(k);
            }
        }
    }

    // ---- along a direction

    /** The tangent of the result; null where it is zero or these loops do not know it. */
    static Value push(Elementwise op, Value[] inputs, Value output, Value[] tangents, Buffers buffers) {
        long given = 0;
        for (int k = 0; k < tangents.length; k++) {
            given |= tangents[k] != null ? 1L << k : 0;
        }
        Pulls pulls = over(op, inputs, output, given, buffers);
        if (pulls == null) {
            return null;
        }
        Lane[] lanes = new Lane[tangents.length];
        Value only = null;
        int terms = 0;
        for (int k = 0; k < lanes.length; k++) {
            if (tangents[k] != null && op.slope(k) != null) {
                lanes[k] = pulls.tangent(tangents[k], inputs[k]);
                only = op.slope(k) == Formula.ONE ? tangents[k] : null;
                terms++;
            }
        }
        if (!pulls.known || terms == 0) {
            return null;
        }
        if (terms == 1 && only instanceof Tensor t && t.size() == pulls.n) {
            return t;
        }
        Storage out = buffers.take(pulls.dtype, pulls.n);
        boolean first = true;
        for (int k = 0; k < lanes.length; k++) {
            if (lanes[k] != null) {
                pulls.addTerm(op, k, lanes[k], first, out);
                first = false;
            }
        }
        pulls.giveBack();
        return pulls.known ? Tensor.of(out, output.shape(), output.flavour()) : null;
    }

    static boolean pullAlong(Elementwise op, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
            Value cotangentAlong, Sums sums, Sums along) {
        Pulls pulls = over(op, inputs, output, wanted(inputs, along), sums.buffers());
        if (pulls == null || cotangent != null && !pulls.isLane(cotangent) || cotangentAlong != null && !pulls.isLane(cotangentAlong)) {
            return false;
        }
        Lane[] slopes = pulls.slopes(op, inputs.length, cotangentAlong != null ? along : sums);
        Lane[] changes = cotangent == null ? new Lane[inputs.length] : pulls.changes(op, inputs, output, tangents, outTangent, along);
        if (!pulls.known) {
            return false;
        }
        if (cotangent != null) {
            pulls.pass(op, inputs, sums);
        }
        if (cotangentAlong != null) {
            pulls.pass(op, inputs, along);
        }
        for (int k = 0; k < slopes.length; k++) {
            if (along.wants(k) && op.slope(k) != null) {
                if (cotangent != null && sums.wants(k)) {
                    pulls.add(op, k, slopes[k], inputs[k], (Tensor) cotangent, sums);
                }
                if (cotangentAlong != null) {
                    pulls.add(op, k, slopes[k], inputs[k], (Tensor) cotangentAlong, along);
                }
                if (changes[k] != null) {
                    pulls.add(op, k, changes[k], inputs[k], (Tensor) cotangent, along);
                }
            }
        }
        pulls.giveBack();
        return true;
    }

    /** How the slopes change, of inputs that want to know; null where they do not. */
    private Lane[] changes(Elementwise op, Value[] inputs, Value output, Value[] moves, Value outTangent, Sums along) {
        for (int k = 0; k < moves.length; k++) {
            tangents[k] = moves[k] == null || !op.readsInput(k) ? null : tangent(moves[k], inputs[k]);
        }
        tangents[3] = outTangent == null || !op.readsOutput() ? null : tangent(outTangent, output);
        Lane[] changes = new Lane[moves.length];
        for (int k = 0; k < moves.length && known; k++) {
            changes[k] = along.wants(k) && op.slope(k) != null ? tangent(op.slope(k)) : null;
        }
        return changes;
    }

    private Lane tangent(Value tangent, Value of) {
        switch (tangent) {
            case Scalar s -> {
                return number(s.value);
            }
            case Tensor t -> {
                if (t.dtype() != dtype || t.size() != n || !t.shape().equals(of.shape())) {
                    known = false;
                    return null;
                }
                Tensor whole = t.contiguous();
                return fromStart(whole.cell.storage, (int) whole.offset);
            }
        }
    }

    /** How a formula changes; null where it does not. */
    private Lane tangent(Formula formula) {
        return switch (formula) {
            case Formula.Variable v -> tangents[v.index];
            case Formula.Number _ -> null;
            case Formula.Apply a -> {
                Elementwise row = a.row();
                var inner = new Pulls(dtype, n, buffers, made);
                Lane[] changes = new Lane[row.arity];
                int step = 0;
                boolean any = false;
                for (int k = 0; k < row.arity; k++) {
                    inner.variables[k] = lane(a.argument(k));
                    changes[k] = tangent(a.argument(k));
                    step |= inner.variables[k] == null ? 0 : inner.variables[k].step;
                    any |= changes[k] != null;
                }
                if (!any || !known) {
                    yield null;
                }
                if (row.readsOutput()) {
                    inner.variables[3] = lane(formula);
                }
                Storage sum = room(step);
                boolean first = true;
                for (int k = 0; k < row.arity; k++) {
                    if (changes[k] != null && row.slope(k) != null) {
                        inner.addTerm(row, k, changes[k], first, sum);
                        first = false;
                    }
                }
                known &= inner.known;
                yield first ? null : new Lane(sum, 0, step);
            }
        };
    }

    /** Adds slope times tangent, or puts it where the sum is {@code first} made. */
    private void addTerm(Elementwise op, int k, Lane tangent, boolean first, Storage sum) {
        Lane slope = lane(op.slope(k));
        if (slope == null) {
            return;
        }
        int count = (int) sum.length();
        boolean gates = op.gates(k);
        // The loops take one number for all on the side of the slope only.
        Lane many = tangent.step == 1 || gates ? tangent : slope;
        Lane few = many == tangent ? slope : tangent;
        if (many.step == 0 && count > 1) {
            many = spread(many, count);
        }
        if (sum instanceof Storage.Floats f) {
            float[] from = ((Storage.Floats) many.elements).array;
            float[] factors = ((Storage.Floats) few.elements).array;
            if (gates) {
                FloatSlopes.gated(first, from, many.at, factors, few.at, few.step, f.array, count);
            } else {
                FloatSlopes.times(first, from, many.at, factors, few.at, few.step, f.array, count);
            }
        } else {
            double[] from = ((Storage.Doubles) many.elements).array;
            double[] factors = ((Storage.Doubles) few.elements).array;
            double[] to = ((Storage.Doubles) sum).array;
            if (gates) {
                DoubleSlopes.gated(first, from, many.at, factors, few.at, few.step, to, count);
            } else {
                DoubleSlopes.times(first, from, many.at, factors, few.at, few.step, to, count);
            }
        }
    }

    private Lane spread(Lane one, int count) {
        Storage all = room(1);
        double value = one.elements.getDouble(one.at);
        for (int i = 0; i < count; i++) {
            all.setDouble(i, value);
        }
        return new Lane(all, 0, 1);
    }

    // ---- lanes

    /** Makes an input a variable; false where it is none that the loops here know. */
    private boolean lane(int k, Value input, Tensor out, boolean read, boolean wanted) {
        switch (input) {
            case Scalar s -> {
                if (read) {
                    variables[k] = number(s.value);
                }
                return true;
            }
            case Tensor t -> {
                if (t.dtype() != dtype || read && !t.isContiguous()) {
                    return false;
                }
                boolean same = t.shape().equals(out.shape());
                if (read) {
                    variables[k] = same ? fromStart(t.cell.storage, (int) t.offset) : new Lane(t.cell.storage, (int) t.offset, 0);
                }
                return same || t.size() == 1 && !wanted;
            }
        }
    }

    /** Many elements that begin elsewhere are copied: the loops over arrays that all start at 0 are faster by more than that. */
    private Lane fromStart(Storage elements, int at) {
        if (at == 0 || n < LONG) {
            return new Lane(elements, at, 1);
        }
        Storage copy = room(1);
        System.arraycopy(elements.array(), at, copy.array(), 0, n);
        return new Lane(copy, 0, 1);
    }

    private Lane number(double value) {
        Storage one = Storage.zeros(dtype, 1);
        one.setDouble(0, value);
        return new Lane(one, 0, 0);
    }

    /** The formula over all elements; null, and no longer {@link #known}, for one with a row that these loops do not know. */
    private Lane lane(Formula formula) {
        return switch (formula) {
            case Formula.Variable v -> variables[v.index];
            case Formula.Number v -> number(v.number);
            case Formula.Apply a -> {
                Elementwise row = a.row();
                if (row.arity > 2 || row.result == Elementwise.Result.TRUTH) {
                    known = false;
                    yield null;
                }
                Lane x = lane(a.argument(0));
                Lane y = row.arity == 2 ? lane(a.argument(1)) : x;
                if (!known) {
                    yield null;
                }
                int step = x.step | y.step;
                Storage made = room(step);
                if (row.arity == 1) {
                    Loops.unary(row, x.elements, x.at, made);
                } else {
                    Loops.binary(row, x.elements, x.at, x.step, y.elements, y.at, y.step, made);
                }
                yield new Lane(made, 0, step);
            }
        };
    }

    private void add(Elementwise op, int k, Lane slope, Value input, Tensor g, Sums sums) {
        Formula formula = op.slope(k);
        if (input instanceof Scalar) {
            sums.add(k, total(op, k, slope, g));
        } else if (formula != Formula.ONE) { // that was passed on as it is
            boolean first = sums.begins(k);
            Lane factor = slope == null ? number(-1) : slope;
            if (g.cell.storage instanceof Storage.Floats f) {
                product(op.gates(k), first, f.array, (int) g.offset, factor, sums.floats(k));
            } else {
                product(op.gates(k), first, ((Storage.Doubles) g.cell.storage).array, (int) g.offset, factor, sums.doubles(k));
            }
        }
    }

    private void product(boolean gated, boolean first, float[] g, int at, Lane slope, float[] sum) {
        float[] factors = ((Storage.Floats) slope.elements).array;
        if (gated) {
            FloatSlopes.gated(first, g, at, factors, slope.at, slope.step, sum, n);
        } else {
            FloatSlopes.times(first, g, at, factors, slope.at, slope.step, sum, n);
        }
    }

    private void product(boolean gated, boolean first, double[] g, int at, Lane slope, double[] sum) {
        double[] factors = ((Storage.Doubles) slope.elements).array;
        if (gated) {
            DoubleSlopes.gated(first, g, at, factors, slope.at, slope.step, sum, n);
        } else {
            DoubleSlopes.times(first, g, at, factors, slope.at, slope.step, sum, n);
        }
    }

    /** What a number gets that all elements were computed with: the sum of all their cotangents for it. */
    private double total(Elementwise op, int k, Lane slope, Tensor g) {
        Formula formula = op.slope(k);
        if (formula == Formula.ONE || formula == Formula.MINUS_ONE) {
            double sum = Folds.sum(g.cell.storage, (int) g.offset, n);
            return formula == Formula.ONE ? sum : -sum;
        }
        if (op.gates(k)) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double s = slope.elements.getDouble(slope.at + i * slope.step);
                sum += s == 0 ? 0 : s * g.cell.storage.getDouble(g.offset + i);
            }
            return sum;
        }
        return switch (g.cell.storage) {
            case Storage.Floats f -> Kernels.fastest().dot(f.array, (int) g.offset, 1, ((Storage.Floats) slope.elements).array,
                    slope.at, slope.step, n);
            default -> Kernels.fastest().dot(((Storage.Doubles) g.cell.storage).array, (int) g.offset, 1,
                    ((Storage.Doubles) slope.elements).array, slope.at, slope.step, n);
        };
    }
}
