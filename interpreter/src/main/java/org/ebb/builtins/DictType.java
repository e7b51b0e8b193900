package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Specialization;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.DictView;
import org.ebb.runtime.Dicts;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.SetAlgebra;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;

/** The type dict and its views. */
final class DictType {

    private DictType() {}

    static void fill(BuiltinTable table) {
        table.staticMethod("__new__(cls, *args, **kwargs)", "A new dict.", b -> Args.instance(b[0], Types.DICT, new EbbDict()));
        table.simple("__init__(self, source=?, /, **kwargs)", "Take the entries of a mapping, of pairs, and of keywords.", b -> {
            update(self(b), b[1], (EbbDict) b[2]);
            return EbbNone.NONE;
        });
        SpecialMethods.arithmetic(table, BinaryOperator.BIT_OR);
        SpecialMethods.inPlace(table, BinaryOperator.BIT_OR);
        SpecialMethods.equality(table);
        SpecialMethods.noHash(table);
        SpecialMethods.text(table);
        SpecialMethods.container(table);
        SpecialMethods.subscript(table);
        SpecialMethods.writable(table);
        table.simple("__reversed__(self, /)", "The keys from the last to the first.", b -> new DictView.Iterator(self(b), DictView.Kind.KEYS, true));
        table.function("get(self, key, default=None, /)", "The value of key, or default.", DictTypeFactory.GetNodeGen::create);
        table.simple("pop(self, key, default=?, /)", "Remove key and return its value, or default.", b -> {
            Object value = self(b).remove(b[1]);
            if (value == null && b[2] == null) {
                throw Errors.keyError(b[1]);
            }
            return value == null ? b[2] : value;
        });
        table.simple("popitem(self, /)", "Remove and return the last (key, value) pair.", b -> {
            Object[] entry = self(b).removeLast();
            if (entry == null) {
                throw Errors.keyError("popitem(): dictionary is empty");
            }
            return new EbbTuple(entry);
        });
        table.simple("setdefault(self, key, default=None, /)", "The value of key, which is default from now on if it was missing.",
                b -> self(b).putIfAbsent(b[1], b[2]));
        table.simple("update(self, source=?, /, **kwargs)", "Take the entries of a mapping, of pairs, and of keywords.", b -> {
            update(self(b), b[1], (EbbDict) b[2]);
            return EbbNone.NONE;
        });
        table.simple("keys(self, /)", "A view on the keys.", b -> new DictView(self(b), DictView.Kind.KEYS));
        table.simple("values(self, /)", "A view on the values.", b -> new DictView(self(b), DictView.Kind.VALUES));
        table.simple("items(self, /)", "A view on the (key, value) pairs.", b -> new DictView(self(b), DictView.Kind.ITEMS));
        table.simple("clear(self, /)", "Remove all entries.", b -> {
            self(b).clear();
            return EbbNone.NONE;
        });
        table.simple("copy(self, /)", "A shallow copy.", b -> self(b).copy());
        table.classMethod("fromkeys(cls, iterable, value=None, /)", "A dict with the keys of an iterable, all with the same value.",
                b -> fromKeys(b[0], b[1], b[2]));
    }

    private static EbbDict self(Object[] b) {
        return (EbbDict) b[0];
    }

    private static void update(EbbDict dict, Object source, EbbDict keywords) {
        if (source != null) {
            Dicts.update(dict, source);
        }
        dict.putAll(keywords);
    }

    private static Object fromKeys(Object type, Object keys, Object value) {
        Object made = type == Types.DICT ? new EbbDict() : Calls.call((EbbClass) type);
        EbbIterator all = Iteration.iterator(keys);
        for (Object key = all.step(); key != EbbIterator.END; key = all.step()) {
            Sequences.setItem(made, key, value);
        }
        return made;
    }

    static void fillView(BuiltinTable table, DictView.Kind kind) {
        SpecialMethods.text(table);
        SpecialMethods.container(table);
        SpecialMethods.equality(table);
        table.simple("__reversed__(self, /)", "The entries from the last to the first.",
                b -> new DictView.Iterator(((DictView) b[0]).dict, kind, true));
        if (kind != DictView.Kind.VALUES) {
            SpecialMethods.order(table);
            SpecialMethods.arithmetic(table, BinaryOperator.BIT_AND, BinaryOperator.BIT_OR, BinaryOperator.BIT_XOR, BinaryOperator.SUBTRACT);
            table.simple("isdisjoint(self, other, /)", "True if nothing is in both.",
                    b -> SetAlgebra.isDisjoint(SetAlgebra.from(b[0], false), SetAlgebra.from(b[1], false)));
        }
    }

    abstract static class GetNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound[1], bound[2]);
        }

        abstract Object executeWith(Object dict, Object key, Object otherwise);

        @Specialization
        @TruffleBoundary(transferToInterpreterOnException = false)
        Object get(EbbDict dict, Object key, Object otherwise) {
            Object value = dict.get(key);
            return value == null ? otherwise : value;
        }
    }
}
