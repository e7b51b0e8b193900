package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ebb.grad.Gradients;
import org.ebb.grad.Second;
import org.ebb.grad.Sites;
import org.ebb.grad.Tape;
import org.ebb.op.Blocks.End;
import org.ebb.op.Blocks.Expression;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A block program is what its rows are, one after the other: value, both derivatives, and the derivatives of those. */
class BlocksTest {

    /** Evaluates, and says so: rules may take their short way. */
    private static final Trace PLAIN = new Trace() {
        @Override
        public boolean onlyEvaluates() {
            return true;
        }

        @Override
        public Value apply(Op op, Object options, Value... inputs) {
            return op.forward(options, inputs);
        }
    };

    /** An expression: an input, a constant, or a row applied to others. */
    private sealed interface Tree {
        record Input(int k) implements Tree {}

        record Constant(double value) implements Tree {}

        record Apply(Elementwise row, List<Tree> arguments) implements Tree {}
    }

    /** Rows that grow slowly enough to be nested; that blocks apply any row in the same way is not what random programs have to show. */
    private static final List<Elementwise> ROWS = Ops.all().stream().filter(op -> op instanceof Elementwise e && e.differentiable()
            && (e.unaryKernel != null || e.binaryKernel != null || e == Selection.CLIP)
            && IntStream.range(0, e.arity).allMatch(k -> e.domain(k) == Domain.REAL)).map(op -> (Elementwise) op).toList();

    private final class Case {
        final Random random;
        final List<Shape> shapes = new ArrayList<>();
        final Tree tree;

        Case(int seed) {
            random = new Random(seed);
            Shape full = Shape.of(random.nextInt(1, 4), random.nextInt(1, 5));
            shapes.add(full);
            for (int k = random.nextInt(3); k > 0; k--) {
                shapes.add(switch (random.nextInt(5)) {
                    case 0 -> Shape.of(full.dim(1));
                    case 1 -> Shape.of(full.dim(0), 1);
                    case 2 -> Shape.SCALAR;
                    default -> full;
                });
            }
            Tree grown = new Tree.Input(0);
            for (int k = 1; k < shapes.size(); k++) {
                grown = new Tree.Apply(Arithmetic.ADD, List.of(grown, new Tree.Input(k)));
            }
            // Every input takes part, so the result has the full shape.
            tree = new Tree.Apply(random.nextBoolean() ? Arithmetic.MUL : Arithmetic.SUB, List.of(tree(3), grown));
        }

        private Tree tree(int depth) {
            if (depth == 0 || random.nextInt(6) == 0) {
                return random.nextInt(5) == 0 ? new Tree.Constant(random.nextInt(-2, 4)) : new Tree.Input(random.nextInt(shapes.size()));
            }
            if (random.nextInt(8) == 0) {
                Tree test = new Tree.Apply(Comparison.GREATER, List.of(tree(depth - 1), tree(depth - 1)));
                // Of two numbers of the language where() makes a float32, which the interpreter does not take into a block.
                Tree typed = new Tree.Apply(Arithmetic.ADD, List.of(tree(depth - 1), new Tree.Input(0)));
                return new Tree.Apply(Selection.WHERE, List.of(test, typed, tree(depth - 1)));
            }
            Elementwise row = ROWS.get(random.nextInt(ROWS.size()));
            var arguments = new ArrayList<Tree>();
            for (int k = 0; k < row.arity; k++) {
                arguments.add(tree(depth - 1));
            }
            // A row that meets only numbers of the language has rules of dtype of its own, and is no part of a block.
            if (row.arity == 3 ? !isTyped(arguments.getFirst()) : arguments.stream().noneMatch(this::isTyped)) {
                arguments.set(0, new Tree.Input(0));
            }
            return new Tree.Apply(row, arguments);
        }

        private boolean isTyped(Tree tree) {
            return switch (tree) {
                case Tree.Input i -> shapes.get(i.k).rank() > 0;
                case Tree.Constant _ -> false;
                case Tree.Apply a -> a.arguments.stream().anyMatch(this::isTyped);
            };
        }

