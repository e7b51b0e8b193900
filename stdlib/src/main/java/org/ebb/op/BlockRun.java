package org.ebb.op;

import java.util.ArrayList;
import java.util.List;
import org.ebb.kernel.Threads;
import org.ebb.kernel.Tree;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/**
 * One pass of a {@link BlockProgram} over its inputs, spread to a common shape: block by block, all steps on a block before the next. The
 * work is cut into parts by the number of elements alone, and what the parts summed is added in their order, so the result does not depend
 * on who runs them. A long file: the loop and the places that results go to see each other's fields.
 */
final class BlockRun {

    /** Elements in a block: a few blocks of this size stay in the first-level cache. */
    static final int BLOCK = Tree.BLOCK;

    /** Fewer elements than this in a part are not worth handing to somebody else. */
    private static final int PART = 32 * BLOCK;
    private static final int MOST_PARTS = 16;

    /** Registers of a thread, which every run writes before it reads them: fresh arrays have to be cleared and are in no cache. */
    private static final class Scratch {
        private static final int KEPT = 32;
        private final float[][] floats = new float[KEPT][];
        private final double[][] doubles = new double[KEPT][];

        float[] floats(int k) {
            if (k >= KEPT) {
                return new float[BLOCK];
            }
            return floats[k] != null ? floats[k] : (floats[k] = new float[BLOCK]);
        }

        double[] doubles(int k) {
            if (k >= KEPT) {
                return new double[BLOCK];
            }
            return doubles[k] != null ? doubles[k] : (doubles[k] = new double[BLOCK]);
        }
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final BlockProgram program;
    private final Value[] inputs;
    private final Shape shape;
    private final DType dtype;
    private final Flavour flavour;
    private final int size;
    private final int partSize;
    private final int parts;

    BlockRun(BlockProgram program, Value[] inputs) {
        this.program = program;
        Shape all = Shape.SCALAR;
        DType type = null;
        Flavour mixed = Flavour.PLAIN;
        for (Value input : inputs) {
            all = Shape.broadcast("expression", all, input.shape());
            mixed = mixed.with(input.flavour());
            if (input instanceof Tensor t && t.dtype().isFloat() && type == null) {
                type = t.dtype();
            }
        }
        this.shape = all;
        this.dtype = type == null ? DType.FLOAT64 : type;
        this.flavour = mixed;
        this.inputs = inputs.clone();
        for (int k = 0; k < inputs.length; k++) {
            if (inputs[k] instanceof Tensor t && t.dtype() != dtype) {
                this.inputs[k] = t.astype(dtype);
            }
        }
        this.size = Math.toIntExact(all.size());
        int wanted = Math.min(MOST_PARTS, Math.max(1, size / PART));
        int blocks = (size + BLOCK - 1) / BLOCK;
        this.partSize = Math.max(1, (blocks + wanted - 1) / wanted) * BLOCK;
        this.parts = size == 0 ? 0 : (size + partSize - 1) / partSize;
    }

    Shape shape() {
        return shape;
    }

    /** After how many elements an operand begins again, where that is worth something; otherwise 0. */
    private int period(long[] strides) {
        int axis = 0;
        while (axis < strides.length - 1 && (strides[axis] == 0 || shape.dim(axis) == 1)) {
            axis++;
        }
        long length = 1;
        for (int later = axis; later < strides.length; later++) {
            length *= shape.dim(later);
        }
        return axis > 0 && length <= BLOCK ? (int) length : 0;
    }

    // ---- where outputs go

    /** Receives one output, block by block; {@code part} says who brings it. */
    private abstract static class Target {
        /** The array that the block is to be written into at its own position, or null where any place will do. */
        Object direct() {
            return null;
        }

        /** Where the first element goes in that array. */
        int base() {
            return 0;
        }

        void take(int part, Object array, int at, int step, int start, int n) {}

        abstract Value result();
    }

    /** Keeps every element. */
    private final class Whole extends Target {
        private final Storage storage;
        private final int base;

