package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbRange;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Thrown;

/** {@code for}. Over a range it counts in slots of the frame, over a list it keeps the index there: no iterator and no boxed number is made. */
public final class ForNode extends StatementNode {

    /** The slots of one loop: its iterator (null when it counts, a list when it goes over one), the next value or index, the step, and how many are left. */
    public record Slots(int iterator, int value, int step, int left) {}

    @Child private ExpressionNode iterable;
    @Child private LoopNode loop;
    @Child private StatementNode otherwise;
    private final Slots slots;

    /** {@code otherwise} may be null. */
    public ForNode(Slots slots, ExpressionNode iterable, WriteNode target, StatementNode body, StatementNode otherwise) {
        this.slots = slots;
        this.iterable = iterable;
        this.otherwise = otherwise;
        this.loop = Truffle.getRuntime().createLoopNode(new Repeating(slots, target, body));
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        start(frame, iterable.execute(frame));
        try {
            loop.execute(frame);
        } catch (Jumps.BreakException left) {
            return;
        }
        if (otherwise != null) {
            otherwise.executeVoid(frame);
        }
    }

    private void start(VirtualFrame frame, Object source) {
        if (source instanceof EbbRange range) {
            frame.setObject(slots.iterator, null);
            frame.setLong(slots.value, range.start);
            frame.setLong(slots.step, range.step);
            frame.setLong(slots.left, range.length);
            return;
        }
        try {
            frame.setObject(slots.iterator, source instanceof EbbList ? source : Iteration.iterator(source));
            frame.setLong(slots.value, 0);
            frame.setLong(slots.step, 0);
            frame.setLong(slots.left, 0);
        } catch (AbstractTruffleException error) {
            throw Thrown.at(error, iterable);
        }
    }

    private static final class Repeating extends Node implements RepeatingNode {
        private final Slots slots;
        @Child private WriteNode target;
        @Child private StatementNode body;
        @Child private IteratorNextNode next;
        @CompilationFinal private boolean counts;
        private static final int OBJECTS = 1;
        private static final int LONGS = 2;
        private static final int DOUBLES = 4;
        @CompilationFinal private int kinds;

        Repeating(Slots slots, WriteNode target, StatementNode body) {
            this.slots = slots;
            this.target = target;
            this.body = body;
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            if (!advance(frame, frame.getObject(slots.iterator))) {
                return false;
            }
            body.executeVoid(frame);
            EbbContext.step(this);
            return true;
        }

        private ForNode loop() {
            CompilerDirectives.transferToInterpreter();
            Node at = getParent();
            while (!(at instanceof ForNode)) {
                at = at.getParent();
            }
            return (ForNode) at;
        }

        private boolean advance(VirtualFrame frame, Object source) {
            if (source == null) {
                if (!counts) {
                    CompilerDirectives.transferToInterpreterAndInvalidate();
                    counts = true;
                }
                return count(frame);
            }
            if (source instanceof EbbList list) {
                return item(frame, list);
            }
            if (next == null) {
                CompilerDirectives.transferToInterpreterAndInvalidate();
                next = insert(IteratorNextNode.create());
            }
            Object value;
            try {
                value = next.execute((EbbIterator) source);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, loop().iterable);
            }
            if (value == EbbIterator.END) {
                return false;
            }
            target.write(frame, value);
            return true;
        }

        /** The list may grow and shrink meanwhile. */
        private boolean item(VirtualFrame frame, EbbList list) {
            long index = frame.getLong(slots.value);
            if (index >= list.size()) {
                return false;
            }
            frame.setLong(slots.value, index + 1);
            if (list.isObjects()) {
                seen(OBJECTS);
                target.write(frame, list.getObject((int) index));
            } else if (list.isLongs()) {
                seen(LONGS);
                target.write(frame, list.getLong((int) index));
            } else {
                seen(DOUBLES);
                target.write(frame, list.getDouble((int) index));
            }
            return true;
        }

        /** Compiled code holds the target only for the kinds of lists that came by. */
        private void seen(int kind) {
            if ((kinds & kind) == 0) {
                CompilerDirectives.transferToInterpreterAndInvalidate();
                kinds |= kind;
            }
        }

        private boolean count(VirtualFrame frame) {
            long left = frame.getLong(slots.left);
            if (left <= 0) {
                return false;
            }
            long value = frame.getLong(slots.value);
            frame.setLong(slots.left, left - 1);
            frame.setLong(slots.value, value + frame.getLong(slots.step));
            target.write(frame, value);
            return true;
        }
    }
}