        Value[] inputs(DType dtype, boolean awkward) {
            Value[] inputs = new Value[shapes.size()];
            for (int k = 0; k < inputs.length; k++) {
                if (shapes.get(k).rank() == 0) {
                    inputs[k] = new Scalar(number(awkward), Scalar.FLOAT, null, 0);
                    continue;
                }
                boolean turned = random.nextBoolean();
                Shape shape = shapes.get(k);
                Tensor x = Tensor.zeros(dtype, turned && shape.rank() == 2 ? Shape.of(shape.dim(1), shape.dim(0)) : shape, Flavour.PLAIN);
                for (long i = 0; i < x.size(); i++) {
                    x.setDouble(i, number(awkward));
                }
                inputs[k] = turned && shape.rank() == 2 ? Views.transpose(x) : x;
            }
            return inputs;
        }

        double number(boolean awkward) {
            return switch (awkward ? random.nextInt(12) : -1) {
                case 0, 1 -> 0;
                case 2 -> Double.POSITIVE_INFINITY;
                case 3 -> Double.NaN;
                default -> random.nextGaussian() / 2;
            };
        }

        Tensor cotangent(Value like, boolean awkward) {
            Tensor g = Tensor.zeros(like.dtype(), like.shape(), Flavour.PLAIN);
            for (long i = 0; i < g.size(); i++) {
                g.setDouble(i, awkward && random.nextInt(3) == 0 ? 0 : random.nextGaussian());
            }
            return g;
        }
    }

    private static Value rows(Trace t, Tree tree, Value[] inputs) {
        return switch (tree) {
            case Tree.Input i -> inputs[i.k];
            case Tree.Constant c -> Scalar.of(c.value);
            case Tree.Apply a -> t.apply(a.row, null, a.arguments.stream().map(x -> rows(t, x, inputs)).toArray(Value[]::new));
        };
    }

    private static int program(BlockBuilder b, Tree tree) {
        return switch (tree) {
            case Tree.Input i -> i.k;
            case Tree.Constant c -> b.constant(c.value);
            case Tree.Apply a -> b.step(a.row, a.arguments.stream().mapToInt(x -> program(b, x)).toArray());
        };
    }

    private static Expression expression(Case c, End end) {
        var b = new BlockBuilder(c.shapes.size());
        return new Expression(b.build(program(b, c.tree)), end);
    }

    private interface Law {
        void hold(Case c);
    }