        Whole(Storage storage, int base) {
            this.storage = storage;
            this.base = base;
        }

        Whole() {
            this(Storage.any(dtype, size), 0);
        }

        @Override
        Object direct() {
            return storage.array();
        }

        @Override
        int base() {
            return base;
        }

        @Override
        void take(int part, Object array, int at, int step, int start, int n) {
            if (array == storage.array() && at == base + start) {
                return;
            }
            if (array instanceof float[] from) {
                float[] to = (float[]) storage.array();
                for (int i = 0; i < n; i++) {
                    to[base + start + i] = from[at + i * step];
                }
            } else {
                double[] from = (double[]) array;
                double[] to = (double[]) storage.array();
                for (int i = 0; i < n; i++) {
                    to[base + start + i] = from[at + i * step];
                }
            }
        }

        @Override
        Value result() {
            return Dense.result(storage, shape, flavour);
        }
    }

    /** Adds all elements, in double, to the bits that a sum of the finished elements has. */
    private final class Sum extends Target {
        private final double[] sums = new double[(size + BLOCK - 1) / BLOCK];
        private final double divisor;
        private final Value model;

        /** The sum over {@code divisor}, as a value like {@code model}, or of the run's own dtype where that is null. */
        Sum(double divisor, Value model) {
            this.divisor = divisor;
            this.model = model;
        }

        @Override
        void take(int part, Object array, int at, int step, int start, int n) {
            sums[start / BLOCK] = array instanceof float[] f ? Loops.KERNELS.sum(f, at, step, n) : Loops.KERNELS.sum((double[]) array, at, step, n);
        }

        @Override
        Value result() {
            double sum = Tree.fold(sums) / divisor;
            return model instanceof Scalar s ? new Scalar(Scalar.round(sum, s.kind), s.kind, null, 0) : Scalar.of(sum, dtype, flavour);
        }
    }

    /** Adds the elements that stand for the same element of an input that was spread. */
    private final class Folded extends Target {
        private final Tensor model;
        private final long[] strides;
        private final double[][] sums;

        /** Where the model is a row that stands for many: its length, otherwise 0. */
        private final int width;

        Folded(Tensor model) {
            this.model = model;
            Shape own = model.shape();
            this.strides = new long[shape.rank()];
            long[] plain = own.strides();
            int skip = shape.rank() - own.rank();
            for (int axis = 0; axis < own.rank(); axis++) {
                strides[axis + skip] = own.dim(axis) == 1 ? 0 : plain[axis];
            }
            this.sums = new double[parts][];
            int period = period(strides);
            this.width = period == own.size() ? period : 0;
        }

        @Override
        void take(int part, Object array, int at, int step, int start, int n) {
            if (sums[part] == null) {
                sums[part] = new double[(int) model.size()];
            }
            double[] to = sums[part];
            if (width > 0 && step == 1 && array instanceof float[] rows) {
                addRows(rows, at, to, start % width, n);
                return;
            }
            var run = new Stretches(shape, strides, start);
            for (int done = 0; done < n; ) {
                int length = Math.min(n - done, run.left());
                int from = at + done * step;
                if (run.step() == 0) {
                    to[run.at()] += array instanceof float[] f ? Loops.KERNELS.sum(f, from, step, length)
                            : Loops.KERNELS.sum((double[]) array, from, step, length);
                } else if (array instanceof float[] f && step == 1 && run.step() == 1) {
                    add(f, from, to, run.at(), length);
                } else if (array instanceof float[] f) {
                    int target = run.at();
                    int stride = run.step();
                    for (int i = 0; i < length; i++) {
                        to[target + i * stride] += f[from + i * step];
                    }
                } else {
                    double[] d = (double[]) array;
                    int target = run.at();
                    int stride = run.step();
                    for (int i = 0; i < length; i++) {
                        to[target + i * stride] += d[from + i * step];
                    }
                }
                done += length;
                run.advance(length);
            }
        }

