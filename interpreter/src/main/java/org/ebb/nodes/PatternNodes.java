package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.Arrays;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbRange;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.ForeignItems;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Types;

/** The kinds of patterns. */
public final class PatternNodes {

    private PatternNodes() {}

    /** Equal to a value; for None, True and False: identical. */
    public static final class Value extends PatternNode {
        @Child private ExpressionNode value;
        private final boolean identical;

        public Value(ExpressionNode value, boolean identical) {
            this.value = value;
            this.identical = identical;
        }

        @Override
        public boolean matches(VirtualFrame frame, Object subject) {
            Object wanted = value.execute(frame);
            return identical ? Compare.is(subject, wanted) : Compare.equal(subject, wanted);
        }
    }

    /** Fits all; binds a name unless it is null. */
    public static final class Capture extends PatternNode {
        @Child private WriteNode target;

        public Capture(WriteNode target) {
            this.target = target;
        }

        @Override
        public boolean matches(VirtualFrame frame, Object subject) {
            if (target != null) {
                target.write(frame, subject);
            }
            return true;
        }
    }

    public static final class As extends PatternNode {
        @Child private PatternNode pattern;
        @Child private WriteNode target;

        public As(PatternNode pattern, WriteNode target) {
            this.pattern = pattern;
            this.target = target;
        }

        @Override
        public boolean matches(VirtualFrame frame, Object subject) {
            if (!pattern.matches(frame, subject)) {
                return false;
            }
            target.write(frame, subject);
            return true;
        }
    }

    public static final class Or extends PatternNode {
        @Children private final PatternNode[] choices;

        public Or(PatternNode[] choices) {
            this.choices = choices;
        }

        @Override
        @ExplodeLoop
        public boolean matches(VirtualFrame frame, Object subject) {
            for (PatternNode choice : choices) {
                if (choice.matches(frame, subject)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A list, tuple or range of fitting length whose items fit; strings are no sequences here. */
    public static final class Sequence extends PatternNode {
        @Children private final PatternNode[] items;
        private final int star;

        public Sequence(PatternNode[] items, int star) {
            this.items = items;
            this.star = star;
        }

        @Override
        @ExplodeLoop
        public boolean matches(VirtualFrame frame, Object subject) {
            Object[] values = values(subject);
            if (values == null) {
                return false;
            }
            for (int i = 0; i < items.length; i++) {
                if (!items[i].matches(frame, values[i])) {
                    return false;
                }
            }
            return true;
        }

        @TruffleBoundary
        private Object[] values(Object subject) {
            Object plain = ForeignItems.copy(EbbObject.unwrap(subject));
            if (!(plain instanceof EbbList) && !(plain instanceof EbbTuple) && !(plain instanceof EbbRange)) {
                return null;
            }
            Object[] all = Iteration.toArray(plain);
            if (star < 0) {
                return all.length == items.length ? all : null;
            }
            int after = items.length - star - 1;
            if (all.length < star + after) {
                return null;
            }
            Object[] values = new Object[items.length];
            System.arraycopy(all, 0, values, 0, star);
            values[star] = new EbbList(Arrays.copyOfRange(all, star, all.length - after));
            System.arraycopy(all, all.length - after, values, star + 1, after);
            return values;
        }
    }

    /** A dict that has the keys with fitting values; {@code rest} takes the others. */
    public static final class Mapping extends PatternNode {
        @Children private final ExpressionNode[] keys;
        @Children private final PatternNode[] values;
        @Child private WriteNode rest;

        public Mapping(ExpressionNode[] keys, PatternNode[] values, WriteNode rest) {
            this.keys = keys;
            this.values = values;
            this.rest = rest;
        }

        @Override
        @ExplodeLoop
        public boolean matches(VirtualFrame frame, Object subject) {
            if (!(ForeignItems.copy(EbbObject.unwrap(subject)) instanceof EbbDict dict)) {
                return false;
            }
            Object[] taken = new Object[keys.length];
            for (int i = 0; i < keys.length; i++) {
                taken[i] = keys[i].execute(frame);
                Object value = dict.get(taken[i]);
                if (value == null || !values[i].matches(frame, value)) {
                    return false;
                }
            }
            if (rest != null) {
                rest.write(frame, without(dict, taken));
            }
            return true;
        }

        @TruffleBoundary
        private static EbbDict without(EbbDict dict, Object[] taken) {
            EbbDict others = dict.copy();
            for (Object key : taken) {
                others.remove(key);
            }
            return others;
        }
    }

    /** An instance of a class whose attributes fit; positional ones by the class's {@code __match_args__}. */
    public static final class OfClass extends PatternNode {
        @Child private ExpressionNode type;
        @Children private final PatternNode[] positional;
        @CompilationFinal(dimensions = 1) private final String[] names;
        @Children private final PatternNode[] keyword;

        public OfClass(ExpressionNode type, PatternNode[] positional, String[] names, PatternNode[] keyword) {
            this.type = type;
            this.positional = positional;
            this.names = names;
            this.keyword = keyword;
        }

        @Override
        @ExplodeLoop
        public boolean matches(VirtualFrame frame, Object subject) {
            if (!(type.execute(frame) instanceof EbbClass wanted)) {
                throw Errors.typeError("called match pattern must be a class");
            }
            if (!Types.isInstance(subject, wanted)) {
                return false;
            }
            Object[] attributes = attributes(subject, wanted);
            if (attributes == null) {
                return false;
            }
            for (int i = 0; i < positional.length; i++) {
                if (!positional[i].matches(frame, attributes[i])) {
                    return false;
                }
            }
            for (int i = 0; i < keyword.length; i++) {
                if (!keyword[i].matches(frame, attributes[positional.length + i])) {
                    return false;
                }
            }
            return true;
        }

        @TruffleBoundary
        private Object[] attributes(Object subject, EbbClass wanted) {
            Object[] found = new Object[positional.length + keyword.length];
            if (positional.length == 1 && isSelfMatching(wanted)) {
                found[0] = subject;
            } else if (positional.length > 0) {
                Object listed = wanted.lookup("__match_args__");
                Object[] arguments = listed == null ? new Object[0] : Iteration.toArray(listed);
                if (arguments.length < positional.length) {
                    throw Errors.typeError(wanted.name + "() accepts " + arguments.length + " positional sub-pattern"
                            + (arguments.length == 1 ? "" : "s") + " (" + positional.length + " given)");
                }
                for (int i = 0; i < positional.length; i++) {
                    found[i] = Attributes.find(subject, (String) arguments[i]);
                }
            }
            for (int i = 0; i < keyword.length; i++) {
                found[positional.length + i] = Attributes.find(subject, names[i]);
            }
            for (Object each : found) {
                if (each == null) {
                    return null;
                }
            }
            return found;
        }

        /** {@code int(x)} and the like bind the value itself. */
        private static boolean isSelfMatching(EbbClass wanted) {
            EbbClass base = wanted.builtinBase();
            return base == Types.INT || base == Types.BOOL || base == Types.FLOAT || base == Types.STR || base == Types.LIST || base == Types.TUPLE
                    || base == Types.DICT || base == Types.SET || base == Types.FROZENSET || base == Types.BYTES;
        }
    }
}
