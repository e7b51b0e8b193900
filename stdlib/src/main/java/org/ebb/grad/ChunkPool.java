package org.ebb.grad;

import java.util.ArrayList;
import java.util.List;

/**
 * Room for entries: chunks that grow with their recording, each a quarter of what it holds already, so that little stands empty; and
 * chunks of recordings that are over, to be used again.
 */
final class ChunkPool {

    private static final int FIRST = 64;
    /** How many entries the kept chunks may have together: about 120 MB, or an eighth of a small heap. */
    private static final long KEPT = Math.min(1 << 22, Runtime.getRuntime().maxMemory() / 8 / Chunk.BYTES);

    /**
     * From this size on a chunk has {@link #HEADER} entries less, so that its arrays with their headers are a power of two: Java's usual
     * collector rounds large arrays up to whole regions, and a little more than a power of two may cost half as much again.
     */
    private static final int LARGE = 1 << 16;

    /** An array's header has 16 bytes: so many of the smallest elements. */
    private static final int HEADER = 4;

    private static final int LARGEST = (int) Math.min(1 << 21, Long.highestOneBit(KEPT));

    /** By the logarithm of their size. */
    private final List<List<Chunk>> chunks = new ArrayList<>();
    private long kept;

    /** How many entries recordings had lately, rounded down to a power of two: the next one gets so many in one piece. */
    private int usual = FIRST;

    /** The first chunk of a recording. */
    Chunk first() {
        return take(usual);
    }

    /** The next chunk of a recording that holds so many entries. */
    Chunk after(long size) {
        return take((int) Math.clamp(Long.highestOneBit(Math.max(1, size / 4)), FIRST, LARGEST));
    }

    private Chunk take(int size) {
        int level = level(size);
        if (level < chunks.size() && !chunks.get(level).isEmpty()) {
            Chunk again = chunks.get(level).removeLast();
            kept -= again.capacity();
            return again;
        }
        return new Chunk(size < LARGE ? size : size - HEADER);
    }

    /** Takes a chunk back that no entry needs any more. */
    void give(Chunk chunk) {
        chunk.clear();
        int level = level(chunk.capacity());
        while (chunks.size() <= level) {
            chunks.add(new ArrayList<>());
        }
        if (kept + chunk.capacity() <= KEPT) {
            kept += chunk.capacity();
            chunks.get(level).add(chunk);
        }
    }

    /** Forgets all chunks that are kept. */
    void clear() {
        chunks.clear();
        kept = 0;
        usual = FIRST;
    }

    /** Follows the size of recordings up at once and down slowly. */
    void learn(long size) {
        int needed = (int) Math.clamp(Long.highestOneBit(Math.max(1, size)), FIRST, LARGEST);
        usual = Math.max(needed, usual / 2);
    }

    private static int level(int capacity) {
        return 31 - Integer.numberOfLeadingZeros((capacity + HEADER) / FIRST);
    }
}
