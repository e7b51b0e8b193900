package org.ebb.grad;

/** Told by a backward, where somebody measures, which recorded place it works for now: once for each run of entries of one place. */
public interface Meter {

    /** The entries that follow were recorded there; null when the sweep is over. */
    void at(Place place);
}
