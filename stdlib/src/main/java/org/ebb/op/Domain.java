package org.ebb.op;

/** Where an elementwise row is defined and smooth: the interval from which the laws draw its inputs. */
public enum Domain {
    REAL(-2.5, 2.5), POSITIVE(0.2, 3), UNIT(-0.9, 0.9), ABOVE_ONE(1.1, 4), PROBABILITY(0.05, 0.95), ABOVE_MINUS_ONE(-0.8, 2),
    /** Whole numbers. */
    COUNT(1, 3),
    /** Matrices far from singular, with singular values far apart: the last two axes have 4, 8, 12 ... added on the diagonal. */
    REGULAR(-1, 1),
    /** Matrices whose symmetric part is positive definite, with eigenvalues far apart; made the same way. */
    DEFINITE(-1, 1);

    public final double low;
    public final double high;

    Domain(double low, double high) {
        this.low = low;
        this.high = high;
    }
}
