package org.ebb.builtins;

import java.util.Arrays;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbLibraryValue;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbProperty;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.IteratorTypes;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.StaticMethod;
import org.ebb.runtime.Text;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.CompareOperator;

/** What the module collections needs of Java: deque and the classes of named tuples. */
final class CollectionsModule {

    private static final EbbClass DEQUE = IteratorTypes.plain("collections.deque");

    static {
        DEQUE.fillWith(CollectionsModule::fillDeque);
    }

    private CollectionsModule() {}

    static void fill(BuiltinTable table) {
        table.constant("deque", DEQUE);
        table.simple("move(dict, key, last, /)", "Move a key that is there to one of the ends of a dict.", b -> {
            ((EbbDict) EbbObject.unwrap(b[0])).move(b[1], (Boolean) b[2]);
            return EbbNone.NONE;
        });
        table.simple("popfirst(dict, /)", "Remove and return the first (key, value) pair of a dict that has one.",
                b -> new EbbTuple(((EbbDict) EbbObject.unwrap(b[0])).removeFirst()));
        table.simple("namedtuple(name, fields, defaults, /)", "A class of tuples whose items have names.",
                b -> namedTuple(Args.str(b[0], "type name"), Iteration.toArray(b[1]), Iteration.toArray(b[2])));
    }

    private static EbbClass namedTuple(String name, Object[] fields, Object[] defaults) {
        EbbClass made = EbbClass.create(name, Types.TUPLE);
        var signature = new StringBuilder("__new__(cls");
        for (int i = 0; i < fields.length; i++) {
            signature.append(", ").append(fields[i]).append(i >= fields.length - defaults.length ? "=?" : "");
        }
        made.define("_fields", EbbTuple.of(fields));
        var known = new EbbDict();
        for (int i = 0; i < defaults.length; i++) {
            known.put(fields[fields.length - defaults.length + i], defaults[i]);
        }
        made.define("_field_defaults", known);
        made.define("__new__", new StaticMethod(EbbBuiltin.shown(name + ".__new__", signature.append(")").toString(), "A new " + name + ".", b -> {
            Object[] items = Arrays.copyOfRange(b, 1, b.length);
            for (int i = 0; i < items.length; i++) {
                items[i] = items[i] == null ? known.get(fields[i]) : items[i];
            }
            return tuple((EbbClass) b[0], items);
        })));
        for (int i = 0; i < fields.length; i++) {
            int index = i;
            made.define((String) fields[i], new EbbProperty(EbbBuiltin.function(fields[i] + "(self)", "Item " + i + ".",
                    b -> items(b[0])[index]), null, null, "Alias for field number " + i));
        }
        return made;
    }

    private static EbbObject tuple(EbbClass type, Object[] items) {
        EbbObject object = new EbbObject(type.instanceShape());
        object.payload = EbbTuple.of(items);
        return object;
    }

    private static Object[] items(Object self) {
        return ((EbbTuple) EbbObject.unwrap(self)).items;
    }

    /** A row that grows at both ends; with a limit it forgets at the other end. */
    private static final class Deque extends EbbLibraryValue {
        private Object[] ring = new Object[8];
        private int first;
        private int size;
        private long limit = Long.MAX_VALUE;
        private int version;

        Deque() {
            super(DEQUE);
        }

        Object get(int index) {
            return ring[first + index & ring.length - 1];
        }

        void set(int index, Object value) {
            ring[first + index & ring.length - 1] = value;
        }

        private void makeRoom() {
            version++;
            if (size == ring.length) {
                Object[] larger = new Object[size * 2];
                for (int i = 0; i < size; i++) {
                    larger[i] = get(i);
                }
                ring = larger;
                first = 0;
            }
        }

        void addLast(Object value) {
            if (limit == 0) {
                return;
            }
            if (size == limit) {
                removeFirst();
            }
            makeRoom();
            set(size++, value);
        }

        void addFirst(Object value) {
            if (limit == 0) {
                return;
            }
            if (size == limit) {
                removeLast();
            }
            makeRoom();
            first = first - 1 & ring.length - 1;
            size++;
            set(0, value);
        }

        Object removeFirst() {
            check();
            Object value = get(0);
            set(0, null);
            first = first + 1 & ring.length - 1;
            size--;
            return value;
        }

        Object removeLast() {
            check();
            Object value = get(size - 1);
            set(size - 1, null);
            size--;
            return value;
        }

