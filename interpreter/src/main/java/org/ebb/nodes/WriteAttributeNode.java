package org.ebb.nodes;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.library.CachedLibrary;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.object.DynamicObjectLibrary;
import com.oracle.truffle.api.object.Shape;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbProperty;
import org.ebb.runtime.Fields;
import org.ebb.tensor.Scalar;

/** Stores {@code object.name = value}, both being there already. */
public abstract class WriteAttributeNode extends Node {

    final String name;

    WriteAttributeNode(String name) {
        this.name = name;
    }

    @NeverDefault
    public static WriteAttributeNode create(String name) {
        return WriteAttributeNodeGen.create(name);
    }

    public abstract void execute(Object object, Object value);

    @Specialization(guards = {"object.getShape() == shape", "plain", "takes(shape, value)"}, assumptions = "layout", limit = "4")
    void instance(EbbObject object, Object value, @Cached("object.getShape()") Shape shape, @Cached("layoutOf(shape)") Assumption layout,
            @Cached("isPlain(shape)") boolean plain, @CachedLibrary("object") DynamicObjectLibrary fields) {
        fields.put(object, name, value);
    }

    /** The first recorded float in an object. */
    @Specialization(guards = {"object.getShape() == shape", "plain", "!takes(shape, value)"}, assumptions = "layout", limit = "2")
    void recorded(EbbObject object, Scalar value, @Cached("object.getShape()") Shape shape, @Cached("layoutOf(shape)") Assumption layout,
            @Cached("isPlain(shape)") boolean plain, @CachedLibrary(limit = "1") DynamicObjectLibrary fields) {
        Fields.record(object);
        fields.put(object, name, value);
    }

    static boolean takes(Shape shape, Object value) {
        return Fields.takes(shape, value);
    }

    @Specialization(replaces = {"instance", "recorded"})
    void general(Object object, Object value) {
        Attributes.set(object, name, value);
    }

    static Assumption layoutOf(Shape shape) {
        return ((EbbClass) shape.getDynamicType()).layout();
    }

    /** Whether nothing in the class has a say: no property or descriptor of that name, no {@code __setattr__} of the program. */
    boolean isPlain(Shape shape) {
        EbbClass type = (EbbClass) shape.getDynamicType();
        Object inClass = type.lookup(name);
        return Fields.inShape(shape) && !(inClass instanceof EbbProperty) && (!(inClass instanceof EbbObject) || inClass instanceof EbbFunction)
                && !(type.lookup("__setattr__") instanceof EbbFunction);
    }
}
