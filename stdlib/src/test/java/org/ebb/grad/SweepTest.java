package org.ebb.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.ebb.op.Arithmetic;
import org.ebb.op.Elementwise;
import org.ebb.op.Functions;
import org.ebb.op.Ops;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.Test;

/** The sweep over scalar entries: against differences, against the rules written in operations, and at its limits. */
class SweepTest {

    private final Tape tape = new Tape(new Sites());
    private final Gradients gradients = new Gradients(tape);

    private Value[] variables(double[] x) {
        Value[] variables = new Value[x.length];
        for (int k = 0; k < x.length; k++) {
            variables[k] = tape.variable(Scalar.of(x[k]));
        }
        return variables;
    }

    private static double[] numbers(Value[] values) {
        double[] numbers = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            numbers[k] = ((Scalar) values[k]).value;
        }
        return numbers;
    }

    /** A parent further back than an int counts would be another entry, and its gradient silently wrong. */
    @Test
    void refusesParentsThatAreTooFarBack() {
        var before = tape.enter(true, true);
        Value x = tape.apply(Arithmetic.MUL, null, tape.variable(Scalar.of(3)), Scalar.of(2));
        tape.restore(before);
        tape.next += Integer.MAX_VALUE - 1000L;
        tape.enter(true, true);
        Value near = tape.apply(Arithmetic.MUL, null, x, x);
        tape.restore(before);
        assertEquals(12, ((Scalar) gradients.gradients(List.of(near), List.of(x), null, true, false, true, null)[0]).value);
        tape.next += 2000;
        tape.enter(true, true);
        var refusal = assertThrows(TensorException.TooLarge.class, () -> tape.apply(Arithmetic.MUL, null, x, x));
        assertTrue(refusal.getMessage().contains("x.detach()"), refusal.getMessage());
        tape.restore(before);
        tape.enter(true, true);
        Value link = tape.apply(Arithmetic.MUL, null, near, near);
        assertThrows(TensorException.TooLarge.class, () -> tape.apply(Arithmetic.ADD, null, link, x));
        tape.restore(before);
    }

    @Test
    void gradientsOfRandomProgramsAreTheirDifferences() {
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            Program program = Program.random(random, 3, 1 + random.nextInt(300));
            double[] x = {0.5 + random.nextDouble(), 0.5 + random.nextDouble(), 0.5 + random.nextDouble()};
            var before = tape.enter(true, true);
            Value[] variables = variables(x);
            Value y = program.run(tape, variables);
            tape.restore(before);
            double[] swept = numbers(gradients.gradients(List.of(y), List.of(variables), null, true, false, true, null));
            Value[] replayed = gradients.gradients(List.of(y), List.of(variables), null, true, true, true, null);
            assertArrayEquals(swept, numbers(replayed), 1e-9 * (1 + Math.abs(swept[0])), "seed 1 round " + round);
            double[] differences = program.differences(x, 1e-6);
            for (int k = 0; k < x.length; k++) {
                // Differences of long programs are themselves only good to about 1e-5 of the steepest slope.
                assertEquals(differences[k], swept[k], 2e-4 * (1 + Math.abs(swept[k])), "seed 1 round " + round);
            }
        }
    }

    @Test
    void secondDerivativesAreDifferencesOfTheFirst() {
        var random = new Random(2);
        for (int round = 0; round < 60; round++) {
            Program program = Program.random(random, 2, 1 + random.nextInt(12));
            double[] x = {0.5 + random.nextDouble(), 0.5 + random.nextDouble()};
            double h = 1e-5;
            double up = first(program, x[0] + h, x[1]);
            double down = first(program, x[0] - h, x[1]);
            var before = tape.enter(true, true);
            Value[] v = variables(x);
            Value y = program.run(tape, v);
            Value d = gradients.gradients(List.of(y), List.of(v), null, true, true, true, null)[0];
            tape.restore(before);
            double second = ((Scalar) d).recording == null ? 0
                    : numbers(gradients.gradients(List.of(d), List.of(v), null, true, false, true, null))[0];
            double difference = (up - down) / (2 * h);
            assertEquals(difference, second, 1e-3 * (1 + Math.abs(second)), "seed 2 round " + round);
        }
    }

    private double first(Program program, double x, double y) {
        var before = tape.enter(true, true);
        Value[] v = variables(new double[] {x, y});
        Value result = program.run(tape, v);
        tape.restore(before);
        return numbers(gradients.gradients(List.of(result), List.of(v), null, false, false, true, null))[0];
    }

    @Test
    void theSweepsOwnSlopesAreThoseOfTheRows() {
        var random = new Random(3);
        for (var op : Ops.all()) {
            if (op instanceof Elementwise e && e.arity <= 2 && e.differentiable()) {
                for (int round = 0; round < 20; round++) {
                    double x = 0.2 + 0.7 * random.nextDouble();
                    double y = 0.2 + 0.7 * random.nextDouble();
                    var before = tape.enter(true, true);
                    Value[] v = variables(e.arity == 1 ? new double[] {x} : new double[] {x, y});
                    Value out = tape.apply(e, null, v);
                    tape.restore(before);
                    if (((Scalar) out).recording == null) {
                        continue;
                    }
                    double[] swept = numbers(gradients.gradients(List.of(out), List.of(v), null, false, false, true, null));
                    double value = ((Scalar) out).value;
                    for (int k = 0; k < v.length; k++) {
                        double pulled = e.pull(k, 1, x, y, value);
                        if (Double.isNaN(pulled)) { // outside the row's domain
                            assertTrue(Double.isNaN(swept[k]), e.name);
                        } else {
                            assertEquals(pulled, swept[k], 1e-12 * (1 + Math.abs(pulled)), e.name);
                        }
                    }
                }
            }
        }
    }

    @Test
    void absentIsNotZero() {
        var before = tape.enter(true, true);
        Scalar x = (Scalar) tape.variable(Scalar.of(0));
        Value root = tape.apply(Functions.SQRT, null, x);
        Value y = tape.apply(Arithmetic.MUL, null, root, Scalar.of(0));
        tape.restore(before);
        assertEquals(0, numbers(gradients.gradients(List.of(y), List.of(x), null, false, false, true, null))[0]);
    }

    private static Tensor vector(double... elements) {
        Tensor t = Tensor.zeros(DType.FLOAT64, Shape.of(elements.length), Flavour.PLAIN);
        for (int i = 0; i < elements.length; i++) {
            t.setDouble(i, elements[i]);
        }
        return t;
    }

    /** Infinite slopes meet zero cotangents in elementwise rows, in products of matrices, in sums over numbers. */
    @Test
    void absentElementsOfTensorsAreNotZero() {
        Tensor x = vector(0, 4);
        gradients.attach(x, Leaf.Request.WRITE);
        var before = tape.enter(true, true);
        Value root = tape.apply(Functions.SQRT, null, x);
        Value y = tape.apply(Arithmetic.MUL, null, root, vector(0, 3));
        tape.restore(before);
        gradients.backward(List.of(y), null, false, true, null);
        assertArrayEquals(new double[] {0, 0.75}, gradients.leaf(x).grad.toDoubles());

        Tensor infinite = vector(Double.POSITIVE_INFINITY, 1);
        before = tape.enter(true, true);
        Value both = tape.apply(Arithmetic.MUL, null, tape.apply(Arithmetic.MUL, null, x, infinite), vector(0, 2));
        tape.restore(before);
        gradients.backward(List.of(both), null, false, true, null);
        assertArrayEquals(new double[] {0, 2}, gradients.leaf(x).grad.toDoubles());
    }

    @Test
    void whatIsNotFiniteArrivesOnce() {
        Tensor x = vector(0, 4);
        gradients.attach(x, Leaf.Request.ADD);
        var before = tape.enter(true, true);
        Value y = tape.apply(Functions.SQRT, null, x);
        Value z = tape.apply(Arithmetic.ADD, null, y, tape.apply(Arithmetic.MUL, null, x, Scalar.of(2)));
        tape.restore(before);
        gradients.backward(List.of(z), null, false, true, null);
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 2.25}, gradients.leaf(x).grad.toDoubles());
    }

    /** A function of the user's may print: it runs once, whatever arrives. */
    @Test
    void customFunctionsRunOnce() {
        Tensor x = vector(0, 4);
        gradients.attach(x, Leaf.Request.WRITE);
        var before = tape.enter(true, true);
        int[] calls = {0};
        Value y = gradients.custom(new Value[] {x}, new Value[] {vector(0, 4)}, (t, g) -> {
            calls[0]++;
            return g;
        })[0];
        Value z = tape.apply(Functions.SQRT, null, y);
        tape.restore(before);
        gradients.backward(List.of(z), null, false, true, null);
        assertEquals(1, calls[0]);
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0.25}, gradients.leaf(x).grad.toDoubles());
    }

    /** Sums handed from entry to entry instead of being copied stay apart. */
    @Test
    void sharedCotangentsStayApart() {
        Tensor x = vector(1, 2);
        gradients.attach(x, Leaf.Request.WRITE);
        var before = tape.enter(true, true);
        Value double1 = tape.apply(Arithmetic.ADD, null, x, x);
        Value triple = tape.apply(Arithmetic.ADD, null, double1, x);
        Value nothing = tape.apply(Arithmetic.SUB, null, triple, triple);
        Value y = tape.apply(Arithmetic.ADD, null, nothing, tape.apply(Arithmetic.MUL, null, triple, double1));
        gradients.attach(double1, Leaf.Request.WRITE);
        tape.restore(before);
        gradients.backward(List.of(y), null, false, true, null);
        // y = 3x * 2x = 6 x^2; along 2x it is (3x/2 + x) * ... : d/d(2x) = 3x + 2x
        assertArrayEquals(new double[] {12, 24}, gradients.leaf(x).grad.toDoubles());
        assertArrayEquals(new double[] {5, 10}, gradients.leaf(double1).grad.toDoubles());
    }

    @Test
    void onlyWhatWasReachedIsUsedUp() {
        var before = tape.enter(true, true);
        Value x = tape.variable(Scalar.of(3));
        Value y = tape.apply(Arithmetic.MUL, null, x, x);
        Value z = tape.apply(Arithmetic.MUL, null, Scalar.of(5), x);
        tape.restore(before);
        var leaf = new Value[] {x};
        gradients.gradients(List.of(y), List.of(leaf), null, true, false, true, null);
        gradients.gradients(List.of(y), List.of(leaf), null, false, false, true, null);
        var error = assertThrows(TensorException.BadGradient.class,
                () -> gradients.gradients(List.of(y), List.of(leaf), null, false, false, true, null));
        assertTrue(error.getMessage().contains("used up"), error.getMessage());
        // x itself was reached, so z can no longer be differentiated with respect to it: its own entry is still there
        assertThrows(TensorException.BadGradient.class,
                () -> gradients.gradients(List.of(z), List.of(leaf), null, false, false, true, null));
    }

    @Test
    void valuesOfSeveralRecordingsConnect() {
        var before = tape.enter(true, true);
        Value x = tape.variable(Scalar.of(3));
        Value y = tape.apply(Arithmetic.MUL, null, x, x);
        tape.restore(before);
        before = tape.enter(true, true);
        Value z = tape.apply(Arithmetic.MUL, null, y, y);
        tape.restore(before);
        assertEquals(108, numbers(gradients.gradients(List.of(z), List.of(x), null, false, false, true, null))[0]);
    }

    @Test
    void tenMillionEntriesNeitherOverflowNorCostMuch() {
        var before = tape.enter(true, true);
        Value x = tape.variable(Scalar.of(1));
        Scalar y = (Scalar) x;
        int site = Tape.node(tape.sites.number(Arithmetic.ADD, null), 0);
        for (int k = 0; k < 10_000_000; k++) {
            if (tape.full()) {
                tape.grow();
            }
            y = new Scalar(y.value, 0, tape.current, tape.push(site, y.id, 0, y.value, 0));
        }
        tape.restore(before);
        assertEquals(1, numbers(gradients.gradients(List.of(y), List.of(x), null, false, false, true, null))[0]);
    }

    /** Else collectors that give large arrays whole regions leave a quarter to half of the last ones empty. */
    @Test
    void largeChunksFillPowersOfTwo() {
        var pool = new ChunkPool();
        for (long size = 1 << 18; size < 1L << 26; size *= 2) {
            Chunk chunk = pool.after(size);
            for (long bytes : new long[] {16 + 4L * chunk.node.length, 16 + 8L * chunk.x.length}) {
                long room = Long.highestOneBit(bytes - 1) * 2;
                assertTrue(bytes > room - 64, () -> bytes + " bytes in " + room);
            }
            pool.give(chunk);
            assertSame(chunk, pool.after(size));
        }
    }

    @Test
    void anEntryTakesTwentyEightBytes() {
        var chunk = new Chunk(1024);
        int bytes = 4 * (chunk.node.length + chunk.left.length + chunk.right.length) + 8 * (chunk.x.length + chunk.y.length);
        assertEquals(28, bytes / 1024);
    }
}
