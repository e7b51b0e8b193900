package org.ebb.op;

import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Threads;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Sums and maxima over boxes of places in the last axes. Each direction has its list of windows, from a start up to an end by a
 * step, so boxes may overlap, leave gaps, differ in size, or be cut at the border.
 */
public final class Pooling {

    private Pooling() {}

    /** Which places of a plane each place of the result sees. */
    private record Boxes(Shape in, Shape out, int[][] seen) {

        static Boxes of(String op, Object[] values, Shape in) {
            Object[] starts = several(op, "starts", values[0]);
            Object[] ends = several(op, "ends", values[1]);
            int n = starts.length;
            if (n == 0 || ends.length != n || in.rank() < n) {
                throw Arguments.badType(op, "starts and ends must have one list for each of the last axes", values[0]);
            }
            long[] steps = Places.each(op, "steps", values[2], n, 1);
            long[] dims = in.dims();
            int[][] seen = {{0}};
            for (int d = 0; d < n; d++) {
                int axis = in.rank() - n + d;
                long[] from = Arguments.integers(op, "starts", starts[d]);
                long[] to = Arguments.integers(op, "ends", ends[d]);
                dims[axis] = from.length;
                seen = crossed(op, seen, from, to, steps[d], in.dim(axis));
            }
            return new Boxes(in, Shape.of(dims), seen);
        }

        private static Object[] several(String op, String option, Object given) {
            if (given instanceof Object[] several) {
                return several;
            }
            throw Arguments.badType(op, option + " must be a tuple of tuples", given);
        }

        private static int[][] crossed(String op, int[][] outer, long[] from, long[] to, long step, long size) {
            if (from.length != to.length) {
                throw Arguments.badType(op, "starts and ends must be equally many", from.length);
            }
            int[][] seen = new int[Placing.count((long) outer.length * from.length)][];
            for (int o = 0; o < seen.length; o++) {
                int[] before = outer[o / from.length];
                int window = o % from.length;
                if (from[window] < 0 || to[window] > size) {
                    throw Arguments.badType(op, "windows must lie within size " + size, from[window]);
                }
                int count = (int) Math.max(0, Math.ceilDiv(to[window] - from[window], step));
                int[] places = new int[before.length * count];
                for (int i = 0; i < places.length; i++) {
                    places[i] = Math.toIntExact(before[i / count] * size + from[window] + i % count * step);
                }
                seen[o] = places;
            }
            return seen;
        }

        /** How many places each window sees, or 0 where they see different numbers. */
        int count() {
            int count = seen.length == 0 ? 0 : seen[0].length;
            for (int[] places : seen) {
                count = places.length == count ? count : 0;
            }
            return count;
        }

        /** The first place of each window. */
        int[] firsts() {
            int[] firsts = new int[seen.length];
            for (int window = 0; window < seen.length; window++) {
                firsts[window] = seen[window][0];
            }
            return firsts;
        }

        /** How far the places of a window lie behind its first: all windows that see equally many places are alike. */
        int[] offsets() {
            int[] offsets = seen[0].clone();
            for (int k = 0; k < offsets.length; k++) {
                offsets[k] -= seen[0][0];
            }
            return offsets;
        }

        int plane() {
            return seen.length == 0 ? 0 : Math.toIntExact(in.size() / Math.max(planes(), 1));
        }

        int planes() {
            return Math.toIntExact(seen.length == 0 ? 0 : out.size() / seen.length);
        }
    }

    private static final String OPTIONS = """


            x: a tensor; starts, ends: for each of the last axes a tuple of where windows begin and end; steps: the distance of the
            places they see. Raises TypeError where they do not fit.

            """;

