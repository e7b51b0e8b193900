package org.ebb.nodes;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.object.Shape;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;

/** An operator whose left side is an object: calls its special method straight where nothing else can have a say. */
public abstract class SpecialBinaryNode extends Node {

    final BinaryOperator operator;

    SpecialBinaryNode(BinaryOperator operator) {
        this.operator = operator;
    }

    @NeverDefault
    static SpecialBinaryNode create(BinaryOperator operator) {
        return SpecialBinaryNodeGen.create(operator);
    }

    abstract Object execute(BinaryNode parent, EbbObject left, Object right);

    @Specialization(guards = {"left.getShape() == shape", "method != null", "!isOther(right, shape)", "!parent.isInPlace()"},
            assumptions = "layout", limit = "3")
    Object direct(BinaryNode parent, EbbObject left, Object right, @Cached("left.getShape()") Shape shape,
            @Cached("layoutOf(shape)") Assumption layout, @Cached("methodOf(shape)") EbbFunction method, @Cached DispatchNode dispatch) {
        Object result;
        try {
            result = dispatch.execute(method, new Object[] {null, left, right});
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, parent);
        }
        return result == EbbConstant.NOT_IMPLEMENTED ? refused(parent, left, right) : result;
    }

    @Specialization(replaces = "direct")
    Object general(BinaryNode parent, EbbObject left, Object right) {
        return parent.slow(left, right);
    }

    @TruffleBoundary
    private Object refused(BinaryNode parent, EbbObject left, Object right) {
        try {
            String name = Operators.methodName(operator);
            Object result = Types.of(right) == left.type() ? null : Calls.callSpecial(right, "__r" + name + "__", left);
            if (result != null && result != EbbConstant.NOT_IMPLEMENTED) {
                return result;
            }
            throw Errors.typeError("unsupported operand type(s) for " + operator.text + ": '" + Types.name(left) + "' and '"
                    + Types.name(right) + "'");
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, parent);
        }
    }

    /** An object of another class may go first with its reflected method. */
    static boolean isOther(Object right, Shape shape) {
        return right instanceof EbbObject object && object.getShape().getDynamicType() != shape.getDynamicType();
    }

    static Assumption layoutOf(Shape shape) {
        return ((EbbClass) shape.getDynamicType()).layout();
    }

    /** The method, if it is a function of the program that is not likely to be replaced. */
    EbbFunction methodOf(Shape shape) {
        EbbClass type = (EbbClass) shape.getDynamicType();
        var binding = type.find("__" + Operators.methodName(operator) + "__");
        return binding != null && binding.get() instanceof EbbFunction function ? function : null;
    }
}
