package org.ebb.op;

import java.util.List;
import org.ebb.tensor.Value;

/** A row that is linear in its one input: it is its own jvp, and its vjp is its transpose. */
abstract class LinearRow extends Op {

    private final List<String> samples;

    LinearRow(String name, String signature, String doc, String... samples) {
        super(name, signature, doc);
        this.samples = List.of(samples);
    }

    /** The cotangent of {@code input}, of which only shape and dtype may be read. */
    abstract Value transpose(Trace t, Object options, Value input, Value cotangent);

    @Override
    public final List<String> samples() {
        return samples;
    }

    @Override
    public final boolean readsInput(int k) {
        return false;
    }

    @Override
    public final Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
        return new Value[] {Linear.match(t, transpose(t, options, inputs[0], cotangent), inputs[0])};
    }

    @Override
    public final Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
        return t.apply(this, options, tangents[0]);
    }
}
