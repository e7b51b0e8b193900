package org.ebb.builtins;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.IndirectCallNode;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.Errors;
import org.ebb.tensor.TensorException;

/**
 * What a Java host executes to have a function run over numbers that lie in its own arrays: nothing is boxed on the way. Without arguments
 * it runs once, over the arrays that it was made with; with the arguments (points, values, gradients or null, how many) it runs over a batch.
 */
@ExportLibrary(InteropLibrary.class)
final class Door implements TruffleObject {

    /** So many points are one call of compiled code: a batch gets fast in its midst, and obeys an interruption. */
    private static final int PIECE = 1024;

    final Object function;
    private final double[] point;
    private final double[] value;
    private final double[] gradient;
    final CallTarget target;

    /** {@code target} takes the function, points, from, to, values and gradients: see {@link DoorRoot}. */
    Door(Object function, CallTarget target, double[] point, double[] value, double[] gradient) {
        this.function = function;
        this.target = target;
        this.point = point;
        this.value = value;
        this.gradient = gradient;
    }

    @ExportMessage
    boolean isExecutable() {
        return true;
    }

    @ExportMessage
    static class Execute {

        @Specialization(guards = {"door.target == target", "arguments.length == 0"}, limit = "2")
        static Object once(Door door, @SuppressWarnings("unused") Object[] arguments, @Cached("door.target") @SuppressWarnings("unused") CallTarget target,
                @Cached("create(target)") DirectCallNode call) {
            try {
                return call.call(door.function, door.point, 0, 1, door.value, door.gradient);
            } catch (TensorException refusal) {
                throw refused(door.function, refusal);
            }
        }

        @Specialization(guards = "arguments.length == 0", replaces = "once")
        static Object onceSomeFunction(Door door, @SuppressWarnings("unused") Object[] arguments, @Cached IndirectCallNode call) {
            try {
                return call.call(door.target, door.function, door.point, 0, 1, door.value, door.gradient);
            } catch (TensorException refusal) {
                throw refused(door.function, refusal);
            }
        }

        @Specialization(guards = "arguments.length != 0")
        static Object batch(Door door, Object[] arguments) throws ArityException {
            if (arguments.length != 4) {
                throw ArityException.create(4, 4, arguments.length);
            }
            try {
                door.batch(array(arguments[0]), array(arguments[1]), array(arguments[2]), (int) arguments[3]);
            } catch (TensorException refusal) {
                throw refused(door.function, refusal);
            }
            return true;
        }
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    private void batch(double[] points, double[] values, double[] gradients, int count) {
        EbbContext context = EbbContext.get(null);
        context.enterFromHost();
        try {
            for (int from = 0; from < count; from += PIECE) {
                target.call(function, points, from, Math.min(count, from + PIECE), values, gradients);
            }
        } finally {
            context.leaveToHost();
        }
    }

    /** What a backward refused after the function had ended: that has no line but the function's first. */
    @TruffleBoundary
    static EbbException refused(Object function, TensorException refusal) {
        return at(function, Errors.from(refusal));
    }

    static EbbException at(Object function, EbbException wrong) {
        return function instanceof EbbFunction own ? wrong.at(own.code.target(false).getRootNode()) : wrong;
    }

    /** The host's own array; null for its null. */
    @TruffleBoundary
    static double[] array(Object hostValue) {
        return InteropLibrary.getUncached().isNull(hostValue) ? null : (double[]) EbbContext.get(null).env().asHostObject(hostValue);
    }
}
