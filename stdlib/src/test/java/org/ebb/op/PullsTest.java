package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where a row has a quick backward, it adds what the rule gives; where it has none, it adds nothing. */
class PullsTest {

    /** Sums that begin at some number, so that what is added shows. */
    private static final class Begun implements Sums {
        static final double START = 3;

        /** Is nothing there until somebody asks? */
        final boolean empty;
        final double[] base;
        final boolean[] wanted;
        final Value[] inputs;
        final Tensor cotangent;
        final Tensor[] sums;
        boolean touched;
        final Buffers buffers = new Buffers();

        Begun(Value[] inputs, Tensor cotangent, boolean[] wanted, boolean empty) {
            this.empty = empty;
            this.base = new double[inputs.length];
            java.util.Arrays.fill(base, START);
            this.inputs = inputs;
            this.cotangent = cotangent;
            this.wanted = wanted;
            this.sums = new Tensor[inputs.length];
            for (int k = 0; k < sums.length; k++) {
                sums[k] = Tensor.zeros(inputs[k].dtype(), inputs[k].shape(), Flavour.PLAIN);
                for (long i = 0; i < sums[k].size(); i++) {
                    sums[k].setDouble(i, START);
                }
            }
        }

        @Override
        public boolean wants(int k) {
            return wanted[k];
        }

        /** Then every element has to be set: what is there is no number. */
        @Override
        public boolean begins(int k) {
            if (!empty || base[k] == 0) {
                return false;
            }
            base[k] = 0;
            for (long i = 0; i < sums[k].size(); i++) {
                sums[k].setDouble(i, Double.NaN);
            }
            return true;
        }

        @Override
        public Buffers buffers() {
            return buffers;
        }

        @Override
        public float[] floats(int k) {
            return (float[]) asked(k).cell.storage.array();
        }

        @Override
        public double[] doubles(int k) {
            return (double[]) asked(k).cell.storage.array();
        }

        private Tensor asked(int k) {
            assertTrue(wanted[k]);
            touched = true;
            return sums[k];
        }

        @Override
        public void add(int k, double cotangent) {
            assertTrue(inputs[k] instanceof Scalar);
            asked(k).setDouble(0, sums[k].getDouble(0) + cotangent);
        }

        @Override
        public void pass(int k) {
            assertEquals(cotangent.shape(), inputs[k].shape());
            for (long i = 0; i < sums[k].size(); i++) {
                asked(k).setDouble(i, sums[k].getDouble(i) + cotangent.getDouble(i));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> pullsQuicklyLikeTheRule() {
        return Ops.all().stream().filter(Op::differentiable).flatMap(op -> Sample.of(op).stream())
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> {
                    for (int round = 0; round < 12; round++) {
                        compare(sample, new Random(sample.toString().hashCode() + round), round);
                    }
                }));
    }

    /** By the number of the round: float64, float32, or a mix of tensors and numbers. */
    private static void compare(Sample sample, Random random, int round) {
        Value[] inputs = sample.inputs(random);
        boolean[] wanted = new boolean[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            wanted[k] = inputs.length == 1 || random.nextInt(3) > 0; // an entry has a parent
            if (round % 3 == 1 && inputs[k].dtype().isFloat()) {
                inputs[k] = ((Tensor) inputs[k]).astype(DType.FLOAT32);
            }
            if (round % 3 == 2 && sample.op() instanceof Elementwise && inputs[k].shape().size() > 0 && random.nextBoolean()) {
                inputs[k] = Scalar.of(((Tensor) inputs[k]).getDouble(0));
            }
        }
        Object options = sample.prepare(inputs);
        Value out = sample.op().forward(options, inputs);
        Value cotangent = out instanceof Scalar s ? new Scalar(Scalar.round(random.nextDouble(), s.kind), s.kind, null, 0)
                : filled(out, random);
        compare(sample.op(), options, inputs, out, cotangent, wanted, round);
    }

