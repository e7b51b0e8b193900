package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbProperty;
import org.ebb.runtime.EbbSlice;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Fields;
import org.ebb.tensor.Tensor;

/**
 * Reads a part of an expression ahead of its turn, if that runs no code of the program and can neither fail nor change anything: names, and
 * what is found in modules, plain attributes, lists, tuples and dicts, and slices of tensors.
 */
public abstract class GuardedRead extends Node {

    /** The value, or null where it has to be read in its turn. */
    public abstract Object read(VirtualFrame frame);

    /** A name or a constant. */
    public static final class Plain extends GuardedRead {
        @Child private ExpressionNode node;

        public Plain(ExpressionNode node) {
            this.node = node;
        }

        @Override
        public Object read(VirtualFrame frame) {
            return node.execute(frame);
        }
    }

    /** {@code object.name}. */
    public static final class Attribute extends GuardedRead {
        @Child private GuardedRead object;
        private final String name;

        public Attribute(GuardedRead object, String name) {
            this.object = object;
            this.name = name;
        }

        @Override
        public Object read(VirtualFrame frame) {
            Object receiver = object.read(frame);
            return receiver == null ? null : find(receiver);
        }

        @TruffleBoundary
        private Object find(Object receiver) {
            return switch (receiver) {
                case EbbModule module -> module.get(name);
                case EbbObject o -> {
                    boolean plain = o.payload == null && o.type().lookup("__getattribute__") == org.ebb.runtime.Types.OBJECT.lookup("__getattribute__")
                            && !(o.type().lookup(name) instanceof EbbProperty);
                    yield plain && !(o.type().lookup(name) instanceof EbbObject) ? Fields.get(o, name) : null;
                }
                case Tensor t when name.equals("grad") -> org.ebb.runtime.Attributes.get(t, name);
                default -> null;
            };
        }
    }

    /** {@code object[index]}. */
    public static final class Subscript extends GuardedRead {
        @Child private GuardedRead object;
        @Child private GuardedRead index;

        public Subscript(GuardedRead object, GuardedRead index) {
            this.object = object;
            this.index = index;
        }

        @Override
        public Object read(VirtualFrame frame) {
            Object receiver = object.read(frame);
            Object at = receiver == null ? null : index.read(frame);
            return at == null ? null : find(receiver, at);
        }

        @TruffleBoundary
        private static Object find(Object receiver, Object at) {
            return switch (receiver) {
                case EbbList list when at instanceof Long k && k >= -list.size() && k < list.size() -> list.get((int) (k < 0 ? k + list.size() : k));
                case EbbTuple tuple when at instanceof Long k && k >= -tuple.size() && k < tuple.size() -> tuple.get((int) (k < 0 ? k + tuple.size() : k));
                case EbbDict dict when dict.getClass() == EbbDict.class && (at instanceof Long || at instanceof String) -> dict.get(at);
                default -> null;
            };
        }
    }

    /** {@code object[from:to:step]} of a tensor. */
    public static final class Slice extends GuardedRead {
        @Child private GuardedRead object;
        @Child private GuardedRead slice;
        @Child private ExpressionNode whole;

        public Slice(GuardedRead object, GuardedRead slice, ExpressionNode whole) {
            this.object = object;
            this.slice = slice;
            this.whole = whole;
        }

        @Override
        public Object read(VirtualFrame frame) {
            boolean cannotFail = object.read(frame) instanceof Tensor t && t.rank() > 0 && slice.read(frame) instanceof EbbSlice s && s.isPlain();
            return cannotFail ? whole.execute(frame) : null;
        }
    }
}
