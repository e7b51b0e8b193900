package org.ebb.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ebb.op.Arithmetic;
import org.ebb.op.Reductions;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Index;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.Test;

/** Writing in place: random programs against the same programs written without any write. */
class WritesTest {

    private final Tape tape = new Tape(new Sites());
    private final Gradients gradients = new Gradients(tape);
    private final Writes writes = new Writes(tape);

    private static Tensor vector(double... x) {
        return Tensor.of(new Storage.Doubles(x), Shape.of(x.length), Flavour.PLAIN);
    }

    /**
     * The state is a vector of n cells. In place: a tensor, views of it, and writes through them. Functional: a list of n scalars that is
     * replaced element by element.
     */
    @Test
    void randomProgramsOfWritesAgreeWithTheirFunctionalRewrite() {
        var random = new Random(7);
        for (int round = 0; round < 400; round++) {
            int n = 2 + random.nextInt(5);
            double[] start = random.doubles(n, -2, 2).toArray();
            long seed = random.nextLong();

            Tensor x = vector(start.clone());
            gradients.attach(x, Leaf.Request.WRITE);
            var before = tape.enter(true, true);
            Tensor a = (Tensor) tape.apply(Arithmetic.MUL, null, x, Scalar.of(1));
            inPlace(new Random(seed), a, n);
            Value loss = tape.apply(Reductions.SUM, Reductions.SUM.prepare(new Object[] {null, false, null}, new Value[] {a}),
                    tape.apply(Arithmetic.MUL, null, a, a));
            tape.restore(before);
            gradients.backward(List.of(loss), null, false, true, null);

            before = tape.enter(true, true);
            var leaves = new ArrayList<Value>();
            for (double s : start) {
                leaves.add(tape.variable(Scalar.of(s)));
            }
            Value sum = Scalar.of(0);
            for (Value v : functional(new Random(seed), new ArrayList<>(leaves), n)) {
                sum = tape.apply(Arithmetic.ADD, null, sum, tape.apply(Arithmetic.MUL, null, v, v));
            }
            tape.restore(before);
            double[] expected = new double[n];
            if (gradients.isTracked(sum)) { // else constants were written over everything
                Value[] wanted = gradients.gradients(List.of(sum), leaves, null, false, false, true, null);
                for (int k = 0; k < n; k++) {
                    expected[k] = ((Scalar) wanted[k]).value;
                }
            }
            assertEquals(((Scalar) sum).value, ((Scalar) loss).value, 1e-9 * (1 + Math.abs(((Scalar) sum).value)), "round " + round);
            double scale = 1;
            for (double e : expected) {
                scale = Math.max(scale, Math.abs(e));
            }
            assertArrayEquals(expected, gradients.leaf(x).grad.toDoubles(), 1e-9 * scale, "round " + round);
        }
    }

    private Tensor window(Tensor a, long from, long to) {
        return tape.viewed(Index.view(a, new org.ebb.tensor.Subscript.Slice(from, to, null)));
    }

    private void inPlace(Random random, Tensor a, int n) {
        Tensor alias = window(a, 0, n);
        for (int step = 0; step < 8; step++) {
            int from = random.nextInt(n);
            int to = from + 1 + random.nextInt(n - from);
            int other = random.nextInt(n - (to - from) + 1);
            double c = random.nextDouble();
            Tensor target = window(random.nextBoolean() ? a : alias, from, to);
            switch (random.nextInt(4)) {
                case 0 -> writes.assign(target, Scalar.of(c));
                case 1 -> writes.update(Arithmetic.MUL, target, Scalar.of(c + 0.5));
                case 2 -> writes.assign(target, tape.apply(Arithmetic.MUL, null, window(a, other, other + to - from), Scalar.of(c + 0.5)));
                default -> writes.update(Arithmetic.ADD, target, window(alias, other, other + to - from));
            }
        }
    }

    private List<Value> functional(Random random, List<Value> cells, int n) {
        for (int step = 0; step < 8; step++) {
            int from = random.nextInt(n);
            int to = from + 1 + random.nextInt(n - from);
            int other = random.nextInt(n - (to - from) + 1);
            double c = random.nextDouble();
            random.nextBoolean();
            int kind = random.nextInt(4);
            var old = new ArrayList<>(cells);
            for (int k = from; k < to; k++) {
                Value source = old.get(other + k - from);
                cells.set(k, switch (kind) {
                    case 0 -> Scalar.of(c);
                    case 1 -> tape.apply(Arithmetic.MUL, null, old.get(k), Scalar.of(c + 0.5));
                    case 2 -> tape.apply(Arithmetic.MUL, null, source, Scalar.of(c + 0.5));
                    default -> tape.apply(Arithmetic.ADD, null, old.get(k), source);
                });
            }
        }
        return cells;
    }

    @Test
    void aWriteCopiesOnlyWhileSomethingIsSaved() {
        Tensor x = vector(1, 2, 3);
        gradients.attach(x, Leaf.Request.WRITE);
        var before = tape.enter(true, true);
        Value y = tape.apply(Arithmetic.MUL, null, x, x);
        tape.restore(before);
        gradients.backward(List.of(y), null, false, true, null);
        Storage storage = x.cell.storage;
        writes.assign(x, Scalar.of(5));
        assertSame(storage, x.cell.storage);
        before = tape.enter(true, true);
        y = tape.apply(Arithmetic.MUL, null, x, x);
        tape.restore(before);
        writes.assign(x, Scalar.of(7));
        gradients.backward(List.of(y), null, false, true, null);
        assertArrayEquals(new double[] {10, 10, 10}, gradients.leaf(x).grad.toDoubles());
    }
}
