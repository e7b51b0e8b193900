package org.ebb.op;

import java.util.ArrayList;
import java.util.List;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * The rows that whole expressions run as: a {@link BlockProgram} applied to its inputs, alone or with the sum or mean of all its elements.
 * Made by the interpreter from source expressions; no program names them. Their derivatives are programs too.
 */
public final class Blocks {

    private Blocks() {}

    private static final Trace EVALUATE = new Trace() {
        @Override
        public Value apply(Op op, Object options, Value... inputs) {
            return op.forward(options, inputs);
        }
    };

    /** What an expression ends with. */
    public enum End { ELEMENTS, SUM, MEAN }

    /** The options of a row here. */
    public record Expression(BlockProgram program, End end) {

        private double divisor(BlockRun run) {
            return end == End.MEAN ? run.shape().size() : 1;
        }
    }

    /** Options: an {@link Expression}. Inputs: tensors of one float dtype and scalars that it takes in. */
    public static final Op BLOCK = new Op("_block", "_block(values)", "An elementwise expression in one pass, block by block.") {

        @Override
        public boolean variadic() {
            return true;
        }

        /** Only the interpreter makes these; see BlocksTest for their laws. */
        @Override
        public List<String> samples() {
            return List.of();
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var expression = (Expression) options;
            var run = new BlockRun(expression.program, inputs);
            return expression.end == End.ELEMENTS ? run.whole() : run.sum(expression.divisor(run));
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var expression = (Expression) options;
            Value[] all = with(inputs, List.of(shared(t, expression, inputs, cotangent)));
            Value[] result = new Value[inputs.length];
            if (!t.onlyEvaluates()) {
                for (int k = 0; k < result.length; k++) {
                    if (wanted[k]) {
                        var pull = new Expression(expression.program.pulled(1L << k), End.ELEMENTS);
                        result[k] = Linear.match(t, t.apply(this, pull, all), inputs[k]);
                    }
                }
                return result;
            }
            long bits = 0;
            var models = new ArrayList<Value>();
            for (int k = 0; k < result.length; k++) {
                if (wanted[k]) {
                    bits |= 1L << k;
                    models.add(inputs[k]);
                }
            }
            Value[] cotangents = new BlockRun(expression.program.pulled(bits), all).folded(models);
            int next = 0;
            for (int k = 0; k < result.length; k++) {
                result[k] = wanted[k] ? cotangents[next++] : null;
            }
            return result;
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            return pullTo((Expression) options, inputs, cotangent, wanted(inputs, sums), sums);
        }

        private boolean pullTo(Expression expression, Value[] inputs, Value cotangent, long wanted, Sums sums) {
            Value g = shared(EVALUATE, expression, inputs, cotangent);
            var run = new BlockRun(expression.program.pulledPlainly(wanted, isOne(g)), with(inputs, List.of(g)));
            var places = new ArrayList<BlockRun.Place>();
            return places(wanted, sums, inputs, run, places) && add(run, places);
        }

        @Override
        public Value push(Object options, Value[] inputs, Value output, Value[] tangents, Buffers buffers) {
            var expression = (Expression) options;
            var given = new ArrayList<Value>();
            long bits = given(tangents, given);
            var run = new BlockRun(expression.program.pushedPlainly(bits), with(inputs, given));
            return expression.end == End.ELEMENTS ? run.whole() : run.sum(expression.divisor(run));
        }

        @Override
        public boolean pullAlong(Object options, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
                Value cotangentAlong, Sums sums, Sums along) {
            var expression = (Expression) options;
            long wanted = wanted(inputs, along);
            if (cotangent == null) {
                return pullTo(expression, inputs, cotangentAlong, wanted, along);
            }
            var more = new ArrayList<Value>();
            more.add(shared(EVALUATE, expression, inputs, cotangent));
            long given = given(tangents, more);
            if (cotangentAlong != null) {
                given |= 1L << inputs.length;
                more.add(shared(EVALUATE, expression, inputs, cotangentAlong));
            }
            long values = wanted(inputs, sums);
            var run = new BlockRun(expression.program.second(wanted, given, values, isOne(more.getFirst())), with(inputs, more));
            var places = new ArrayList<BlockRun.Place>();
            return places(values, sums, inputs, run, places) && places(wanted, along, inputs, run, places) && add(run, places);
        }

        private static long wanted(Value[] inputs, Sums sums) {
            long bits = 0;
            for (int k = 0; k < inputs.length; k++) {
                bits |= sums.wants(k) ? 1L << k : 0;
            }
            return bits;
        }

        /** The tangents that there are, added to a list; their inputs as bits. */
        private static long given(Value[] tangents, List<Value> list) {
            long bits = 0;
            for (int k = 0; k < tangents.length; k++) {
                if (tangents[k] != null) {
                    bits |= 1L << k;
                    list.add(tangents[k]);
                }
            }
            return bits;
        }

        private static boolean places(long wanted, Sums sums, Value[] inputs, BlockRun run, List<BlockRun.Place> places) {
            for (int k = 0; k < inputs.length; k++) {
                if ((wanted >> k & 1) != 0) {
                    var place = new BlockRun.Place(sums, k, inputs[k]);
                    if (!place.fits(run)) {
                        return false;
                    }
                    places.add(place);
                }
            }
            return true;
        }

        private static boolean add(BlockRun run, List<BlockRun.Place> places) {
            run.addTo(places);
            return true;
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            var expression = (Expression) options;
            var given = new ArrayList<Value>();
            long bits = given(tangents, given);
            var push = new Expression(expression.program.pushed(bits), expression.end);
            return Linear.spread(t, t.apply(this, push, with(inputs, given)), output);
        }
    };

