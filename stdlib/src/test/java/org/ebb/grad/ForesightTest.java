package org.ebb.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ebb.op.Arithmetic;
import org.ebb.op.BlockBuilder;
import org.ebb.op.Blocks;
import org.ebb.op.Blocks.End;
import org.ebb.op.Blocks.Expression;
import org.ebb.op.Functions;
import org.ebb.op.Trigonometry;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A tape that expects what comes gives the bits of one that has seen nothing before, whatever the program does between. */
class ForesightTest {

    private static final int SIZE = 40_000;

    /** tanh(x) * y + x, or with no derivative at all where x is 0: sqrt(x * x) * y. */
    private static Expression expression(End end, boolean kink) {
        var b = new BlockBuilder(2);
        int first = kink ? b.step(Functions.SQRT, b.step(Arithmetic.MUL, 0, 0)) : b.step(Trigonometry.TANH, 0);
        return new Expression(b.build(b.step(Arithmetic.ADD, b.step(Arithmetic.MUL, first, 1), 0)), end);
    }

    /** A tape and two variables on it. */
    private static final class World {
        final Tape tape = new Tape(new Sites());
        final Gradients gradients = new Gradients(tape);
        final Tensor x;
        final Tensor y;

        World(Tensor x, Tensor y, Leaf.Request request, boolean both) {
            this.x = x.copy();
            this.y = y.copy();
            gradients.attach(this.x, request);
            if (both) {
                gradients.attach(this.y, request);
            }
        }

        Value forward(Expression expression, double factor) {
            var before = tape.enter(true, true);
            Value loss = tape.apply(Arithmetic.MUL, null, tape.apply(Blocks.BLOCK, expression, x, y), Scalar.of(factor));
            tape.restore(before);
            return loss;
        }

        void backward(Value loss, boolean retain) {
            gradients.backward(List.of(loss), null, retain, true, null);
        }

        Tensor gradient(Tensor of) {
            return gradients.leaf(of) == null ? null : gradients.leaf(of).grad;
        }

        boolean foresees(Expression expression) {
            var before = tape.enter(true, true);
            try {
                return tape.foresight.forward(Blocks.BLOCK, expression, new Value[] {x, y}) != null;
            } finally {
                tape.restore(before);
            }
        }
    }

    private static Tensor filled(Random random, DType dtype) {
        Tensor x = Tensor.zeros(dtype, Shape.of(4, SIZE / 4), Flavour.PLAIN);
        for (long i = 0; i < x.size(); i++) {
            x.setDouble(i, random.nextInt(50) == 0 ? 0 : random.nextGaussian());
        }
        return x;
    }

    private record Kept(Tensor now, double[] then) {}

    @TestFactory
    Stream<DynamicTest> givesTheBitsOfATapeThatHasSeenNothing() {
        return Stream.iterate(0, seed -> seed < 40, seed -> seed + 1).map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
            var random = new Random(seed);
            DType dtype = random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64;
            Leaf.Request request = random.nextInt(3) == 0 ? Leaf.Request.ADD : Leaf.Request.WRITE;
            boolean both = random.nextBoolean();
            Expression expression = expression(random.nextBoolean() ? End.SUM : End.MEAN, random.nextInt(4) == 0);
            var old = new World(filled(random, dtype), filled(random, dtype), request, both);
            var kept = new ArrayList<Kept>();
            for (int step = 0; step < 12; step++) {
                var fresh = new World(old.x, old.y, request, both);
                fresh.gradient(fresh.x).assign(old.gradient(old.x));
                if (both) {
                    fresh.gradient(fresh.y).assign(old.gradient(old.y));
                }
                // The same step in both, chosen by the same numbers.
                long choices = random.nextLong();
                Object[] expected = step(fresh, expression, new Random(choices));
                Object[] found = step(old, expression, new Random(choices));
                for (int k = 0; k < expected.length; k++) {
                    assertArrayEquals((double[]) expected[k], (double[]) found[k], "step " + step + ", result " + k);
                }
                if (random.nextInt(3) == 0) {
                    Tensor now = old.gradient(old.x).snapshot();
                    kept.add(new Kept(now, now.toDoubles()));
                }
                for (Kept one : kept) {
                    assertArrayEquals(one.then, one.now.toDoubles(), "a gradient that was kept, step " + step);
                }
            }
        }));
    }

    private static Object[] step(World world, Expression expression, Random random) {
        double factor = random.nextInt(3) == 0 ? random.nextInt(3) : 1;
        var results = new ArrayList<Object>();
        Value loss = world.forward(expression, factor);
        switch (random.nextInt(8)) {
            case 0 -> {
                world.x.setDouble(3, 7); // the recording keeps what was
                world.backward(loss, false);
            }
            case 1 -> {
                world.backward(loss, true);
                results.add(world.gradient(world.x).toDoubles());
                world.backward(loss, false);
            }
            case 2 -> {
                Value other = world.forward(expression, factor);
                world.backward(loss, false);
                results.add(world.gradient(world.x).toDoubles());
                world.backward(other, false);
            }
            case 3 -> {
                var before = world.tape.enter(true, true);
                Value[] slopes = world.gradients.gradients(List.of(loss), List.of(world.x), null, true, true, true, null);
                world.tape.restore(before);
                results.add(((Tensor) slopes[0]).toDoubles());
                world.gradients.backward(List.of(slopes[0]), null, false, true, null);
            }
            case 4 -> {
                Value gradient = world.gradients.gradients(List.of(loss), List.of(world.x), null, false, false, true, null)[0];
                results.add(((Tensor) gradient).toDoubles());
            }
            case 5 -> {} // forward only
            default -> world.backward(loss, false);
        }
        results.add(new double[] {((Scalar) loss).value});
        results.add(world.gradient(world.x).toDoubles());
        if (world.gradient(world.y) != null) {
            results.add(world.gradient(world.y).toDoubles());
        }
        return results.toArray();
    }

    @Test
    void expectsWhatCameLast() {
        var random = new Random(1);
        Expression expression = expression(End.MEAN, false);
        var world = new World(filled(random, DType.FLOAT32), filled(random, DType.FLOAT32), Leaf.Request.WRITE, true);
        assertFalse(world.foresees(expression), "nothing came yet");
        world.backward(world.forward(expression, 1), false);
        world.backward(world.forward(expression, 1), false);
        assertTrue(world.foresees(expression));
        assertFalse(world.foresees(expression), "one is open");
        for (int k = 0; k < 2; k++) {
            world.backward(world.forward(expression, 1), false);
            assertFalse(world.foresees(expression), "in doubt");
        }
        world.backward(world.forward(expression, 1), false);
        assertTrue(world.foresees(expression));
    }

    /** Of steady steps, each takes the room that the step before the last gave back. */
    @Test
    void usesTheRoomOfOldGradientsAgain() {
        var random = new Random(2);
        Expression expression = expression(End.SUM, false);
        var world = new World(filled(random, DType.FLOAT32), filled(random, DType.FLOAT32), Leaf.Request.WRITE, false);
        var seen = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<Object, Boolean>());
        for (int k = 0; k < 10; k++) {
            world.backward(world.forward(expression, 1), false);
            seen.add(world.gradient(world.x).cell.storage.array());
        }
        assertEquals(2, seen.size());
        Tensor kept = world.gradient(world.x).snapshot();
        for (int k = 0; k < 10; k++) {
            world.backward(world.forward(expression, 1), false);
            assertFalse(world.gradient(world.x).cell.storage == kept.cell.storage, "somebody sees these elements");
        }
        assertNull(world.gradient(world.y));
    }
}
