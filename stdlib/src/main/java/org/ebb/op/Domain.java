package org.ebb.op;

/** Where an elementwise row is defined and smooth: the interval from which the laws draw its inputs. */
public enum Domain {
    REAL(-2.5, 2.5), POSITIVE(0.2, 3), UNIT(-0.9, 0.9), ABOVE_ONE(1.1, 4), PROBABILITY(0.05, 0.95), ABOVE_MINUS_ONE(-0.8, 2),
    /** Whole numbers. */
    COUNT(1, 3);

    public final double low;
    public final double high;

    Domain(double low, double high) {
        this.low = low;
        this.high = high;
    }
}