        private void addRows(float[] from, int at, double[] to, int place, int n) {
            int end = at + n;
            if (place > 0) {
                int rest = Math.min(n, width - place);
                add(from, at, to, place, rest);
                at += rest;
            }
            for (; at + 4 * width <= end; at += 4 * width) {
                addFour(from, at, to, width);
            }
            for (; at < end; at += width) {
                add(from, at, to, 0, Math.min(width, end - at));
            }
        }

        /** Four rows, one after the other in each place. */
        private static void addFour(float[] from, int first, double[] to, int n) {
            int second = first + n;
            int third = second + n;
            int fourth = third + n;
            for (int i = 0; i < n; i++) {
                to[i] = to[i] + from[first + i] + from[second + i] + from[third + i] + from[fourth + i];
            }
        }

        /** Apart, so that the compiler sees a loop without steps. */
        private static void add(float[] from, int at, double[] to, int target, int n) {
            for (int i = 0; i < n; i++) {
                to[target + i] += from[at + i];
            }
        }

        @Override
        Value result() {
            double[] total = new double[(int) model.size()];
            for (double[] part : sums) {
                for (int i = 0; part != null && i < total.length; i++) {
                    total[i] += part[i];
                }
            }
            Storage out = Storage.zeros(model.dtype(), total.length);
            for (int i = 0; i < total.length; i++) {
                out.setDouble(i, total[i]);
            }
            return Dense.result(out, model.shape(), model.flavour());
        }
    }

    /** Adds each element to an array at its own position, or puts it there where nothing is {@code first}. */
    private static final class Added extends Target {
        private final Object sum;
        private final boolean first;

        /** Another output is added to the same array: this one may not be computed in it, lest a third sees the sum. */
        private boolean shared;

        Added(Object sum, boolean first) {
            this.sum = sum;
            this.first = first;
        }

        @Override
        Object direct() {
            return first && !shared ? sum : null;
        }

        @Override
        void take(int part, Object array, int at, int step, int start, int n) {
            if (array == sum) {
                return; // computed in its place
            }
            if (array instanceof float[] from) {
                float[] to = (float[]) sum;
                for (int i = 0; i < n; i++) {
                    to[start + i] = (first ? 0 : to[start + i]) + from[at + i * step];
                }
            } else {
                double[] from = (double[]) array;
                double[] to = (double[]) sum;
                for (int i = 0; i < n; i++) {
                    to[start + i] = (first ? 0 : to[start + i]) + from[at + i * step];
                }
            }
        }

        @Override
        Value result() {
            return null;
        }
    }

    // ---- what is asked of a run

    /** The result of a program with one output, element by element. */
    Value whole() {
        return run(List.of(new Whole()))[0];
    }

    /** Writes the result over a contiguous tensor of its shape, whose elements no operand sees at other places. */
    void into(Tensor target) {
        run(List.of(new Whole(target.cell.writable(), (int) target.offset)));
    }

    /** Are the inputs whose bits are set in {@code wanted} tensors of the run's own shape and dtype, and is there room for more of them? */
    boolean fits(Value[] inputs, long wanted, Buffers buffers) {
        for (int k = 0; k < inputs.length; k++) {
            if ((wanted >> k & 1) != 0 && !(inputs[k] instanceof Tensor t && t.dtype() == dtype && t.shape().equals(shape))) {
                return false;
            }
        }
        return buffers.isRoomFor(dtype, (long) size * Long.bitCount(wanted));
    }

    /** The sum of the first output over {@code divisor}, and the others, which are for the inputs whose bits are set in {@code wanted}. */
    Blocks.Ahead ahead(double divisor, long wanted, int inputs, Buffers buffers) {
        var targets = new ArrayList<Target>();
        targets.add(new Sum(divisor, null));
        Storage[] cotangents = new Storage[inputs];
        for (int k = 0; k < inputs; k++) {
            if ((wanted >> k & 1) != 0) {
                cotangents[k] = buffers.take(dtype, size);
                targets.add(new Whole(cotangents[k], 0));
            }
        }
        return new Blocks.Ahead(run(targets)[0], cotangents);
    }

