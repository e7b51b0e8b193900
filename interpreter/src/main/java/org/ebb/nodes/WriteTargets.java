package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.Arrays;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Types;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;

/** Left sides of assignments that are more than a name. */
public final class WriteTargets {

    private WriteTargets() {}

    /** {@code object.name = value}. */
    public static final class Attribute extends WriteNode {
        @Child private ExpressionNode object;
        @Child private WriteAttributeNode store;

        public Attribute(ExpressionNode object, String name) {
            this.object = object;
            this.store = WriteAttributeNode.create(name);
        }

        @Override
        public void write(VirtualFrame frame, Object value) {
            Object receiver = object.execute(frame);
            try {
                store.execute(receiver, value);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            } catch (TensorException refusal) {
                throw Errors.from(refusal).at(this);
            }
        }
    }

    /** {@code object[index] = value}. */
    public static final class Item extends WriteNode {
        @Child private ExpressionNode object;
        @Child private ExpressionNode index;
        @Child private StoreItemNode store = StoreItemNode.create();

        public Item(ExpressionNode object, ExpressionNode index) {
            this.object = object;
            this.index = index;
        }

        @Override
        public void write(VirtualFrame frame, Object value) {
            Object receiver = object.execute(frame);
            Object key = index.execute(frame);
            if (receiver instanceof Tensor) {
                comesFromHere();
            }
            try {
                store.execute(receiver, key, value);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            } catch (TensorException refusal) {
                throw Errors.from(refusal).at(this);
            }
        }
    }

    /** {@code a, *b, c = value}. */
    public static final class Unpack extends WriteNode {
        @Children private final WriteNode[] targets;
        private final int star;

        /** {@code star} is the index of the target that takes the rest as a list, or -1. */
        public Unpack(WriteNode[] targets, int star) {
            this.targets = targets;
            this.star = star;
        }

        @Override
        @ExplodeLoop
        public void write(VirtualFrame frame, Object value) {
            Object[] items;
            if (star < 0 && value.getClass() == EbbTuple.class && ((EbbTuple) value).items.length == targets.length) {
                items = ((EbbTuple) value).items;
            } else {
                try {
                    items = star < 0 ? exactly(value) : withRest(value);
                } catch (AbstractTruffleException error) {
                    throw Thrown.at(error, this);
                }
            }
            for (int i = 0; i < targets.length; i++) {
                targets[i].write(frame, items[i]);
            }
        }

        @TruffleBoundary
        private Object[] exactly(Object value) {
            EbbIterator values = iterator(value);
            Object[] items = new Object[targets.length];
            for (int i = 0; i < items.length; i++) {
                items[i] = values.next();
                if (items[i] == EbbIterator.END) {
                    throw Errors.valueError("not enough values to unpack (expected " + items.length + ", got " + i + ")");
                }
            }
            if (values.next() != EbbIterator.END) {
                throw Errors.valueError("too many values to unpack (expected " + items.length + ")");
            }
            return items;
        }

        @TruffleBoundary
        private Object[] withRest(Object value) {
            iterator(value);
            Object[] all = Iteration.toArray(value);
            int after = targets.length - star - 1;
            if (all.length < targets.length - 1) {
                throw Errors.valueError("not enough values to unpack (expected at least " + (targets.length - 1) + ", got " + all.length + ")");
            }
            Object[] items = new Object[targets.length];
            System.arraycopy(all, 0, items, 0, star);
            items[star] = new EbbList(Arrays.copyOfRange(all, star, all.length - after));
            System.arraycopy(all, all.length - after, items, star + 1, after);
            return items;
        }

        private static EbbIterator iterator(Object value) {
            if (!Iteration.isIterable(value)) {
                throw Errors.typeError("cannot unpack non-iterable " + Types.name(value) + " object");
            }
            return Iteration.iterator(value);
        }
    }
}
