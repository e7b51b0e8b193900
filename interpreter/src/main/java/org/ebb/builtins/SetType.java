package org.ebb.builtins;

import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbSet;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.SetAlgebra;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.BinaryOperator;

/** The types set and frozenset. */
final class SetType {

    private SetType() {}

    static void fill(BuiltinTable table) {
        table.staticMethod("__new__(cls, *args, **kwargs)", "A new set.", b -> Args.instance(b[0], Types.SET, new EbbSet(false)));
        table.simple("__init__(self, iterable=?, /)", "Take the values of an iterable.", b -> {
            self(b).assign(b[1] == null ? new EbbSet(false) : SetAlgebra.from(b[1], false));
            return EbbNone.NONE;
        });
        common(table, false);
        SpecialMethods.inPlace(table, BinaryOperator.BIT_AND, BinaryOperator.BIT_OR, BinaryOperator.BIT_XOR, BinaryOperator.SUBTRACT);
        SpecialMethods.noHash(table);
        table.simple("add(self, element, /)", "Add an element.", b -> {
            self(b).add(b[1]);
            return EbbNone.NONE;
        });
        table.simple("discard(self, element, /)", "Remove an element if it is there.", b -> {
            self(b).remove(SetAlgebra.asKey(b[1]));
            return EbbNone.NONE;
        });
        table.simple("remove(self, element, /)", "Remove an element, or KeyError.", b -> {
            if (!self(b).remove(SetAlgebra.asKey(b[1]))) {
                throw Errors.keyError(b[1]);
            }
            return EbbNone.NONE;
        });
        table.simple("pop(self, /)", "Remove and return an element.", b -> {
            Object element = self(b).pop();
            if (element == null) {
                throw Errors.keyError("pop from an empty set");
            }
            return element;
        });
        table.simple("clear(self, /)", "Remove all elements.", b -> {
            self(b).clear();
            return EbbNone.NONE;
        });
        table.simple("update(self, *others)", "Add the elements of all others.", b -> {
            for (Object other : (Object[]) b[1]) {
                SetAlgebra.addAll(self(b), other);
            }
            return EbbNone.NONE;
        });
        table.simple("intersection_update(self, *others)", "Keep what is in all others.", b -> {
            self(b).assign(intersection(self(b), (Object[]) b[1], false));
            return EbbNone.NONE;
        });
        table.simple("difference_update(self, *others)", "Remove what is in any other.", b -> {
            for (Object other : (Object[]) b[1]) {
                for (Object element : Iteration.toArray(other)) {
                    self(b).remove(element);
                }
            }
            return EbbNone.NONE;
        });
        table.simple("symmetric_difference_update(self, other, /)", "Keep what is in exactly one.", b -> {
            SetAlgebra.toggle(self(b), SetAlgebra.from(b[1], false));
            return EbbNone.NONE;
        });
    }

    static void fillFrozen(BuiltinTable table) {
        table.staticMethod("__new__(cls, iterable=?, /)", "A frozenset of the values of an iterable.", b -> Args.instance(b[0], Types.FROZENSET,
                b[1] instanceof EbbSet set && set.frozen ? set : b[1] == null ? new EbbSet(true) : SetAlgebra.from(b[1], true)));
        common(table, true);
        SpecialMethods.hash(table);
    }

    private static void common(BuiltinTable table, boolean frozen) {
        SpecialMethods.arithmetic(table, BinaryOperator.BIT_AND, BinaryOperator.BIT_OR, BinaryOperator.BIT_XOR, BinaryOperator.SUBTRACT);
        SpecialMethods.equality(table);
        SpecialMethods.order(table);
        SpecialMethods.text(table);
        SpecialMethods.container(table);
        table.simple("copy(self, /)", "A shallow copy.", b -> frozen ? b[0] : self(b).copy(false));
        table.simple("union(self, *others)", "What is in this set or any other.", b -> {
            EbbSet result = self(b).copy(frozen);
            for (Object other : (Object[]) b[1]) {
                SetAlgebra.addAll(result, other);
            }
            return result;
        });
        table.simple("intersection(self, *others)", "What is in this set and all others.", b -> intersection(self(b), (Object[]) b[1], frozen));
        table.simple("difference(self, *others)", "What is in this set and in no other.", b -> {
            EbbSet result = self(b).copy(frozen);
            for (Object other : (Object[]) b[1]) {
                result = SetAlgebra.difference(result, asSet(other), frozen);
            }
            return result;
        });
        table.simple("symmetric_difference(self, other, /)", "What is in exactly one.",
                b -> SetAlgebra.symmetricDifference(self(b), SetAlgebra.from(b[1], false), frozen));
        table.simple("issubset(self, other, /)", "True if the other has all of this set.", b -> SetAlgebra.isSubset(self(b), asSet(b[1])));
        table.simple("issuperset(self, other, /)", "True if this set has all of the other.", b -> SetAlgebra.isSubset(asSet(b[1]), self(b)));
        table.simple("isdisjoint(self, other, /)", "True if nothing is in both.", b -> SetAlgebra.isDisjoint(self(b), asSet(b[1])));
    }

    private static EbbSet self(Object[] b) {
        return (EbbSet) b[0];
    }

    private static EbbSet asSet(Object value) {
        return EbbObject.unwrap(value) instanceof EbbSet set ? set : SetAlgebra.from(value, false);
    }

    private static EbbSet intersection(EbbSet set, Object[] others, boolean frozen) {
        EbbSet result = others.length == 0 ? set.copy(frozen) : set;
        for (Object other : others) {
            result = SetAlgebra.intersection(result, asSet(other), frozen);
        }
        return result;
    }
}
