package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.List;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.DictView;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbGenerator;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbRange;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Builtin functions over iterables: iter, next, sorted, sum, min, max, any, all, and the types enumerate, zip, map, filter, reversed. */
final class IterationFunctions {

    private IterationFunctions() {}

    static void fill(BuiltinTable table) {
        table.simple("iter(object, sentinel=?, /)", "An iterator over an object, or over calls until they give sentinel.",
                b -> b[1] == null ? Iteration.iterator(b[0]) : calls(b[0], b[1]));
        table.simple("next(iterator, default=?, /)", "The next value, or default at the end.", b -> next(b[0], b[1]));
        table.simple("sorted(iterable, /, *, key=None, reverse=False)", "A new sorted list of the values of an iterable.", b -> {
            EbbList list = Iteration.toList(b[0]);
            if (b[1] == EbbNone.NONE && list.sortNumbers(Truth.of(b[2]))) {
                return list;
            }
            Object[] items = list.toArray();
            Sorting.sort(items, b[1], Truth.of(b[2]));
            list.assign(items);
            return list;
        });
        table.function("sum(iterable, /, start=0, *, axis=?, keepdims=False, dtype=?, initial=?, where=?)",
                "The sum of start and the values of an iterable; of a tensor along an axis.", GeneratorLoopsFactory.SumNodeGen::create);
        extreme(table, "min", "The smallest of the arguments, of an iterable, or of a tensor (along an axis).");
        extreme(table, "max", "The largest of the arguments, of an iterable, or of a tensor (along an axis).");
        table.function("any(iterable, /, *, axis=None, keepdims=False, where=?)", "True if a value counts as true; of a tensor along an axis.",
                () -> GeneratorLoopsFactory.SearchNodeGen.create(true));
        table.function("all(iterable, /, *, axis=None, keepdims=False, where=?)", "True if all values count as true; of a tensor along an axis.",
                () -> GeneratorLoopsFactory.SearchNodeGen.create(false));
    }

    private static EbbIterator calls(Object function, Object sentinel) {
        if (!Calls.isCallable(function)) {
            throw Errors.typeError("iter(v, w): v must be callable");
        }
        return EbbIterator.of("callable_iterator", () -> {
            Object value = Calls.call(function);
            return Compare.same(value, sentinel) ? EbbIterator.END : value;
        });
    }

    private static Object next(Object iterator, Object otherwise) {
        if (iterator instanceof EbbObject && otherwise == null) {
            Object value = Calls.callSpecial(iterator, "__next__"); // its StopIteration keeps the value it carries
            if (value != null) {
                return value;
            }
        }
        Object value = Iteration.next(iterator);
        if (value != EbbIterator.END) {
            return value;
        }
        if (otherwise == null) {
            throw iterator instanceof EbbGenerator generator ? generator.stop() : Errors.stopIteration();
        }
        return otherwise;
    }

    static Object sum(Object[] b) {
        if (MoreKeywords.anyFrom(b, 4)) {
            return MoreKeywords.reduce("sum", b[0], b[2], b[3], b[4], b[5], b[6]);
        }
        return b[2] != null ? TensorFunctions.reduce("sum", b[0], b[2], b[3]) : sum(b[0], b[1]);
    }

    private static Object sum(Object iterable, Object start) {
        if (EbbObject.unwrap(start) instanceof String) {
            throw Errors.typeError("sum() can't sum strings [use ''.join(seq) instead]");
        }
        if (iterable instanceof Tensor x && x.rank() > 0 && x.shape().dim(0) > 0) {
            // What adding row after row gives, in one operation.
            return Operators.binary(BinaryOperator.ADD, TensorFunctions.reduce("sum", x, 0L, false), start);
        }
        if (Tensors.isTensor(iterable) && ((Value) iterable).shape().rank() == 0) {
            return start.equals(0L) ? iterable : Operators.binary(BinaryOperator.ADD, iterable, start); // as max, mean and the others take one
        }
        Object total = start;
        Object rest = iterable;
        if (iterable instanceof EbbList list && list.isLongs() && start instanceof Long first) {
            long whole = first;
            int at = 0;
            for (long[] longs = list.longs(); at < list.size(); at++) {
                long sum = whole + longs[at];
                if (((whole ^ sum) & (longs[at] ^ sum)) < 0) {
                    break;
                }
                whole = sum;
            }
            total = whole;
            rest = at == list.size() ? EbbTuple.EMPTY : list.copy(at, list.size());
        } else if (iterable instanceof EbbList list && list.isDoubles() && (start instanceof Double || start.equals(0L))) {
            double whole = start instanceof Double first ? first : 0;
            double[] doubles = list.doubles();
            for (int i = 0; i < list.size(); i++) {
                whole += doubles[i];
            }
            return list.size() == 0 ? start : (Object) whole;
        }
        EbbIterator items = Iteration.iterator(rest);
        Object item = items.step();
        if (total instanceof Long first) {
            long whole = first;
            while (item instanceof Long l) {
                long sum = whole + l;
                if (((whole ^ sum) & (l ^ sum)) < 0) {
                    break;
                }
                whole = sum;
                item = items.step();
            }
            total = whole;
        }
        for (; item != EbbIterator.END; item = items.step()) {
            total = total instanceof Double a && item instanceof Double b ? (Object) (a + b) : Operators.binary(BinaryOperator.ADD, total, item);
        }
        return total;
    }

