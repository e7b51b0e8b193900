package org.ebb.grad;

/**
 * What stands for a tensor entry where a {@link Payload} would be more than it needs: its site and its two parents lie in the chunk's arrays,
 * as with scalar entries.
 */
sealed interface Compact permits Element, Alike, Total {

    /** The entry in the form that others have. */
    Payload payload(Chunk chunk, int k, Sites sites);
}
