package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.interop.InvalidBufferOffsetException;
import com.oracle.truffle.api.interop.StopIterationException;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnknownKeyException;

/** The elements, entries and members of what the host or another language handed in, with the manners of lists and dicts. */
public final class ForeignItems {

    private ForeignItems() {}

    /** What is done to a foreign object; its refusals become errors of Ebb. */
    private interface Access<T> {
        T with(InteropLibrary interop) throws InteropException;
    }

    private static <T> T access(Object object, Object key, Access<T> access) {
        try {
            return access.with(InteropLibrary.getUncached(object));
        } catch (InvalidArrayIndexException | InvalidBufferOffsetException outside) {
            throw Errors.indexError("index out of range: " + Text.repr(key));
        } catch (UnknownKeyException unknown) {
            throw Errors.keyError(key);
        } catch (UnknownIdentifierException unknown) {
            throw Errors.attributeError("'" + Types.name(object) + "' object has no attribute '" + unknown.getUnknownIdentifier() + "'");
        } catch (InteropException refusal) {
            throw Foreign.error(refusal);
        }
    }

    /** {@code len(object)}: of an array, a map or a buffer, or what its member {@code size} says. */
    @TruffleBoundary
    public static long length(Object object) {
        return access(object, null, interop -> {
            if (interop.hasArrayElements(object)) {
                return interop.getArraySize(object);
            } else if (interop.hasHashEntries(object)) {
                return interop.getHashSize(object);
            } else if (interop.hasBufferElements(object)) {
                return interop.getBufferSize(object);
            }
            Object size = interop.isMemberInvocable(object, "size") ? interop.invokeMember(object, "size")
                    : interop.isMemberReadable(object, "size") ? interop.readMember(object, "size") : null;
            if (size != null && Foreign.in(size) instanceof Long number) {
                return number;
            }
            throw Errors.typeError("object of type '" + Types.name(object) + "' has no len()");
        });
    }

    /** {@code object[key]}: an element or, by a slice, a list of them; the value of a key; a byte; or a member. */
    @TruffleBoundary
    public static Object get(Object object, Object key) {
        return access(object, key, interop -> {
            if (interop.hasHashEntries(object)) {
                return Foreign.in(interop.readHashValue(object, key(object, key)));
            }
            boolean array = interop.hasArrayElements(object);
            if (key instanceof EbbSlice slice && (array || interop.hasBufferElements(object))) {
                EbbList all = new EbbList(Iteration.toArray(object));
                return Sequences.getItem(all, slice);
            }
            Object index = Numbers.asIndex(key);
            if (index != null && (array || interop.hasBufferElements(object))) {
                long at = place(object, index);
                return array ? Foreign.in(interop.readArrayElement(object, at)) : (Object) (interop.readBufferByte(object, at) & 0xffL);
            }
            if (key instanceof String name && interop.isMemberReadable(object, name)) {
                return Foreign.in(interop.readMember(object, name));
            }
            throw array ? Errors.typeError(Types.name(object) + " indices must be integers or slices, not " + Types.name(key))
                    : interop.hasMembers(object) && key instanceof String ? Errors.keyError(key)
                    : Errors.typeError("'" + Types.name(object) + "' object is not subscriptable");
        });
    }

    @TruffleBoundary
    public static void set(Object object, Object key, Object value) {
        access(object, key, interop -> {
            Object index = Numbers.asIndex(key);
            if (interop.hasHashEntries(object)) {
                interop.writeHashEntry(object, key(object, key), Foreign.give(value));
            } else if (interop.hasArrayElements(object) && index != null) {
                interop.writeArrayElement(object, inside(object, index), Foreign.give(value));
            } else if (interop.hasBufferElements(object) && index != null) {
                interop.writeBufferByte(object, inside(object, index), (byte) Numbers.requireSmall(value));
            } else if (key instanceof String name && interop.hasMembers(object)) {
                interop.writeMember(object, name, Foreign.give(value));
            } else {
                throw Errors.typeError("'" + Types.name(object) + "' object does not support item assignment with " + Types.name(key));
            }
            return null;
        });
    }

    @TruffleBoundary
    public static void delete(Object object, Object key) {
        access(object, key, interop -> {
            Object index = Numbers.asIndex(key);
            if (interop.hasHashEntries(object)) {
                interop.removeHashEntry(object, key(object, key));
            } else if (interop.hasArrayElements(object) && index != null) {
                interop.removeArrayElement(object, inside(object, index));
            } else if (key instanceof String name && interop.hasMembers(object)) {
                interop.removeMember(object, name);
            } else {
                throw Errors.typeError("'" + Types.name(object) + "' object does not support item deletion");
            }
            return null;
        });
    }

    /** Is this a key of a map? */
    @TruffleBoundary
    public static boolean hasKey(Object map, Object key) {
        return InteropLibrary.getUncached(map).isHashEntryReadable(map, key(map, key));
    }

