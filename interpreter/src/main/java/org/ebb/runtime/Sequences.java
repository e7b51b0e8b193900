package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Memory;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** Length, subscripts, membership, concatenation and repetition of any value. */
public final class Sequences {

    private Sequences() {}

    static boolean isSequence(Object value) {
        return value instanceof String || value instanceof EbbList || value instanceof EbbTuple;
    }

    /** {@code a + b} of two sequences of one kind, or null. */
    static Object concatenate(Object a, Object b) {
        return switch (a) {
            case String x when b instanceof String y -> Strings.held(x.concat(y));
            case EbbList x when b instanceof EbbList y -> {
                EbbList all = x.copy(0, x.size());
                all.addAll(y);
                yield all;
            }
            case EbbTuple x when b instanceof EbbTuple y -> EbbTuple.of(join(x.items, y.items));
            default -> null;
        };
    }

    private static Object[] join(Object[] a, Object[] b) {
        Object[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    static Object repeat(Object sequence, Object count) {
        if (count instanceof EbbBigInt) {
            throw Errors.overflow("cannot fit 'int' into an index-sized integer");
        }
        long times = Math.max(0, Integers.small(count));
        long length = Math.multiplyHigh(times, lengthOf(sequence)) != 0 ? Long.MAX_VALUE : times * lengthOf(sequence);
        Errors.longest(Types.name(sequence), length < 0 ? Long.MAX_VALUE : length);
        return switch (sequence) {
            case String s -> Strings.repeat(s, s.isEmpty() ? 0 : (int) times);
            case EbbList list -> list.repeat((int) length);
            case EbbTuple tuple -> EbbTuple.of(repeat(tuple.items, (int) length));
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object[] repeat(Object[] items, int length) {
        Memory.claim(4L * length);
        Object[] all = new Object[length];
        EbbList.repeat(items, all, items.length, length);
        return all;
    }

    private static int lengthOf(Object sequence) {
        return switch (sequence) {
            case String s -> s.length();
            case EbbList list -> list.size();
            case EbbTuple tuple -> tuple.size();
            default -> 0;
        };
    }

    /** {@code len(value)}. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static long length(Object value) {
        return switch (value) {
            case String s -> Strings.length(s);
            case EbbList list -> list.size();
            case EbbTuple tuple -> tuple.size();
            case EbbDict dict -> dict.size();
            case EbbSet set -> set.size();
            case EbbRange range -> range.length;
            case DictView view -> view.dict.size();
            default -> specialLength(value);
        };
    }

    private static long specialLength(Object value) {
        if (Foreign.is(value)) {
            return ForeignItems.length(value);
        }
        Object result = Calls.callSpecial(value, "__len__");
        if (result == null) {
            throw Errors.typeError("object of type '" + Types.name(value) + "' has no len()");
        }
        Object length = Numbers.requireIndex(result);
        if (Integers.sign(length) < 0) {
            throw Errors.valueError("__len__() should return >= 0");
        }
        if (!(length instanceof Long l)) {
            throw Errors.overflow("cannot fit 'int' into an index-sized integer");
        }
        return l;
    }

    /** The place an index means in a sequence of some length, or IndexError with the message. */
    static int place(Object index, int length, String outOfRange) {
        int at = Integers.clamp(index);
        int place = at < 0 ? at + length : at;
        if (place < 0 || place >= length) {
            throw Errors.indexError(outOfRange);
        }
        return place;
    }

    private static Object needIndex(Object key, String kind) {
        Object index = Numbers.asIndex(key);
        if (index == null) {
            throw Errors.typeError(kind + " indices must be integers or slices, not " + Types.name(key));
        }
        return index;
    }

    /** {@code object[key]}. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object getItem(Object object, Object key) {
        return switch (object) {
            case EbbDict dict -> Dicts.getItem(dict, key);
            case EbbList list -> key instanceof EbbSlice slice ? slice(list, slice)
                    : list.get(place(needIndex(key, "list"), list.size(), "list index out of range"));
            case EbbTuple tuple -> key instanceof EbbSlice slice ? slice(tuple, slice)
                    : tuple.get(place(needIndex(key, "tuple"), tuple.size(), "tuple index out of range"));
            case String text -> stringItem(text, key);
            case EbbRange range -> rangeItem(range, key);
            case Value value when Tensors.isTensor(value) -> TensorItems.get(value, key);
            default -> specialItem(object, key);
        };
    }

    private static Object stringItem(String text, Object key) {
        if (key instanceof EbbSlice slice) {
            return Strings.slice(text, slice);
        }
        Object index = Numbers.asIndex(key);
        if (index == null) {
            throw Errors.typeError("string indices must be integers, not '" + Types.name(key) + "'");
        }
        return Strings.at(text, place(index, Strings.length(text), "string index out of range"));
    }

    private static Object rangeItem(EbbRange range, Object key) {
        if (key instanceof EbbSlice slice) {
            return range.slice(slice);
        }
        long at = Integers.clampLong(needIndex(key, "range"));
        long place = at < 0 ? at + range.length : at;
        if (place < 0 || place >= range.length) {
            throw Errors.indexError("range object index out of range");
        }
        return range.get(place);
    }

    /** A subclass of dict that leaves lookup to dict may say what a missing key gives. */
    private static Object missing(EbbObject object, EbbDict dict, Object key) {
        Object value = dict.get(key);
        return value != null ? value : Calls.callSpecial(object, "__missing__", key);
    }

    private static Object specialItem(Object object, Object key) {
        if (Foreign.is(object)) {
            return ForeignItems.get(object, key);
        }
        if (object instanceof EbbObject own && own.payload instanceof EbbDict dict && Types.lookup(own, "__getitem__") instanceof EbbBuiltin) {
            Object found = missing(own, dict, key);
            if (found != null) {
                return found;
            }
        }
        Object result = Calls.callSpecial(object, "__getitem__", key);
        if (result != null) {
            return result;
        }
        if (object instanceof EbbClass type) {
            Object classItem = Attributes.findPlain(type, "__class_getitem__");
            if (classItem == null && !Classes.hasItems(type)) {
                throw Errors.typeError("type '" + type.name + "' is not subscriptable");
            }
            // list[int] in an annotation is the class itself: annotations mean nothing at run time
            return classItem == null ? type : Calls.call(classItem, key);
        }
        throw Errors.typeError("'" + Types.name(object) + "' object is not subscriptable");
    }

    /** {@code object[key] = value}. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static void setItem(Object object, Object key, Object value) {
        switch (object) {
            case EbbDict dict -> dict.put(key, value);
            case EbbList list -> {
                if (key instanceof EbbSlice slice) {
                    assignSlice(list, slice, value);
                } else {
                    list.set(place(needIndex(key, "list"), list.size(), "list assignment index out of range"), value);
                }
            }
            case Value target when Tensors.isTensor(target) -> TensorItems.set(target, key, value);
            default -> {
                if (Foreign.is(object)) {
                    ForeignItems.set(object, key, value);
                } else if (Calls.callSpecial(object, "__setitem__", key, value) == null) {
                    throw Errors.typeError("'" + Types.name(object) + "' object does not support item assignment");
                }
            }
        }
    }

    /** {@code del object[key]}. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static void deleteItem(Object object, Object key) {
        switch (object) {
            case EbbDict dict -> {
                if (dict.remove(key) == null) {
                    throw Errors.keyError(key);
                }
            }
            case EbbList list -> {
                if (key instanceof EbbSlice slice) {
                    deleteSlice(list, slice);
                } else {
                    list.remove(place(needIndex(key, "list"), list.size(), "list assignment index out of range"));
                }
            }
            default -> {
                if (Calls.callSpecial(object, "__delitem__", key) == null) {
                    throw Errors.typeError("'" + Types.name(object) + "' object doesn't support item deletion");
                }
            }
        }
    }

    private static EbbList slice(EbbList list, EbbSlice slice) {
        EbbSlice.Places places = slice.places(list.size());
        return places.step() == 1 ? list.copy(places.start(), places.start() + places.count())
                : list.copy(places.start(), places.step(), places.count());
    }

    private static EbbTuple slice(EbbTuple tuple, EbbSlice slice) {
        EbbSlice.Places places = slice.places(tuple.size());
        if (places.count() == tuple.size() && places.step() == 1) {
            return tuple;
        }
        Object[] picked = new Object[places.count()];
        for (int i = 0, at = places.start(); i < picked.length; i++, at += places.step()) {
            picked[i] = tuple.get(at);
        }
        return EbbTuple.of(picked);
    }

    private static void assignSlice(EbbList list, EbbSlice slice, Object value) {
        if (!Iteration.isIterable(value)) {
            throw Errors.typeError(slice.step == EbbNone.NONE ? "can only assign an iterable" : "must assign iterable to extended slice");
        }
        EbbList values = value instanceof EbbList other && other != list ? other : Iteration.toList(value);
        EbbSlice.Places places = slice.places(list.size());
        if (places.step() == 1) {
            list.replace(places.start(), Math.max(places.start(), places.stop()), values);
            return;
        }
        if (values.size() != places.count()) {
            throw Errors.valueError("attempt to assign sequence of size " + values.size() + " to extended slice of size " + places.count());
        }
        for (int i = 0, at = places.start(); i < values.size(); i++, at += places.step()) {
            list.set(at, values.get(i));
        }
    }

    private static void deleteSlice(EbbList list, EbbSlice slice) {
        EbbSlice.Places places = slice.places(list.size());
        if (places.count() == 0) {
            return;
        }
        int last = places.start() + (places.count() - 1) * places.step();
        int from = Math.min(places.start(), last);
        int to = Math.max(places.start(), last);
        int step = Math.abs(places.step());
        Object[] kept = new Object[to - from + 1 - places.count()];
        int n = 0;
        var glance = new Glance();
        for (int at = from; at <= to; at++) {
            glance.step();
            if ((at - from) % step != 0) {
                kept[n++] = list.get(at);
            }
        }
        list.replace(from, to + 1, kept, n);
    }

    /** {@code value in container}. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static boolean contains(Object container, Object value) {
        return switch (container) {
            case EbbDict dict -> dict.contains(value);
            case EbbSet set -> set.contains(SetAlgebra.asKey(value));
            case EbbList list -> indexOf(list, value, 0, list.size()) >= 0;
            case EbbTuple tuple -> indexOf(tuple.items, value) >= 0;
            case String text -> {
                if (!(EbbObject.unwrap(value) instanceof String part)) {
                    throw Errors.typeError("'in <string>' requires string as left operand, not " + Types.name(value));
                }
                yield Strings.find(text, part, 0, text.length()) >= 0;
            }
            case EbbRange range -> inRange(range, value);
            case DictView view -> view.contains(value);
            default -> specialContains(container, value);
        };
    }

    private static boolean specialContains(Object container, Object value) {
        Object result;
        try {
            result = Calls.callSpecial(container, "__contains__", value);
        } catch (TensorException refusal) {
            throw Errors.from(refusal);
        }
        if (result != null) {
            return Truth.of(result);
        }
        if (!(container instanceof EbbIterator) && Types.lookup(container, "__iter__") == null
                && Types.lookup(container, "__getitem__") == null) {
            throw Errors.typeError("argument of type '" + Types.name(container) + "' is not iterable");
        }
        EbbIterator items = Iteration.iterator(container);
        for (Object item = items.step(); item != EbbIterator.END; item = items.step()) {
            if (Compare.same(item, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inRange(EbbRange range, Object value) {
        Object plain = Numbers.plain(value);
        if (Integers.isInt(plain)) {
            return !(plain instanceof EbbBigInt) && range.contains(Integers.small(plain));
        }
        return plain instanceof Double d && d == Math.rint(d) && Math.abs(d) < 9e18 && range.contains((long) (double) d);
    }

    /** Where an equal element stands, or -1. */
    @TruffleBoundary
    public static int indexOf(EbbList list, Object value, int from, int to) {
        var glance = new Glance();
        for (int i = from; i < Math.min(to, list.size()); i++) {
            glance.step();
            if (Compare.same(list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    @TruffleBoundary
    public static int indexOf(Object[] items, Object value) {
        var glance = new Glance();
        for (int i = 0; i < items.length; i++) {
            glance.step();
            if (Compare.same(items[i], value)) {
                return i;
            }
        }
        return -1;
    }
}
