package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ebb.tensor.Cell;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for every row of the table. Nobody writes these per operation: a new row comes under them by itself. */
class LawsTest {

    private static final Trace EVALUATE = Rewind.EVALUATE;

    private static Stream<DynamicTest> rows(Predicate<Op> which, Consumer<Op> law) {
        return Ops.all().stream().filter(which).map(op -> DynamicTest.dynamicTest(op.name, () -> law.accept(op)));
    }

    private static Stream<DynamicTest> samples(Predicate<Op> which, Consumer<Sample> law) {
        return Ops.all().stream().filter(which).flatMap(op -> Sample.of(op).stream())
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> law.accept(sample)));
    }

    private static Random random(Object name) {
        return new Random(name.toString().hashCode());
    }

    // ---- the row itself

    @TestFactory
    Stream<DynamicTest> hasASentenceAnExampleAndSamples() {
        return rows(op -> true, op -> {
            assertTrue(op.signature.startsWith(op.name + "("), op.signature);
            assertTrue(op.doc.lines().findFirst().orElseThrow().matches(".*[.?].*"), op.doc);
            assertEquals(op, Ops.named(op.name));
            assertEquals(op, Ops.at(op.ordinal));
            if (!op.name.startsWith("_")) {
                assertTrue(op.doc.contains("\n>>> "), op.doc);
            }
            boolean internal = op == Windows.VIEW || op == Windows.UNVIEW || op == Windows.PUT || op == Products.CONTRACT || op == Blocks.BLOCK;
            assertEquals(internal, op.samples().isEmpty());
        });
    }

    // ---- values

    @TestFactory
    Stream<DynamicTest> ownsItsResult() {
        return samples(op -> true, sample -> {
            Value[] inputs = sample.inputs(random(sample));
            Object options = sample.prepare(inputs);
            Value out = sample.op().forward(options, inputs);
            if (out instanceof Tensor t) {
                assertTrue(t.isBase(), "a result is row-major and the whole of its cell");
                assertEquals(t.rank() == 0, t.frozen, "a result of rank 0 is a value");
                for (Value input : inputs) {
                    boolean shared = input instanceof Tensor x && x.cell.storage == t.cell.storage;
                    assertTrue(!shared || t.cell.storage.owners > 1, "shared elements are counted");
                    assertTrue(!(input instanceof Tensor x) || x.cell != t.cell, "a result has a cell of its own");
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> computesViewsLikeCopies() {
        return samples(op -> true, sample -> {
            Value[] inputs = sample.inputs(random(sample));
            Value[] views = new Value[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                views[k] = scattered((Tensor) inputs[k]);
            }
            Value expected = sample.op().forward(sample.prepare(inputs), inputs);
            Value found = sample.op().forward(sample.prepare(views), views);
            assertClose(expected, found, 1e-14);
        });
    }

    /** The same elements with strides in reverse order, gaps and an offset. */
    private static Tensor scattered(Tensor x) {
        long[] strides = new long[x.rank()];
        long step = 2;
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = step;
            step *= Math.max(x.shape().dim(axis), 1);
        }
        Tensor roomy = Tensor.zeros(x.dtype(), Shape.of(step + 3), Flavour.PLAIN);
        Tensor view = new Tensor(new Cell(roomy.cell.storage, roomy.shape()), x.shape(), strides, 3, Flavour.PLAIN, false);
        for (long i = 0; i < x.size(); i++) {
            view.setDouble(i, x.getDouble(i));
        }
        return view;
    }

    @TestFactory
    Stream<DynamicTest> computesFloat32LikeFloat64() {
        return samples(op -> true, sample -> {
            Value[] inputs = sample.inputs(random(sample));
            Value[] narrow = new Value[inputs.length];
            Value[] wide = new Value[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                Tensor x = (Tensor) inputs[k];
                narrow[k] = x.dtype().isFloat() ? x.astype(DType.FLOAT32) : x;
                wide[k] = x.dtype().isFloat() ? ((Tensor) narrow[k]).astype(DType.FLOAT64) : x;
            }
            Value expected = sample.op().forward(sample.prepare(wide), wide);
            Value found = sample.op().forward(sample.prepare(narrow), narrow);
            assertClose(expected, found, 2e-6);
            boolean cast = sample.op() == Linear.CAST || sample.op() == Ordering.ONE_HOT;
            assertEquals(expected.dtype() == DType.FLOAT64 && !cast ? DType.FLOAT32 : expected.dtype(), found.dtype());
        });
    }

    @TestFactory
    Stream<DynamicTest> computesNumbersLikeTensors() {
        return rows(op -> op instanceof Elementwise, op -> {
            var row = (Elementwise) op;
            Random random = random(op);
            for (int round = 0; round < 20; round++) {
                Value[] numbers = new Value[row.arity];
                double[] raw = new double[3];
                Value[] tensors = new Value[row.arity];
                for (int k = 0; k < row.arity; k++) {
                    raw[k] = Sample.draw(random, row.domain(k));
                    numbers[k] = Scalar.of(raw[k]);
                    tensors[k] = tensor(Shape.of(2), raw[k], raw[k]);
                }
                double direct = switch (row.arity) {
                    case 1 -> row.apply(raw[0]);
                    case 2 -> row.apply(raw[0], raw[1]);
                    default -> row.apply(raw[0], raw[1], raw[2]);
                };
                assertEquals(direct, Dense.number(row.forward(null, numbers)), Math.abs(direct) * 1e-15);
                Tensor many = (Tensor) row.forward(null, tensors);
                assertEquals(direct, many.getDouble(1), Math.abs(direct) * 1e-14);
                for (int k = 0; k < row.arity; k++) {
                    if (row.slope(k) != null) {
                        Value slope = row.slope(k).value(EVALUATE, tensors, many);
                        double expected = slope instanceof Tensor t ? t.getDouble(1) : Dense.number(slope);
                        double found = row.slope(k, raw[0], raw[1], raw[2], direct);
                        assertEquals(expected, found, 1e-12 * Math.max(1, Math.abs(expected)), "slope " + k);
                    }
                }
            }
        });
    }

    // ---- derivatives

    /** A weighted sum of what the row gives. */
    private interface Number {
        Value of(Trace t, Value[] inputs);
    }

    private static Value inner(Trace t, Value a, Value b) {
        Value product = t.apply(Arithmetic.MUL, null, a, b);
        return t.apply(Linear.SUM_TO, Shape.SCALAR, product);
    }

    /** Zero along an input that the row does not depend on smoothly. */
    private static Value[] directions(Random random, Op op, Value[] inputs) {
        var directions = new Value[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            boolean constant = op instanceof Elementwise e && e.slope(k) == null;
            directions[k] = constant ? Tensor.zeros(DType.FLOAT64, inputs[k].shape(), Flavour.PLAIN)
                    : direction(random, inputs[k].shape());
        }
        return directions;
    }

    private static Tensor direction(Random random, Shape shape) {
        Tensor d = Tensor.zeros(DType.FLOAT64, shape, Flavour.PLAIN);
        for (long i = 0; i < d.size(); i++) {
            d.setDouble(i, random.nextDouble() - 0.5);
        }
        return d;
    }

    /** The slope of f along v, by reverse mode on top of {@code t}. */
    private static Number along(Number f, Value[] v) {
        return (t, inputs) -> {
            var rewind = new Rewind(t);
            Value y = f.of(rewind, inputs);
            Value[] g = rewind.pull(y, Scalar.of(1, y.dtype(), Flavour.PLAIN), inputs);
            Value sum = t.apply(Arithmetic.MUL, null, y, Scalar.of(0));
            for (int k = 0; k < inputs.length; k++) {
                if (g[k] != null) {
                    sum = t.apply(Arithmetic.ADD, null, sum, inner(t, g[k], v[k]));
                }
            }
            return sum;
        };
    }

    private static double difference(Number f, Value[] inputs, Value[] v) {
        double h = 1e-5;
        return (moved(f, inputs, v, h) - moved(f, inputs, v, -h)) / (2 * h);
    }

    private static double moved(Number f, Value[] inputs, Value[] v, double h) {
        var moved = new Value[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            Value step = Arithmetic.MUL.forward(v[k], Scalar.of(h));
            moved[k] = Dense.tensor(Arithmetic.ADD.forward(inputs[k], step));
        }
        return Dense.number(f.of(EVALUATE, moved));
    }

    @TestFactory
    Stream<DynamicTest> agreesWithDifferencesToOrderThree() {
        return samples(Op::differentiable, sample -> {
            Random random = random(sample);
            Value[] inputs = sample.inputs(random);
            Object options = sample.prepare(inputs);
            Tensor weights = direction(random, sample.op().forward(options, inputs).shape());
            Number f = (t, x) -> inner(t, t.apply(sample.op(), options, x), weights);
            for (int order = 1; order <= 3; order++) {
                Value[] v = directions(random, sample.op(), inputs);
                Number slope = along(f, v);
                double expected = difference(f, inputs, v);
                double found = Dense.number(slope.of(EVALUATE, inputs));
                double size = Math.max(1, Math.abs(moved(f, inputs, v, 0)));
                assertEquals(expected, found, 2e-5 * Math.max(size, Math.abs(expected)), "order " + order);
                f = slope;
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> pushesWhatItPulls() {
        return samples(Op::differentiable, sample -> {
            Random random = random(sample);
            Value[] inputs = sample.inputs(random);
            Object options = sample.prepare(inputs);
            Value out = sample.op().forward(options, inputs);
            Tensor u = direction(random, out.shape());
            Value[] v = directions(random, sample.op(), inputs);
            boolean[] wanted = new boolean[inputs.length];
            Arrays.fill(wanted, true);
            Value[] pulled = sample.op().vjp(EVALUATE, options, inputs, out, u, wanted);
            double expected = 0;
            for (int k = 0; k < inputs.length; k++) {
                if (pulled[k] == null) {
                    continue;
                }
                assertEquals(inputs[k].shape(), pulled[k].shape());
                assertEquals(inputs[k].dtype(), pulled[k].dtype());
                double part = Dense.number(inner(EVALUATE, pulled[k], v[k]));
                expected += part;
                Value[] one = new Value[inputs.length];
                one[k] = v[k];
                Value alone = sample.op().jvp(EVALUATE, options, inputs, out, one);
                assertEquals(out.shape(), alone.shape());
                assertEquals(out.dtype(), alone.dtype());
                assertEquals(part, Dense.number(inner(EVALUATE, alone, u)), 1e-10 * Math.max(1, Math.abs(part)));
            }
            Value pushed = sample.op().jvp(EVALUATE, options, inputs, out, v);
            double found = pushed == null ? 0 : Dense.number(inner(EVALUATE, pushed, u));
            assertEquals(expected, found, 1e-10 * Math.max(1, Math.abs(expected)));
        });
    }

    /** Beside float64 an input of float32 counts with all its digits: the others' derivatives are those of float64. */
    @TestFactory
    Stream<DynamicTest> mixedDtypesLoseNothing() {
        return samples(op -> op.differentiable() && op.inputs() > 1, sample -> {
            Random random = random(sample);
            Value[] inputs = sample.inputs(random);
            for (int j = 0; j < inputs.length; j++) {
                if (inputs[j].dtype() != DType.FLOAT64 || inputs.length == 1) {
                    continue;
                }
                Value[] mixed = inputs.clone();
                mixed[j] = ((Tensor) inputs[j]).astype(DType.FLOAT32);
                Value[] exact = inputs.clone();
                exact[j] = ((Tensor) mixed[j]).astype(DType.FLOAT64);
                Value out = sample.op().forward(sample.prepare(mixed), mixed);
                Value same = sample.op().forward(sample.prepare(exact), exact);
                if (out.dtype() != DType.FLOAT64) {
                    continue;
                }
                assertClose(same, out, 1e-14);
                Tensor u = direction(random, out.shape());
                boolean[] wanted = new boolean[inputs.length];
                Arrays.fill(wanted, true);
                wanted[j] = false;
                Value[] expected = sample.op().vjp(EVALUATE, sample.prepare(exact), exact, same, u, wanted);
                Value[] found = sample.op().vjp(EVALUATE, sample.prepare(mixed), mixed, out, u, wanted);
                Value[] v = directions(random, sample.op(), inputs);
                v[j] = null;
                for (int k = 0; k < inputs.length; k++) {
                    if (wanted[k] && expected[k] != null) {
                        assertClose(expected[k], found[k], 1e-13);
                    }
                }
                Value pushed = sample.op().jvp(EVALUATE, sample.prepare(exact), exact, same, v);
                if (pushed != null) {
                    assertClose(pushed, sample.op().jvp(EVALUATE, sample.prepare(mixed), mixed, out, v), 1e-13);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> pushingCanBeDifferentiated() {
        return samples(Op::differentiable, sample -> {
            Random random = random(sample);
            Value[] inputs = sample.inputs(random);
            Object options = sample.prepare(inputs);
            Tensor u = direction(random, sample.op().forward(options, inputs).shape());
            Value[] v = directions(random, sample.op(), inputs);
            Number pushed = (t, x) -> {
                Value out = t.apply(sample.op(), options, x);
                Value tangent = sample.op().jvp(t, options, x, out, v);
                return tangent == null ? t.apply(Arithmetic.MUL, null, inner(t, out, u), Scalar.of(0)) : inner(t, tangent, u);
            };
            Value[] w = directions(random, sample.op(), inputs);
            double expected = difference(pushed, inputs, w);
            double found = Dense.number(along(pushed, w).of(EVALUATE, inputs));
            double size = Math.max(1, Math.abs(moved(pushed, inputs, w, 0)));
            assertEquals(expected, found, 2e-5 * Math.max(size, Math.abs(expected)));
        });
    }

    /** A cotangent that is exactly 0 contributes 0 wherever the row is evaluated; one may refuse such inputs by its name. */
    @TestFactory
    Stream<DynamicTest> zeroCotangentsGiveZero() {
        double[] special = {0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e308};
        return samples(Op::differentiable, sample -> {
            Random random = random(sample);
            for (int round = 0; round < 5; round++) {
                Value[] inputs = sample.inputs(random);
                for (Value input : inputs) {
                    for (long i = 0; i < ((Tensor) input).size(); i++) {
                        ((Tensor) input).setDouble(i, special[random.nextInt(special.length)]);
                    }
                }
                try {
                    assertPullsZero(sample, inputs);
                } catch (TensorException.BadValue refused) {
                    String name = refused.getMessage().substring(0, refused.getMessage().indexOf(':'));
                    assertTrue(Ops.named(name) != null || Ops.named("_" + name) != null, refused.getMessage());
                }
            }
        });
    }

    private static void assertPullsZero(Sample sample, Value[] inputs) {
        Object options = sample.prepare(inputs);
        Value out = sample.op().forward(options, inputs);
        boolean[] wanted = new boolean[inputs.length];
        Arrays.fill(wanted, true);
        Tensor zeros = Tensor.zeros(DType.FLOAT64, out.shape(), Flavour.PLAIN);
        for (Value pulled : sample.op().vjp(EVALUATE, options, inputs, out, zeros, wanted)) {
            for (double d : pulled == null ? new double[0] : Dense.tensor(pulled).toDoubles()) {
                assertEquals(0, d + 0.0, sample + " at " + Arrays.toString(Dense.tensor(inputs[0]).toDoubles()));
            }
        }
    }

    /** What a row says that it does not read may be gone by the time of the rule: only the shape is left. */
    @TestFactory
    Stream<DynamicTest> readsOnlyWhatItSays() {
        return samples(Op::differentiable, sample -> {
            Random random = random(sample);
            Value[] inputs = sample.inputs(random);
            Object options = sample.prepare(inputs);
            Value out = sample.op().forward(options, inputs);
            Value[] left = new Value[inputs.length];
            for (int k = 0; k < left.length; k++) {
                left[k] = sample.op().readsInput(k) ? inputs[k] : gone(inputs[k]);
            }
            Value leftOut = sample.op().readsOutput() ? out : gone(out);
            Tensor u = direction(random, out.shape());
            Value[] v = directions(random, sample.op(), inputs);
            boolean[] wanted = new boolean[inputs.length];
            Arrays.fill(wanted, true);
            Value[] expected = sample.op().vjp(EVALUATE, options, inputs, out, u, wanted);
            Value[] found = sample.op().vjp(EVALUATE, options, left, leftOut, u, wanted);
            for (int k = 0; k < found.length; k++) {
                if (expected[k] != null) {
                    assertClose(expected[k], found[k], 0);
                }
            }
            Value pushed = sample.op().jvp(EVALUATE, options, inputs, out, v);
            if (pushed != null) {
                assertClose(pushed, sample.op().jvp(EVALUATE, options, left, leftOut, v), 0);
            }
            for (int k = 0; k < inputs.length; k++) {
                Value[] one = new Value[inputs.length];
                one[k] = v[k];
                Value alone = sample.op().jvp(EVALUATE, options, inputs, out, one);
                if (alone != null) {
                    assertClose(alone, sample.op().jvp(EVALUATE, options, left, leftOut, one), 0);
                }
            }
        });
    }

    private static Tensor gone(Value v) {
        return new Tensor(new Cell(Storage.zeros(v.dtype(), 0), v.shape()), v.shape(), v.shape().strides(), 0, v.flavour(), v.shape().rank() == 0);
    }

    // ---- refusals

    @TestFactory
    Stream<DynamicTest> namesItselfWhenShapesDoNotFit() {
        return rows(op -> op.inputs() == 2 && op.samples().size() > 0 && op != Products.OUTER || op instanceof Elementwise e
                && e.arity == 3,
                op -> {
            Value[] inputs = new Value[op.inputs()];
            for (int k = 0; k < inputs.length; k++) {
                inputs[k] = op instanceof Bits.Whole ? Tensor.zeros(DType.INT64, Shape.of(2, 2 + k), Flavour.PLAIN)
                        : Tensor.zeros(DType.FLOAT64, Shape.of(3 + k, 3 + k), Flavour.PLAIN);
            }
            Object[] options = op.parameters().stream().skip(op.inputs()).map(Parameter::fallback).toArray();
            if (op == Products.EINSUM) {
                options[0] = "ij,jk->ik";
            }
            var refused = assertThrows(TensorException.BadShape.class, () -> op.forward(op.prepare(options, inputs), inputs));
            assertTrue(refused.getMessage().startsWith(op.name + ": "), refused.getMessage());
        });
    }

    @TestFactory
    Stream<DynamicTest> namesItselfWhenAnAxisIsMissing() {
        return rows(op -> op.inputs() == 1 && op.parameters().stream().anyMatch(p -> p.name().equals("axis")), op -> {
            Sample sample = Sample.of(op).getFirst();
            Value[] inputs = sample.inputs(random(op));
            Object[] options = sample.options().clone();
            for (int k = 0; k < options.length; k++) {
                if (op.parameters().get(k + 1).name().equals("axis")) {
                    options[k] = 7L;
                }
            }
            var refused = assertThrows(TensorException.class, () -> op.prepare(options, inputs));
            assertTrue(refused.getMessage().startsWith(op.name + ": axis 7"), refused.getMessage());
        });
    }

    // ---- help

    static Tensor tensor(Shape shape, double... elements) {
        Tensor t = Tensor.zeros(DType.FLOAT64, shape, Flavour.PLAIN);
        for (int i = 0; i < elements.length; i++) {
            t.setDouble(i, elements[i]);
        }
        return t;
    }

    static void assertClose(Value expected, Value found, double tolerance) {
        assertEquals(expected.shape(), found.shape());
        double[] e = Dense.tensor(expected).toDoubles();
        double[] f = Dense.tensor(found).toDoubles();
        for (int i = 0; i < e.length; i++) {
            boolean same = e[i] == f[i] || e[i] != e[i] && f[i] != f[i];
            assertTrue(same || Math.abs(e[i] - f[i]) <= tolerance * Math.max(1, Math.abs(e[i])), "element " + i + ": " + e[i]
                    + " and " + f[i]);
        }
        assertFalse(expected.shape().rank() > 0 && found instanceof Scalar);
    }
}