        private void check() {
            version++;
            if (size == 0) {
                throw Errors.indexError("pop from an empty deque");
            }
        }

        Object[] toArray() {
            Object[] all = new Object[size];
            Arrays.setAll(all, this::get);
            return all;
        }

        void assign(Object[] values) {
            ring = new Object[8];
            first = 0;
            size = 0;
            version++;
            for (Object value : values) {
                addLast(value);
            }
        }

        void rotate(long steps) {
            if (size > 1) {
                Object[] all = toArray();
                java.util.Collections.rotate(Arrays.asList(all), (int) Math.floorMod(steps, (long) size));
                for (int i = 0; i < all.length; i++) {
                    set(i, all[i]);
                }
            }
        }

        EbbIterator iterator(boolean reverse) {
            int start = version;
            int[] at = {0};
            return EbbIterator.of(reverse ? "_collections._deque_reverse_iterator" : "_collections._deque_iterator", () -> {
                if (version != start) {
                    throw Errors.runtimeError("deque mutated during iteration");
                }
                return at[0] >= size ? EbbIterator.END : get(reverse ? size - 1 - at[0]++ : at[0]++);
            });
        }
    }

    private static Deque self(Object[] b) {
        return (Deque) EbbObject.unwrap(b[0]);
    }

    private static int place(Deque deque, Object index) {
        int at = Integers.clamp(Numbers.requireIndex(index));
        at = at < 0 ? at + deque.size : at;
        if (at < 0 || at >= deque.size) {
            throw Errors.indexError("deque index out of range");
        }
        return at;
    }

    private static void fillDeque(BuiltinTable table) {
        table.staticMethod("__new__(cls, *args, **kwargs)", "A new deque.", b -> Args.instance(b[0], DEQUE, new Deque()));
        table.simple("__init__(self, iterable=?, maxlen=None)", "Take the values of an iterable.", b -> {
            Deque deque = self(b);
            deque.limit = b[2] == EbbNone.NONE ? Long.MAX_VALUE : Integers.clampLong(Numbers.requireIndex(b[2]));
            if (deque.limit < 0) {
                throw Errors.valueError("maxlen must be non-negative");
            }
            deque.assign(b[1] == null ? new Object[0] : Iteration.toArray(b[1]));
            return EbbNone.NONE;
        });
        ends(table);
        places(table);
        table.property("maxlen", "How many values it keeps, or None.", b -> self(b).limit == Long.MAX_VALUE ? EbbNone.NONE : (Object) self(b).limit);
        table.simple("__iter__(self, /)", "iter(self)", b -> self(b).iterator(false));
        table.simple("__reversed__(self, /)", "reversed(self)", b -> self(b).iterator(true));
        table.simple("__repr__(self, /)", "repr(self)", b -> Text.nested(self(b), "[...]", () -> "deque(" + Text.repr(new EbbList(self(b).toArray()))
                + (self(b).limit == Long.MAX_VALUE ? "" : ", maxlen=" + self(b).limit) + ")"));
        for (CompareOperator operator : new CompareOperator[]{CompareOperator.EQUAL, CompareOperator.NOT_EQUAL, CompareOperator.LESS,
            CompareOperator.LESS_EQUAL, CompareOperator.GREATER, CompareOperator.GREATER_EQUAL}) {
            table.simple(Compare.methodName(operator) + "(self, value, /)", "Compare with another deque.",
                    b -> EbbObject.unwrap(b[1]) instanceof Deque other
                            ? Compare.rich(operator, new EbbList(self(b).toArray()), new EbbList(other.toArray())) : EbbConstant.NOT_IMPLEMENTED);
        }
        table.constant("__hash__", EbbNone.NONE);
        table.simple("__add__(self, value, /)", "A deque of the values of both.", b -> {
            Deque sum = copy(self(b));
            for (Object each : Iteration.toArray(b[1])) {
                sum.addLast(each);
            }
            return sum;
        });
        table.simple("__mul__(self, count, /)", "The values several times.", b -> {
            Deque product = copy(self(b));
            product.assign(((EbbList) org.ebb.runtime.Operators.binary(BinaryOperator.MULTIPLY, new EbbList(self(b).toArray()), b[1])).toArray());
            return product;
        });
    }

    private static Deque copy(Deque deque) {
        Deque copy = new Deque();
        copy.limit = deque.limit;
        copy.assign(deque.toArray());
        return copy;
    }

