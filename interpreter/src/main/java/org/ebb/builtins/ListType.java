package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Specialization;
import java.util.Arrays;
import org.ebb.runtime.BuiltinNode;
import org.ebb.kernel.Glance;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;

/** The types list and tuple. */
final class ListType {

    private ListType() {}

    static void fill(BuiltinTable table) {
        table.staticMethod("__new__(cls, *args, **kwargs)", "A new list.", b -> Args.instance(b[0], Types.LIST, new EbbList()));
        table.simple("__init__(self, iterable=?, /)", "Take the values of an iterable.", b -> {
            self(b).assign(b[1] == null ? new EbbList() : Iteration.toList(b[1]));
            return EbbNone.NONE;
        });
        common(table);
        SpecialMethods.inPlace(table, BinaryOperator.ADD, BinaryOperator.MULTIPLY);
        SpecialMethods.noHash(table);
        SpecialMethods.writable(table);
        table.simple("__reversed__(self, /)", "A reverse iterator.", b -> reversed(self(b)));
        table.function("append(self, object, /)", "Append object to the end of the list.", ListTypeFactory.AppendNodeGen::create);
        table.function("pop(self, index=-1, /)", "Remove and return the item at index (default last).", ListTypeFactory.PopNodeGen::create);
        table.simple("extend(self, iterable, /)", "Append all items of an iterable.", b -> {
            self(b).addAll(Iteration.toList(b[1]));
            return EbbNone.NONE;
        });
        table.simple("insert(self, index, object, /)", "Insert object before index.", b -> {
            Object index = Numbers.requireIndex(b[1]);
            self(b).insert(Args.clipped(index, 0, self(b).size()), b[2]);
            return EbbNone.NONE;
        });
        table.simple("remove(self, value, /)", "Remove the first item that equals value.", b -> {
            int at = Sequences.indexOf(self(b), b[1], 0, self(b).size());
            if (at < 0) {
                throw Errors.valueError("list.remove(x): x not in list");
            }
            self(b).remove(at);
            return EbbNone.NONE;
        });
        table.simple("clear(self, /)", "Remove all items.", b -> {
            self(b).clear();
            return EbbNone.NONE;
        });
        table.simple("copy(self, /)", "A shallow copy.", b -> self(b).copy(0, self(b).size()));
        table.simple("reverse(self, /)", "Reverse in place.", b -> {
            self(b).reverse();
            return EbbNone.NONE;
        });
        table.simple("sort(self, /, *, key=None, reverse=False)", "Sort in place, stable.", b -> {
            EbbList list = self(b);
            if (b[1] == EbbNone.NONE && list.sortNumbers(Truth.of(b[2]))) {
                return EbbNone.NONE;
            }
            Object[] items = list.toArray();
            list.clear();
            try {
                Sorting.sort(items, b[1], Truth.of(b[2]));
            } finally {
                boolean changed = list.size() != 0;
                list.assign(items);
                if (changed) {
                    throw Errors.valueError("list modified during sort");
                }
            }
            return EbbNone.NONE;
        });
        table.simple("index(self, value, start=0, stop=?, /)", "The first index of value, or ValueError.", b -> {
            int n = self(b).size();
            int at = Sequences.indexOf(self(b), b[1], Args.clipped(b[2], 0, n), Args.clipped(b[3], n, n));
            if (at < 0) {
                throw Errors.valueError(Text.repr(b[1]) + " is not in list");
            }
            return (long) at;
        });
        table.simple("count(self, value, /)", "How many items equal value.", b -> count(self(b).toArray(), b[1]));
    }

    /** What list and tuple share. */
    private static void common(BuiltinTable table) {
        SpecialMethods.arithmetic(table, BinaryOperator.ADD, BinaryOperator.MULTIPLY);
        SpecialMethods.equality(table);
        SpecialMethods.order(table);
        SpecialMethods.text(table);
        SpecialMethods.container(table);
        SpecialMethods.subscript(table);
    }

    static void fillTuple(BuiltinTable table) {
        table.staticMethod("__new__(cls, iterable=?, /)", "A tuple of the values of an iterable.",
                b -> Args.instance(b[0], Types.TUPLE, b[1] == null ? EbbTuple.EMPTY : Iteration.toTuple(b[1])));
        common(table);
        SpecialMethods.hash(table);
        table.simple("index(self, value, start=0, stop=?, /)", "The first index of value, or ValueError.", b -> {
            Object[] items = ((EbbTuple) b[0]).items;
            int from = Args.clipped(b[2], 0, items.length);
            int to = Args.clipped(b[3], items.length, items.length);
            int at = Sequences.indexOf(Arrays.copyOfRange(items, from, Math.max(from, to)), b[1]);
            if (at < 0) {
                throw Errors.valueError("tuple.index(x): x not in tuple");
            }
            return (long) at + from;
        });
        table.simple("count(self, value, /)", "How many items equal value.", b -> count(((EbbTuple) b[0]).items, b[1]));
    }

    private static EbbList self(Object[] b) {
        return (EbbList) b[0];
    }

    private static long count(Object[] items, Object value) {
        long n = 0;
        var glance = new Glance();
        for (Object item : items) {
            glance.step();
            n += org.ebb.runtime.Compare.same(item, value) ? 1 : 0;
        }
        return n;
    }

    static EbbIterator reversed(EbbList list) {
        int[] at = {list.size()};
        return EbbIterator.of("list_reverseiterator", () -> {
            at[0] = Math.min(at[0], list.size()) - 1;
            return at[0] >= 0 ? list.get(at[0]) : EbbIterator.END;
        });
    }

    abstract static class AppendNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound[1]);
        }

        abstract Object executeWith(Object list, Object value);

        @Specialization
        Object append(EbbList list, Object value) {
            list.append(value);
            return EbbNone.NONE;
        }
    }

    abstract static class PopNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound[1]);
        }

        abstract Object executeWith(Object list, Object index);

        @Specialization(guards = {"index == MINUS_ONE", "list.size() > 0"})
        Object last(EbbList list, @SuppressWarnings("unused") long index) {
            return list.removeLast();
        }

        @Specialization(replaces = "last")
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object any(EbbList list, Object index) {
            int at = Integers.clamp(Numbers.requireIndex(index));
            if (list.size() == 0) {
                throw Errors.indexError("pop from empty list");
            }
            at = at < 0 ? at + list.size() : at;
            if (at < 0 || at >= list.size()) {
                throw Errors.indexError("pop index out of range");
            }
            return list.remove(at);
        }

        static final long MINUS_ONE = -1;
    }
}
