package org.ebb.builtins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Supplier;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Truth;
import org.ebb.syntax.Expr.BinaryOperator;

/** The module itertools. */
final class ItertoolsModule {

    private static final Object END = EbbIterator.END;

    private ItertoolsModule() {}

    private static EbbIterator of(String name, Supplier<Object> next) {
        return EbbIterator.of("itertools." + name, next);
    }

    static void fill(BuiltinTable table) {
        endless(table);
        shortened(table);
        grouped(table);
        combined(table);
    }

    private static void endless(BuiltinTable table) {
        table.simple("count(start=0, step=1)", "start, start + step, ... without end.", b -> {
            Object[] value = {b[0]};
            return of("count", () -> {
                Object current = value[0];
                value[0] = Operators.binary(BinaryOperator.ADD, current, b[1]);
                return current;
            });
        });
        table.simple("cycle(iterable, /)", "The values again and again.", b -> {
            EbbIterator items = Iteration.iterator(b[0]);
            var seen = new ArrayList<Object>();
            int[] at = {-1};
            return of("cycle", () -> {
                if (at[0] < 0) {
                    Object item = items.step();
                    if (item != END) {
                        seen.add(item);
                        return item;
                    }
                    at[0] = 0;
                }
                return seen.isEmpty() ? END : seen.get(at[0]++ % seen.size());
            });
        });
        table.simple("repeat(object, times=?)", "The same object, some times or without end.", b -> {
            long[] left = {b[1] == null ? Long.MAX_VALUE : Integers.clampLong(Numbers.requireIndex(b[1]))};
            return of("repeat", () -> left[0]-- > 0 ? b[0] : END);
        });
    }

    private static EbbIterator chain(EbbIterator rows) {
        EbbIterator[] row = {null};
        return of("chain", () -> {
            while (true) {
                if (row[0] == null) {
                    Object next = rows.step();
                    if (next == END) {
                        return END;
                    }
                    row[0] = Iteration.iterator(next);
                }
                Object item = row[0].step();
                if (item != END) {
                    return item;
                }
                row[0] = null;
            }
        });
    }

    private static void shortened(BuiltinTable table) {
        table.simple("_chain(iterables, /)", "The values of one iterable after the other.", b -> chain(Iteration.iterator(b[0])));
        table.simple("islice(iterable, start, stop=?, step=None, /)", "What a slice takes.", b -> islice(b));
        table.simple("takewhile(predicate, iterable, /)", "The values up to the first that fails.", b -> {
            EbbIterator items = Iteration.iterator(b[1]);
            return of("takewhile", () -> {
                Object item = items.step();
                return item != END && Truth.of(Calls.call(b[0], item)) ? item : END;
            });
        });
        table.simple("dropwhile(predicate, iterable, /)", "The values from the first that fails.", b -> {
            EbbIterator items = Iteration.iterator(b[1]);
            boolean[] open = {false};
            return of("dropwhile", () -> {
                Object item = items.step();
                while (!open[0] && item != END && Truth.of(Calls.call(b[0], item))) {
                    item = items.step();
                }
                open[0] = true;
                return item;
            });
        });
        table.simple("filterfalse(predicate, iterable, /)", "The values for which a function is false.", b -> {
            EbbIterator items = Iteration.iterator(b[1]);
            return of("filterfalse", () -> {
                Object item = items.step();
                while (item != END && Truth.of(Args.apply(b[0], item))) {
                    item = items.step();
                }
                return item;
            });
        });
        table.simple("compress(data, selectors)", "The values whose selector is true.", b -> {
            EbbIterator items = Iteration.iterator(b[0]);
            EbbIterator selectors = Iteration.iterator(b[1]);
            return of("compress", () -> {
                while (true) {
                    Object item = items.step();
                    Object selector = item == END ? END : selectors.step();
                    if (selector == END || Truth.of(selector)) {
                        return selector == END ? END : item;
                    }
                }
            });
        });
        table.simple("starmap(function, iterable, /)", "The results of a function for rows of arguments.", b -> {
            EbbIterator items = Iteration.iterator(b[1]);
            return of("starmap", () -> {
                Object row = items.step();
                return row == END ? END : Calls.call(b[0], Iteration.toArray(row));
            });
        });
        table.simple("accumulate(iterable, func=None, *, initial=None)", "Running sums, or what func makes of them.", b -> {
            EbbIterator items = Iteration.iterator(b[0]);
            Object[] total = {null};
            return of("accumulate", () -> {
                if (total[0] == null && b[2] != EbbNone.NONE) {
                    return total[0] = b[2];
                }
                Object item = items.step();
                if (item == END) {
                    return END;
                }
                return total[0] = total[0] == null ? item : b[1] == EbbNone.NONE ? Operators.binary(BinaryOperator.ADD, total[0], item)
                        : Calls.call(b[1], total[0], item);
            });
        });
        table.simple("zip_longest(*iterables, fillvalue=None)", "As zip, to the end of the longest.", b -> {
            Object[] iterables = (Object[]) b[0];
            EbbIterator[] all = Arrays.stream(iterables).map(Iteration::iterator).toArray(EbbIterator[]::new);
            boolean[] ended = new boolean[all.length];
            return of("zip_longest", () -> {
                Object[] row = new Object[all.length];
                boolean any = false;
                for (int i = 0; i < row.length; i++) {
                    Object item = ended[i] ? END : all[i].step();
                    ended[i] |= item == END;
                    any |= item != END;
                    row[i] = item == END ? b[1] : item;
                }
                return any ? new EbbTuple(row) : END;
            });
        });
        table.simple("pairwise(iterable, /)", "Each value with the next.", b -> {
            EbbIterator items = Iteration.iterator(b[0]);
            Object[] last = {null};
            return of("pairwise", () -> {
                last[0] = last[0] == null ? items.step() : last[0];
                Object item = last[0] == END ? END : items.step();
                if (item == END) {
                    return END;
                }
                var pair = new EbbTuple(last[0], item);
                last[0] = item;
                return pair;
            });
        });
    }