    private static void ends(BuiltinTable table) {
        table.simple("append(self, x, /)", "Add at the right.", b -> {
            self(b).addLast(b[1]);
            return EbbNone.NONE;
        });
        table.simple("appendleft(self, x, /)", "Add at the left.", b -> {
            self(b).addFirst(b[1]);
            return EbbNone.NONE;
        });
        table.simple("pop(self, /)", "Remove and return the rightmost value.", b -> self(b).removeLast());
        table.simple("popleft(self, /)", "Remove and return the leftmost value.", b -> self(b).removeFirst());
        table.simple("extend(self, iterable, /)", "Add values at the right.", b -> {
            for (Object each : Iteration.toArray(b[1])) {
                self(b).addLast(each);
            }
            return EbbNone.NONE;
        });
        table.simple("extendleft(self, iterable, /)", "Add values at the left, one after the other.", b -> {
            for (Object each : Iteration.toArray(b[1])) {
                self(b).addFirst(each);
            }
            return EbbNone.NONE;
        });
        table.simple("__iadd__(self, iterable, /)", "self += iterable", b -> {
            for (Object each : Iteration.toArray(b[1])) {
                self(b).addLast(each);
            }
            return b[0];
        });
        table.simple("clear(self, /)", "Remove all values.", b -> {
            self(b).assign(new Object[0]);
            return EbbNone.NONE;
        });
        table.simple("rotate(self, n=1, /)", "Move n values from the right to the left.", b -> {
            self(b).rotate(Integers.clampLong(Numbers.requireIndex(b[1])));
            return EbbNone.NONE;
        });
        table.simple("reverse(self, /)", "Reverse in place.", b -> {
            Object[] all = self(b).toArray();
            java.util.Collections.reverse(Arrays.asList(all));
            self(b).assign(all);
            return EbbNone.NONE;
        });
        table.simple("copy(self, /)", "A shallow copy.", b -> copy(self(b)));
        table.simple("__copy__(self, /)", "A shallow copy.", b -> copy(self(b)));
    }

    private static void places(BuiltinTable table) {
        table.simple("__len__(self, /)", "len(self)", b -> (long) self(b).size);
        table.simple("__getitem__(self, index, /)", "self[index]", b -> self(b).get(place(self(b), b[1])));
        table.simple("__setitem__(self, index, value, /)", "self[index] = value", b -> {
            self(b).set(place(self(b), b[1]), b[2]);
            return EbbNone.NONE;
        });
        table.simple("__delitem__(self, index, /)", "del self[index]", b -> {
            var list = new EbbList(self(b).toArray());
            list.remove(place(self(b), b[1]));
            self(b).assign(list.toArray());
            return EbbNone.NONE;
        });
        table.simple("__contains__(self, value, /)", "value in self", b -> indexOf(self(b), b[1]) >= 0);
        table.simple("count(self, value, /)", "How many values equal value.",
                b -> Arrays.stream(self(b).toArray()).filter(each -> Compare.same(each, b[1])).count());
        table.simple("index(self, value, start=0, stop=?, /)", "The first index of value, or ValueError.", b -> {
            int n = self(b).size;
            int from = Args.clipped(b[2], 0, n);
            for (int i = from; i < Args.clipped(b[3], n, n); i++) {
                if (Compare.same(self(b).get(i), b[1])) {
                    return (long) i;
                }
            }
            throw Errors.valueError(Text.repr(b[1]) + " is not in deque");
        });
        table.simple("insert(self, index, value, /)", "Insert value before index.", b -> {
            if (self(b).size >= self(b).limit) {
                throw Errors.indexError("deque already at its maximum size");
            }
            var list = new EbbList(self(b).toArray());
            list.insert(Args.clipped(b[1], 0, list.size()), b[2]);
            self(b).assign(list.toArray());
            return EbbNone.NONE;
        });
        table.simple("remove(self, value, /)", "Remove the first value that equals value.", b -> {
            int at = indexOf(self(b), b[1]);
            if (at < 0) {
                throw Errors.valueError(Text.repr(b[1]) + " is not in deque");
            }
            var list = new EbbList(self(b).toArray());
            list.remove(at);
            self(b).assign(list.toArray());
            return EbbNone.NONE;
        });
    }

    private static int indexOf(Deque deque, Object value) {
        for (int i = 0; i < deque.size; i++) {
            if (Compare.same(deque.get(i), value)) {
                return i;
            }
        }
        return -1;
    }
}
