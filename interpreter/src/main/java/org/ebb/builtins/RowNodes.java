package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.dsl.Specialization;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
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
            case 1 -> one(row, null, general);
            case 2 -> two(row, null, general);
            default -> row == Selection.WHERE ? () -> RowNodesFactory.WhereNodeGen.create(general)
                    : row == Selection.CLIP ? () -> RowNodesFactory.ClipNodeGen.create(general) : null;
        };
    }

    /**
     * Nodes for a function of plain numbers, whose entry on the tape is a row of its own, or that has none (null). A recorded float keeps the
     * function's value, to the last bit. No function: the row's own. A second argument goes to {@code general}.
     */
    static Supplier<BuiltinNode> one(Elementwise row, DoubleUnaryOperator function, BuiltinNode.Simple general) {
        return () -> RowNodesFactory.OneNodeGen.create(row, function, general);
    }

    static Supplier<BuiltinNode> two(Elementwise row, DoubleBinaryOperator function, BuiltinNode.Simple general) {
        return () -> RowNodesFactory.TwoNodeGen.create(row, function, general);
    }

    static boolean isNumber(Object x) {
        return x instanceof Double || x instanceof Long || x instanceof Scalar;
    }

    abstract static class OneNode extends BuiltinNode {
        final Elementwise row;
        private final DoubleUnaryOperator function;
        private final Simple general;
        private final boolean differentiable;

        OneNode(Elementwise row, DoubleUnaryOperator function, Simple general) {
            this.row = row;
            this.function = function;
            this.general = general;
            this.differentiable = row != null && row.differentiable();
        }

        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound);
        }

        abstract Object executeWith(Object x, Object[] bound);

        @Specialization(guards = "isAlone(bound)")
        double plain(double x, @SuppressWarnings("unused") Object[] bound) {
            return value(x, Scalar.FLOAT);
        }

        @Specialization(guards = "isAlone(bound)")
        double whole(long x, @SuppressWarnings("unused") Object[] bound) {
            return value(x, Scalar.FLOAT);
        }

        @Specialization(guards = {"row != null", "isAlone(bound)"})
        Scalar scalar(Scalar x, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            double value = value(x.value, x.kind);
            return differentiable ? scalar.one(x, value) : new Scalar(Scalar.round(value, x.kind), x.kind, null, 0);
        }

        @Specialization(guards = {"row != null", "isAlone(bound)", "!isNumber(x)", "isLight(x)"})
        Scalar light(Object x, Object[] bound, @Cached LiftNode lift, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar(lift.execute(x), bound, scalar);
        }

        @Specialization(guards = "!isServed(x, bound)")
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object any(@SuppressWarnings("unused") Object x, Object[] bound) {
            return general.call(bound);
        }

        /** No loop: it would keep the array on the heap in compiled code. No such row has more than two further arguments. */
        static boolean isAlone(Object[] bound) {
            return bound.length == 1 || bound[1] == null && (bound.length == 2 || bound[2] == null);
        }

        static boolean isNumber(Object x) {
            return RowNodes.isNumber(x);
        }

        static boolean isLight(Object x) {
            return LiftNode.areLight(x, x);
        }

        /** Does one of the other forms take it? */
        boolean isServed(Object x, Object[] bound) {
            return isAlone(bound) && (x instanceof Double || x instanceof Long || row != null && (x instanceof Scalar || isLight(x)));
        }

        ScalarNode scalar() {
            return new ScalarNode(row);
        }

        @TruffleBoundary(allowInlining = true, transferToInterpreterOnException = false)
        private double value(double x, int kind) {
            double value = function == null ? row.apply(x) : function.applyAsDouble(x);
            return function == null || kind == Scalar.FLOAT ? value : row.apply(x);
        }
    }

    abstract static class TwoNode extends BuiltinNode {
        private final Elementwise row;
        private final DoubleBinaryOperator function;
        private final Simple general;
        final boolean differentiable;

        TwoNode(Elementwise row, DoubleBinaryOperator function, Simple general) {
            this.row = row;
            this.function = function;
            this.general = general;
            this.differentiable = row != null && row.differentiable();
        }

        @Override
        public final Object execute(Object[] bound) {
            return bound.length > 2 && bound[2] != null ? more(bound) : executeWith(bound[0], bound[1], bound);
        }

        abstract Object executeWith(Object x, Object y, Object[] bound);

        /** With the one further argument that some rows take. */
        @TruffleBoundary(transferToInterpreterOnException = false)
        private Object more(Object[] bound) {
            return general.call(bound);
        }

        @Specialization
        double plain(double x, double y, @SuppressWarnings("unused") Object[] bound) {
            return value(x, y, Scalar.FLOAT);
        }

        @Specialization
        double besideWhole(double x, long y, @SuppressWarnings("unused") Object[] bound) {
            return value(x, y, Scalar.FLOAT);
        }

        @Specialization
        double wholeBeside(long x, double y, @SuppressWarnings("unused") Object[] bound) {
            return value(x, y, Scalar.FLOAT);
        }

        @Specialization(guards = "differentiable")
        Scalar scalars(Scalar x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.both(x, y, value(x.value, y.value, Scalar.join(x.kind, y.kind)));
        }

        @Specialization(guards = "differentiable")
        Scalar left(Scalar x, double y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.left(x, y, value(x.value, y, x.kind));
        }

        @Specialization(guards = "differentiable")
        Scalar leftOfWhole(Scalar x, long y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.left(x, y, value(x.value, y, x.kind));
        }

        @Specialization(guards = "differentiable")
        Scalar right(double x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.right(x, y, value(x, y.value, y.kind));
        }

        @Specialization(guards = "differentiable")
        Scalar rightOfWhole(long x, Scalar y, @SuppressWarnings("unused") Object[] bound, @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalar.right(x, y, value(x, y.value, y.kind));
        }

        @Specialization(guards = {"differentiable", "areLight(x, y)"})
        Scalar light(Object x, Object y, Object[] bound, @Cached LiftNode first, @Cached LiftNode second,
                @Shared @Cached("scalar()") ScalarNode scalar) {
            return scalars(first.execute(x), second.execute(y), bound, scalar);
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

        @TruffleBoundary(allowInlining = true, transferToInterpreterOnException = false)
        private double value(double x, double y, int kind) {
            double value = function == null ? row.apply(x, y) : function.applyAsDouble(x, y);
            return function == null || kind == Scalar.FLOAT ? value : row.apply(x, y);
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