    /** A result and the cotangents of the inputs, row-major, for a cotangent of the result that was given; null for what was not wanted. */
    public record Ahead(Value output, Storage[] cotangents) {}

    /**
     * Forward and quickly backward in one pass, for an expression that ends in one number at which {@code cotangent} will arrive. The bits
     * are those of {@link Op#forward} and {@link Op#pull}. Null where that needs other sums than one for each element, or much room.
     */
    public static Ahead ahead(Expression expression, Value[] inputs, long wanted, double cotangent, Buffers buffers) {
        var forward = new BlockRun(expression.program, inputs);
        double divisor = expression.divisor(forward);
        Value g = shared(EVALUATE, expression, inputs, Scalar.of(cotangent));
        var run = new BlockRun(expression.program.ahead(wanted, isOne(g)), with(inputs, List.of(g)));
        return run.fits(inputs, wanted, buffers) ? run.ahead(divisor, wanted, inputs.length, buffers) : null;
    }

    /** The cotangent of each element. */
    private static Value shared(Trace t, Expression expression, Value[] inputs, Value cotangent) {
        return expression.end == End.MEAN ? t.apply(Arithmetic.DIV, null, cotangent, Scalar.of(new BlockRun(expression.program, inputs).shape().size()))
                : cotangent;
    }

    private static boolean isOne(Value value) {
        return value instanceof Scalar s && s.value == 1;
    }

    /**
     * Writes the elements of an expression over those of {@code target}, if that can be done on the way: not where an operand sees the same
     * elements at other places, or has another shape.
     */
    public static boolean into(Tensor target, Expression expression, Value[] inputs) {
        for (Value input : inputs) {
            if (input instanceof Tensor t && t.cell == target.cell
                    && !(t.offset == target.offset && t.shape().equals(target.shape()) && java.util.Arrays.equals(t.strides(), target.strides()))) {
                return false;
            }
        }
        if (!target.isContiguous()) {
            return false;
        }
        target.cell.writable();
        new BlockRun(expression.program, inputs).into(target);
        return true;
    }

    private static Value[] with(Value[] inputs, List<Value> more) {
        Value[] all = java.util.Arrays.copyOf(inputs, inputs.length + more.size());
        for (int k = 0; k < more.size(); k++) {
            all[inputs.length + k] = more.get(k);
        }
        return all;
    }
}
