package org.ebb.nodes;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.Delegation;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbGenerator;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Types;

/** {@code yield} and {@code yield from}. Each has a slot that says whether the function stopped here. */
public final class YieldNodes {

    private YieldNodes() {}

    /** {@code yield value}: its own value is what the generator is sent. */
    public static final class Yield extends ExpressionNode {
        private final int stopped;
        private final int generatorSlot;
        @Child private ExpressionNode value;

        /** {@code value} may be null. */
        public Yield(int stopped, int generatorSlot, ExpressionNode value) {
            this.stopped = stopped;
            this.generatorSlot = generatorSlot;
            this.value = value;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            if (frame.getObject(stopped) != null) {
                frame.setObject(stopped, null);
                try {
                    return ((EbbGenerator) frame.getObject(generatorSlot)).received();
                } catch (AbstractTruffleException error) {
                    throw Thrown.at(error, this);
                }
            }
            Object result = value == null ? EbbNone.NONE : value.execute(frame);
            frame.setObject(stopped, Boolean.TRUE);
            throw new YieldException(result);
        }
    }

    /** {@code yield from iterable}: passes on all it gives and all that is sent; its own value is what the iterable returns. */
    public static final class From extends ExpressionNode {
        private final int inner;
        private final int generatorSlot;
        @Child private ExpressionNode iterable;

        public From(int inner, int generatorSlot, ExpressionNode iterable) {
            this.inner = inner;
            this.generatorSlot = generatorSlot;
            this.iterable = iterable;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            EbbIterator source = (EbbIterator) frame.getObject(inner);
            EbbGenerator self = (EbbGenerator) frame.getObject(generatorSlot);
            boolean goingOn = false;
            EbbException thrown = self.thrown();
            try {
                Object value;
                if (source == null) {
                    source = Iteration.iterator(iterable.execute(frame));
                    value = source.next();
                } else {
                    goingOn = true;
                    frame.setObject(inner, null);
                    value = Delegation.goOn(self, source);
                }
                if (value == EbbIterator.END) {
                    return Delegation.result(source);
                }
                frame.setObject(inner, source);
                throw new YieldException(value);
            } catch (AbstractTruffleException error) {
                if (goingOn && error != thrown && !(source instanceof EbbGenerator) && error instanceof EbbException own
                        && own.is(Types.STOP_ITERATION)) {
                    return Delegation.carried(own);
                }
                throw Thrown.at(error, this);
            }
        }
    }

    /** A value worked out before a yield in the same expression: kept in a slot, so that going on does not work it out again. */
    public static final class Saved extends ExpressionNode {
        private final int slot;
        @Child private ExpressionNode value;

        public Saved(int slot, ExpressionNode value) {
            this.slot = slot;
            this.value = value;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            Object known = frame.getObject(slot);
            if (known == null) {
                known = value.execute(frame);
                frame.setObject(slot, known);
            }
            return known;
        }
    }

    /** A statement with saved values: forgets them when it is done or left, but not when it yields. */
    public static final class Forget extends StatementNode {
        private final int[] slots;
        @Child private StatementNode statement;

        public Forget(int[] slots, StatementNode statement) {
            this.slots = slots;
            this.statement = statement;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            boolean stopped = false;
            try {
                statement.executeVoid(frame);
            } catch (YieldException yielded) {
                stopped = true;
                throw yielded;
            } finally {
                if (!stopped) {
                    for (int slot : slots) {
                        frame.setObject(slot, null);
                    }
                }
            }
        }
    }
}