    /** The sum of all elements of the result, over {@code divisor}. */
    Value sum(double divisor) {
        return run(List.of(new Sum(divisor, null)))[0];
    }

    /** Each output as the cotangent of its model: summed where the model was spread. */
    Value[] folded(List<Value> models) {
        var targets = new ArrayList<Target>();
        for (Value model : models) {
            targets.add(model instanceof Tensor t && t.shape().equals(shape) ? new Whole()
                    : model instanceof Tensor t && t.rank() > 0 ? new Folded(t) : new Sum(1, model instanceof Scalar ? model : null));
        }
        return run(targets);
    }

    /** Adds each output to the sum for its input, over what the input was spread to. */
    void addTo(List<Place> places) {
        var targets = new ArrayList<Target>();
        for (Place place : places) {
            if (place.model instanceof Scalar || !place.model.shape().equals(shape)) {
                targets.add(place.model instanceof Tensor t ? new Folded(t) : new Sum(1, Scalar.of(0)));
                continue;
            }
            boolean first = place.sums.begins(place.input);
            var added = new Added(dtype == DType.FLOAT32 ? place.sums.floats(place.input) : place.sums.doubles(place.input), first);
            for (Target other : targets) {
                if (other instanceof Added earlier && earlier.sum == added.sum) {
                    earlier.shared = true;
                }
            }
            targets.add(added);
        }
        Value[] results = run(targets);
        for (int k = 0; k < results.length; k++) {
            if (results[k] != null) {
                places.get(k).add(results[k]);
            }
        }
    }

    /** The sum for an input that is like {@code model}. */
    record Place(Sums sums, int input, Value model) {

        boolean fits(BlockRun run) {
            return model instanceof Scalar || model.dtype() == run.dtype && ((Tensor) model).rank() > 0;
        }

        void add(Value more) {
            switch (more) {
                case Scalar s -> sums.add(input, s.value);
                case Tensor t -> Pulls.addTo(sums, input, t);
            }
        }
    }

    // ---- the loop

    private Value[] run(List<Target> targets) {
        Threads.run(parts, part -> new Worker(targets, part).run());
        Value[] results = new Value[targets.size()];
        for (int k = 0; k < results.length; k++) {
            results[k] = targets.get(k).result();
        }
        return results;
    }

    /** Runs one part: its registers and where each value stands. */
    private final class Worker {
        private final List<Target> targets;
        private final int part;
        private final BlockLoops.Operand[] values = new BlockLoops.Operand[program.first() + program.steps.length];
        private final Object[] registers = new Object[program.registers];
        /** For an input that is not simply contiguous: its elements in the order of the result; null for others. */
        private final Stretches[] gathered = new Stretches[program.inputs];
        /** For an input that repeats itself after so many elements, and was laid out more than once; 0 for others. */
        private final int[] period = new int[program.inputs];
        private final Object[] direct = new Object[program.steps.length];
        private final int[] base = new int[program.steps.length];
        private final int width = Math.min(BLOCK, size);

        Worker(List<Target> targets, int part) {
            this.targets = targets;
            this.part = part;
            for (int k = 0; k < values.length; k++) {
                values[k] = new BlockLoops.Operand();
            }
            for (int k = 0; k < program.inputs; k++) {
                bind(k, inputs[k]);
            }
            for (int k = 0; k < program.constants.length; k++) {
                values[program.inputs + k].set(one(program.constants[k]), 0, 0);
            }
            Scratch scratch = SCRATCH.get();
            for (int k = 0; k < registers.length; k++) {
                registers[k] = dtype == DType.FLOAT32 ? scratch.floats(k) : (Object) scratch.doubles(k);
            }
            for (int k = 0; k < targets.size(); k++) {
                int step = program.outputs[k] - program.first();
                if (step >= 0 && direct[step] == null) {
                    direct[step] = targets.get(k).direct();
                    base[step] = targets.get(k).base();
                }
            }
        }

        private Object fresh(int n) {
            return dtype == DType.FLOAT32 ? new float[n] : (Object) new double[n];
        }