    private static EbbIterator islice(Object[] b) {
        EbbIterator items = Iteration.iterator(b[0]);
        boolean stopOnly = b[2] == null;
        long from = stopOnly ? 0 : sliceArg(b[1], 0, "Indices");
        long to = sliceArg(stopOnly ? b[1] : b[2], Long.MAX_VALUE, stopOnly ? "Stop argument" : "Indices");
        long step = sliceArg(b[3], 1, "Step");
        if (step == 0) {
            throw Errors.valueError("Step for islice() must be a positive integer or None.");
        }
        long[] at = {0};
        long[] next = {from};
        return of("islice", () -> {
            if (next[0] >= to) {
                while (stopOnly && at[0] < from) {
                    at[0]++;
                }
                return END;
            }
            Object item = END;
            for (; at[0] <= next[0]; at[0]++) {
                item = items.step();
                if (item == END) {
                    return END;
                }
            }
            next[0] += step;
            return item;
        });
    }

    private static long sliceArg(Object value, long otherwise, String what) {
        if (Args.absent(value)) {
            return otherwise;
        }
        Object index = Numbers.asIndex(value);
        if (index == null || Integers.sign(index) < 0) {
            throw Errors.valueError(what.equals("Step") ? "Step for islice() must be a positive integer or None."
                    : what + " for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        }
        if (index instanceof org.ebb.runtime.EbbBigInt) {
            throw Errors.valueError(what + " for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        }
        return Integers.small(index);
    }

    private static void grouped(BuiltinTable table) {
        table.simple("groupby(iterable, key=None)", "Runs of values with the same key.", b -> new Groups(Iteration.iterator(b[0]), b[1]));
        table.simple("tee(iterable, n=2, /)", "Several iterators over the same values.", b -> {
            EbbIterator items = Iteration.iterator(b[0]);
            int n = Args.index(b[1], 2);
            var queues = new ArrayList<ArrayDeque<Object>>();
            Object[] all = new Object[n];
            for (int i = 0; i < n; i++) {
                var queue = new ArrayDeque<Object>();
                queues.add(queue);
                all[i] = of("_tee", () -> {
                    if (queue.isEmpty()) {
                        Object item = items.step();
                        if (item == END) {
                            return END;
                        }
                        queues.forEach(each -> each.add(item));
                    }
                    return queue.remove();
                });
            }
            return EbbTuple.of(all);
        });
        table.simple("batched(iterable, n)", "Tuples of n values.", b -> {
            EbbIterator items = Iteration.iterator(b[0]);
            int n = Args.index(b[1], 1);
            if (n < 1) {
                throw Errors.valueError("n must be at least one");
            }
            return of("batched", () -> {
                var row = new ArrayList<Object>();
                for (Object item = END; row.size() < n && (item = items.step()) != END;) {
                    row.add(item);
                }
                return row.isEmpty() ? END : new EbbTuple(row.toArray());
            });
        });
    }

    /** A group shares the iterator with its runs: going on to the next group ends the one before. */
    private static final class Groups extends EbbIterator {
        private final EbbIterator items;
        private final Object key;
        private Object item;
        private Object itemKey;
        private Object groupKey;
        private int group;

        Groups(EbbIterator items, Object key) {
            this.items = items;
            this.key = key;
        }

        private void advance() {
            item = items.step();
            itemKey = item == END ? END : Args.apply(key, item);
        }

        @Override
        public Object next() {
            if (item == null) {
                advance();
            }
            while (item != END && groupKey != null && Compare.same(groupKey, itemKey)) {
                advance();
            }
            if (item == END) {
                return END;
            }
            groupKey = itemKey;
            int own = ++group;
            Object ownKey = groupKey;
            return new EbbTuple(ownKey, of("_grouper", () -> {
                if (group != own || item == END || !Compare.same(ownKey, itemKey)) {
                    return END;
                }
                Object current = item;
                advance();
                return current;
            }));
        }

        @Override
        public String typeName() {
            return "itertools.groupby";
        }
    }

    private static void combined(BuiltinTable table) {
        table.simple("product(*iterables, repeat=1)", "All rows with one value of each iterable.", b -> {
            Object[] given = (Object[]) b[0];
            int repeat = Args.index(b[1], 1);
            if (repeat < 0) {
                throw Errors.valueError("repeat argument cannot be negative");
            }
            Object[][] pools = new Object[Errors.longest("tuple", (long) given.length * repeat)][];
            for (int i = 0; i < pools.length; i++) {
                pools[i] = i < given.length ? Iteration.toArray(given[i]) : pools[i - given.length];
            }
            return product(pools);
        });
        table.simple("permutations(iterable, r=None)", "All orders of r of the values.", b -> {
            Object[] pool = Iteration.toArray(b[0]);
            int r = Args.index(b[1], pool.length);
            return chosen("permutations", pool, count(r), false, false);
        });
        table.simple("combinations(iterable, r)", "All choices of r of the values.",
                b -> chosen("combinations", Iteration.toArray(b[0]), count(Args.index(b[1], 0)), true, false));
        table.simple("combinations_with_replacement(iterable, r)", "All choices of r of the values, each as often as wanted.",
                b -> chosen("combinations_with_replacement", Iteration.toArray(b[0]), count(Args.index(b[1], 0)), true, true));
    }

    private static int count(int r) {
        if (r < 0) {
            throw Errors.valueError("r must be non-negative");
        }
        return r;
    }

    private static EbbIterator product(Object[][] pools) {
        int[] at = new int[pools.length];
        boolean[] done = {Arrays.stream(pools).anyMatch(pool -> pool.length == 0)};
        return of("product", () -> {
            if (done[0]) {
                return END;
            }
            Object[] row = new Object[at.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = pools[i][at[i]];
            }
            int last = at.length - 1;
            while (last >= 0 && ++at[last] == pools[last].length) {
                at[last--] = 0;
            }
            done[0] = last < 0;
            return EbbTuple.of(row);
        });
    }

    /** Rows of r indexes in lexicographic order: distinct or not, rising or in any order. */
    private static EbbIterator chosen(String name, Object[] pool, int r, boolean rising, boolean again) {
        int n = pool.length;
        boolean[] done = {!again && r > n || again && n == 0 && r > 0};
        int[] at = new int[done[0] ? 0 : r];
        if (!done[0] && !again) {
            Arrays.setAll(at, i -> i);
        }
        return of(name, () -> {
            if (done[0]) {
                return END;
            }
            Object[] row = new Object[r];
            for (int i = 0; i < r; i++) {
                row[i] = pool[at[i]];
            }
            done[0] = !(rising ? nextRising(at, n, again) : nextDistinct(at, n));
            return EbbTuple.of(row);
        });
    }

    private static boolean nextRising(int[] at, int n, boolean again) {
        int r = at.length;
        for (int i = r - 1; i >= 0; i--) {
            int largest = again ? n - 1 : n - r + i;
            if (at[i] < largest) {
                at[i]++;
                for (int j = i + 1; j < r; j++) {
                    at[j] = again ? at[i] : at[j - 1] + 1;
                }
                return true;
            }
        }
        return false;
    }

    private static boolean nextDistinct(int[] at, int n) {
        boolean[] used = new boolean[n];
        for (int each : at) {
            used[each] = true;
        }
        for (int i = at.length - 1; i >= 0; i--) {
            used[at[i]] = false;
            for (int next = at[i] + 1; next < n; next++) {
                if (!used[next]) {
                    at[i] = next;
                    used[next] = true;
                    for (int j = i + 1, free = 0; j < at.length; j++) {
                        while (used[free]) {
                            free++;
                        }
                        at[j] = free;
                        used[free] = true;
                    }
                    return true;
                }
            }
        }
        return false;
    }
}
