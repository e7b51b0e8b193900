package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Index;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Subscript;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reading and writing through windows: views, picked places, and their derivatives. */
class WindowsTest {

    private static final Trace EVALUATE = Rewind.EVALUATE;
    private static final Shape SHAPE = Shape.of(3, 4);

    private static Tensor numbers(Shape shape, Random random) {
        Tensor x = Tensor.zeros(DType.FLOAT64, shape, Flavour.PLAIN);
        for (long i = 0; i < x.size(); i++) {
            x.setDouble(i, random.nextGaussian());
        }
        return x;
    }

    /** Subscripts of a (3, 4) tensor. */
    private static List<Object[]> subscripts() {
        var slice = new Subscript.Slice(null, null, -2L);
        var list = new ArrayList<Object[]>();
        list.add(new Object[] {1L});
        list.add(new Object[] {1L, -1L});
        list.add(new Object[] {slice, slice});
        list.add(new Object[] {Subscript.Rest.ELLIPSIS, null, 2L});
        list.add(new Object[] {Creation.of(2L, 0, 2)});
        list.add(new Object[] {slice, Creation.of(3L, 3, 0)});
        list.add(new Object[] {Creation.of(0L, 0), Creation.of(1L, 1)});
        list.add(new Object[] {Creation.of(true, false, true)});
        list.add(new Object[] {new Subscript.Slice(1L, 1L, null)});
        return list;
    }

    @TestFactory
    Stream<DynamicTest> readingPullsToWhereItRead() {
        return subscripts().stream().map(items -> DynamicTest.dynamicTest(Index.of(SHAPE, items).result().toString(), () -> {
            var random = new Random(3);
            Tensor x = numbers(SHAPE, random);
            Window window = Indexing.target(x, items);
            Value out = Windows.VIEW.forward(window, new Value[] {x});
            Value got = Indexing.get(EVALUATE, x, items);
            LawsTest.assertClose(got, out, 0);
            Tensor u = numbers(out.shape(), random);
            Tensor v = numbers(SHAPE, random);
            Value pulled = Windows.VIEW.vjp(EVALUATE, window, new Value[] {x}, out, u, new boolean[] {true})[0];
            Value pushed = Windows.VIEW.jvp(EVALUATE, window, new Value[] {x}, out, new Value[] {v});
            assertEquals(inner(u, pushed), inner(pulled, v), 1e-12);
            Value[] single = {x.astype(DType.FLOAT32)};
            PullsTest.compare(Windows.VIEW, window, single, Windows.VIEW.forward(window, single), u.astype(DType.FLOAT32), new boolean[] {true}, 0);
        }));
    }

