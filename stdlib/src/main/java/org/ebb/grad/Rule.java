package org.ebb.grad;

import java.util.ArrayList;
import java.util.List;
import org.ebb.tensor.Value;

/** A rule of the program's own as it was recorded: what it computed, so that its backward can be compared with differences. */
public interface Rule {

    /** What it was given. */
    Value[] inputs();

    /** What it computes from other inputs. */
    Value[] forward(Value[] inputs);

    /** One on the way to some values, with the place that recorded it. */
    record Recorded(Rule rule, Place place, Pullback pullback) {}

    /** All rules of the program's own that the heads were computed with, in the order of the program. */
    static List<Recorded> of(Tape tape, List<? extends Value> heads) {
        List<Recorded> found = new ArrayList<>();
        Lineage lineage = Lineage.of(tape, heads);
        try {
            for (Chunk chunk : lineage.reach.chunks.reversed()) {
                for (int k = 0; chunk.payload != null && k < chunk.count; k++) {
                    if (chunk.payload[k] instanceof Bundle bundle && bundle.rule != null && lineage.needs(chunk, k)) {
                        found.add(new Recorded(bundle.rule, bundle.place, bundle.pullback));
                    }
                }
            }
            return found;
        } finally {
            lineage.end();
        }
    }
}
