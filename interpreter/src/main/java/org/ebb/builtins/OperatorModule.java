package org.ebb.builtins;

import org.ebb.runtime.Attributes;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Operators;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.syntax.Expr.UnaryOperator;

/** The module operator. */
final class OperatorModule {

    private OperatorModule() {}

    static void fill(BuiltinTable table) {
        for (BinaryOperator operator : BinaryOperator.values()) {
            String name = Operators.methodName(operator);
            String safe = name.equals("and") || name.equals("or") ? name + "_" : name;
            table.simple(safe + "(a, b, /)", "a " + operator.text + " b", b -> Operators.binary(operator, b[0], b[1]));
            table.simple("i" + name + "(a, b, /)", "a " + operator.text + "= b", b -> Operators.augmented(operator, b[0], b[1]));
        }
        compare(table, "eq", CompareOperator.EQUAL);
        compare(table, "ne", CompareOperator.NOT_EQUAL);
        compare(table, "lt", CompareOperator.LESS);
        compare(table, "le", CompareOperator.LESS_EQUAL);
        compare(table, "gt", CompareOperator.GREATER);
        compare(table, "ge", CompareOperator.GREATER_EQUAL);
        compare(table, "is_", CompareOperator.IS);
        compare(table, "is_not", CompareOperator.IS_NOT);
        unary(table, "neg", UnaryOperator.MINUS);
        unary(table, "pos", UnaryOperator.PLUS);
        unary(table, "invert", UnaryOperator.INVERT);
        unary(table, "inv", UnaryOperator.INVERT);
        unary(table, "not_", UnaryOperator.NOT);
        table.simple("abs(a, /)", "abs(a)", b -> NumberFunctions.abs(b[0]));
        table.simple("truth(a, /)", "bool(a)", b -> Truth.of(b[0]));
        table.simple("index(a, /)", "The int that a stands for.", b -> Numbers.requireIndex(b[0]));
        table.simple("concat(a, b, /)", "a + b", b -> Operators.binary(BinaryOperator.ADD, b[0], b[1]));
        table.simple("contains(a, b, /)", "b in a", b -> Sequences.contains(b[0], b[1]));
        table.simple("countOf(a, b, /)", "How often b is in a.", b -> {
            long n = 0;
            for (Object item : Iteration.toArray(b[0])) {
                n += Compare.same(item, b[1]) ? 1 : 0;
            }
            return n;
        });
        table.simple("getitem(a, b, /)", "a[b]", b -> Sequences.getItem(b[0], b[1]));
        table.simple("setitem(a, b, c, /)", "a[b] = c", b -> {
            Sequences.setItem(b[0], b[1], b[2]);
            return EbbNone.NONE;
        });
        table.simple("delitem(a, b, /)", "del a[b]", b -> {
            Sequences.deleteItem(b[0], b[1]);
            return EbbNone.NONE;
        });
        getters(table);
    }

    private static void compare(BuiltinTable table, String name, CompareOperator operator) {
        table.simple(name + "(a, b, /)", "a " + operator.text + " b", b -> Compare.compare(operator, b[0], b[1]));
    }

    private static void unary(BuiltinTable table, String name, UnaryOperator operator) {
        table.simple(name + "(a, /)", operator.text + "a", b -> Operators.unary(operator, b[0]));
    }

    private static void getters(BuiltinTable table) {
        table.simple("itemgetter(item, /, *items)", "A function that takes items from its argument.", b -> {
            Object[] more = (Object[]) b[1];
            return EbbBuiltin.function("itemgetter(object, /)", "Takes items.", c -> {
                Object first = Sequences.getItem(c[0], b[0]);
                Object[] row = new Object[more.length + 1];
                row[0] = first;
                for (int i = 0; i < more.length; i++) {
                    row[i + 1] = Sequences.getItem(c[0], more[i]);
                }
                return more.length == 0 ? first : new EbbTuple(row);
            });
        });
        table.simple("attrgetter(attribute, /, *attributes)", "A function that takes attributes from its argument.", b -> {
            Object[] more = (Object[]) b[1];
            return EbbBuiltin.function("attrgetter(object, /)", "Takes attributes.", c -> {
                Object first = attribute(c[0], b[0]);
                Object[] row = new Object[more.length + 1];
                row[0] = first;
                for (int i = 0; i < more.length; i++) {
                    row[i + 1] = attribute(c[0], more[i]);
                }
                return more.length == 0 ? first : new EbbTuple(row);
            });
        });
        table.simple("methodcaller(name, /, *args, **kwargs)", "A function that calls a method of its argument.", b -> {
            var keywords = (org.ebb.runtime.EbbDict) b[2];
            String[] names = java.util.Arrays.stream(keywords.keyArray()).map(Text::str).toArray(String[]::new);
            return EbbBuiltin.function("methodcaller(object, /)", "Calls a method.",
                    c -> Calls.call(Attributes.get(c[0], Args.str(b[0], "method name")), (Object[]) b[1], names, keywords.valueArray()));
        });
    }

    private static Object attribute(Object object, Object path) {
        Object value = object;
        for (String name : Args.str(path, "attribute name").split("\\.")) {
            value = Attributes.get(value, name);
        }
        return value;
    }
}
