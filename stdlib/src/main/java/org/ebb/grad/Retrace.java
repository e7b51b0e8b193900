package org.ebb.grad;

import java.util.List;
import org.ebb.op.Arithmetic;
import org.ebb.op.Elementwise;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Runs down a tape once more, entry by entry, for somebody who wants to watch: what arrived at each entry, and what it passed to each
 * parent. Numbers are those of a {@link Sweep}; nothing is used up, no gradient is written. For explanations only, so it is plain and slow.
 * Rules of the program's own run again.
 */
final class Retrace {

    /** One recorded operation. {@code op} is null for a variable, or a rule of the program's own. */
    record Step(long id, String name, Place place, Elementwise scalar, Payload payload, Value[] inputs, long[] parents, double result) {

        /** The entry of a leaf: here a gradient arrives. */
        Leaf leaf() {
            return payload instanceof Variable variable ? variable.leaf : null;
        }
    }

    /** Sees each entry that was reached. {@code passed[k]} is for parent k, or null; true stops. */
    interface Watch {
        boolean saw(Step step, Value arrived, Value[] passed);
    }

    private final Tape tape;
    private final Reach reach;
    private final Value[] arrived;

    private Retrace(Tape tape, Reach reach) {
        this.tape = tape;
        this.reach = reach;
        this.arrived = new Value[reach.length];
    }

    static void run(Tape tape, List<Gradients.Head> seeds, Watch watch) {
        var sessions = seeds.stream().map(Gradients.Head::session).filter(s -> s != null).distinct().toList();
        var retrace = new Retrace(tape, Reach.of(tape, sessions));
        var before = tape.mode();
        Place outer = tape.place;
        tape.recording = false;
        try {
            for (Gradients.Head seed : seeds) {
                if (seed.session() != null) {
                    retrace.arrive(seed.id(), seed.gradient());
                }
            }
            retrace.down(watch);
        } finally {
            tape.recording = before.recording();
            tape.place = outer;
            retrace.reach.leave();
        }
    }

    private void arrive(long id, Value g) {
        int at = reach.index(id);
        if (at >= 0 && at < arrived.length) {
            arrived[at] = arrived[at] == null ? g : tape.apply(Arithmetic.ADD, null, arrived[at], g);
        }
    }

    private void down(Watch watch) {
        for (Chunk chunk : reach.chunks) {
            for (int k = chunk.count - 1; k >= 0; k--) {
                int at = chunk.slice + k;
                Value g = arrived[at];
                arrived[at] = null;
                if (g != null && chunk.node[k] >= 0) {
                    Step step = step(tape, chunk, k);
                    Value[] passed = pass(step, step.payload != null && step.payload.output instanceof Tensor t ? Regions.full(t, g) : g);
                    if (watch.saw(step, g, passed)) {
                        return;
                    }
                    for (int j = 0; j < passed.length; j++) {
                        if (step.parents[j] != 0 && passed[j] != null) {
                            arrive(step.parents[j], passed[j]);
                        }
                    }
                }
            }
        }
    }

    static Step step(Tape tape, Chunk chunk, int k) {
        long id = chunk.base + k;
        if (chunk.payload(k, tape.sites) instanceof Payload payload) {
            String name = switch (payload) {
                case Bundle.Part _, Bundle _ -> "a rule of the program's own";
                default -> payload.op == null ? "variable" : payload.op.name;
            };
            if (payload instanceof Bundle.Part part) {
                return new Step(id, name, payload.place, null, payload, new Value[1], new long[] {part.bundleEntry}, 0);
            }
            return new Step(id, name, payload.place, null, payload, payload.inputs, payload.parents, 0);
        }
        int site = chunk.node[k] >>> 4;
        Elementwise op = tape.sites.op(site);
        long left = chunk.left[k] == 0 ? 0 : id - chunk.left[k];
        long right = chunk.right[k] == 0 ? 0 : id - chunk.right[k];
        Value x = Scalar.of(chunk.x[k]);
        boolean two = op != null && op.arity == 2;
        return new Step(id, op == null ? "variable" : op.name, tape.sites.place(site), op, null,
                two ? new Value[] {x, Scalar.of(chunk.y[k])} : new Value[] {x}, two ? new long[] {left, right} : new long[] {left},
                two ? op.apply(chunk.x[k], chunk.y[k]) : chunk.y[k]);
    }

    private Value[] pass(Step step, Value g) {
        tape.place = step.place;
        if (step.payload == null) {
            return scalar(step, ((Scalar) g).value);
        }
        return switch (step.payload) {
            case Variable _ -> new Value[0];
            case Same _ -> new Value[] {g};
            case Bundle.Part part -> {
                part.bundle.gather(tape, part.index, g);
                yield new Value[] {Scalar.of(0)};
            }
            case Bundle bundle -> bundle.pull(tape);
            default -> {
                Payload payload = step.payload;
                boolean[] wanted = new boolean[payload.parents.length];
                for (int j = 0; j < wanted.length; j++) {
                    wanted[j] = payload.parents[j] != 0;
                }
                yield payload.op.vjp(tape, payload.options, payload.inputs, payload.output, g, wanted);
            }
        };
    }

    private static Value[] scalar(Step step, double g) {
        Value[] passed = new Value[step.inputs.length];
        double y = passed.length == 2 ? ((Scalar) step.inputs[1]).value : 0;
        for (int j = 0; j < passed.length; j++) {
            // A strong zero asks for no slope.
            passed[j] = Scalar.of(g == 0 || step.scalar == null ? g : step.scalar.pull(j, g, ((Scalar) step.inputs[0]).value, y, step.result));
        }
        return passed;
    }
}