    /** Added to what is there, and where nothing is. */
    static void compare(Op op, Object options, Value[] inputs, Value out, Value cotangent, boolean[] wanted, int round) {
        compare(op, options, inputs, out, cotangent, wanted, round, false);
        compare(op, options, inputs, out, cotangent, wanted, round, true);
    }

    private static void compare(Op op, Object options, Value[] inputs, Value out, Value cotangent, boolean[] wanted, int round, boolean empty) {
        var sums = new Begun(inputs, Dense.tensor(cotangent), wanted, empty);
        boolean quick = op.pull(options, inputs, out, cotangent, sums);
        assertTrue(quick || !sums.touched, "adds nothing where it says that it cannot");
        if (!quick) {
            return;
        }
        Value[] expected = op.vjp(Rewind.EVALUATE, options, inputs, out, cotangent, wanted);
        double tolerance = out.dtype() == DType.FLOAT32 ? 1e-5 : 1e-13;
        for (int k = 0; k < inputs.length; k++) {
            double[] rule = wanted[k] && expected[k] != null ? Dense.tensor(expected[k]).toDoubles() : new double[(int) sums.sums[k].size()];
            double[] found = sums.sums[k].toDoubles();
            for (int i = 0; i < rule.length; i++) {
                found[i] -= sums.base[k];
                assertEquals(rule[i], found[i], tolerance * (10 + Math.abs(rule[i])), "input " + k + ", round " + round);
            }
        }
    }

    /** Short and long, of either width: the elements may begin anywhere, and lie apart. */
    @TestFactory
    Stream<DynamicTest> pullsViewsLikeTheRule() {
        return Stream.of("add", "subtract", "multiply", "divide", "maximum").map(name -> DynamicTest.dynamicTest(name, () -> {
            for (int round = 0; round < 60; round++) {
                var random = new Random(round);
                int n = random.nextBoolean() ? 16 : 200;
                var sample = Sample.parse(Ops.named(name), "[" + n + "] [" + n + "]");
                DType dtype = random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64;
                Value[] inputs = sample.inputs(random);
                for (int k = 0; k < 2; k++) {
                    inputs[k] = elsewhere(((Tensor) inputs[k]).astype(dtype), random);
                }
                Object options = sample.prepare(inputs);
                Value out = sample.op().forward(options, inputs);
                Tensor cotangent = elsewhere(filled(out, random), random);
                for (int wanted = 1; wanted < 4; wanted++) {
                    boolean[] wants = {(wanted & 1) != 0, (wanted & 2) != 0};
                    compare(sample.op(), options, inputs, out, cotangent, wants, round);
                }
            }
        }));
    }

