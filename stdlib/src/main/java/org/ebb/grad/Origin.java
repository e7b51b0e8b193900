package org.ebb.grad;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Where a value or a gradient stopped being finite: the first operation, in the order of the program or of backward, that made nan or inf
 * out of finite numbers. Looked for only once something is not finite.
 */
public final class Origin {

    /** What there is to tell, in lines: the first names the operation and its line. */
    public record Finding(Place place, String text) {}

    /** Told when a backward met something that is not finite. */
    public interface Listener {
        void found(Finding finding, Place backward, boolean raise);
    }

    private final Tape tape;

    /** Values of tensor entries, as far as something kept them or they can be computed from what was kept. */
    private final Map<Long, Value> values = new HashMap<>();

    private Origin(Tape tape) {
        this.tape = tape;
    }

    /** The origin of what is not finite in the heads, or else in the gradients that they give; null for neither. */
    static Finding of(Tape tape, List<Gradients.Head> seeds) {
        for (Gradients.Head seed : seeds) {
            if (!Regions.isFinite(seed.value())) {
                return new Origin(tape).forward(seeds);
            }
        }
        return new Origin(tape).backward(seeds);
    }

    // ---- forward ----

    private Finding forward(List<Gradients.Head> seeds) {
        Lineage lineage = Lineage.of(tape, seeds.stream().map(Gradients.Head::value).toList());
        var before = tape.mode();
        tape.recording = false;
        try {
            keepInputs(lineage);
            for (Chunk chunk : lineage.reach.chunks.reversed()) {
                for (int k = 0; k < chunk.count; k++) {
                    if (lineage.needs(chunk, k) && chunk.node[k] >= 0) {
                        Retrace.Step step = Retrace.step(tape, chunk, k);
                        String what = look(step, chunk.node[k] & 15);
                        if (what != null) {
                            return new Finding(step.place(), what + among(lineage, step) + "\n  " + Advice.forward(step.name()));
                        }
                    }
                }
            }
        } finally {
            tape.recording = before.recording();
            lineage.end();
        }
        return new Finding(null, "the value that backward starts from is not finite, and what it was computed from is no longer known");
    }

    /** What consumers kept of their inputs is what those inputs were. */
    private void keepInputs(Lineage lineage) {
        for (Chunk chunk : lineage.reach.chunks) {
            for (int k = 0; chunk.payload != null && k < chunk.count; k++) {
                if (lineage.needs(chunk, k) && chunk.payload(k, tape.sites) instanceof Payload payload) {
                    for (int j = 0; j < payload.inputs.length; j++) {
                        if (payload.parents[j] != 0 && isKnown(payload.inputs[j])) {
                            values.put(payload.parents[j], payload.inputs[j]);
                        }
                    }
                }
            }
        }
    }

    private static boolean isKnown(Value value) {
        return value instanceof Scalar || value instanceof Tensor t && (t.size() == 0 || t.cell.storage.length() > 0);
    }

    /** What is to be said if this is where it began, else null. */
    private String look(Retrace.Step step, int kind) {
        if (step.payload() == null) {
            return scalar(step, kind);
        }
        Value[] inputs = new Value[step.inputs().length];
        boolean all = true;
        for (int j = 0; j < inputs.length; j++) {
            inputs[j] = step.inputs()[j];
            if (inputs[j] == null || !isKnown(inputs[j])) {
                inputs[j] = step.parents()[j] == 0 ? null : values.get(step.parents()[j]);
            }
            all &= inputs[j] != null;
            if (inputs[j] != null && !Regions.isFinite(inputs[j])) {
                return cameIn(step, inputs[j], step.parents()[j] == 0);
            }
        }
        Value output = values.get(step.id());
        if (output == null && isKnown(step.payload().output)) {
            output = step.payload().output;
        }
        if (output == null) {
            Payload payload = step.payload();
            if (payload instanceof Variable variable && variable.leaf.owner != null) {
                output = variable.leaf.owner.get();
            } else if (payload.op != null && all) {
                output = payload.op.forward(payload.options, inputs);
            }
        }
        if (output == null) {
            return null;
        }
        values.put(step.id(), output);
        if (Regions.isFinite(output)) {
            return null;
        }
        if (step.payload().op == null && !(step.payload() instanceof Bundle.Part)) {
            return cameIn(step, output, false);
        }
        return head(step, output) + " in forward" + operands(step, inputs, output);
    }

    private static String scalar(Retrace.Step step, int kind) {
        if (step.scalar() == null) {
            return Double.isFinite(step.result()) ? null : cameIn(step, Scalar.of(step.result()), false);
        }
        for (int j = 0; j < step.inputs().length; j++) {
            if (!Regions.isFinite(step.inputs()[j])) {
                return cameIn(step, step.inputs()[j], step.parents()[j] == 0);
            }
        }
        Value output = Scalar.of(Scalar.round(step.result(), kind)); // what is finite as a double may be too large for float32
        return Regions.isFinite(output) ? null : head(step, output) + " in forward" + operands(step, step.inputs(), output);
    }

