package org.ebb.op;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ebb.tensor.Value;

/** The simplest reverse mode there is: a list of what was applied, and a loop over it from the end. Stacks on any other trace. */
final class Rewind extends Trace {

    /** Only evaluates. */
    static final Trace EVALUATE = new Trace() {
        @Override
        public Value apply(Op op, Object options, Value... inputs) {
            return op.forward(options, inputs);
        }
    };

    private record Entry(Op op, Object options, Value[] inputs, Value output) {}

    private final Trace below;
    private final List<Entry> entries = new ArrayList<>();

    Rewind(Trace below) {
        this.below = below;
    }

    @Override
    public Value apply(Op op, Object options, Value... inputs) {
        Value output = below.apply(op, options, inputs);
        for (Value input : inputs) {
            if (input == output) {
                throw new AssertionError(op + " gave back its input");
            }
        }
        if (op.differentiable()) {
            entries.add(new Entry(op, options, inputs.clone(), output));
        }
        return output;
    }

    /** The cotangents of {@code inputs} for that of {@code output}, computed on the trace below; null where nothing arrives. */
    Value[] pull(Value output, Value cotangent, Value[] inputs) {
        Map<Value, Value> cotangents = new IdentityHashMap<>();
        cotangents.put(output, cotangent);
        for (int k = entries.size() - 1; k >= 0; k--) {
            Entry e = entries.get(k);
            Value g = cotangents.remove(e.output);
            if (g == null) {
                continue;
            }
            boolean[] wanted = new boolean[e.inputs.length];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = e.inputs[i].dtype().isFloat();
            }
            Value[] pulled = e.op.vjp(below, e.options, e.inputs, e.output, g, wanted);
            for (int i = 0; i < pulled.length; i++) {
                if (wanted[i] && pulled[i] != null) {
                    checkLike(e.op, pulled[i], e.inputs[i]);
                    Value sum = pulled[i];
                    cotangents.merge(e.inputs[i], sum, (a, b) -> below.apply(Arithmetic.ADD, null, a, b));
                }
            }
        }
        var found = new Value[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            found[i] = cotangents.get(inputs[i]);
        }
        return found;
    }

    private static void checkLike(Op op, Value cotangent, Value input) {
        if (!cotangent.shape().equals(input.shape()) || cotangent.dtype() != input.dtype()) {
            throw new AssertionError(op + ": the cotangent is " + cotangent.dtype() + cotangent.shape() + " for an input "
                    + input.dtype()
                    + input.shape());
        }
    }
}
