package org.ebb.kernel;

import java.util.Arrays;

/** Sorts many whole numbers: Java sorts parts of them, which are then merged, so that one can look up all the time. */
public final class LongSort {

    /** Up to here Java is quick enough to go without looking up, even before its code is compiled. */
    public static final int LONG = 1 << 17;

    private LongSort() {}

    /** Sorts the first {@code size} numbers. When looking up throws, they are all there, in some order. */
    public static void sort(long[] all, int size) {
        for (int from = 0; from < size; from += LONG) {
            if (from > 0) {
                Poll.now();
            }
            Arrays.sort(all, from, Math.min(size, from + LONG));
            if (size - from <= LONG) {
                break;
            }
        }
        if (size <= LONG) {
            return;
        }
        long[] from = Arrays.copyOf(all, size);
        long[] to = new long[size];
        for (long width = LONG; width < size; width *= 2) {
            for (long start = 0; start < size; start += 2 * width) {
                merge(from, (int) start, (int) Math.min(start + width, size), (int) Math.min(start + 2 * width, size), to);
            }
            long[] other = from;
            from = to;
            to = other;
        }
        System.arraycopy(from, 0, all, 0, size);
    }

    private static void merge(long[] from, int start, int middle, int end, long[] to) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            if ((at & 0xfffff) == 0) {
                Poll.now();
            }
            to[at] = left < middle && (right == end || from[left] <= from[right]) ? from[left++] : from[right++];
        }
    }
}
