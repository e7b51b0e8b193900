package org.ebb.builtins;

import java.util.ArrayList;
import java.util.List;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.ForeignItems;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Text;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;

/** What values of the host and of other languages have in Ebb: arrays the manners of lists, maps those of dicts. */
final class ForeignTypes {

    private ForeignTypes() {}

    static void install() {
        Types.FOREIGN.fillWith(ForeignTypes::any);
        Types.FOREIGN_LIST.fillWith(ForeignTypes::list);
        Types.FOREIGN_DICT.fillWith(ForeignTypes::dict);
        Types.FOREIGN_ITERABLE.fillWith(table -> table.simple("__iter__(self, /)", "An iterator over the values.", b -> Iteration.iterator(b[0])));
        Types.FOREIGN_ITERATOR.fillWith(ForeignTypes::iterator);
        Types.FOREIGN_BUFFER.fillWith(ForeignTypes::buffer);
        Types.FOREIGN_EXCEPTION.fillWith(ForeignTypes::exception);
    }

    private static void any(BuiltinTable table) {
        table.simple("__repr__(self, /)", "The text that the object's own language gives it.", b -> ForeignItems.text(b[0]));
        table.simple("__str__(self, /)", "The text that the object's own language gives it.", b -> Text.repr(b[0]));
        table.simple("__eq__(self, other, /)", "Whether both are the same object.", b -> Compare.is(b[0], b[1]) ? true : EbbConstant.NOT_IMPLEMENTED);
        table.simple("__hash__(self, /)", "Return hash(self).", b -> ForeignItems.hash(b[0]));
        table.simple("__dir__(self, /)", "The names of the members.", b -> ForeignItems.names(b[0]));
    }

    private static void sized(BuiltinTable table) {
        table.simple("__len__(self, /)", "Return len(self).", b -> Sequences.length(b[0]));
        table.simple("__getitem__(self, key, /)", "Return self[key].", b -> Sequences.getItem(b[0], b[1]));
        table.simple("__iter__(self, /)", "An iterator over the values.", b -> Iteration.iterator(b[0]));
    }

    private static void writable(BuiltinTable table) {
        sized(table);
        SpecialMethods.noHash(table);
        table.simple("__setitem__(self, key, value, /)", "Set self[key] to value.", b -> {
            ForeignItems.set(b[0], b[1], b[2]);
            return EbbNone.NONE;
        });
        table.simple("__delitem__(self, key, /)", "Delete self[key].", b -> {
            ForeignItems.delete(b[0], b[1]);
            return EbbNone.NONE;
        });
        table.simple("__repr__(self, /)", "As a list or dict of Ebb's.", b -> Text.nested(b[0], "...", () -> Text.repr(ForeignItems.copy(b[0]))));
        table.simple("__eq__(self, other, /)", "Whether the elements are equal.", b -> equal(b[0], b[1]));
        table.simple("copy(self, /)", "The elements in a list or dict of Ebb's.", b -> ForeignItems.copy(b[0]));
    }

    private static Object equal(Object self, Object other) {
        boolean fits = Types.of(other) == Types.of(self) || other instanceof EbbList || other instanceof EbbDict;
        return Compare.is(self, other) ? true : !fits ? EbbConstant.NOT_IMPLEMENTED
                : (Object) Compare.equal(ForeignItems.copy(self), Foreign.is(other) ? ForeignItems.copy(other) : other);
    }

