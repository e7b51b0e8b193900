package org.ebb.builtins;

import java.util.Arrays;
import java.util.Comparator;
import org.ebb.kernel.Poll;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Strings;

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
        if (sortKnown(items, keys, reverse)) {
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

    private record Keyed(Object key, Object item) {}

    /** Keys that are all small ints, all floats without a NaN or all strings have an order that Java knows. */
    private static boolean sortKnown(Object[] items, Object[] keys, boolean reverse) {
        Comparator<Object> known = order(keys);
        if (known == null) {
            return false;
        }
        Comparator<Object> order = reverse ? known.reversed() : known;
        if (keys == items) {
            Arrays.sort(items, order);
            return true;
        }
        Keyed[] pairs = new Keyed[items.length];
        for (int i = 0; i < items.length; i++) {
            pairs[i] = new Keyed(keys[i], items[i]);
        }
        Arrays.sort(pairs, (a, b) -> order.compare(a.key, b.key));
        for (int i = 0; i < items.length; i++) {
            items[i] = pairs[i].item;
        }
        return true;
    }

    private static Comparator<Object> order(Object[] keys) {
        Class<?> type = keys.length == 0 ? Void.class : keys[0].getClass();
        for (Object key : keys) {
            if (key.getClass() != type || key instanceof Double d && d.isNaN()) {
                return null;
            }
        }
        if (type == Long.class) {
            return (a, b) -> polled(Long.compare((Long) a, (Long) b));
        } else if (type == Double.class) {
            return (a, b) -> polled((double) a < (double) b ? -1 : (double) a > (double) b ? 1 : 0); // -0.0 is 0.0
        } else if (type == String.class) {
            return (a, b) -> polled(Strings.compare((String) a, (String) b));
        }
        return null;
    }

    /** A comparison, at which sorting can be stopped. */
    private static int polled(int order) {
        Poll.now();
        return order;
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
