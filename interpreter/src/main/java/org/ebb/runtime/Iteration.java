package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;

/** Walks over any value that can be walked over. */
public final class Iteration {

    private Iteration() {}

    /** {@code iter(value)} as a Java-side iterator, or a TypeError. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static EbbIterator iterator(Object value) {
        return switch (value) {
            case EbbIterator iterator -> iterator;
            case EbbList list -> new EbbList.Iterator(list);
            case EbbTuple tuple -> new EbbTuple.Iterator(tuple);
            case EbbRange range -> new EbbRange.Iterator(range);
            case EbbDict dict -> new DictView.Iterator(dict, DictView.Kind.KEYS, false);
            case EbbSet set -> new EbbSet.Iterator(set);
            case DictView view -> view.iterator();
            case String text -> new StringIterator(text);
            default -> special(value);
        };
    }

    private static EbbIterator special(Object value) {
        if (Foreign.is(value)) {
            return ForeignItems.iterator(value);
        }
        Object method = Types.lookup(value, "__iter__");
        if (method != null && method != EbbNone.NONE) {
            Object result = Calls.callSpecial(value, "__iter__");
            if (result instanceof EbbIterator iterator) {
                return iterator;
            }
            if (Types.lookup(result, "__next__") == null) {
                throw Errors.typeError("iter() returned non-iterator of type '" + Types.name(result) + "'");
            }
            return new UserIterator(result);
        }
        if (method == null && Types.lookup(value, "__getitem__") != null) {
            return new IndexIterator(value);
        }
        throw Errors.typeError("'" + Types.name(value) + "' object is not iterable");
    }

    public static boolean isIterable(Object value) {
        return value instanceof EbbValue && !(value instanceof EbbNone) && !(value instanceof EbbConstant) && !(value instanceof EbbBigInt)
                && !(value instanceof EbbSlice) || value instanceof String || Types.lookup(value, "__iter__") != null
                || Types.lookup(value, "__getitem__") != null;
    }

    /** {@code next(iterator)}: END when there is nothing more; TypeError for what is no iterator. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object next(Object iterator) {
        if (iterator instanceof EbbIterator own) {
            return own.next();
        }
        if (Types.lookup(iterator, "__next__") == null) {
            throw Errors.typeError("'" + Types.name(iterator) + "' object is not an iterator");
        }
        return new UserIterator(iterator).next();
    }

    /** All values of an iterable in a fresh array. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object[] toArray(Object iterable) {
        return switch (iterable) {
            case EbbList list -> list.toArray();
            case EbbTuple tuple -> tuple.items.clone();
            case EbbDict dict -> dict.keyArray();
            case EbbSet set -> set.toArray();
            case DictView view -> view.toArray();
            default -> collect(iterator(iterable));
        };
    }

    private static Object[] collect(EbbIterator items) {
        long expected = items.remaining();
        Errors.longest("list", expected);
        var all = new ArrayList<Object>(expected > 0 && expected < 1 << 24 ? (int) expected : 8);
        for (Object item = items.step(); item != EbbIterator.END; item = items.step()) {
            all.add(item);
        }
        return all.toArray();
    }

    /** All values of an iterable in a list of its own. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static EbbList toList(Object iterable) {
        return switch (iterable) {
            case EbbList list -> list.copy(0, list.size());
            case EbbRange range when range.length < Integer.MAX_VALUE - 16 -> range.toList();
            default -> new EbbList(toArray(iterable));
        };
    }

    public static EbbTuple toTuple(Object iterable) {
        return iterable instanceof EbbTuple tuple ? tuple : EbbTuple.of(toArray(iterable));
    }

    /** The characters of a string. */
    private static final class StringIterator extends EbbIterator {
        private final String text;
        private int at;

        StringIterator(String text) {
            this.text = text;
        }

        @Override
        @TruffleBoundary(transferToInterpreterOnException = false)
        public Object next() {
            if (at >= text.length()) {
                return END;
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            return Strings.ofCodePoint(c);
        }

        @Override
        public String typeName() {
            return "str_iterator";
        }
    }

    /** An object with {@code __next__}. */
    static final class UserIterator extends EbbIterator {
        private final Object object;
        private Object result = EbbNone.NONE;

        UserIterator(Object object) {
            this.object = object;
        }

        Object object() {
            return object;
        }

        @Override
        @TruffleBoundary(transferToInterpreterOnException = false)
        public Object next() {
            try {
                return Calls.callSpecial(object, "__next__");
            } catch (EbbException stop) {
                if (stop.is(Types.STOP_ITERATION)) {
                    result = Delegation.carried(stop);
                    return END;
                }
                throw stop;
            }
        }

        /** What its StopIteration carried, once it has come. */
        Object result() {
            return result;
        }

        @Override
        public String typeName() {
            return Types.name(object);
        }
    }

    /** An object with {@code __getitem__} alone: indexes from 0 until IndexError. */
    private static final class IndexIterator extends EbbIterator {
        private final Object object;
        private long index;

        IndexIterator(Object object) {
            this.object = object;
        }

        @Override
        @TruffleBoundary(transferToInterpreterOnException = false)
        public Object next() {
            if (index < 0) {
                return END;
            }
            try {
                return Calls.callSpecial(object, "__getitem__", index++);
            } catch (EbbException stop) {
                if (stop.is(Types.INDEX_ERROR) || stop.is(Types.STOP_ITERATION)) {
                    index = -1;
                    return END;
                }
                throw stop;
            }
        }

        @Override
        public String typeName() {
            return "iterator";
        }
    }
}