    private Stream<DynamicTest> cases(int count, Law law) {
        return IntStream.range(0, count).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> law.hold(new Case(seed))));
    }

    @TestFactory
    Stream<DynamicTest> hasTheValueOfItsRows() {
        return cases(300, c -> {
            for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
                for (boolean awkward : new boolean[] {false, true}) {
                    Value[] inputs = c.inputs(dtype, awkward);
                    close(rows(PLAIN, c.tree, inputs), PLAIN.apply(Blocks.BLOCK, expression(c, End.ELEMENTS), inputs), dtype == DType.FLOAT64 ? 1e-13 : 1e-5);
                }
            }
        });
    }

    /** A product that only the next step reads may be computed with it: to the bits of one row after the other, in place too. */
    @TestFactory
    Stream<DynamicTest> scaledRowsHaveTheBitsOfTwo() {
        Tree x = new Tree.Input(0);
        Tree y = new Tree.Input(1);
        Tree c = new Tree.Input(2);
        Tree product = new Tree.Apply(Arithmetic.MUL, List.of(c, y));
        Tree turned = new Tree.Apply(Arithmetic.MUL, List.of(y, new Tree.Constant(0.1)));
        Tree many = new Tree.Apply(Arithmetic.MUL, List.of(x, y));
        var trees = new ArrayList<Tree>();
        for (Elementwise row : new Elementwise[] {Arithmetic.ADD, Arithmetic.SUB}) {
            for (Tree part : new Tree[] {product, turned, many}) {
                trees.add(new Tree.Apply(row, List.of(x, part)));
                trees.add(new Tree.Apply(row, List.of(part, x)));
                trees.add(new Tree.Apply(row, List.of(part, part)));
            }
            trees.add(new Tree.Apply(row, List.of(new Tree.Apply(Arithmetic.MUL, List.of(c, x)), product)));
            trees.add(new Tree.Apply(Arithmetic.MUL, List.of(product, new Tree.Apply(row, List.of(x, product)))));
        }
        return trees.stream().map(tree -> DynamicTest.dynamicTest(tree.toString(), () -> {
            var random = new Random(3);
            for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
                for (int n : new int[] {2, 33, 2048, 5000}) {
                    Value[] inputs = {Tensor.zeros(dtype, Shape.of(n), Flavour.PLAIN), Tensor.zeros(dtype, Shape.of(n), Flavour.PLAIN),
                        Scalar.of(random.nextGaussian())};
                    for (int i = 0; i < n; i++) {
                        ((Tensor) inputs[0]).setDouble(i, random.nextGaussian());
                        ((Tensor) inputs[1]).setDouble(i, random.nextGaussian());
                    }
                    var b = new BlockBuilder(3);
                    var expression = new Expression(b.build(program(b, tree)), End.ELEMENTS);
                    Value expected = rows(PLAIN, tree, inputs);
                    close(expected, PLAIN.apply(Blocks.BLOCK, expression, inputs), 0);
                    assertTrue(Blocks.into((Tensor) inputs[0], expression, inputs));
                    close(expected, inputs[0], 0);
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> sumsAndAverages() {
        return cases(100, c -> {
            Value[] inputs = c.inputs(DType.FLOAT64, false);
            Value elements = rows(PLAIN, c.tree, inputs);
            Axes all = new Axes(Arguments.axes("sum", null, elements.shape()), false, 0);
            close(PLAIN.apply(Reductions.SUM, all, elements), PLAIN.apply(Blocks.BLOCK, expression(c, End.SUM), inputs), 1e-12);
            close(PLAIN.apply(Reductions.MEAN, all, elements), PLAIN.apply(Blocks.BLOCK, expression(c, End.MEAN), inputs), 1e-12);
            // To the bit those of the program's own elements: a program sees no difference between its first run and later, fused ones.
            Value own = PLAIN.apply(Blocks.BLOCK, expression(c, End.ELEMENTS), inputs);
            close(PLAIN.apply(Reductions.SUM, all, own), PLAIN.apply(Blocks.BLOCK, expression(c, End.SUM), inputs), 0);
            close(PLAIN.apply(Reductions.MEAN, all, own), PLAIN.apply(Blocks.BLOCK, expression(c, End.MEAN), inputs), 0);
        });
    }

    /** The rule in operations and its short way; also where cotangents are 0 and slopes infinite. */
    @TestFactory
    Stream<DynamicTest> hasTheCotangentsOfItsRows() {
        return cases(300, c -> {
            for (boolean awkward : new boolean[] {false, true}) {
                Value[] inputs = c.inputs(DType.FLOAT64, awkward);
                var byRows = new Rewind(Rewind.EVALUATE);
                Value output = rows(byRows, c.tree, inputs);
                Value g = c.cotangent(output, awkward);
                Value[] expected = byRows.pull(output, g, inputs);
                for (Trace below : new Trace[] {Rewind.EVALUATE, PLAIN}) {
                    var byBlock = new Rewind(below);
                    Value result = byBlock.apply(Blocks.BLOCK, expression(c, End.ELEMENTS), inputs);
                    close(expected, byBlock.pull(result, g, inputs), 1e-11);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> pullsSumsAndMeans() {
        return cases(100, c -> {
            Value[] inputs = c.inputs(DType.FLOAT64, false);
            var byRows = new Rewind(Rewind.EVALUATE);
            Value elements = rows(byRows, c.tree, inputs);
            Axes all = new Axes(Arguments.axes("sum", null, elements.shape()), false, 0);
            Value mean = byRows.apply(Reductions.MEAN, all, elements);
            Value[] expected = byRows.pull(mean, Scalar.of(3), inputs);
            for (Trace below : new Trace[] {Rewind.EVALUATE, PLAIN}) {
                var byBlock = new Rewind(below);
                Value result = byBlock.apply(Blocks.BLOCK, expression(c, End.MEAN), inputs);
                close(expected, byBlock.pull(result, Scalar.of(3), inputs), 1e-11);
            }
        });
    }

    /** The tangent is the adjoint of the cotangents. */
    @TestFactory
    Stream<DynamicTest> pushesTheAdjointOfWhatItPulls() {
        return cases(200, c -> {
            Value[] inputs = c.inputs(DType.FLOAT64, false);
            var trace = new Rewind(PLAIN);
            Expression expression = expression(c, End.ELEMENTS);
            Value output = trace.apply(Blocks.BLOCK, expression, inputs);
            Tensor g = c.cotangent(output, false);
            Value[] cotangents = trace.pull(output, g, inputs);
            Value[] tangents = new Value[inputs.length];
            double expected = 0;
            for (int k = 0; k < inputs.length; k++) {
                tangents[k] = c.cotangent(inputs[k], false);
                expected += cotangents[k] == null ? 0 : product(cotangents[k], tangents[k]);
            }
            double found = product(Blocks.BLOCK.jvp(PLAIN, expression, inputs, output, tangents), g);
            assertEquals(expected, found, 1e-9 * (1 + Math.abs(expected)));
        });
    }

    @TestFactory
    Stream<DynamicTest> hasTheSecondDerivativeOfItsRows() {
        return cases(100, c -> {
            Value[] inputs = c.inputs(DType.FLOAT64, false);
            Tensor g = c.cotangent(rows(PLAIN, c.tree, inputs), false);
            Value[] directions = new Value[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                directions[k] = c.cotangent(inputs[k], false);
            }
            var outer = new Rewind(Rewind.EVALUATE);
            var inner = new Rewind(outer);
            Value[] expected = second(outer, inner, rows(inner, c.tree, inputs), g, inputs, directions);
            var outerBlock = new Rewind(Rewind.EVALUATE);
            var innerBlock = new Rewind(outerBlock);
            Value result = innerBlock.apply(Blocks.BLOCK, expression(c, End.ELEMENTS), inputs);
            close(expected, second(outerBlock, innerBlock, result, g, inputs, directions), 1e-8);
        });
    }

    /** On a tape, where rows take their quick ways first: first and second derivatives, also of constants and of one tensor as two inputs. */
    @TestFactory
    Stream<DynamicTest> hasTheDerivativesOfItsRowsOnATape() {
        return cases(200, c -> {
            for (boolean awkward : new boolean[] {false, true}) {
                for (End end : End.values()) {
                    onATape(c, end, awkward);
                }
            }
        });
    }

    private static void onATape(Case c, End end, boolean awkward) {
        var tape = new Tape(new Sites());
        var gradients = new Gradients(tape);
        var before = tape.enter(true, true);
        Value[] inputs = c.inputs(DType.FLOAT64, awkward);
        var variables = new ArrayList<Value>();
        var directions = new ArrayList<Value>();
        for (int k = 0; k < inputs.length; k++) {
            int same = c.random.nextInt(inputs.length);
            if (same < k && inputs[same].shape().equals(inputs[k].shape())) {
                inputs[k] = inputs[same];
            } else if (k == 0 || c.random.nextInt(4) != 0) {
                inputs[k] = tape.variable(inputs[k]);
                variables.add(tape.handle(inputs[k]));
                Tensor along = c.cotangent(inputs[k], false);
                directions.add(inputs[k] instanceof Scalar ? Scalar.of(along.getDouble(0)) : along);
            }
        }
        Value byRows = rows(tape, c.tree, inputs);
        if (end != End.ELEMENTS) {
            Axes all = new Axes(Arguments.axes("sum", null, byRows.shape()), false, 0);
            byRows = tape.apply(end == End.SUM ? Reductions.SUM : Reductions.MEAN, all, byRows);
        }
        Value byBlock = tape.apply(Blocks.BLOCK, expression(c, end), inputs);
        Tensor weights = c.cotangent(byRows, awkward);
        Value expected = head(tape, byRows, weights);
        Value found = head(tape, byBlock, weights);
        close(gradients.gradients(List.of(expected), variables, null, true, false, true, null),
                gradients.gradients(List.of(found), variables, null, true, false, true, null), 1e-10);
        if (!awkward) {
            Value[] slopes = gradients.gradients(List.of(expected), variables, null, true, true, true, null);
            Value[] second = gradients.gradients(List.of(slopes), variables, directions, true, false, true, null);
            close(second, new Second(tape, gradients, found, variables, null).product(directions), 1e-8);
        }
        tape.restore(before);
    }

    private static Value head(Tape tape, Value value, Value weights) {
        return tape.apply(Linear.SUM_TO, Shape.SCALAR, tape.apply(Arithmetic.MUL, null, tape.apply(Arithmetic.MUL, null, value, value), weights));
    }

    private static Value[] second(Rewind outer, Rewind inner, Value output, Value g, Value[] inputs, Value[] directions) {
        Value[] first = inner.pull(output, g, inputs);
        Value along = null;
        for (int k = 0; k < first.length; k++) {
            if (first[k] != null) {
                Value product = outer.apply(Arithmetic.MUL, null, first[k], directions[k]);
                Axes all = new Axes(Arguments.axes("sum", null, product.shape()), false, 0);
                Value sum = outer.apply(Reductions.SUM, all, product);
                along = along == null ? sum : outer.apply(Arithmetic.ADD, null, along, sum);
            }
        }
        return outer.pull(along, Scalar.of(1), inputs);
    }

    /** Many blocks and several parts, with a row and a column beside. */
    @TestFactory
    Stream<DynamicTest> goesOverManyBlocks() {
        return Stream.of(1, 2047, 2048, 2049, 65536, 70001).map(width -> DynamicTest.dynamicTest("3 x " + width, () -> {
            var random = new Random(width);
            Value[] inputs = {filled(random, Shape.of(3, width)), filled(random, Shape.of(width)), filled(random, Shape.of(3, 1))};
            Tree tree = new Tree.Apply(Arithmetic.ADD, List.of(
                    new Tree.Apply(Arithmetic.MUL, List.of(new Tree.Input(0), new Tree.Input(1))),
                    new Tree.Apply(Functions.EXP, List.of(new Tree.Apply(Arithmetic.SUB, List.of(new Tree.Input(0), new Tree.Input(2)))))));
            var b = new BlockBuilder(3);
            var expression = new Expression(b.build(program(b, tree)), End.ELEMENTS);
            var byRows = new Rewind(Rewind.EVALUATE);
            var byBlock = new Rewind(PLAIN);
            Value expected = rows(byRows, tree, inputs);
            Value found = byBlock.apply(Blocks.BLOCK, expression, inputs);
            close(expected, found, 1e-5);
            Value g = filled(random, expected.shape());
            close(byRows.pull(expected, g, inputs), byBlock.pull(found, g, inputs), 1e-4);
        }));
    }

    private static Tensor filled(Random random, Shape shape) {
        Tensor x = Tensor.zeros(DType.FLOAT32, shape, Flavour.PLAIN);
        for (long i = 0; i < x.size(); i++) {
            x.setDouble(i, random.nextGaussian());
        }
        return x;
    }

    private static double product(Value a, Value b) {
        double[] x = Dense.tensor(a).toDoubles();
        double[] y = Dense.tensor(b).toDoubles();
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** A cotangent that is absent here may be a plain zero there. */
    private static void close(Value[] expected, Value[] found, double tolerance) {
        for (int k = 0; k < expected.length; k++) {
            if (expected[k] == null || found[k] == null) {
                Value there = expected[k] == null ? found[k] : expected[k];
                assertTrue(there == null || java.util.Arrays.stream(Dense.tensor(there).toDoubles()).allMatch(v -> v == 0), "input " + k);
            } else {
                close(expected[k], found[k], tolerance);
            }
        }
    }

    private static void close(Value expected, Value found, double tolerance) {
        assertEquals(expected.dtype(), found.dtype());
        assertEquals(expected.shape(), found.shape());
        double[] e = Dense.tensor(expected).toDoubles();
        double[] f = Dense.tensor(found).toDoubles();
        double scale = 1e-3;
        for (double v : e) {
            scale = Double.isFinite(v) ? Math.max(scale, Math.abs(v)) : scale;
        }
        for (int i = 0; i < e.length; i++) {
            assertTrue(Double.compare(e[i] + 0.0, f[i] + 0.0) == 0 || Math.abs(e[i] - f[i]) <= tolerance * scale, "element " + i + ": " + f[i] + " for " + e[i]);
        }
    }
}
