package org.ebb.nodes;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.NodeField;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.library.CachedLibrary;
import com.oracle.truffle.api.object.DynamicObjectLibrary;
import com.oracle.truffle.api.object.Shape;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.Binding;
import org.ebb.runtime.EbbBoundMethod;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbProperty;
import org.ebb.runtime.Thrown;
import org.ebb.tensor.Value;
import org.ebb.runtime.Fields;

/** {@code object.name}. */
@NodeChild(value = "object", type = ExpressionNode.class)
@NodeField(name = "name", type = String.class)
public abstract class ReadAttributeNode extends ExpressionNode {

    public abstract String getName();

    /** Of a value that is there already. */
    public abstract Object executeWith(Object receiver);

    @Specialization(guards = {"object.getShape() == shape", "inShape"}, assumptions = "layout", limit = "4")
    Object instance(EbbObject object, @Cached("object.getShape()") Shape shape, @Cached("layoutOf(shape)") Assumption layout,
            @Cached("isInShape(shape)") boolean inShape, @Cached("memberOf(shape)") ClassMember member, @Cached("shape.hasProperty(getName())") boolean own,
            @CachedLibrary("object") DynamicObjectLibrary fields, @Cached DispatchNode dispatch) {
        Object inClass = member.get();
        if (inClass instanceof EbbProperty property && property.getter != null) {
            try {
                return dispatch.execute(property.getter, new Object[] {null, object});
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }
        if (own && !(inClass instanceof EbbObject descriptor && !(descriptor instanceof EbbFunction))) {
            return fields.getOrDefault(object, getName(), null);
        }
        return inClass instanceof EbbFunction function ? new EbbBoundMethod(object, function) : general(object);
    }

    static boolean isInShape(Shape shape) {
        return Fields.inShape(shape);
    }

    static Assumption layoutOf(Shape shape) {
        return ((EbbClass) shape.getDynamicType()).layout();
    }

    ClassMember memberOf(Shape shape) {
        return ClassMember.of(shape.getDynamicType(), getName());
    }

    @Specialization(guards = {"module == cached", "binding.isBound()"}, limit = "1")
    Object module(EbbModule module, @Cached("module") EbbModule cached, @Cached("module.binding(getName())") Binding binding,
            @Cached("binding.constant()") Binding.Constant constant) {
        Object value = constant.get();
        return constant.isValid() ? value : binding.get();
    }

    @Specialization(replaces = {"instance", "module"})
    Object general(Object object) {
        if (object instanceof Value) {
            comesFromHere();
        }
        try {
            return Attributes.get(object, getName());
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, this);
        }
    }
}
