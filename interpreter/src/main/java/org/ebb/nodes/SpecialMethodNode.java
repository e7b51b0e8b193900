package org.ebb.nodes;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.object.Shape;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbObject;

/** Calls the special method that an object's class has for a subscript, straight where it is a function of the program or that of dict. */
public abstract class SpecialMethodNode extends Node {

    final String name;

    SpecialMethodNode(String name) {
        this.name = name;
    }

    @NeverDefault
    static SpecialMethodNode create(String name) {
        return SpecialMethodNodeGen.create(name);
    }

    /** The result, or null where the slow way must decide. {@code arguments} has a free place, the receiver and the rest. */
    abstract Object execute(EbbObject receiver, Object[] arguments);

    @Specialization(guards = "receiver.getShape() == shape", assumptions = "layout", limit = "3")
    Object direct(EbbObject receiver, Object[] arguments, @Cached("receiver.getShape()") Shape shape,
            @Cached("layoutOf(shape)") Assumption layout, @Cached("memberOf(shape)") ClassMember member, @Cached DispatchNode dispatch) {
        Object method = member.get();
        if (method instanceof EbbFunction function) {
            return dispatch.execute(function, arguments);
        }
        // What dict itself does with a key that is there; for a missing one the class may have __missing__.
        return method instanceof EbbBuiltin && receiver.payload instanceof EbbDict dict && arguments.length == 3 ? dict.get(arguments[2]) : null;
    }

    static Assumption layoutOf(Shape shape) {
        return ((EbbClass) shape.getDynamicType()).layout();
    }

    ClassMember memberOf(Shape shape) {
        return ClassMember.of(shape.getDynamicType(), name);
    }

    @Specialization(replaces = "direct")
    Object general(EbbObject receiver, Object[] arguments) {
        return null;
    }
}