    public static final Op SUM = new LinearRow("pool_sum", "pool_sum(x, starts, ends, steps=1)",
            "The sums over boxes of places in the last axes." + OPTIONS
            + ">>> print(pool_sum(tensor([1., 2., 3.]), ((0, 1),), ((2, 3),)))\n[3. 5.]",
            "[2,4] starts=((0,2),) ends=((2,4),)", "[2,3,3] starts=((0,1),(0,1)) ends=((2,3),(1,3))",
            "[5] starts=((0,),) ends=((5,),) steps=2", "[0,4] starts=((0,2),) ends=((2,4),)") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            return Boxes.of(name, values, inputs[0].shape());
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var boxes = (Boxes) options;
            Tensor x = floating(inputs[0]);
            Storage in = x.cell.storage;
            Storage out = Storage.zeros(x.dtype(), boxes.out.size());
            int from = (int) x.offset;
            int to = 0;
            for (int plane = boxes.planes(); plane > 0; plane--, from += boxes.plane()) {
                for (int[] places : boxes.seen) {
                    double sum = 0;
                    for (int place : places) {
                        sum += in.getDouble(from + place);
                    }
                    out.setDouble(to++, sum);
                }
            }
            return Dense.result(out, boxes.out, x.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(SPREAD, options, cotangent);
        }
    };

    static final Op SPREAD = new LinearRow("_pool_spread", "_pool_spread(x, starts, ends, size)",
            "The transpose of pool_sum over the last axis: each element added to all places of its window.",
            "[2,2] starts=(0,1) ends=(2,3) size=4") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape out = inputs[0].shape();
            Object[] windows = {new Object[] {values[0]}, new Object[] {values[1]}, 1L};
            return Boxes.of(name, windows, out.with(out.rank() - 1, Arguments.integer(name, "size", values[2])));
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var boxes = (Boxes) options;
            Tensor x = floating(inputs[0]);
            Storage out = Storage.zeros(x.dtype(), boxes.in.size());
            int from = (int) x.offset;
            int to = 0;
            for (int plane = boxes.planes(); plane > 0; plane--, to += boxes.plane()) {
                for (int[] places : boxes.seen) {
                    double g = x.cell.storage.getDouble(from++);
                    for (int place : places) {
                        out.setDouble(to + place, out.getDouble(to + place) + g);
                    }
                }
            }
            return Dense.result(out, boxes.in, x.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(SUM, options, cotangent);
        }
    };

    private abstract static class Largest extends Op {

        Largest(String name, String sentence, String printed) {
            super(name, name + "(x, starts, ends, steps=1)", sentence + OPTIONS
                    + ">>> print(" + name + "(tensor([1., 3., 2.]), ((0, 1),), ((2, 3),)))\n" + printed);
        }

        @Override
        public final List<String> samples() {
            return List.of("[2,4] starts=((0,2),) ends=((2,4),)", "[2,3,3] starts=((0,1),(0,1)) ends=((2,3),(1,3))",
                    "[5] starts=((0,),) ends=((5,),) steps=2");
        }

        @Override
        public final Object prepare(Object[] values, Value[] inputs) {
            Boxes boxes = Boxes.of(name, values, inputs[0].shape());
            for (int[] places : boxes.seen) {
                if (places.length == 0) {
                    throw badValue("a window without places has no largest element");
                }
            }
            return boxes;
        }

        /** For each place of the result the place of its plane where the largest element is: the first of equals, nan first. */
        static long[] places(Boxes boxes, Tensor x) {
            long[] found = new long[Math.toIntExact(boxes.out.size())];
            if (x.cell.storage instanceof Storage.Floats floats) {
                float[] in = floats.array;
                each(boxes, x, (from, places, to) -> found[to] = places[largest(in, from, places)]);
                return found;
            }
            Storage in = x.cell.storage;
            each(boxes, x, (from, places, to) -> {
                int best = places[0];
                double most = in.getDouble(from + best);
                for (int k = 1; k < places.length && most == most; k++) {
                    double one = in.getDouble(from + places[k]);
                    if (one > most || one != one) {
                        best = places[k];
                        most = one;
                    }
                }
                found[to] = best;
            });
            return found;
        }

        /** Which of the places holds the largest element: float on float arrays, as the rows that train networks spend time here. */
        static int largest(float[] in, int from, int[] places) {
            int best = 0;
            float most = in[from + places[0]];
            for (int k = 1; k < places.length && most == most; k++) {
                float one = in[from + places[k]];
                if (one > most || one != one) {
                    best = k;
                    most = one;
                }
            }
            return best;
        }
    }

    /** What is done for a place {@code to} of the result that sees places of the plane that begins at {@code from}. */
    private interface Each {
        void place(int from, int[] places, int to);
    }

    private static void each(Boxes boxes, Tensor x, Each each) {
        int from = (int) x.offset;
        int to = 0;
        for (int plane = boxes.planes(); plane > 0; plane--, from += boxes.plane()) {
            for (int[] places : boxes.seen) {
                each.place(from, places, to++);
            }
        }
    }

    /** Elements in a part of the work of finding maxima: 50 us. */
    private static final int PART = 1 << 15;

    public static final Op MAX = new Largest("pool_max", "The largest elements of boxes of places in the last axes; the first of "
            + "equals takes the whole gradient.", "[3. 3.]") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            var boxes = (Boxes) options;
            Tensor x = floating(inputs[0]);
            if (x.cell.storage instanceof Storage.Floats floats && boxes.out.rank() > 0) {
                float[] in = floats.array;
                float[] out = ((Storage.Floats) Storage.any(DType.FLOAT32, boxes.out.size())).array;
                if (boxes.count() > 0) {
                    int plane = boxes.plane();
                    int[] firsts = boxes.firsts();
                    int[] offsets = boxes.offsets();
                    planes(boxes, (from, to) -> largest(in, (int) x.offset, plane, from, to, firsts, offsets, out));
                } else {
                    each(boxes, x, (from, places, to) -> out[to] = in[from + places[largest(in, from, places)]]);
                }
                return Dense.result(new Storage.Floats(out), boxes.out, x.flavour());
            }
            return Windows.VIEW.forward(window(boxes, x), new Value[] {x});
        }

        /** Some planes of several, shared among threads. */
        private interface Planes {
            void work(int from, int to);
        }

        private static void planes(Boxes boxes, Planes part) {
            int planes = boxes.planes();
            int parts = (int) Math.max(1, Math.min(planes, (long) planes * boxes.plane() / PART));
            Threads.run(parts, i -> part.work((int) ((long) i * planes / parts), (int) ((i + 1L) * planes / parts)));
        }

        /** The largest of each window, plane by plane. */
        private static void largest(float[] in, int at, int plane, int from, int to, int[] firsts, int[] offsets, float[] out) {
            for (int k = from; k < to; k++) {
                if (offsets.length == 4) {
                    largestOfFour(in, at + k * plane, firsts, offsets[1], offsets[2], offsets[3], out, k * firsts.length);
                    continue;
                }
                for (int w = 0; w < firsts.length; w++) {
                    int first = at + k * plane + firsts[w];
                    float most = in[first];
                    for (int i = 1; i < offsets.length; i++) {
                        most = Math.max(most, in[first + offsets[i]]);
                    }
                    out[k * firsts.length + w] = most;
                }
            }
        }

        private static void largestOfFour(float[] in, int at, int[] firsts, int second, int third, int fourth, float[] out, int to) {
            for (int w = 0; w < firsts.length; w++) {
                int first = at + firsts[w];
                out[to + w] = Math.max(Math.max(in[first], in[first + second]), Math.max(in[first + third], in[first + fourth]));
            }
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            var boxes = (Boxes) options;
            if (!(inputs[0] instanceof Tensor x) || x.dtype() != DType.FLOAT32 || !(cotangent instanceof Tensor g) || g.dtype() != DType.FLOAT32
                    || boxes.count() == 0 || !g.shape().equals(boxes.out)) {
                return false;
            }
            Tensor dense = x.contiguous();
            Tensor from = g.contiguous();
            boolean begins = sums.begins(0);
            float[] sum = sums.floats(0);
            float[] in = ((Storage.Floats) dense.cell.storage).array;
            float[] given = ((Storage.Floats) from.cell.storage).array;
            int plane = boxes.plane();
            int[] firsts = boxes.firsts();
            int[] offsets = boxes.offsets();
            planes(boxes, (begin, end) -> {
                if (begins) {
                    Arrays.fill(sum, begin * plane, end * plane, 0);
                }
                give(in, (int) dense.offset, plane, begin, end, firsts, offsets, given, (int) from.offset, sum);
            });
            return true;
        }

        /** Adds each element of the cotangent where its window has its largest element: the first of equals, nan first. */
        private static void give(float[] in, int at, int plane, int from, int to, int[] firsts, int[] offsets, float[] g, int atG, float[] sum) {
            for (int k = from; k < to; k++) {
                if (offsets.length == 4) {
                    giveToFour(in, at + k * plane, firsts, offsets[1], offsets[2], offsets[3], g, atG + k * firsts.length, sum, k * plane);
                    continue;
                }
                for (int w = 0; w < firsts.length; w++) {
                    int first = at + k * plane + firsts[w];
                    long best = Long.MIN_VALUE;
                    for (int i = 0; i < offsets.length; i++) {
                        best = Math.max(best, (long) order(in[first + offsets[i]]) << 32 | offsets.length - i);
                    }
                    sum[k * plane + firsts[w] + offsets[offsets.length - (int) best]] += g[atG + k * firsts.length + w];
                }
            }
        }

        private static void giveToFour(float[] in, int at, int[] firsts, int second, int third, int fourth, float[] g, int atG, float[] sum, int to) {
            for (int w = 0; w < firsts.length; w++) {
                int first = firsts[w];
                float a = in[at + first] + 0f;
                float b = in[at + first + second] + 0f;
                float c = in[at + first + third] + 0f;
                float most = Math.max(Math.max(a, b), Math.max(c, in[at + first + fourth] + 0f));
                int place;
                if (most == most) {
                    int late = third + (differ(c, most) & fourth - third);
                    place = differ(a, most) & second + (differ(b, most) & late - second);
                } else {
                    place = a != a ? 0 : b != b ? second : c != c ? third : fourth;
                }
                sum[to + first + place] += g[atG + w];
            }
        }

        /**
         * As whole numbers floats have their order once the bits of those below 0 are turned round, and nan, in its one form, is above
         * infinity: so the largest is found without a branch on elements, whose order follows no rule.
         */
        private static int order(float x) {
            int bits = Float.floatToIntBits(x + 0f);
            return bits ^ bits >> 31 & 0x7fffffff;
        }

        /** All bits where the two, neither of them -0, are not the same, otherwise none: as above, without a branch. */
        private static int differ(float a, float b) {
            int bits = Float.floatToRawIntBits(a) ^ Float.floatToRawIntBits(b);
            return (bits | -bits) >> 31;
        }

        private static Window window(Boxes boxes, Tensor x) {
            long[] at = places(boxes, x);
            int windows = boxes.seen.length;
            long start = 0;
            for (int i = 0; i < at.length; start += boxes.plane()) {
                for (int end = i + windows; i < end; i++) {
                    at[i] += start;
                }
            }
            return new Window.Positions(boxes.in, boxes.out, at);
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Window window = window((Boxes) options, floating(inputs[0]));
            return new Value[] {Linear.match(t, t.apply(Windows.UNVIEW, window, cotangent), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return Linear.spread(t, t.apply(Windows.VIEW, window((Boxes) options, floating(inputs[0])), tangents[0]), output);
        }
    };

    public static final Op ARGMAX = new Largest("pool_argmax", "Where pool_max finds its elements: the row-major number within "
            + "the last axes.", "[1 1]") {

        @Override
        public Value forward(Object options, Value[] inputs) {
            var boxes = (Boxes) options;
            Tensor x = floating(inputs[0]);
            return Dense.result(new Storage.Longs(places(boxes, x)), boxes.out, x.flavour());
        }

        @Override
        public boolean differentiable() {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[1];
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return null;
        }
    };

    private static Tensor floating(Value v) {
        Tensor x = Dense.tensor(v);
        return (x.dtype().isFloat() ? x : x.astype(DType.FLOAT32)).contiguous();
    }
}
