package org.ebb.builtins;

import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.TensorOperators;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.tensor.Value;

/** The special methods of builtin types, for classes that inherit from them and programs that call them by name. */
final class SpecialMethods {

    private SpecialMethods() {}

    static void arithmetic(BuiltinTable table, BinaryOperator... operators) {
        for (BinaryOperator operator : operators) {
            String name = Operators.methodName(operator);
            table.simple("__" + name + "__(self, value, /)", "Return self" + operator.text + "value.",
                    b -> known(binary(operator, b[0], b[1])));
            table.simple("__r" + name + "__(self, value, /)", "Return value" + operator.text + "self.",
                    b -> known(binary(operator, b[1], b[0])));
        }
    }

    /** A float that was recorded keeps its history, also where a program calls the method by name. */
    private static Object binary(BinaryOperator operator, Object left, Object right) {
        return left instanceof Value || right instanceof Value ? TensorOperators.binary(operator, left, right)
                : Operators.builtin(operator, left, right);
    }

    static void inPlace(BuiltinTable table, BinaryOperator... operators) {
        for (BinaryOperator operator : operators) {
            table.simple("__i" + Operators.methodName(operator) + "__(self, value, /)", "Return self" + operator.text + "=value.",
                    b -> known(Operators.builtinInPlace(operator, b[0], b[1])));
        }
    }

    private static Object known(Object result) {
        return result == null ? EbbConstant.NOT_IMPLEMENTED : result;
    }

    static void equality(BuiltinTable table) {
        comparison(table, CompareOperator.EQUAL, CompareOperator.NOT_EQUAL);
    }

    static void order(BuiltinTable table) {
        comparison(table, CompareOperator.LESS, CompareOperator.LESS_EQUAL, CompareOperator.GREATER, CompareOperator.GREATER_EQUAL);
    }

    private static void comparison(BuiltinTable table, CompareOperator... operators) {
        for (CompareOperator operator : operators) {
            table.simple(Compare.methodName(operator) + "(self, value, /)", "Return self" + operator.text + "value.",
                    b -> known(Compare.builtin(operator, b[0], b[1])));
        }
    }

    static void hash(BuiltinTable table) {
        table.simple("__hash__(self, /)", "Return hash(self).", b -> Compare.hash(b[0]));
    }

    static void noHash(BuiltinTable table) {
        table.constant("__hash__", EbbNone.NONE);
    }

    static void text(BuiltinTable table) {
        table.simple("__repr__(self, /)", "Return repr(self).", b -> Text.repr(b[0]));
        table.simple("__format__(self, format_spec, /)", "Return format(self, format_spec).", b -> Text.format(b[0], (String) b[1]));
    }

    /** Length, subscript and membership. */
    static void container(BuiltinTable table) {
        table.simple("__len__(self, /)", "Return len(self).", b -> Sequences.length(b[0]));
        table.simple("__contains__(self, key, /)", "Return key in self.", b -> Sequences.contains(b[0], b[1]));
        table.simple("__iter__(self, /)", "Return iter(self).", b -> Iteration.iterator(b[0]));
    }

    static void subscript(BuiltinTable table) {
        table.simple("__getitem__(self, key, /)", "Return self[key].", b -> Sequences.getItem(b[0], b[1]));
    }

    static void writable(BuiltinTable table) {
        table.simple("__setitem__(self, key, value, /)", "Set self[key] to value.", b -> {
            Sequences.setItem(b[0], b[1], b[2]);
            return EbbNone.NONE;
        });
        table.simple("__delitem__(self, key, /)", "Delete self[key].", b -> {
            Sequences.deleteItem(b[0], b[1]);
            return EbbNone.NONE;
        });
    }

    static void truth(BuiltinTable table) {
        table.simple("__bool__(self, /)", "True if self counts as true.", b -> Truth.of(b[0]));
    }
}
