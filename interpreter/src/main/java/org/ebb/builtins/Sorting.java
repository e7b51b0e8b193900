package org.ebb.builtins;

import java.util.Arrays;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbNone;

/** Stable sorting by {@code <} alone: a merge sort, since Java's own demands an order that programs need not give. */
final class Sorting {

    private static final int SMALL = 16;

    private Sorting() {}

    static void sort(Object[] items, Object key, boolean reverse) {
        Object[] keys = items;
        if (key != EbbNone.NONE) {
            keys = new Object[items.length];
            for (int i = 0; i < items.length; i++) {
                keys[i] = Calls.call(key, items[i]);
            }
        }
        if (sortNumbers(items, keys, reverse)) {
            return;
        }
        int n = items.length;
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = reverse ? n - 1 - i : i; // reversed before and after, equal items keep their order
        }
        sort(order, new int[n], 0, n, keys);
        Object[] sorted = new Object[n];
        for (int i = 0; i < n; i++) {
            sorted[reverse ? n - 1 - i : i] = items[order[i]];
        }
        System.arraycopy(sorted, 0, items, 0, n);
    }

    /** Rows that are all small ints or all strings have an order that Java knows. */
    private static boolean sortNumbers(Object[] items, Object[] keys, boolean reverse) {
        if (keys != items || reverse) {
            return false;
        }
        for (Object key : keys) {
            if (!(key instanceof Long)) {
                return false;
            }
        }
        Arrays.sort(items);
        return true;
    }

    private static void sort(int[] order, int[] spare, int from, int to, Object[] keys) {
        if (to - from <= SMALL) {
            insert(order, from, to, keys);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, spare, from, middle, keys);
        sort(order, spare, middle, to, keys);
        if (!Compare.less(keys[order[middle]], keys[order[middle - 1]])) {
            return;
        }
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        for (int at = from; left < middle; at++) {
            order[at] = right < to && Compare.less(keys[order[right]], keys[spare[left]]) ? order[right++] : spare[left++];
        }
    }

    private static void insert(int[] order, int from, int to, Object[] keys) {
        for (int i = from + 1; i < to; i++) {
            int moved = order[i];
            int low = from;
            int high = i;
            if (!Compare.less(keys[moved], keys[order[i - 1]])) {
                continue;
            }
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Compare.less(keys[moved], keys[order[middle]])) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            System.arraycopy(order, low, order, low + 1, i - low);
            order[low] = moved;
        }
    }
}
