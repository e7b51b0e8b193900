package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.Test;

/** The values that the language chose where a function has no slope, or several (LANGUAGE §3). */
class KinksTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    private static Tensor tensor(double... elements) {
        return LawsTest.tensor(Shape.of(elements.length), elements);
    }

    private static double[] slope(Op op, Object[] options, int k, Value... inputs) {
        return pulled(op, options, k, null, inputs);
    }

    private static double[] pulled(Op op, Object[] options, int k, Tensor head, Value... inputs) {
        Object prepared = op.prepare(options, inputs);
        Value out = op.forward(prepared, inputs);
        Value g = head != null ? head : Rounding.ONES_LIKE.forward(out);
        boolean[] wanted = new boolean[inputs.length];
        wanted[k] = true;
        return Dense.tensor(op.vjp(Rewind.EVALUATE, prepared, inputs, out, g, wanted)[k]).toDoubles();
    }

    private static void assertSlopes(Elementwise op, int k, double[] expected, Value... inputs) {
        assertArrayEquals(expected, slope(op, null, k, inputs));
        for (int i = 0; i < expected.length; i++) {
            double x = ((Tensor) inputs[0]).getDouble(i);
            double y = inputs.length > 1 ? ((Tensor) inputs[1]).getDouble(i) : 0;
            if (op.arity < 3) {
                assertEquals(expected[i], op.pull(k, 1, x, y, op.arity == 1 ? op.apply(x) : op.apply(x, y)));
            }
        }
    }

    @Test
    void slopesAtKinks() {
        assertSlopes(Selection.ABS, 0, new double[] {-1, 0, 1}, tensor(-2, 0, 2));
        assertSlopes(Selection.RELU, 0, new double[] {0, 0, 1}, tensor(-2, 0, 2));
        assertSlopes(Selection.MAXIMUM, 0, new double[] {0, 0.5, 1}, tensor(1, 2, 3), tensor(2, 2, 2));
        assertSlopes(Selection.MINIMUM, 1, new double[] {0, 0.5, 1}, tensor(1, 2, 3), tensor(2, 2, 2));
        assertSlopes(Selection.CLIP, 0, new double[] {0, 1, 1, 1, 0}, tensor(-1, 0, 0.5, 1, 2), tensor(0, 0, 0, 0, 0),
                tensor(1, 1, 1, 1, 1));
        assertSlopes(Functions.HYPOT, 0, new double[] {0, 0.6}, tensor(0, 3), tensor(0, 4));
        assertSlopes(Trigonometry.ARCTAN2, 0, new double[] {0}, tensor(0), tensor(0));
        assertSlopes(Functions.SQRT, 0, new double[] {INF, 0.25}, tensor(0, 4));
    }

    @Test
    void powersOfZero() {
        assertSlopes(Arithmetic.POW, 0, new double[] {0, 1, 0, 12}, tensor(0, 0, 0, 2), tensor(0, 1, 2, 3));
        assertSlopes(Arithmetic.POW, 1, new double[] {0, 0, 0}, tensor(0, 0, 0), tensor(0, 1, 2));
        assertArrayEquals(new double[] {Double.NaN}, slope(Arithmetic.POW, null, 1, tensor(-2), tensor(2)));
    }

    @Test
    void reductionsShareTies() {
        Object[] all = {null, false};
        assertArrayEquals(new double[] {0, 0.5, 0.5}, slope(Extremes.MAX, all, 0, tensor(1, 3, 3)));
        assertArrayEquals(new double[] {0.5, 0.5, 0}, slope(Extremes.MIN, all, 0, tensor(1, 1, 3)));
        assertArrayEquals(new double[] {6, 0, 0}, slope(Extremes.PROD, all, 0, tensor(0, 2, 3)));
        assertArrayEquals(new double[] {0, 0, 0}, slope(Extremes.PROD, all, 0, tensor(0, 0, 3)));
        assertArrayEquals(new double[] {0, 0}, slope(Reductions.NORM, new Object[] {2L, null, false}, 0, tensor(0, 0)));
        assertArrayEquals(new double[] {0, 0}, slope(Reductions.STD, new Object[] {null, false, 0L}, 0, tensor(4, 4)));
    }

    /** What a row did not select contributes nothing, even where an infinite cotangent arrives. */
    @Test
    void selectionsGateInfinities() {
        Tensor infinite = tensor(INF, INF);
        assertArrayEquals(new double[] {0, INF}, pulled(Selection.RELU, null, 0, infinite, tensor(-1, 1)));
        assertArrayEquals(new double[] {0, INF}, pulled(Selection.MAXIMUM, null, 0, infinite, tensor(-1, 1), tensor(0, 0)));
        assertArrayEquals(new double[] {INF, 0}, pulled(Selection.WHERE, null, 1, infinite, tensor(1, 0), tensor(0, 0),
                tensor(0, 0)));
        assertArrayEquals(new double[] {Double.NaN, INF}, pulled(Arithmetic.MUL, null, 0, infinite, tensor(1, 1), tensor(0, 1)));
    }

    /** The strong zero inside a matrix product. */
    @Test
    void productsSkipZeroCotangents() {
        Tensor a = LawsTest.tensor(Shape.of(1, 2), 1, 1);
        Tensor b = LawsTest.tensor(Shape.of(2, 2), INF, 1, 2, 3);
        Tensor head = LawsTest.tensor(Shape.of(1, 2), 0, 1);
        assertArrayEquals(new double[] {1, 3}, pulled(Products.MATMUL, new Object[0], 0, head, a, b));
    }

    @Test
    void scalarAndTensorRulesAgreeOnEveryElementwiseRow() {
        double[] special = {0, -0.0, 1, -1, 0.5, -0.5, 2, 3, INF, -INF, Double.NaN};
        for (Op op : Ops.all()) {
            if (!(op instanceof Elementwise row) || row.arity == 3 || !row.differentiable()) {
                continue;
            }
            for (double x : special) {
                for (double y : row.arity == 1 ? new double[] {0} : special) {
                    double out = row.arity == 1 ? row.apply(x) : row.apply(x, y);
                    Value[] inputs = row.arity == 1 ? new Value[] {tensor(x, x)} : new Value[] {tensor(x, x), tensor(y, y)};
                    for (int k = 0; k < row.arity; k++) {
                        for (double g : new double[] {0, 1, -2, INF}) {
                            double expected = row.slope(k) == null ? 0 : pulled(row, null, k, tensor(g, g), inputs)[1];
                            double found = row.pull(k, g, x, y, out);
                            boolean same = expected == found || expected != expected && found != found
                                    || Math.abs(expected - found) <= 1e-12 * Math.abs(expected);
                            assertTrue(same, row + " slope " + k + " at " + x + ", " + y + " for " + g + ": " + expected
                                    + " and " + found);
                        }
                    }
                }
            }
        }
    }
}
