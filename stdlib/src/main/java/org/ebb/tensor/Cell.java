package org.ebb.tensor;

/**
 * What a tensor and all views of it share: the elements, and the history of their current version. The history belongs here and
 * not to
 * the tensor object, so that a write through any view is seen, differentiably, through all of them.
 */
public final class Cell {

    public Storage storage;

    /** The shape in which the whole storage was made, row-major: the shape of the value that {@link #id} stands for. */
    public Shape base;

    /** The recording (or leaf) of the current version; null where it was not recorded. */
    public Recording recording;

    /** The tape entry of the current version; 0 for a leaf or where nothing was recorded. */
    public long id;

    /** The gradient attached to this value, be it a leaf or an intermediate; null without one. */
    public Recording attached;

    /** Was there a write while others saw the elements? Then there will be more, and small parts are better saved by themselves. */
    boolean copied;

    /** The latest snapshot of a tensor on this cell, to be handed out again while nothing was written. */
    Tensor snapshot;

    public Cell(Storage storage, Shape base) {
        this.storage = storage;
        this.base = base;
    }

    /** The storage, made this cell's own if others still see it: to be called before every write. */
    public Storage writable() {
        if (storage.owners > 1) {
            storage.owners--;
            snapshot = null;
            copied = true;
            storage = storage.copy();
        }
        return storage;
    }
}
