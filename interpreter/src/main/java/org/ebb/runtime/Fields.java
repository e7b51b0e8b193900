package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.object.DynamicObjectLibrary;
import com.oracle.truffle.api.object.Shape;
import org.ebb.tensor.Scalar;

/**
 * The attributes of an object itself. They live in its shape until a program asks for {@code __dict__}: from then on they live in that
 * dict, so that what is written there is seen here.
 */
public final class Fields {

    private Fields() {}

    /** The shape flag of objects whose attributes live in a dict. */
    private static final int IN_DICT = 1;

    /**
     * The shape flag of objects that hold recorded floats. They have shapes of their own: a place for bare floats that takes anything
     * else once is a place for anything in every object of that shape from then on.
     */
    static final int RECORDED = 2;

    private static final DynamicObjectLibrary LIBRARY = DynamicObjectLibrary.getUncached();

    /** Whether nodes may read and write attributes of such objects through the shape. */
    public static boolean inShape(Shape shape) {
        return (shape.getFlags() & IN_DICT) == 0;
    }

    /** Whether a value can be written into an object of that shape as it is; else {@link #record} comes first. */
    public static boolean takes(Shape shape, Object value) {
        return !(value instanceof Scalar) || (shape.getFlags() & RECORDED) != 0;
    }

    /** Gives an object a shape for recorded floats. */
    @TruffleBoundary
    public static void record(EbbObject object) {
        int flags = object.getShape().getFlags() | RECORDED;
        Object[] names = LIBRARY.getKeyArray(object);
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = LIBRARY.getOrDefault(object, names[i], null);
        }
        LIBRARY.resetShape(object, object.type().recordedShape());
        for (int i = 0; i < names.length; i++) {
            LIBRARY.put(object, names[i], values[i]);
        }
        LIBRARY.setShapeFlags(object, flags);
    }

    /** The value of an attribute, or null. */
    @TruffleBoundary
    public static Object get(EbbObject object, String name) {
        return object.dict != null ? object.dict.get(name) : LIBRARY.getOrDefault(object, name, null);
    }

    @TruffleBoundary
    public static void put(EbbObject object, String name, Object value) {
        if (object.dict != null) {
            object.dict.put(name, value);
        } else {
            if (!takes(object.getShape(), value)) {
                record(object);
            }
            LIBRARY.put(object, name, value);
        }
    }

    /** False where there was no such attribute. */
    @TruffleBoundary
    public static boolean remove(EbbObject object, String name) {
        return object.dict != null ? object.dict.remove(name) != null : LIBRARY.removeKey(object, name);
    }

    @TruffleBoundary
    public static Object[] names(EbbObject object) {
        return object.dict != null ? object.dict.keyArray() : LIBRARY.getKeyArray(object);
    }

    /** The attributes as a dict that stays theirs. */
    @TruffleBoundary
    public static EbbDict dict(EbbObject object) {
        if (object.dict == null) {
            EbbDict dict = new EbbDict();
            for (Object name : LIBRARY.getKeyArray(object)) {
                dict.put(name, LIBRARY.getOrDefault(object, name, null));
                LIBRARY.removeKey(object, name);
            }
            LIBRARY.setShapeFlags(object, object.getShape().getFlags() | IN_DICT);
            object.dict = dict;
        }
        return object.dict;
    }

    /** {@code object.__dict__ = dict}. */
    @TruffleBoundary
    public static void setDict(EbbObject object, EbbDict dict) {
        dict(object);
        object.dict = dict;
    }
}
