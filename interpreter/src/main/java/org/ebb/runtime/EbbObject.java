package org.ebb.runtime;

import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.object.Shape;

/**
 * An instance of a class. Its attributes live in the object's shape; the shape's dynamic type is the class.
 *
 * <p>An instance of a class that inherits from a builtin type such as {@code list} or {@code int} carries a value of that type as its
 * payload, and the builtin methods work on the payload.
 */
public class EbbObject extends DynamicObject implements Typed {

    @DynamicField private Object field0;
    @DynamicField private Object field1;
    @DynamicField private Object field2;
    @DynamicField private long number0;
    @DynamicField private long number1;

    /** The value of the builtin type that this object also is, or null. */
    public Object payload;

    /** Where the attributes live once a program has asked for {@code __dict__}; null until then. */
    EbbDict dict;

    public EbbObject(Shape shape) {
        super(shape);
    }

    @Override
    public final EbbClass type() {
        return (EbbClass) getShape().getDynamicType();
    }

    /** The payload of an object that has one, else the value itself: what a builtin method works on. */
    public static Object unwrap(Object value) {
        return value instanceof EbbObject object && object.payload != null ? object.payload : value;
    }
}
