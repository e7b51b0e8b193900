package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.ArrayList;
import java.util.Arrays;
import org.ebb.runtime.Dicts;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbSet;
import org.ebb.runtime.EbbSlice;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Types;

/** Values written out: {@code [a, *b]}, {@code (a, b)}, {@code {a, b}}, {@code {a: b, **c}}, {@code a:b:c}. */
public final class DisplayNodes {

    private DisplayNodes() {}

    public enum Kind { LIST, TUPLE, SET, CONSTANT_SET }

    /** A list, tuple or set. */
    public static final class Items extends ExpressionNode {
        private final Kind kind;
        @Children private final ExpressionNode[] items;
        /** Which items stand behind a star; null where none does. */
        @CompilationFinal(dimensions = 1) private final boolean[] starred;

        public Items(Kind kind, ExpressionNode[] items, boolean[] starred) {
            this.kind = kind;
            this.items = items;
            this.starred = starred;
        }

        @Override
        @ExplodeLoop
        public Object execute(VirtualFrame frame) {
            Object[] values = new Object[items.length];
            for (int i = 0; i < items.length; i++) {
                values[i] = items[i].execute(frame);
            }
            try {
                Object[] all = starred == null ? values : spread(values);
                return switch (kind) {
                    case LIST -> new EbbList(all);
                    case TUPLE -> EbbTuple.of(all);
                    case SET -> EbbSet.of(false, all);
                    case CONSTANT_SET -> EbbSet.ofConstants(all);
                };
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }

        @TruffleBoundary
        private Object[] spread(Object[] values) {
            var all = new ArrayList<Object>();
            for (int i = 0; i < values.length; i++) {
                if (!starred[i]) {
                    all.add(values[i]);
                } else if (Iteration.isIterable(values[i])) {
                    all.addAll(Arrays.asList(Iteration.toArray(values[i])));
                } else {
                    throw Errors.typeError("Value after * must be an iterable, not " + Types.name(values[i]));
                }
            }
            return all.toArray();
        }
    }

    /** A dict; an entry without a key adds all of a mapping. */
    public static final class Entries extends ExpressionNode {
        @Children private final ExpressionNode[] keys;
        @Children private final ExpressionNode[] values;

        public Entries(ExpressionNode[] keys, ExpressionNode[] values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        @ExplodeLoop
        public Object execute(VirtualFrame frame) {
            EbbDict dict = new EbbDict();
            for (int i = 0; i < values.length; i++) {
                Object key = keys[i] == null ? null : keys[i].execute(frame);
                Object value = values[i].execute(frame);
                try {
                    if (key == null) {
                        Dicts.update(dict, value);
                    } else {
                        dict.put(key, value);
                    }
                } catch (AbstractTruffleException error) {
                    throw Thrown.at(error, this);
                }
            }
            return dict;
        }
    }

    /** A slice; a part left out is None. */
    public static final class Slice extends ExpressionNode {
        @Child private ExpressionNode start;
        @Child private ExpressionNode stop;
        @Child private ExpressionNode step;

        public Slice(ExpressionNode start, ExpressionNode stop, ExpressionNode step) {
            this.start = start;
            this.stop = stop;
            this.step = step;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            return new EbbSlice(part(frame, start), part(frame, stop), part(frame, step));
        }

        private static Object part(VirtualFrame frame, ExpressionNode node) {
            return node == null ? EbbNone.NONE : node.execute(frame);
        }
    }
}
