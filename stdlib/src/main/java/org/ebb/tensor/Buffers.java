package org.ebb.tensor;

/**
 * Elements that nobody holds any more, to be used again by sweeps: arrays fresh from the heap have to be cleared and are in no cache.
 * Small arrays are not worth the look-up.
 */
public final class Buffers {

    private static final int SMALLEST = 128;

    /** How many bytes are kept at most: a small part of the heap. */
    private static final long MOST = Math.clamp(1L << 26, Runtime.getRuntime().maxMemory() / 16, Runtime.getRuntime().maxMemory() / 8);

    /** One kind of array for each slot: the latest that was given. */
    private static final int SLOTS = 64;

    /** Arrays of one length that are kept. */
    private static final int DEPTH = 32;

    private final Storage[][] stacks = new Storage[SLOTS][DEPTH];
    private final int[] counts = new int[SLOTS];
    private final long[] kinds = new long[SLOTS];
    private long kept;

    /** Elements of any content. */
    public Storage take(DType dtype, long n) {
        if (n < SMALLEST || !isKept(dtype)) {
            return Storage.any(dtype, n);
        }
        long kind = kind(dtype, n);
        int slot = slot(kind);
        if (kinds[slot] != kind || counts[slot] == 0) {
            return Storage.any(dtype, n);
        }
        int top = --counts[slot];
        Storage taken = stacks[slot][top];
        stacks[slot][top] = null;
        kept -= n * dtype.bytes;
        return taken;
    }

    /** Elements that are all 0. */
    public Storage zeros(DType dtype, long n) {
        Storage taken = take(dtype, n);
        if (n >= SMALLEST) {
            switch (taken) {
                case Storage.Floats f -> java.util.Arrays.fill(f.array, 0);
                case Storage.Doubles d -> java.util.Arrays.fill(d.array, 0);
                default -> {}
            }
        }
        return taken;
    }

    /** Takes elements back of which the caller was the only owner. */
    public void give(Storage elements) {
        long n = elements.length();
        DType dtype = elements.dtype();
        if (n < SMALLEST || !isKept(dtype) || elements.owners != 1) {
            return;
        }
        if (!isRoomFor(dtype, n)) {
            return;
        }
        long bytes = n * dtype.bytes;
        if (kept + bytes > MOST) {
            clear();
        }
        long kind = kind(dtype, n);
        int slot = slot(kind);
        if (kinds[slot] != kind) {
            drop(slot);
            kinds[slot] = kind;
        }
        if (counts[slot] < DEPTH) {
            stacks[slot][counts[slot]++] = elements;
            kept += bytes;
        }
    }

    /** May so many elements be kept at all? */
    public boolean isRoomFor(DType dtype, long n) {
        return n * dtype.bytes <= MOST;
    }

    private static boolean isKept(DType dtype) {
        return dtype == DType.FLOAT32 || dtype == DType.FLOAT64;
    }

    private static long kind(DType dtype, long n) {
        return n << 1 | (dtype == DType.FLOAT64 ? 1 : 0);
    }

    private static int slot(long kind) {
        return (int) (kind * 0x9e3779b97f4a7c15L >>> 58);
    }

    private void drop(int slot) {
        for (int k = 0; k < counts[slot]; k++) {
            kept -= stacks[slot][k].length() * stacks[slot][k].dtype().bytes;
            stacks[slot][k] = null;
        }
        counts[slot] = 0;
    }

    /** Forgets all that is kept. */
    public void clear() {
        for (int slot = 0; slot < SLOTS; slot++) {
            drop(slot);
        }
    }
}
