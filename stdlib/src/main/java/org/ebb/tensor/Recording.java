package org.ebb.tensor;

/**
 * The header that every recorded value holds: it says which recording the value's entry belongs to, and keeps that entry alive.
 * A leaf (a value with an attached gradient) has a header of its own; each recording that uses the leaf gives it an entry.
 */
public class Recording {

    /** The latest recording that took this one over: from then on its values may be parents of entries there. */
    public Recording adoptedBy;

    /** For a leaf: its entry in {@link #adoptedBy}. For a recording: 0. */
    public long leafEntry;

    /** The entry to name as a parent for a value of this header that carries {@code id}. */
    public final long entry(long id) {
        return leafEntry != 0 ? leafEntry : id;
    }
}
