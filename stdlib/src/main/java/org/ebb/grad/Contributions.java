package org.ebb.grad;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** How much each line of a program contributes to a gradient. */
public final class Contributions {

    /** One line of the program, as backward passed it. */
    public static final class Line {
        public final Place place;

        /** How many entries of the line backward passed. */
        public int count;

        /** What its entries handed to the variable itself; null where the line does not use the variable. */
        public Value given;

        /** Over all numbers that arrived at its entries. */
        public double squares;
        public double least = Double.POSITIVE_INFINITY;
        public double most = Double.NEGATIVE_INFINITY;

        /** The first entry of the line, in the order of backward, at which something not finite arrived; 0 for none. */
        public int notFinite;

        Line(Place place) {
            this.place = place;
        }

        private void arrived(Value g) {
            count++;
            long size = g instanceof Tensor t ? t.size() : 1;
            for (long k = 0; k < size; k++) {
                double one = g instanceof Tensor t ? t.getDouble(k) : ((Scalar) g).value;
                squares += one * one;
                least = Math.min(least, one);
                most = Math.max(most, one);
                if (!Double.isFinite(one) && notFinite == 0) {
                    notFinite = count;
                }
            }
        }

        private void give(Tape tape, Value g) {
            given = given == null ? g : tape.apply(org.ebb.op.Arithmetic.ADD, null, given, g);
        }
    }

    /** The whole gradient, as the sum of what arrived at the variable, and the lines in the order of the program. */
    public record Result(Value gradient, List<Line> lines) {}

    private final Tape tape;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Set<Long> targets = new HashSet<>();
    private Value gradient;

    private Contributions(Tape tape) {
        this.tape = tape;
    }

    static Result of(Tape tape, List<Gradients.Head> seeds, Leaf leaf, long entry) {
        var contributions = new Contributions(tape);
        if (leaf == null) {
            contributions.targets.add(entry);
        } else {
            contributions.find(seeds, leaf);
        }
        Retrace.run(tape, seeds, (step, arrived, passed) -> {
            contributions.saw(step, arrived, passed);
            return false;
        });
        var lines = new ArrayList<>(contributions.lines.values());
        java.util.Collections.reverse(lines);
        return new Result(contributions.gradient, lines);
    }

    private void find(List<Gradients.Head> seeds, Leaf leaf) {
        Lineage lineage = Lineage.of(tape, seeds.stream().map(Gradients.Head::value).toList());
        try {
            for (Chunk chunk : lineage.reach.chunks) {
                for (int k = 0; k < chunk.count; k++) {
                    if (chunk.payload != null && chunk.payload[k] instanceof Variable variable && variable.leaf == leaf
                            || chunk.isMarked(k) && chunk.session.attached.get(chunk.base + k) == leaf) {
                        targets.add(chunk.base + k);
                    }
                }
            }
        } finally {
            lineage.end();
        }
    }

    private void saw(Retrace.Step step, Value arrived, Value[] passed) {
        if (targets.contains(step.id())) {
            gradient = gradient == null ? arrived : tape.apply(org.ebb.op.Arithmetic.ADD, null, gradient, arrived);
        }
        if (step.place() == null || step.leaf() != null) {
            return;
        }
        Line line = lines.computeIfAbsent(step.place().where() + step.place().text(), _ -> new Line(step.place()));
        if (!(step.payload() instanceof Bundle)) { // what arrived at each of its outputs was counted
            line.arrived(arrived);
        }
        for (int j = 0; j < passed.length; j++) {
            if (passed[j] != null && targets.contains(step.parents()[j])) {
                line.give(tape, passed[j]);
            }
        }
    }
}
