package org.ebb.tensor;

/**
 * Whose habits a tensor follows. PLAIN is Ebb's own; ND is MXNet 1.x (reductions give shape (1,), comparisons give 0 and 1,
 * attaching a gradient to an intermediate cuts its history); NP is MXNet 2. Operations pass it on: ND before NP before PLAIN.
 */
public enum Flavour {
    PLAIN, NP, ND;

    private static final Flavour[] ALL = values();

    public static Flavour of(int ordinal) {
        return ALL[ordinal];
    }

    public Flavour with(Flavour other) {
        return ordinal() >= other.ordinal() ? this : other;
    }
}
