package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.object.DynamicObjectLibrary;
import com.oracle.truffle.api.object.Shape;

/**
 * The attributes of an object itself. They live in its shape until a program asks for {@code __dict__}: from then on they live in that
 * dict, so that what is written there is seen here.
 */
public final class Fields {

    private Fields() {}

    /** The shape flag of objects whose attributes live in a dict. */
    private static final int IN_DICT = 1;

    private static final DynamicObjectLibrary LIBRARY = DynamicObjectLibrary.getUncached();

    /** Whether nodes may read and write attributes of such objects through the shape. */
    public static boolean inShape(Shape shape) {
        return shape.getFlags() == 0;
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
            LIBRARY.setShapeFlags(object, IN_DICT);
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