    private static void extreme(BuiltinTable table, String name, String doc) {
        BuiltinNode.Simple body = b -> extreme(name, b);
        table.function(name + "(*args, key=None, default=?, axis=None, keepdims=False, initial=?, where=?)", doc, () -> ExtremeNodeGen.create(name.equals("max"), body), body);
    }

    private static Object extreme(String name, Object[] b) {
        Object[] args = (Object[]) b[0];
        if (MoreKeywords.anyFrom(b, 5)) {
            if (args.length != 1 || !Args.absent(b[1])) {
                throw Errors.typeError(name + "(): initial and where are for a single tensor");
            }
            return MoreKeywords.reduce(name, args[0], b[3], b[4], b[5], b[6]);
        }
        if (args.length == 1 && Tensors.isTensor(args[0]) && Args.absent(b[1])) {
            return TensorFunctions.reduce(name, args[0], b[3], b[4]);
        }
        return extreme(name, args, b[1], b[2]);
    }

    private static Object extreme(String name, Object[] args, Object key, Object otherwise) {
        if (args.length == 0) {
            throw Errors.typeError(name + " expected at least 1 argument, got 0");
        }
        if (args.length > 1 && otherwise != null) {
            throw Errors.typeError("Cannot specify a default for " + name + "() with multiple positional arguments");
        }
        boolean largest = name.equals("max");
        EbbIterator items = Iteration.iterator(args.length == 1 ? args[0] : new EbbTuple(args));
        Object best = items.step();
        if (best == EbbIterator.END) {
            if (otherwise == null) {
                throw Errors.valueError(name + "() arg is an empty sequence");
            }
            return otherwise;
        }
        Object bestKey = Args.apply(key, best);
        List<Object> ties = null;
        for (Object item = items.step(); item != EbbIterator.END; item = items.step()) {
            Object itemKey = Args.apply(key, item);
            if (largest ? greater(itemKey, bestKey) : Compare.less(itemKey, bestKey)) {
                best = item;
                bestKey = itemKey;
                ties = null;
            } else if (itemKey == item && areTied(best, item)) {
                ties = ties == null ? new ArrayList<>(List.of(best)) : ties;
                ties.add(item);
            }
        }
        return ties == null ? best : RecordedMath.shared(ties);
    }

    /** Of recorded numbers that tie each has its share, as in a reduction; of plain ones the first is it. */
    private static boolean areTied(Object best, Object item) {
        boolean recorded = best instanceof Scalar || item instanceof Scalar;
        return recorded && (best instanceof Scalar || Numbers.isNumber(best)) && (item instanceof Scalar || Numbers.isNumber(item))
                && Numbers.asDouble(best) == Numbers.asDouble(item);
    }

    private static boolean greater(Object a, Object b) {
        return Truth.of(Compare.rich(org.ebb.syntax.Expr.CompareOperator.GREATER, a, b));
    }

    /** any, which looks for a value that counts as true, or all. */
    static Object search(Object[] b, boolean truth) {
        if (MoreKeywords.anyFrom(b, 3)) {
            return MoreKeywords.reduce(truth ? "any" : "all", b[0], b[1], b[2], b[3]);
        }
        if (Tensors.isTensor(b[0])) {
            return TensorFunctions.reduce(truth ? "any" : "all", b[0], b[1], b[2]);
        }
        return has(b[0], truth) == truth;
    }

    private static boolean has(Object iterable, boolean truth) {
        EbbIterator items = Iteration.iterator(iterable);
        for (Object item = items.step(); item != EbbIterator.END; item = items.step()) {
            if (Truth.of(item) == truth) {
                return true;
            }
        }
        return false;
    }

    // The types whose instances are iterators.

    static void fillEnumerate(BuiltinTable table) {
        table.staticMethod("__new__(cls, iterable, start=0)", "Pairs of a count and a value.", b -> {
            EbbIterator items = Iteration.iterator(b[1]);
            Object start = Numbers.requireIndex(b[2]);
            return new Enumerate(items, start instanceof Long l ? l : 0, start);
        });
    }

    private static final class Enumerate extends EbbIterator {
        private final EbbIterator items;
        private long count;
        private Object large;

