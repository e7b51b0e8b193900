package org.ebb.grad;

import org.ebb.op.Op;
import org.ebb.op.Trace;
import org.ebb.tensor.Cell;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Carries tangents through operations: whatever a rule computes, it then knows how that changes along a direction. */
final class Duals extends Trace {

    /** Evaluates, without recording. */
    private final Tape plain;

    Duals(Tape plain) {
        this.plain = plain;
    }

    /** The header of a value with a tangent. */
    private static final class Carried extends Recording {
        final Value tangent;

        Carried(Value tangent) {
            this.tangent = tangent;
        }
    }

    /** The rule of an entry for a cotangent and the tangents of all that it reads; null stands for a tangent or cotangent of zero. */
    Value[] vjp(Payload payload, boolean[] wanted, Value[] in, Value out, Value g, Value dg) {
        long asked = Payload.wanted(payload.parents);
        Value[] inputs = new Value[in.length];
        for (int j = 0; j < in.length; j++) {
            inputs[j] = payload.op.readsInput(j, asked) ? carry(payload.inputs[j], in[j]) : payload.inputs[j];
        }
        Value output = payload.op.readsOutput(asked) ? carry(payload.output, out) : payload.output;
        Value zero = switch (payload.output) {
            case Scalar s -> new Scalar(0, s.kind, null, 0);
            case Tensor t -> Tensor.zeros(t.dtype(), t.shape(), t.flavour());
        };
        return payload.op.vjp(this, payload.options, inputs, output, carry(g == null ? zero : g, dg), wanted);
    }

    @Override
    public Value apply(Op op, Object options, Value... inputs) {
        Value output = plain.apply(op, options, inputs);
        Value[] tangents = new Value[inputs.length];
        boolean any = false;
        for (int k = 0; k < inputs.length; k++) {
            tangents[k] = tangent(inputs[k]);
            any |= tangents[k] != null;
        }
        if (!any || !op.differentiable() || !output.dtype().isFloat()) {
            return output;
        }
        return carry(output, op.jvp(plain, options, inputs, output, tangents));
    }

    private static Value carry(Value value, Value tangent) {
        if (tangent == null) {
            return value;
        }
        return switch (value) {
            case Scalar s -> new Scalar(s.value, s.kind, new Carried(tangent), 0);
            case Tensor t -> {
                Tensor whole = t.isContiguous() ? t : t.copy();
                var carried = new Tensor(new Cell(whole.cell.storage, whole.shape()), whole.shape(), whole.shape().strides(), whole.offset,
                        whole.flavour(), whole.frozen);
                carried.cell.recording = new Carried(tangent);
                yield carried;
            }
        };
    }

    /** How a value changes; null for not at all. */
    static Value tangent(Value value) {
        Recording header = switch (value) {
            case Scalar s -> s.recording;
            case Tensor t -> t.cell.recording;
        };
        return header instanceof Carried carried ? carried.tangent : null;
    }
}