    private static String cameIn(Retrace.Step step, Value value, boolean constant) {
        return number(at(value, first(value))) + " came in with " + (constant ? "a constant operand of " : "the data: it was there before ") + name(step)
                + index(value, first(value));
    }

    // ---- backward ----

    private Finding backward(List<Gradients.Head> seeds) {
        for (Gradients.Head seed : seeds) {
            if (!Regions.isFinite(seed.gradient())) {
                return new Finding(null, number(at(seed.gradient(), first(seed.gradient()))) + " came in with the head gradient that backward was given"
                        + index(seed.gradient(), first(seed.gradient())));
            }
        }
        Finding[] found = new Finding[1];
        Retrace.run(tape, seeds, (step, arrived, passed) -> {
            for (Value value : passed) {
                if (value != null && !Regions.isFinite(value)) {
                    String how = Regions.isFinite(arrived) ? head(step, value) + " in backward" + slopes(step, arrived, value)
                            : "two gradients added up to " + number(at(arrived, first(arrived))) + " at " + name(step);
                    found[0] = new Finding(step.place(), how + "\n  " + Advice.backward(step.name()));
                    return true;
                }
            }
            if (!Regions.isFinite(arrived)) {
                found[0] = new Finding(step.place(), "the gradients that arrive at " + name(step) + " add up to " + number(at(arrived, first(arrived))));
                return true;
            }
            return false;
        });
        return found[0] != null ? found[0] : new Finding(null, "the sum of finite gradients is not finite");
    }

    // ---- words ----

    private static String name(Retrace.Step step) {
        return step.place() == null ? step.name() : "`" + step.place().text() + "` at " + step.place().where();
    }

    private static String head(Retrace.Step step, Value value) {
        String what = number(at(value, first(value)));
        return step.place() == null ? step.name() + " gave " + what
                : step.place().where() + ": `" + step.place().text() + "` gave " + what + (step.payload() instanceof Bundle ? "" : " (" + step.name() + ")");
    }

    private static String operands(Retrace.Step step, Value[] inputs, Value output) {
        long bad = first(output);
        List<String> texts = new ArrayList<>();
        for (Value input : inputs) {
            texts.add(operand(input, output, bad));
        }
        return index(output, bad) + "\n  " + step.name() + "(" + String.join(", ", texts) + ") = " + number(at(output, bad));
    }

    private static String slopes(Retrace.Step step, Value arrived, Value passed) {
        long bad = first(passed);
        if (step.payload() instanceof Bundle) {
            return index(passed, bad); // it has a rule of its own, and what arrived is with its outputs
        }
        List<String> texts = new ArrayList<>();
        for (Value input : step.inputs()) {
            texts.add(input == null || !isKnown(input) ? "..." : operand(input, passed, bad));
        }
        Payload payload = step.payload();
        String result = payload == null ? number(step.result()) : payload.output != null && isKnown(payload.output)
                ? operand(payload.output, passed, bad) : null;
        return index(passed, bad) + "\n  the slope of " + step.name() + "(" + String.join(", ", texts) + ")" + (result == null ? "" : " = " + result)
                + " met the gradient " + operand(arrived, passed, bad);
    }

    /** An operand's element that belongs to element {@code at} of {@code like}. */
    private static String operand(Value operand, Value like, long at) {
        if (operand == null) {
            return "...";
        }
        if (operand instanceof Scalar || operand.shape().size() == 1) {
            return number(at(operand, 0));
        }
        return operand.shape().equals(like.shape()) ? number(at(operand, at)) : "a tensor of shape " + operand.shape();
    }

    private static String index(Value value, long at) {
        if (!(value instanceof Tensor t) || t.rank() == 0) {
            return "";
        }
        long rest = at;
        String text = "";
        for (int axis = t.rank() - 1; axis >= 0; axis--) {
            text = rest % t.shape().dim(axis) + (text.isEmpty() ? "" : ", ") + text;
            rest /= t.shape().dim(axis);
        }
        return " at index [" + text + "]";
    }

    private static long first(Value value) {
        for (long k = 0; value instanceof Tensor t && k < t.size(); k++) {
            if (!Double.isFinite(t.getDouble(k))) {
                return k;
            }
        }
        return 0;
    }

    private static double at(Value value, long k) {
        return value instanceof Scalar s ? s.value : ((Tensor) value).getDouble(k);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        BigDecimal short8 = new BigDecimal(value).round(new MathContext(8)).stripTrailingZeros();
        String plain = short8.scale() > 20 || short8.precision() - short8.scale() > 16 ? short8.toString() : short8.toPlainString();
        return plain.indexOf('.') < 0 && plain.indexOf('E') < 0 ? plain + ".0" : plain;
    }

    /** In a loop: which time the line ran. */
    private String among(Lineage lineage, Retrace.Step step) {
        long before = 0;
        long all = 0;
        for (Chunk chunk : lineage.reach.chunks) {
            for (int k = 0; k < chunk.count; k++) {
                if (chunk.node[k] >= 0 && Sweep.place(chunk, k, tape.sites) == step.place()) {
                    all++;
                    before += chunk.base + k <= step.id() ? 1 : 0;
                }
            }
        }
        return all > 1 ? "\n  it ran " + all + " times; this was number " + before : "";
    }
}
