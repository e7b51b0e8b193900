package org.ebb.grad;

import java.util.ArrayList;
import java.util.List;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException.BadGradient;
import org.ebb.tensor.Value;

/**
 * The entry of an operation with any number of outputs and a backward of its own. Each output has a {@link Part} after it; the parts'
 * cotangents gather here.
 */
final class Bundle extends Payload {

    final Pullback pullback;

    /** How to compute it again; null where that is not known. */
    final Rule rule;
    private final Value[] outlines;
    private Value[] gathered;

    private Bundle(Value[] inputs, long[] parents, Value[] outlines, Pullback pullback, Rule rule, Place place) {
        super(null, null, inputs, parents, Scalar.of(0), place);
        this.outlines = outlines;
        this.pullback = pullback;
        this.rule = rule;
        this.gathered = new Value[outlines.length];
    }

    /** The entry of output {@code index}. */
    static final class Part extends Payload {
        final Bundle bundle;
        final long bundleEntry;
        final int index;

        Part(Bundle bundle, long bundleEntry, int index, Place place) {
            super(null, null, new Value[0], new long[0], bundle.outlines[index], place);
            this.bundle = bundle;
            this.bundleEntry = bundleEntry;
            this.index = index;
        }
    }

    static Value[] record(Tape tape, Value[] inputs, long[] parents, Value[] outputs, Pullback pullback, Rule rule) {
        Value[] outlines = outlines(tape, outputs);
        var bundle = new Bundle(outlines(tape, inputs), parents, outlines, pullback, rule, tape.place);
        long id = tape.pushPayload(bundle);
        tape.current.custom = true;
        Value[] owned = new Value[outputs.length];
        for (int k = 0; k < outputs.length; k++) {
            long part = tape.pushPayload(new Part(bundle, id, k, tape.place));
            // An output may be an input passed through: it becomes a value of its own.
            owned[k] = tape.own(outputs[k] instanceof Tensor t && t.cell.recording == null ? t.snapshot() : outputs[k], part);
        }
        return owned;
    }

    private static Value[] outlines(Tape tape, Value[] values) {
        Value[] outlines = new Value[values.length];
        for (int k = 0; k < values.length; k++) {
            outlines[k] = tape.keep(values[k], false);
        }
        return outlines;
    }

    void gather(Tape tape, int index, Value cotangent) {
        gathered[index] = gathered[index] == null ? cotangent
                : tape.apply(org.ebb.op.Arithmetic.ADD, null, gathered[index], cotangent);
    }

    /** Runs the backward; the next sweep gathers anew. */
    Value[] pull(Tape tape) {
        Value[] cotangents = gathered;
        gathered = new Value[outlines.length];
        for (int k = 0; k < cotangents.length; k++) {
            if (cotangents[k] == null) {
                cotangents[k] = switch (outlines[k]) {
                    case Scalar s -> new Scalar(0, s.kind, null, 0);
                    case Tensor t -> Tensor.zeros(t.dtype(), t.shape(), t.flavour());
                };
            }
        }
        return pullback.apply(tape, cotangents);
    }

    /**
     * Forward mode: the tangents of the outputs for those of the inputs (null: zero). The rule gives only the backward, which is linear in
     * its cotangents; so its own gradient, with the inputs' tangents as heads, is the backward turned around.
     */
    Value[] push(Tape tape, Value[] tangents) {
        boolean again = tape.recording;
        Tape.Mode before = tape.mode();
        Place here = tape.place;
        if (!again) {
            tape.restore(new Tape.Mode(false, before.training(), null));
            tape.enter(true, before.training());
        }
        try {
            Value[] cotangents = new Value[outlines.length];
            for (int k = 0; k < cotangents.length; k++) {
                cotangents[k] = tape.variable(switch (outlines[k]) {
                    case Scalar s -> new Scalar(1, s.kind, null, 0);
                    case Tensor t -> Regions.full(t, 1);
                });
            }
            return turned(tape, cotangents, pullback.apply(tape, cotangents), tangents, again);
        } finally {
            if (!again) {
                tape.discard(before, here);
            }
            tape.place = here;
        }
    }

    private Value[] turned(Tape tape, Value[] cotangents, Value[] pulled, Value[] tangents, boolean again) {
        var gradients = new Gradients(tape);
        var heads = new ArrayList<Value>();
        var weights = new ArrayList<Value>();
        for (int k = 0; k < pulled.length; k++) {
            if (pulled[k] == null || tangents[k] == null) {
                continue;
            }
            if (gradients.isTracked(pulled[k])) {
                heads.add(pulled[k]);
                weights.add(tangents[k]);
            } else if (!isZero(pulled[k])) {
                throw new BadGradient("jvp: the backward of the custom function called at " + (place == null ? "an unknown place" : place.where())
                        + " computes gradient " + k + " from detached or plain numbers, so no tangent can be derived from it; compute it from "
                        + "the gradient it is given, or use reverse mode");
            }
        }
        return heads.isEmpty() ? null
                : gradients.gradients(heads, List.of(cotangents), weights, true, again, tape.training, tape.place);
    }

    private static boolean isZero(Value value) {
        return switch (value) {
            case Scalar s -> s.value == 0;
            case Tensor t -> java.util.Arrays.stream(t.toDoubles()).allMatch(x -> x == 0);
        };
    }
}
