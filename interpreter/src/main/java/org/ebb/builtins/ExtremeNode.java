package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.BuiltinNode;
import org.ebb.tensor.Scalar;

/** max or min: of two numbers without further ado, recorded or not, unless two that tie are to share a gradient. */
abstract class ExtremeNode extends BuiltinNode {

    private final boolean largest;
    private final Simple general;

    ExtremeNode(boolean largest, Simple general) {
        this.largest = largest;
        this.general = general;
    }

    /** {@code bound}: the tuple of arguments, key, default, and what a reduction of a tensor takes. */
    @Override
    public final Object execute(Object[] bound) {
        Object[] arguments = (Object[]) bound[0];
        return arguments.length == 2 && Args.absent(bound[1]) && bound[2] == null ? executeWith(arguments[0], arguments[1], bound) : any(bound);
    }

    abstract Object executeWith(Object x, Object y, Object[] bound);

    @Specialization
    long wholes(long x, long y, @SuppressWarnings("unused") Object[] bound) {
        return (largest ? y > x : y < x) ? y : x;
    }

    @Specialization
    double plain(double x, double y, @SuppressWarnings("unused") Object[] bound) {
        return isSecond(x, y) ? y : x;
    }

    @Specialization(guards = "x.value != y.value")
    Scalar scalars(Scalar x, Scalar y, @SuppressWarnings("unused") Object[] bound) {
        return pick(isSecond(x.value, y.value), x, y);
    }

    @Specialization(guards = "x.value != y")
    Scalar left(Scalar x, double y, @SuppressWarnings("unused") Object[] bound) {
        return pick(isSecond(x.value, y), x, Scalar.of(y));
    }

    @Specialization(guards = "x != y.value")
    Scalar right(double x, Scalar y, @SuppressWarnings("unused") Object[] bound) {
        return pick(isSecond(x, y.value), Scalar.of(x), y);
    }

    @Specialization(guards = "!isServed(x, y)")
    Object other(@SuppressWarnings("unused") Object x, @SuppressWarnings("unused") Object y, Object[] bound) {
        return any(bound);
    }

    /** A new one whichever it is: where two meet in one value, compiled code would put both on the heap. */
    private static Scalar pick(boolean second, Scalar x, Scalar y) {
        return new Scalar(second ? y.value : x.value, second ? y.kind : x.kind, second ? y.recording : x.recording, second ? y.id : x.id);
    }

    private boolean isSecond(double x, double y) {
        return largest ? y > x : y < x;
    }

    /** Does one of the forms above take these? */
    static boolean isServed(Object x, Object y) {
        if (x instanceof Long || y instanceof Long) {
            return x instanceof Long && y instanceof Long;
        }
        boolean numbers = (x instanceof Scalar || x instanceof Double) && (y instanceof Scalar || y instanceof Double);
        return numbers && (x instanceof Double && y instanceof Double || value(x) != value(y));
    }

    private static double value(Object number) {
        return number instanceof Scalar s ? s.value : (Double) number;
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    private Object any(Object[] bound) {
        return general.call(bound);
    }
}
