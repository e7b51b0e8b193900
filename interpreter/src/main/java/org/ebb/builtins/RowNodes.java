package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.dsl.Specialization;
import java.util.function.Supplier;
import org.ebb.nodes.LiftNode;
import org.ebb.nodes.ScalarNode;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.op.Selection;
import org.ebb.runtime.BuiltinNode;
import org.ebb.tensor.Scalar;

/**
 * Rows of one to three numbers as functions of a program, for plain and recorded floats: in compiled code they stay off the heap, and a tape
 * entry is written as for an operator. Anything else takes the way that all arguments can take.
 */
final class RowNodes {

    private RowNodes() {}

    /** Nodes for a function that applies a row, of which {@code general} does the same behind a boundary; null where the row has no such form. */
    static Supplier<BuiltinNode> of(Op op, BuiltinNode.Simple general) {
        if (!(op instanceof Elementwise row) || row.result == Elementwise.Result.TRUTH || row.parameters().size() != row.arity) {
            return null;
        }
        return switch (row.arity) {
            case 1 -> () -> RowNodesFactory.OneNodeGen.create(row, general);
            case 2 -> () -> RowNodesFactory.TwoNodeGen.create(row, general);
            default -> row == Selection.WHERE ? () -> RowNodesFactory.WhereNodeGen.create(general)
                    : row == Selection.CLIP ? () -> RowNodesFactory.ClipNodeGen.create(general) : null;
        };
    }

    static boolean isNumber(Object x) {
        return x instanceof Double || x instanceof Long || x instanceof Scalar;
    }

    abstract static class OneNode extends BuiltinNode {
        final Elementwise row;
        private final Simple general;
        private final boolean differentiable;