    private static Object item(long size, int picked, Random random) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> Creation.of(random.longs(picked, -size, size).toArray());
            case 2 -> random.nextLong(-size, size);
            case 3 -> new Subscript.Slice(random.nextLong(size), null, 1L);
            case 4 -> new Subscript.Slice(null, null, random.nextBoolean() ? 2L : -1L);
            case 5 -> null;
            default -> Subscript.Slice.ALL;
        };
    }

    /** Whatever lies beside each other is copied and added at once: the same as place by place, in one array and in several. */
    @Test
    void runsAreTheSameAsPlaces() {
        var random = new Random(9);
        int runs = 0;
        for (int round = 0; round < 5000; round++) {
            Shape shape = Shape.of(random.longs(1 + random.nextInt(4), 1, 7).toArray());
            var items = new ArrayList<Object>();
            int picked = random.nextInt(4);
            for (int axis = 0; axis < shape.rank() && random.nextInt(5) > 0; axis++) {
                Object item = item(shape.dim(axis), picked, random);
                items.add(item);
                if (item == null) {
                    items.add(Subscript.Slice.ALL);
                }
            }
            Index index = Index.of(shape, items.toArray());
            if (index.isBasic() || !(Window.of(index) instanceof Window.Runs window)) {
                continue;
            }
            runs++;
            var places = new Window.Positions(shape, index.result(), index.positions());
            assertArrayEquals(places.at(), window.each().at(), () -> shape + " " + items);
            DType dtype = DType.values()[random.nextInt(DType.values().length)];
            Tensor x = Views.reshape(Creation.arange(0, shape.size(), 1, DType.INT64, Flavour.PLAIN), shape).astype(dtype);
            var pieces = new Storage.Pieces(dtype, shape.size(), 2);
            for (long i = 0; i < x.size(); i++) {
                pieces.setDouble(i, x.getDouble(i));
            }
            for (Tensor base : new Tensor[] {x, Tensor.of(pieces, shape, Flavour.PLAIN)}) {
                LawsTest.assertClose(Windows.VIEW.forward(window, new Value[] {base}), Windows.VIEW.forward(places, new Value[] {x}), 0);
            }
            Tensor u = numbers(index.result(), random).astype(dtype);
            LawsTest.assertClose(Windows.UNVIEW.forward(window, new Value[] {u}), Windows.UNVIEW.forward(places, new Value[] {u}), 0);
            PullsTest.compare(Windows.VIEW, window, new Value[] {x}, u, u, new boolean[] {true}, round);
        }
        assertTrue(runs > 300, runs + " windows have runs");
    }

    @TestFactory
    Stream<DynamicTest> writingPullsToBothSides() {
        return subscripts().stream().map(items -> DynamicTest.dynamicTest(Index.of(SHAPE, items).result().toString(), () -> {
            var random = new Random(4);
            Tensor x = numbers(SHAPE, random);
            Window window = Indexing.target(x, items);
            for (Shape shape : new Shape[] {window.shape(), Shape.SCALAR}) {
                Tensor value = numbers(shape, random);
                Value[] inputs = {x, value};
                Tensor out = (Tensor) Windows.PUT.forward(window, inputs);
                Tensor u = numbers(SHAPE, random);
                Tensor v = numbers(SHAPE, random);
                Tensor w = numbers(shape, random);
                Value[] pulled = Windows.PUT.vjp(EVALUATE, window, inputs, out, u, new boolean[] {true, true});
                Value pushed = Windows.PUT.jvp(EVALUATE, window, inputs, out, new Value[] {v, w});
                assertEquals(inner(u, pushed), inner(pulled[0], v) + inner(pulled[1], w), 1e-12);
                Value moved = Windows.PUT.forward(window, new Value[] {Arithmetic.ADD.forward(x, v),
                        Arithmetic.ADD.forward(value, w)});
                LawsTest.assertClose(pushed, Arithmetic.SUB.forward(moved, out), 1e-12);
            }
        }));
    }

    private static double inner(Value a, Value b) {
        double[] x = Dense.tensor(a).toDoubles();
        double[] y = Dense.tensor(b).toDoubles();
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @Test
    void aTargetGoesThroughViewsToTheCell() {
        Tensor x = numbers(SHAPE, new Random(5));
        Tensor view = (Tensor) Indexing.get(EVALUATE, x, 1L);
        assertSame(x.cell, view.cell);
        Windows.write(Indexing.target(view, Creation.of(0L, 2)), x.cell.writable(), Scalar.of(7));
        assertEquals(7, x.getDouble(4));
        assertEquals(7, x.getDouble(6));
    }

    @Test
    void overlappingWritesReadFirst() {
        Tensor x = Creation.of(1.0, 2, 3, 4);
        Tensor head = (Tensor) Indexing.get(EVALUATE, x, new Subscript.Slice(null, -1L, null));
        Windows.write(Indexing.target(x, new Subscript.Slice(1L, null, null)), x.cell.writable(), head);
        assertArrayEquals(new double[] {1, 1, 2, 3}, x.toDoubles());
    }

    @Test
    void oneElementIsALightScalarButForMxnetOne() {
        Tensor x = Creation.of(1.0, 2, 3);
        assertInstanceOf(Scalar.class, Indexing.get(EVALUATE, x, -1L));
        assertEquals(Shape.of(1), Indexing.get(EVALUATE, x.withFlavour(Flavour.ND), -1L).shape());
    }

    @Test
    void callingAnswersWithViews() {
        Tensor x = numbers(SHAPE, new Random(6));
        for (Op op : new Op[] {Shaping.TRANSPOSE, Shaping.FLIP, Shaping.RAVEL}) {
            Object[] options = op == Shaping.RAVEL ? new Object[0] : new Object[] {null};
            Tensor view = (Tensor) EVALUATE.call(op, op.prepare(options, new Value[] {x}), x);
            assertSame(x.cell, view.cell, op.name);
            LawsTest.assertClose(op.forward(op.prepare(options, new Value[] {x}), new Value[] {x}), view, 0);
        }
    }
}
