package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import org.ebb.runtime.Errors;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Thrown;

/**
 * Statements with a yield inside. Each keeps in a slot of the generator's frame where it stopped: the slot is set only on the way out
 * of a yield and cleared on the way back in, so that a statement left by an error or a jump starts afresh the next time. Their loops are
 * no loop nodes, so they look themselves whether somebody wants them to end.
 */
public final class GeneratorNodes {

    private GeneratorNodes() {}

    private static int take(VirtualFrame frame, int slot) {
        int state = frame.isInt(slot) ? frame.getInt(slot) : 0;
        frame.setInt(slot, 0);
        return state;
    }

    public static final class Block extends StatementNode {
        @Children private final StatementNode[] statements;
        private final int slot;

        public Block(StatementNode[] statements, int slot) {
            this.statements = statements;
            this.slot = slot;
        }

        @Override
        @ExplodeLoop
        public void executeVoid(VirtualFrame frame) {
            int start = take(frame, slot);
            for (int i = 0; i < statements.length; i++) {
                if (i < start) {
                    continue;
                }
                try {
                    statements[i].executeVoid(frame);
                } catch (YieldException yielded) {
                    frame.setInt(slot, i);
                    throw yielded;
                } catch (AbstractTruffleException error) {
                    throw Thrown.at(error, statements[i]);
                } catch (StackOverflowError | OutOfMemoryError limit) {
                    CompilerDirectives.transferToInterpreter();
                    throw Errors.limit(limit).at(statements[i]);
                }
            }
        }
    }

    public static final class If extends StatementNode {
        private static final int THEN = 1;
        private static final int OTHERWISE = 2;
        @Child private ConditionNode test;
        @Child private StatementNode then;
        @Child private StatementNode otherwise;
        private final int slot;

        public If(ConditionNode test, StatementNode then, StatementNode otherwise, int slot) {
            this.test = test;
            this.then = then;
            this.otherwise = otherwise;
            this.slot = slot;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            int state = take(frame, slot);
            if (state == 0) {
                state = test.executeBoolean(frame) ? THEN : OTHERWISE;
            }
            try {
                if (state == THEN) {
                    then.executeVoid(frame);
                } else if (otherwise != null) {
                    otherwise.executeVoid(frame);
                }
            } catch (YieldException yielded) {
                frame.setInt(slot, state);
                throw yielded;
            }
        }
    }

    public static final class While extends StatementNode {
        private static final int BODY = 1;
        private static final int OTHERWISE = 2;
        @Child private ConditionNode test;
        @Child private StatementNode body;
        @Child private StatementNode otherwise;
        private final int slot;

        public While(ConditionNode test, StatementNode body, StatementNode otherwise, int slot) {
            this.test = test;
            this.body = body;
            this.otherwise = otherwise;
            this.slot = slot;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            int state = take(frame, slot);
            try {
                while (state == BODY || state == 0 && test.executeBoolean(frame)) {
                    TruffleSafepoint.poll(this);
                    state = BODY;
                    try {
                        body.executeVoid(frame);
                    } catch (Jumps.ContinueException next) {
                        // on to the test
                    }
                    state = 0;
                }
                state = OTHERWISE;
                if (otherwise != null) {
                    otherwise.executeVoid(frame);
                }
            } catch (YieldException yielded) {
                frame.setInt(slot, state);
                throw yielded;
            } catch (Jumps.BreakException left) {
                if (state == OTHERWISE) {
                    throw left;
                }
            }
        }
    }

    public static final class For extends StatementNode {
        private static final int BODY = 1;
        private static final int OTHERWISE = 2;
        @Child private ExpressionNode iterable;
        @Child private WriteNode target;
        @Child private StatementNode body;
        @Child private StatementNode otherwise;
        @Child private IteratorNextNode next = IteratorNextNode.create();
        private final int slot;
        private final int iteratorSlot;

        public For(ExpressionNode iterable, WriteNode target, StatementNode body, StatementNode otherwise, int slot, int iteratorSlot) {
            this.iterable = iterable;
            this.target = target;
            this.body = body;
            this.otherwise = otherwise;
            this.slot = slot;
            this.iteratorSlot = iteratorSlot;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            int state = take(frame, slot);
            EbbIterator iterator;
            if (state == 0) {
                try {
                    iterator = Iteration.iterator(iterable.execute(frame));
                } catch (AbstractTruffleException error) {
                    throw Thrown.at(error, iterable);
                }
            } else {
                iterator = (EbbIterator) frame.getObject(iteratorSlot);
            }
            try {
                while (state != OTHERWISE) {
                    TruffleSafepoint.poll(this);
                    if (state == 0) {
                        Object value = next(iterator);
                        if (value == EbbIterator.END) {
                            break;
                        }
                        target.write(frame, value);
                    }
                    state = BODY;
                    try {
                        body.executeVoid(frame);
                    } catch (Jumps.ContinueException skip) {
                        // on to the next value
                    }
                    state = 0;
                }
                state = OTHERWISE;
                if (otherwise != null) {
                    otherwise.executeVoid(frame);
                }
            } catch (YieldException yielded) {
                frame.setInt(slot, state);
                frame.setObject(iteratorSlot, iterator);
                throw yielded;
            } catch (Jumps.BreakException left) {
                if (state == OTHERWISE) {
                    throw left;
                }
            }
        }

        private Object next(EbbIterator iterator) {
            try {
                return next.execute(iterator);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, target);
            }
        }
    }
}