        private Object one(double value) {
            return dtype == DType.FLOAT32 ? new float[] {(float) value} : (Object) new double[] {value};
        }

        private void bind(int k, Value input) {
            if (input instanceof Scalar s) {
                values[k].set(one(s.value), 0, 0);
                return;
            }
            Tensor t = (Tensor) input;
            if (t.size() == 1) {
                values[k].set(one(t.getDouble(0)), 0, 0);
            } else if (t.shape().equals(shape) && t.isContiguous()) {
                values[k].set(t.cell.storage.array(), 0, 1);
            } else {
                long[] strides = Views.broadcast("expression", t, shape).strides();
                period[k] = period(strides);
                var run = new Stretches(shape, strides, 0);
                if (period[k] == 0) {
                    gathered[k] = run;
                    values[k].set(fresh(width), 0, 1);
                } else {
                    int several = Math.min(size, width + period[k]);
                    values[k].set(fresh(several), 0, 1);
                    gather(t, run, 0, Math.min(several, period[k]), values[k].array);
                    for (int done = period[k]; done < several; done *= 2) {
                        System.arraycopy(values[k].array, 0, values[k].array, done, Math.min(done, several - done));
                    }
                }
            }
        }

        void run() {
            int end = Math.min(size, (part + 1) * partSize);
            for (int start = part * partSize; start < end; start += BLOCK) {
                block(start, Math.min(BLOCK, end - start));
            }
        }

        private void block(int start, int n) {
            for (int k = 0; k < program.inputs; k++) {
                if (gathered[k] != null) {
                    gather((Tensor) inputs[k], gathered[k], start, n, values[k].array);
                } else if (period[k] > 0) {
                    values[k].at = start % period[k];
                } else if (values[k].step == 1) {
                    values[k].at = (int) ((Tensor) inputs[k]).offset + start;
                }
            }
            for (int s = 0; s < program.steps.length; s++) {
                BlockProgram.Step step = program.steps[s];
                if (program.scales[s] && direct[s + 1] != null && scaled(s, start, n)) {
                    s++;
                    continue;
                }
                Object out = direct[s] != null ? direct[s] : registers[program.register[s]];
                int to = direct[s] != null ? base[s] + start : 0;
                BlockLoops.run(step.row(), values, step.arguments(), out, to, n);
                values[program.first() + s].set(out, to, 1);
            }
            for (int k = 0; k < targets.size(); k++) {
                BlockLoops.Operand output = values[program.outputs[k]];
                targets.get(k).take(part, output.array, output.at, output.step, start, n);
            }
        }

        /** Step s, a product, and the next in one pass; false where they have to go one by one. */
        private boolean scaled(int s, int start, int n) {
            int[] factors = program.steps[s].arguments();
            BlockProgram.Step sum = program.steps[s + 1];
            boolean first = sum.arguments()[0] == program.first() + s;
            int to = base[s + 1] + start;
            if (!BlockLoops.scaled(values[factors[0]], values[factors[1]], sum.row(), values[sum.arguments()[first ? 1 : 0]], first,
                    direct[s + 1], to, n)) {
                return false;
            }
            values[program.first() + s + 1].set(direct[s + 1], to, 1);
            return true;
        }

        private void gather(Tensor t, Stretches run, int start, int n, Object into) {
            run.go(start);
            Object from = t.cell.storage.array();
            for (int done = 0; done < n; ) {
                int length = Math.min(n - done, run.left());
                int at = (int) t.offset + run.at();
                int step = run.step();
                if (step == 1) {
                    System.arraycopy(from, at, into, done, length);
                } else if (from instanceof float[] f) {
                    float[] to = (float[]) into;
                    for (int i = 0; i < length; i++) {
                        to[done + i] = f[at + i * step];
                    }
                } else {
                    double[] d = (double[]) from;
                    double[] to = (double[]) into;
                    for (int i = 0; i < length; i++) {
                        to[done + i] = d[at + i * step];
                    }
                }
                done += length;
                run.advance(length);
            }
        }
    }
}
