package org.ebb.op;

import java.util.List;
import java.util.Random;
import org.ebb.tensor.Value;

/** The calls to try laws on, for tests of the tape. */
public final class Samples {

    private Samples() {}

    /** One call of a row. */
    public record Call(Op op, Object sample) {

        /** Does every element of the result depend on a whole matrix, which the row may refuse by its name? */
        public boolean isOfMatrices() {
            return op() instanceof Batches.Row || op() instanceof Solving.Equations;
        }


        public Value[] inputs(Random random) {
            return ((Sample) sample).inputs(random);
        }

        public Object prepare(Value[] inputs) {
            return ((Sample) sample).prepare(inputs);
        }

        @Override
        public String toString() {
            return sample.toString();
        }
    }

    public static List<Call> calls(Op op) {
        return Sample.of(op).stream().map(sample -> new Call(op, sample)).toList();
    }
}