        OneNode(Elementwise row, Simple general) {
            this.row = row;
            this.general = general;
            this.differentiable = row.differentiable();
        }

        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound);
        }

        abstract Object executeWith(Object x, Object[] bound);

        @Specialization
        double plain(double x, @SuppressWarnings("unused") Object[] bound) {
            return value(x);
        }

        @Specialization
        double whole(long x, @SuppressWarnings("unused") Object[] bound) {
            return value(x);
        }

        @Specialization
        Scalar scalar(Scalar x, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            double value = value(x.value);
            return differentiable ? scalar.one(x, value) : new Scalar(Scalar.round(value, x.kind), x.kind, null, 0);
        }

        @Specialization(guards = {"!isNumber(x)", "isLight(x)"})
        Scalar light(Object x, Object[] bound, @Cached LiftNode lift, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar(lift.execute(x), bound, scalar);
        }

        @Specialization(guards = {"!isNumber(x)", "!isLight(x)"})
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object any(@SuppressWarnings("unused") Object x, Object[] bound) {
            return general.call(bound);
        }

        static boolean isNumber(Object x) {
            return RowNodes.isNumber(x);
        }

        static boolean isLight(Object x) {
            return LiftNode.areLight(x, x);
        }

        ScalarNode scalar() {
            return new ScalarNode(row);
        }

        @TruffleBoundary(allowInlining = true)
        private double value(double x) {
            return row.apply(x);
        }
    }

    abstract static class TwoNode extends BuiltinNode {
        final Elementwise row;
        private final Simple general;
        final boolean differentiable;

        TwoNode(Elementwise row, Simple general) {
            this.row = row;
            this.general = general;
            this.differentiable = row.differentiable();
        }

        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound[1], bound);
        }

        abstract Object executeWith(Object x, Object y, Object[] bound);

        @Specialization
        double plain(double x, double y, @SuppressWarnings("unused") Object[] bound) {
            return value(x, y);
        }

        @Specialization
        double besideWhole(double x, long y, @SuppressWarnings("unused") Object[] bound) {
            return value(x, y);
        }

        @Specialization
        double wholeBeside(long x, double y, @SuppressWarnings("unused") Object[] bound) {
            return value(x, y);
        }

        @Specialization(guards = "differentiable")
        Scalar scalars(Scalar x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.both(x, y, value(x.value, y.value));
        }

        @Specialization(guards = "differentiable")
        Scalar left(Scalar x, double y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.left(x, y, value(x.value, y));
        }

        @Specialization(guards = "differentiable")
        Scalar leftOfWhole(Scalar x, long y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.left(x, y, value(x.value, y));
        }

        @Specialization(guards = "differentiable")
        Scalar right(double x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.right(x, y, value(x, y.value));
        }

        @Specialization(guards = "differentiable")
        Scalar rightOfWhole(long x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.right(x, y, value(x, y.value));
        }

        @Specialization(guards = {"differentiable", "areLight(x, y)"})
        Scalar light(Object x, Object y, @SuppressWarnings("unused") Object[] bound, @Cached LiftNode first, @Cached LiftNode second,
                @Shared @Cached("scalar()") ScalarNode scalar) {
            Scalar a = first.execute(x);
            Scalar b = second.execute(y);
            return scalar.both(a, b, value(a.value, b.value));
        }

        @Specialization(guards = "!isServed(x, y)")
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object any(@SuppressWarnings("unused") Object x, @SuppressWarnings("unused") Object y, Object[] bound) {
            return general.call(bound);
        }

        /** Does one of the other forms take these? Two whole numbers none of them. */
        boolean isServed(Object x, Object y) {
            boolean recorded = x instanceof Scalar || y instanceof Scalar;
            return isNumber(x) && isNumber(y) ? recorded ? differentiable : x instanceof Double || y instanceof Double
                    : differentiable && areLight(x, y);
        }

        static boolean areLight(Object x, Object y) {
            return LiftNode.areLight(x, y);
        }

        ScalarNode scalar() {
            return new ScalarNode(row);
        }

        @TruffleBoundary(allowInlining = true)
        private double value(double x, double y) {
            return row.apply(x, y);
        }
    }

    /** Passes one of two numbers on. The other one is known to have been there, so that nothing arrives at it rather than not being asked. */
    abstract static class WhereNode extends BuiltinNode {
        private final Simple general;

        WhereNode(Simple general) {
            this.general = general;
        }

        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound[1], bound[2], bound);
        }

        abstract Object executeWith(Object condition, Object x, Object y, Object[] bound);

        @Specialization
        double plain(boolean condition, double x, double y, @SuppressWarnings("unused") Object[] bound) {
            return condition ? x : y;
        }

        @Specialization
        Scalar scalars(boolean condition, Scalar x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode first,
                @Shared @Cached("scalar()") ScalarNode second) {
            return condition ? first.both(x, y, x.value) : second.both(y, x, y.value);
        }

        @Specialization
        Scalar left(boolean condition, Scalar x, double y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode first,
                @Shared @Cached("scalar()") ScalarNode second) {
            return condition ? first.left(x, y, x.value) : second.right(y, x, y);
        }

        @Specialization
        Scalar right(boolean condition, double x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode first,
                @Shared @Cached("scalar()") ScalarNode second) {
            return condition ? first.right(x, y, x) : second.left(y, x, y.value);
        }

        @Specialization(guards = "!isServed(condition, x, y)")
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object any(@SuppressWarnings("unused") Object condition, @SuppressWarnings("unused") Object x, @SuppressWarnings("unused") Object y, Object[] bound) {
            return general.call(bound);
        }

        static boolean isServed(Object condition, Object x, Object y) {
            return condition instanceof Boolean && (x instanceof Double || x instanceof Scalar) && (y instanceof Double || y instanceof Scalar);
        }

        static ScalarNode scalar() {
            return new ScalarNode(Selection.CHOSEN);
        }
    }

    /** A recorded number between two plain ones. */
    abstract static class ClipNode extends BuiltinNode {
        private final Simple general;

        ClipNode(Simple general) {
            this.general = general;
        }

        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound[1], bound[2], bound);
        }

        abstract Object executeWith(Object x, Object low, Object high, Object[] bound);

        @Specialization
        double plain(double x, double low, double high, @SuppressWarnings("unused") Object[] bound) {
            return value(x, low, high);
        }

        @Specialization
        Scalar scalar(Scalar x, double low, double high, @SuppressWarnings("unused") Object[] bound, @Cached("scalar()") ScalarNode passed,
                @Cached("scalar()") ScalarNode stopped) {
            double value = value(x.value, low, high);
            return isPassed(x.value, low, high, value) ? passed.left(x, low, value) : stopped.right(value, x, value);
        }

        @Specialization(guards = "!isServed(x, low, high)")
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object any(@SuppressWarnings("unused") Object x, @SuppressWarnings("unused") Object low, @SuppressWarnings("unused") Object high, Object[] bound) {
            return general.call(bound);
        }

        static boolean isServed(Object x, Object low, Object high) {
            return (x instanceof Double || x instanceof Scalar) && low instanceof Double && high instanceof Double;
        }

        @TruffleBoundary(allowInlining = true)
        private static boolean isPassed(double x, double low, double high, double value) {
            return Selection.CLIP.slope(0, x, low, high, value) != 0;
        }

        @TruffleBoundary(allowInlining = true)
        private static double value(double x, double low, double high) {
            return Selection.CLIP.apply(x, low, high);
        }

        static ScalarNode scalar() {
            return new ScalarNode(Selection.CLIPPED);
        }
    }
}