    /** Along any axes, of tensors and views, with equal elements, infinities and nan. */
    @TestFactory
    Stream<DynamicTest> pullsReductionsLikeTheRule() {
        double[] elements = {0, -0.0, 1, 1, 2, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
        return Stream.of("sum", "mean", "max", "min").map(name -> DynamicTest.dynamicTest(name, () -> {
            int quick = 0;
            for (int round = 0; round < 400; round++) {
                var random = new Random(round);
                Shape shape = Shape.of(random.ints(1 + random.nextInt(4), 1, 5).asLongStream().toArray());
                Tensor x = filled(Tensor.zeros(round % 2 == 0 ? DType.FLOAT32 : DType.FLOAT64, shape, Flavour.PLAIN), random);
                int known = round % 5 == 0 ? elements.length : 6;
                for (long i = 0; i < x.size(); i++) {
                    x.setDouble(i, elements[random.nextInt(known)]);
                }
                int[] order = java.util.stream.IntStream.range(0, shape.rank()).map(k -> shape.rank() - 1 - k).toArray();
                Value[] inputs = {round % 7 == 0 ? org.ebb.tensor.Views.permute(x, order) : x};
                int[] some = java.util.stream.IntStream.range(0, shape.rank()).filter(_ -> random.nextBoolean()).toArray();
                Op op = Ops.named(name);
                var axes = new Axes(some.length == 0 ? order : some, random.nextBoolean(), 0);
                Value out = op.forward(axes, inputs);
                Value cotangent = out instanceof Scalar s ? new Scalar(Scalar.round(random.nextDouble(), s.kind), s.kind, null, 0) : filled(out, random);
                compare(op, axes, inputs, out, cotangent, new boolean[] {true}, round);
                quick += op.pull(axes, inputs, out, cotangent, new Begun(inputs, Dense.tensor(cotangent), new boolean[] {true}, true)) ? 1 : 0;
            }
            assertTrue(quick > 150 && quick < 400, name + " was quick in " + quick);
        }));
    }

    /** The same elements where a row holds them: at its start, further on, or with others in between. */
    private static Tensor elsewhere(Tensor t, Random random) {
        int offset = random.nextInt(3) * 5;
        int step = 1 + random.nextInt(2);
        Tensor row = Tensor.zeros(t.dtype(), Shape.of(offset + step * t.size()), Flavour.PLAIN);
        Tensor view = row.view(t.shape(), new long[] {step}, offset);
        for (long i = 0; i < t.size(); i++) {
            view.setDouble(i, t.getDouble(i));
        }
        return view;
    }

    private static Tensor filled(Value like, Random random) {
        Tensor t = Tensor.zeros(like.dtype(), like.shape(), Flavour.PLAIN);
        for (long i = 0; i < t.size(); i++) {
            t.setDouble(i, random.nextDouble() - 0.5);
        }
        return t;
    }

    /** The rows that small programs are made of must not fall back to the rules. */
    @Test
    void commonRowsAreQuick() {
        for (String text : new String[] {"add", "subtract", "multiply", "divide", "power", "maximum"}) {
            assertTrue(isQuick(Sample.parse(Ops.named(text), "[2,3] [2,3]")), text);
        }
        for (String text : new String[] {"sum", "mean", "max", "min"}) {
            assertTrue(isQuick(Sample.parse(Ops.named(text), "[2,3] axis=1")), text);
        }
        for (String text : new String[] {"tanh", "exp", "log", "sqrt", "square", "sigmoid", "relu", "sin", "negative", "sum", "mean", "max", "min"}) {
            assertTrue(isQuick(Sample.parse(Ops.named(text), "[2,3]")), text);
        }
        assertTrue(isQuick(Sample.parse(Ops.named("matmul"), "[2,3] [3,4]")));
        assertTrue(isQuick(Sample.parse(Ops.named("dot"), "[2,3] [3,4]")));
    }

    private static boolean isQuick(Sample sample) {
        Value[] inputs = sample.inputs(new Random(1));
        Object options = sample.prepare(inputs);
        Value out = sample.op().forward(options, inputs);
        boolean[] wanted = new boolean[inputs.length];
        java.util.Arrays.fill(wanted, true);
        Value cotangent = out instanceof Tensor ? filled(out, new Random(2)) : out;
        return sample.op().pull(options, inputs, out, cotangent, new Begun(inputs, Dense.tensor(cotangent), wanted, false));
    }

    @Test
    void aProductOfMatricesAddsToWhatIsThere() {
        Tensor a = LawsTest.tensor(org.ebb.tensor.Shape.of(1, 2), 2, 3);
        Tensor b = LawsTest.tensor(org.ebb.tensor.Shape.of(2, 1), 5, 7);
        Tensor g = LawsTest.tensor(org.ebb.tensor.Shape.of(1, 1), 1);
        var sums = new Begun(new Value[] {a, b}, g, new boolean[] {true, true}, false);
        assertTrue(Products.MATMUL.pull(Contraction.MATRICES, new Value[] {a, b}, g, g, sums));
        assertArrayEquals(new double[] {8, 10}, sums.sums[0].toDoubles());
        assertArrayEquals(new double[] {5, 6}, sums.sums[1].toDoubles());
    }
}