    private static void list(BuiltinTable table) {
        writable(table);
        table.simple("__add__(self, other, /)", "A list of the elements of both.", b -> joined(b[0], b[1]));
        table.simple("__radd__(self, other, /)", "A list of the elements of both.", b -> joined(b[1], b[0]));
        table.simple("__mul__(self, times, /)", "A list of the elements several times.", b -> Operators.binary(BinaryOperator.MULTIPLY, ForeignItems.copy(b[0]), b[1]));
        table.simple("append(self, value, /)", "Add a value at the end.", b -> {
            ForeignItems.append(b[0], b[1]);
            return EbbNone.NONE;
        });
        table.simple("extend(self, values, /)", "Add values at the end.", b -> {
            for (Object value : Iteration.toArray(b[1])) {
                ForeignItems.append(b[0], value);
            }
            return EbbNone.NONE;
        });
        table.simple("pop(self, index=-1, /)", "Remove an element and return it.", b -> {
            Object value = ForeignItems.get(b[0], b[1]);
            ForeignItems.delete(b[0], b[1]);
            return value;
        });
        table.simple("index(self, value, /)", "The index of value, or ValueError.", b -> {
            int at = Sequences.indexOf(Iteration.toArray(b[0]), b[1]);
            if (at < 0) {
                throw Errors.valueError(Text.repr(b[1]) + " is not in list");
            }
            return (long) at;
        });
        table.simple("count(self, value, /)", "How many elements equal value.",
                b -> List.of(Iteration.toArray(b[0])).stream().filter(each -> Compare.same(each, b[1])).count());
    }

    private static Object joined(Object first, Object second) {
        boolean fits = (first instanceof EbbList || Types.isInstance(first, Types.FOREIGN_LIST))
                && (second instanceof EbbList || Types.isInstance(second, Types.FOREIGN_LIST));
        return fits ? Operators.binary(BinaryOperator.ADD, Iteration.toList(first), Iteration.toList(second)) : EbbConstant.NOT_IMPLEMENTED;
    }

    private static void dict(BuiltinTable table) {
        writable(table);
        table.simple("__contains__(self, key, /)", "Whether there is such a key.", b -> ForeignItems.hasKey(b[0], b[1]));
        table.simple("keys(self, /)", "The keys.", b -> Iteration.toList(b[0]));
        table.simple("values(self, /)", "The values.", b -> {
            List<Object> values = new ArrayList<>();
            for (Object key : Iteration.toArray(b[0])) {
                values.add(ForeignItems.get(b[0], key));
            }
            return new EbbList(values.toArray());
        });
        table.simple("items(self, /)", "The pairs of key and value.", b -> {
            List<Object> items = new ArrayList<>();
            for (Object key : Iteration.toArray(b[0])) {
                items.add(new EbbTuple(key, ForeignItems.get(b[0], key)));
            }
            return new EbbList(items.toArray());
        });
        table.simple("get(self, key, default=None, /)", "The value of a key, or the default.",
                b -> ForeignItems.hasKey(b[0], b[1]) ? ForeignItems.get(b[0], b[1]) : b[2]);
        table.simple("pop(self, key, default=?, /)", "Remove a key and return its value.", b -> {
            if (b[2] != null && !ForeignItems.hasKey(b[0], b[1])) {
                return b[2];
            }
            Object value = ForeignItems.get(b[0], b[1]);
            ForeignItems.delete(b[0], b[1]);
            return value;
        });
    }

    private static void iterator(BuiltinTable table) {
        table.simple("__next__(self, /)", "The next value, or StopIteration.", b -> {
            Object value = Iteration.iterator(b[0]).next();
            if (value == EbbIterator.END) {
                throw Errors.stopIteration();
            }
            return value;
        });
    }

    private static void buffer(BuiltinTable table) {
        sized(table);
        table.simple("__bytes__(self, /)", "The bytes.", b -> {
            byte[] all = new byte[Math.toIntExact(Sequences.length(b[0]))];
            for (int k = 0; k < all.length; k++) {
                all[k] = (byte) (long) (Long) ForeignItems.get(b[0], (long) k);
            }
            return new EbbBytes(Types.BYTES, all);
        });
    }

    private static void exception(BuiltinTable table) {
        table.simple("__str__(self, /)", "The message.", b -> ForeignItems.message(b[0]));
        table.simple("__repr__(self, /)", "The type, in its own language, and the message.",
                b -> ForeignItems.typeName(b[0]) + "(" + Text.repr(ForeignItems.message(b[0])) + ")");
        table.property("args", "The message alone.", b -> new EbbTuple(ForeignItems.message(b[0])));
        for (String none : List.of("__cause__", "__context__", "__traceback__")) {
            table.property(none, "None: the exception has its own in its own language.", b -> EbbNone.NONE);
        }
        table.simple("with_traceback(self, tb, /)", "The exception itself.", b -> b[0]);
    }
}
