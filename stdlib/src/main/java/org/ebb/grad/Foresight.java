package org.ebb.grad;

import org.ebb.op.Blocks;
import org.ebb.op.Op;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Computes what backward is going to ask for while the forward pass has the elements at hand. See Note [Foresight]. */
final class Foresight {

    /** Fewer elements than this stay in the cache until backward comes. */
    private static final int SMALLEST = 1 << 14;

    /** How many expressions are remembered; a power of 2. */
    private static final int KEPT = 64;

    /** So often in a row the cotangent has to come out as expected after it did not. */
    private static final int DOUBT = -2;

    private final Tape tape;
    private final Habit[] habits = new Habit[KEPT];

    Foresight(Tape tape) {
        this.tape = tape;
    }

    /** What backward did with one expression. */
    private static final class Habit {
        final Blocks.Expression expression;

        /** The latest cotangent. */
        double cotangent;

        /** Above 0 the next cotangent is expected to be the same. */
        int trust;

        /** Something computed ahead has not been asked for yet. */
        boolean open;

        Habit(Blocks.Expression expression) {
            this.expression = expression;
        }

        void met(double g) {
            trust = g == cotangent ? Math.min(trust + 1, 1) : DOUBT;
            cotangent = g;
        }
    }

    /** An entry whose cotangents are known, should that of its result be as expected. */
    static final class Foreseen extends Payload {
        private final Habit habit;
        private final double cotangent;
        private final long wanted;

        /** For each input, null where it is not wanted; all null once somebody took them. */
        private Storage[] cotangents;

        private Foreseen(Habit habit, long wanted, Storage[] cotangents, Payload plain) {
            super(plain.op, plain.options, plain.inputs, plain.parents, plain.output, plain.place);
            this.habit = habit;
            this.cotangent = habit.cotangent;
            this.wanted = wanted;
            this.cotangents = cotangents;
        }

        @Override
        void release(Buffers buffers) {
            super.release(buffers);
            cotangents = null;
        }
    }

    /** A result and what goes with it to the tape. */
    record Ahead(Value output, Habit habit, long wanted, Storage[] cotangents) {

        Payload with(Payload plain) {
            return new Foreseen(habit, wanted, cotangents, plain);
        }
    }

    private int slot(Object expression) {
        return System.identityHashCode(expression) & KEPT - 1;
    }

    /** The forward pass with foresight; null where there is no reason for that. Recording must be on. */
    Ahead forward(Op op, Object options, Value[] inputs) {
        if (op != Blocks.BLOCK) {
            return null;
        }
        var expression = (Blocks.Expression) options;
        Habit habit = habits[slot(expression)];
        if (habit == null || habit.expression != expression || habit.trust <= 0) {
            return null;
        }
        if (habit.open) {
            habit.trust = DOUBT; // backward did not come, or several forward passes come before it: too much to keep
            habit.open = false;
            return null;
        }
        long wanted = 0;
        for (int k = 0; k < inputs.length; k++) {
            wanted |= tape.entry(inputs[k]) != 0 ? 1L << k : 0;
        }
        Blocks.Ahead ahead = wanted == 0 ? null : Blocks.ahead(expression, inputs, wanted, habit.cotangent, tape.buffers);
        if (ahead == null) {
            return null;
        }
        habit.open = true;
        return new Ahead(ahead.output(), habit, wanted, ahead.cotangents());
    }

    /** Adds to the sums of the inputs what is known already; false where that has to be computed now. */
    boolean pull(Payload payload, Value g, Arrivals sums) {
        if (payload.op != Blocks.BLOCK || !(g instanceof Scalar s) || ((Blocks.Expression) payload.options).end() == Blocks.End.ELEMENTS) {
            return false;
        }
        boolean known = payload instanceof Foreseen f && take(f, s.value, sums);
        learn(payload, s.value);
        return known;
    }

    private static boolean take(Foreseen f, double g, Arrivals sums) {
        f.habit.open = false;
        if (f.cotangents == null || g != f.cotangent) {
            return false;
        }
        for (int k = 0; k < f.parents.length; k++) {
            if (sums.wants(k) && (f.wanted >> k & 1) == 0) {
                return false;
            }
        }
        for (int k = 0; k < f.parents.length; k++) {
            if (sums.wants(k)) {
                sums.hand(k, f.cotangents[k]);
            }
        }
        f.cotangents = null;
        return true;
    }

    private void learn(Payload payload, double g) {
        int slot = slot(payload.options);
        Habit habit = habits[slot];
        if (habit != null && habit.expression == payload.options) {
            habit.met(g);
        } else if (isLarge(payload)) {
            habits[slot] = new Habit((Blocks.Expression) payload.options);
            habits[slot].cotangent = g;
            habits[slot].trust = 1;
        }
    }

    private static boolean isLarge(Payload payload) {
        for (Value input : payload.inputs) {
            if (input instanceof Tensor t && t.size() >= SMALLEST) {
                return true;
            }
        }
        return false;
    }
}

// Note [Foresight]
// Where an elementwise expression ends in its sum or mean, what arrives there in backward is one number, and mostly the same in every step of
// a loop: 1 for a loss. Backward would read all inputs again and compute most of the expression a second time. So once backward came with a
// number to an expression, the next forward pass expects it again and writes the cotangents of the inputs on its way. They are what the
// backward program gives for that number, to the bit; if another number arrives, or other inputs are asked for, backward runs as ever. So it
// does for gradients that are recorded themselves, for rules along a direction, and for the careful sweep (Note [Two sweeps]): nothing but
// this sweep's first try looks here. What was computed belongs to the version of the inputs that the entry keeps, so later writes change nothing.
// An expression has one such result open at most: a loop that runs forward only wastes one.
