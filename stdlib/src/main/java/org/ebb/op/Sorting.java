package org.ebb.op;

import java.util.Arrays;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Poll;
import org.ebb.tensor.Storage;

/** The order of elements: stable, zeros of both signs equal, every nan the largest. */
final class Sorting {

    /** Up to here the library's sort is quick enough to go without looking up. */
    private static final int LONG = 1 << 20;

    /** Runs that are sorted by insertion. */
    private static final int RUN = 8;

    private Sorting() {}

    /** The places of n elements in rising order. */
    static int[] order(Storage in, int from, int n) {
        return switch (in) {
            case Storage.Floats f when n <= LONG -> {
                long[] keys = new long[n];
                for (int i = 0; i < n; i++) {
                    keys[i] = (long) key(f.array[from + i]) << 32 | i;
                }
                Arrays.sort(keys);
                int[] order = new int[n];
                for (int i = 0; i < n; i++) {
                    order[i] = (int) keys[i];
                }
                yield order;
            }
            default -> {
                long[] keys = new long[n];
                boolean whole = !in.dtype().isFloat();
                var glance = new Glance();
                for (int i = 0; i < n; i++) {
                    glance.step();
                    keys[i] = whole ? in.getLong(from + i) : key(in.getDouble(from + i));
                }
                yield merged(keys);
            }
        };
    }

    /** A number that is in order among integers as x is among floats; adding 0 makes -0 a 0. */
    private static int key(float x) {
        int bits = Float.floatToIntBits(x + 0f);
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    private static long key(double x) {
        long bits = Double.doubleToLongBits(x + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    /** Sorts by merging, keys and places side by side. */
    private static int[] merged(long[] keys) {
        int n = keys.length;
        int[] places = new int[n];
        for (int i = 0; i < n; i++) {
            places[i] = i;
        }
        var glance = new Glance();
        for (int start = 0; start < n; start += RUN) {
            glance.steps(4 * RUN);
            insert(keys, places, start, Math.min(start + RUN, n));
        }
        long[] otherKeys = n > RUN ? new long[n] : null;
        int[] otherPlaces = n > RUN ? new int[n] : null;
        for (int width = RUN; width < n && width > 0; width *= 2) {
            for (int start = 0; start < n; ) {
                int middle = (int) Math.min((long) start + width, n);
                int end = (int) Math.min((long) middle + width, n);
                merge(keys, places, start, middle, end, otherKeys, otherPlaces);
                start = end;
            }
            long[] k = keys;
            keys = otherKeys;
            otherKeys = k;
            int[] p = places;
            places = otherPlaces;
            otherPlaces = p;
        }
        return places;
    }

    private static void insert(long[] keys, int[] places, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            long key = keys[i];
            int place = places[i];
            int j = i;
            for (; j > start && keys[j - 1] > key; j--) {
                keys[j] = keys[j - 1];
                places[j] = places[j - 1];
            }
            keys[j] = key;
            places[j] = place;
        }
    }

    private static void merge(long[] keys, int[] places, int start, int middle, int end, long[] toKeys, int[] toPlaces) {
        int left = start;
        int right = middle;
        for (int to = start; to < end; to++) {
            if ((to & 0xfffff) == 0) {
                Poll.now();
            }
            int from = left < middle && (right == end || keys[left] <= keys[right]) ? left++ : right++;
            toKeys[to] = keys[from];
            toPlaces[to] = places[from];
        }
    }
}
