package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.LoopNode;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.EbbGenerator;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Truth;
import org.ebb.syntax.Expr.BinaryOperator;

/** sum, any and all: over a generator they run it in a loop of their own, so that compiled code looks into both. */
final class GeneratorLoops {

    private GeneratorLoops() {}

    abstract static class SumNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound);
        }

        abstract Object executeWith(Object iterable, Object[] bound);

        @Specialization(guards = {"isPlain(bound)", "generator.target() == target"}, limit = "2")
        Object generator(EbbGenerator generator, Object[] bound, @Cached("generator.target()") RootCallTarget target,
                @Cached("create(target)") DirectCallNode call) {
            long whole = (long) bound[1];
            double real = 0;
            Object other = null;
            boolean isReal = false;
            int count = 0;
            for (Object item = generator.resume(call); item != EbbIterator.END; item = generator.resume(call), count++) {
                if (other != null) {
                    other = add(other, item);
                } else if (isReal) {
                    if (item instanceof Double number) {
                        real += number;
                    } else {
                        other = add(real, item);
                    }
                } else if (item instanceof Long number && fits(whole, number)) {
                    whole += number;
                } else if (item instanceof Double number) {
                    isReal = true;
                    real = whole + number;
                } else {
                    other = add(whole, item);
                }
            }
            LoopNode.reportLoopCount(this, count);
            return other != null ? other : isReal ? (Object) real : (Object) whole;
        }

        /** {@code sum(iterable)} with nothing else that matters, and a small int to start from. */
        static boolean isPlain(Object[] bound) {
            return bound[1] instanceof Long && bound[2] == null && bound[4] == null && bound[5] == null && bound[6] == null;
        }

        private static boolean fits(long a, long b) {
            long sum = a + b;
            return ((a ^ sum) & (b ^ sum)) >= 0;
        }

        @TruffleBoundary
        private static Object add(Object total, Object item) {
            return Operators.binary(BinaryOperator.ADD, total, item);
        }

        @Specialization(replaces = "generator")
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object general(Object iterable, Object[] bound) {
            return IterationFunctions.sum(bound);
        }
    }

    /** any looks for a value that counts as true, all for one that does not. */
    abstract static class SearchNode extends BuiltinNode {
        private final boolean truth;

        SearchNode(boolean truth) {
            this.truth = truth;
        }

        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound);
        }

        abstract Object executeWith(Object iterable, Object[] bound);

        /** {@code any(iterable)} without a mask, which tensors take. */
        static boolean isPlain(Object[] bound) {
            return bound[3] == null;
        }

        @Specialization(guards = {"isPlain(bound)", "generator.target() == target"}, limit = "2")
        Object generator(EbbGenerator generator, Object[] bound, @Cached("generator.target()") RootCallTarget target,
                @Cached("create(target)") DirectCallNode call) {
            int count = 0;
            boolean found = false;
            for (Object item = generator.resume(call); item != EbbIterator.END; item = generator.resume(call), count++) {
                if ((item instanceof Boolean known ? known : Truth.of(item)) == truth) {
                    found = true;
                    break;
                }
            }
            LoopNode.reportLoopCount(this, count);
            return found == truth;
        }

        @Specialization(replaces = "generator")
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object general(Object iterable, Object[] bound) {
            return IterationFunctions.search(bound, truth);
        }
    }
}