        Enumerate(EbbIterator items, long count, Object start) {
            this.items = items;
            this.count = count;
            this.large = start instanceof Long ? null : start;
        }

        @Override
        public Object next() {
            Object item = items.step();
            if (item == END) {
                return END;
            }
            if (large != null || count == Long.MAX_VALUE) {
                return new EbbTuple(countLarge(), item);
            }
            return new EbbTuple(count++, item);
        }

        @TruffleBoundary
        private Object countLarge() {
            Object current = large == null ? (Object) count : large;
            large = Integers.add(current, 1L);
            return current;
        }

        @Override
        public String typeName() {
            return "enumerate";
        }
    }

    static void fillZip(BuiltinTable table) {
        table.staticMethod("__new__(cls, *iterables, strict=False)", "Tuples of the values of several iterables.", b -> {
            Object[] iterables = (Object[]) b[1];
            EbbIterator[] all = new EbbIterator[iterables.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = Iteration.iterator(iterables[i]);
            }
            boolean strict = Truth.of(b[2]);
            return new Zip(all, strict);
        });
    }

    private static final class Zip extends EbbIterator {
        private final EbbIterator[] all;
        private final boolean strict;

        Zip(EbbIterator[] all, boolean strict) {
            this.all = all;
            this.strict = strict;
        }

        @Override
        @TruffleBoundary
        public Object next() {
            if (all.length == 0) {
                return END;
            }
            Object[] row = new Object[all.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = all[i].step();
                if (row[i] == END) {
                    if (strict) {
                        checkEnd(i);
                    }
                    return END;
                }
            }
            return new EbbTuple(row);
        }

        private void checkEnd(int ended) {
            if (ended > 0) {
                throw uneven(ended + 1, "shorter", ended);
            }
            for (int i = 1; i < all.length; i++) {
                if (all[i].step() != END) {
                    throw uneven(i + 1, "longer", i);
                }
            }
        }

        private static RuntimeException uneven(int argument, String how, int before) {
            return Errors.valueError("zip() argument " + argument + " is " + how + " than argument" + (before == 1 ? " 1" : "s 1-" + before));
        }

        @Override
        public String typeName() {
            return "zip";
        }
    }

    static void fillMap(BuiltinTable table) {
        table.staticMethod("__new__(cls, func, *iterables)", "The results of a function for the values of iterables.", b -> {
            Object[] iterables = (Object[]) b[2];
            if (iterables.length == 0) {
                throw Errors.typeError("map() must have at least two arguments.");
            }
            EbbIterator[] all = new EbbIterator[iterables.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = Iteration.iterator(iterables[i]);
            }
            Object function = b[1];
            return new EbbIterator() {
                @Override
                @TruffleBoundary
                public Object next() {
                    Object[] arguments = new Object[all.length];
                    for (int i = 0; i < arguments.length; i++) {
                        arguments[i] = all[i].step();
                        if (arguments[i] == END) {
                            return END;
                        }
                    }
                    return Calls.call(function, arguments);
                }

                @Override
                public String typeName() {
                    return "map";
                }
            };
        });
    }

    static void fillFilter(BuiltinTable table) {
        table.staticMethod("__new__(cls, function, iterable, /)", "The values for which a function is true.", b -> {
            Object function = b[1];
            EbbIterator items = Iteration.iterator(b[2]);
            return new EbbIterator() {
                @Override
                @TruffleBoundary
                public Object next() {
                    Object item = items.step();
                    while (item != END && !Truth.of(Args.apply(function, item))) {
                        item = items.step();
                    }
                    return item;
                }

                @Override
                public String typeName() {
                    return "filter";
                }
            };
        });
    }

    static void fillReversed(BuiltinTable table) {
        table.staticMethod("__new__(cls, sequence, /)", "The values from the last to the first.", b -> reversed(b[1]));
    }

    private static Object reversed(Object value) {
        return switch (value) {
            case EbbList list -> ListType.reversed(list);
            case EbbRange range -> RangeType.reversed(range);
            case EbbDict dict -> new DictView.Iterator(dict, DictView.Kind.KEYS, true);
            case DictView view -> new DictView.Iterator(view.dict, view.kind, true);
            default -> specialReversed(value);
        };
    }

    private static Object specialReversed(Object value) {
        Object own = Calls.callSpecial(value, "__reversed__");
        if (own != null) {
            return own;
        }
        boolean sequence = value instanceof String || value instanceof EbbTuple
                || Types.lookup(value, "__getitem__") != null && Types.lookup(value, "__len__") != null && !Types.isInstance(value, Types.SET);
        if (!sequence) {
            throw Errors.typeError("'" + Types.name(value) + "' object is not reversible");
        }
        long[] at = {Sequences.length(value)};
        return EbbIterator.of("reversed", () -> --at[0] >= 0 ? Sequences.getItem(value, at[0]) : EbbIterator.END);
    }
}