    /** Adds an element at the end of an array that can grow. */
    @TruffleBoundary
    public static void append(Object array, Object value) {
        access(array, null, interop -> {
            interop.writeArrayElement(array, interop.getArraySize(array), Foreign.give(value));
            return null;
        });
    }

    private static long place(Object object, Object index) {
        long at = Integers.clampLong(index);
        return at < 0 ? at + length(object) : at;
    }

    /** A place that is there: some arrays grow when they are written behind their end. */
    private static long inside(Object object, Object index) {
        long at = place(object, index);
        if (at < 0 || at >= length(object)) {
            throw Errors.indexError("index out of range: " + Text.repr(index));
        }
        return at;
    }

    /** An int as the map has it: small ones are Integers in most maps of a host, and Longs in some. */
    private static Object key(Object map, Object key) {
        Object given = Foreign.give(key);
        return given instanceof Integer && !InteropLibrary.getUncached(map).isHashEntryExisting(map, given)
                && InteropLibrary.getUncached(map).isHashEntryExisting(map, key) ? key : given;
    }

    /** {@code iter(object)}; a TypeError for what cannot be walked over. */
    @TruffleBoundary
    public static EbbIterator iterator(Object object) {
        var interop = InteropLibrary.getUncached(object);
        if (!interop.isIterator(object) && !interop.hasHashEntries(object) && (interop.hasArrayElements(object) || interop.hasBufferElements(object))
                && !(interop.hasIterator(object) && !interop.hasArrayElements(object))) {
            long[] next = {0};
            return EbbIterator.of("foreign_iterator", () -> next[0] < length(object) ? get(object, next[0]++) : EbbIterator.END);
        }
        Object walk = access(object, null, it -> it.isIterator(object) ? object : it.hasHashEntries(object) ? it.getHashKeysIterator(object)
                : it.hasIterator(object) ? it.getIterator(object) : null);
        if (walk == null) {
            throw Errors.typeError("'" + Types.name(object) + "' object is not iterable");
        }
        return EbbIterator.of("foreign_iterator", () -> access(object, null, it -> {
            try {
                return Foreign.in(InteropLibrary.getUncached(walk).getIteratorNextElement(walk));
            } catch (StopIterationException end) {
                return EbbIterator.END;
            }
        }));
    }

    /** A foreign array or map as a list or dict of Ebb's; any other value as it is. */
    @TruffleBoundary
    public static Object copy(Object value) {
        if (!Foreign.is(value)) {
            return value;
        }
        EbbClass type = Types.of(value);
        if (type == Types.FOREIGN_LIST) {
            return new EbbList(Iteration.toArray(value));
        }
        if (type != Types.FOREIGN_DICT) {
            return value;
        }
        EbbDict all = new EbbDict();
        for (Object key : Iteration.toArray(value)) {
            all.put(key, get(value, key));
        }
        return all;
    }

    /** The text that the object's own language gives it. */
    @TruffleBoundary
    public static String text(Object object) {
        var interop = InteropLibrary.getUncached();
        return access(object, null, it -> interop.asString(writesItself(object, it) ? it.invokeMember(object, "toString")
                : interop.toDisplayString(object)));
    }

    /** Truffle would call {@code toString} as well, but does not expect it to throw. */
    private static boolean writesItself(Object object, InteropLibrary interop) {
        var env = EbbContext.get(null).env();
        return env.isHostObject(object) && !interop.isMetaObject(object) && !env.asHostObject(object).getClass().isArray()
                && interop.isMemberInvocable(object, "toString");
    }

    /** What an exception says, or nothing. */
    @TruffleBoundary
    public static String message(Object exception) {
        var interop = InteropLibrary.getUncached();
        return access(exception, null, it -> it.hasExceptionMessage(exception) ? interop.asString(it.getExceptionMessage(exception)) : "");
    }

    /** The name of its type in the object's own language, or Ebb's for it. */
    @TruffleBoundary
    public static String typeName(Object object) {
        var interop = InteropLibrary.getUncached();
        return access(object, null, it -> it.hasMetaObject(object) ? interop.asString(interop.getMetaQualifiedName(it.getMetaObject(object)))
                : Types.name(object));
    }

    /** The names of its members. */
    @TruffleBoundary
    public static EbbList names(Object object) {
        return access(object, null, it -> it.hasMembers(object) ? new EbbList(Iteration.toArray(it.getMembers(object))) : new EbbList());
    }

    /** Equal for objects that are the same, whatever wrapper they come in. */
    @TruffleBoundary
    public static long hash(Object object) {
        var interop = InteropLibrary.getUncached(object);
        return access(object, null, it -> (long) (interop.hasIdentity(object) ? interop.identityHashCode(object) : System.identityHashCode(object)));
    }
}
