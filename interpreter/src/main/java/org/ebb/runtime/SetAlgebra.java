package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** The operations on sets, each giving its elements in the order in which Python gives them. */
public final class SetAlgebra {

    private SetAlgebra() {}

    /** A set or the keys or items of a dict as a set; null for other values. */
    static EbbSet operand(Object value) {
        return switch (value) {
            case EbbSet set -> set;
            case DictView view when view.kind != DictView.Kind.VALUES -> EbbSet.of(false, view.toArray());
            default -> null;
        };
    }

    /** A set that is looked up in a set counts as a frozenset. */
    public static Object asKey(Object value) {
        return value instanceof EbbSet set && !set.frozen ? set.copy(true) : value;
    }

    /** Any iterable as a set. */
    @TruffleBoundary
    public static EbbSet from(Object iterable, boolean frozen) {
        EbbSet set = new EbbSet(frozen);
        addAll(set, iterable);
        return set;
    }

    @TruffleBoundary
    public static void addAll(EbbSet set, Object iterable) {
        switch (EbbObject.unwrap(iterable)) {
            case EbbSet other -> set.addAll(other);
            case EbbDict dict -> set.addAll(dict);
            default -> {
                EbbIterator items = Iteration.iterator(iterable);
                for (Object item = items.step(); item != EbbIterator.END; item = items.step()) {
                    set.add(item);
                }
            }
        }
    }

    @TruffleBoundary
    public static EbbSet union(EbbSet a, EbbSet b, boolean frozen) {
        EbbSet result = a.copy(frozen);
        result.addAll(b);
        return result;
    }

    @TruffleBoundary
    public static EbbSet intersection(EbbSet a, EbbSet b, boolean frozen) {
        EbbSet small = b.size() > a.size() ? a : b;
        EbbSet large = small == a ? b : a;
        EbbSet result = new EbbSet(frozen);
        for (Object item : small.toArray()) {
            if (large.contains(item)) {
                result.add(item);
            }
        }
        return result;
    }

    @TruffleBoundary
    public static EbbSet difference(EbbSet a, EbbSet b, boolean frozen) {
        if (a.size() >> 2 > b.size()) {
            EbbSet result = a.copy(frozen);
            remove(result, b.toArray());
            return result;
        }
        EbbSet result = new EbbSet(frozen);
        for (Object item : a.toArray()) {
            if (!b.contains(item)) {
                result.add(item);
            }
        }
        return result;
    }

    @TruffleBoundary
    public static EbbSet symmetricDifference(EbbSet a, EbbSet b, boolean frozen) {
        EbbSet result = b.copy(frozen);
        toggle(result, a);
        return result;
    }

    static void remove(EbbSet set, Object[] items) {
        for (Object item : items) {
            set.remove(item);
        }
    }

    @TruffleBoundary
    public static void toggle(EbbSet set, EbbSet other) {
        for (Object item : other.toArray()) {
            if (!set.remove(item)) {
                set.add(item);
            }
        }
    }

    @TruffleBoundary
    public static boolean isSubset(EbbSet a, EbbSet b) {
        if (a.size() > b.size()) {
            return false;
        }
        for (Object item : a.toArray()) {
            if (!b.contains(item)) {
                return false;
            }
        }
        return true;
    }

    @TruffleBoundary
    public static boolean isDisjoint(EbbSet a, EbbSet b) {
        EbbSet small = a.size() <= b.size() ? a : b;
        EbbSet large = small == a ? b : a;
        for (Object item : small.toArray()) {
            if (large.contains(item)) {
                return false;
            }
        }
        return true;
    }
}
