package org.ebb.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Turns an expression into text, with parentheses only where precedence needs them; without recursion along operators. */
final class ExpressionPrinter {

    // How tightly a form binds, loosest first; a place says how tight it needs its expression to be.
    private static final int ANY = 0;
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int COMPARE = 4;
    private static final int BIT_OR = 5;
    private static final int BIT_XOR = 6;
    private static final int BIT_AND = 7;
    private static final int SHIFT = 8;
    private static final int SUM = 9;
    private static final int PRODUCT = 10;
    private static final int PREFIX = 11;
    private static final int POWER = 12;
    private static final int PRIMARY = 13;
    private static final int LOOSER_THAN_ALL = -1;

    /** An expression that waits for its turn, and how tight its place needs it. */
    private record Inner(Expr expression, int place) {}

    private final StringBuilder out = new StringBuilder();
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private final boolean inField;

    private ExpressionPrinter(boolean inField) {
        this.inField = inField;
    }

    static String print(Expr expression) {
        return print(expression, false);
    }

    /** In the field of an f-string nothing may need a backslash. */
    static String print(Expr expression, boolean inField) {
        ExpressionPrinter printer = new ExpressionPrinter(inField);
        printer.run(List.of(new Inner(expression, ANY)));
        return printer.out.toString();
    }

    /** Where a tuple needs no parentheses. */
    static String printItems(Expr expression) {
        ExpressionPrinter printer = new ExpressionPrinter(false);
        printer.run(printer.index(expression));
        return printer.out.toString();
    }

    /** Where neither a tuple nor yield needs parentheses. */
    static String printRight(Expr expression) {
        return switch (expression) {
            case Expr.Yield e -> "yield" + e.value().map(v -> " " + printItems(v)).orElse("");
            case Expr.YieldFrom e -> "yield from " + print(e.value());
            default -> printItems(expression);
        };
    }

    static String arguments(List<Expr.Argument> arguments) {
        ExpressionPrinter printer = new ExpressionPrinter(false);
        printer.run(printer.argumentParts(arguments));
        return printer.out.toString();
    }

    static String parameters(Parameters parameters) {
        ExpressionPrinter printer = new ExpressionPrinter(false);
        printer.run(printer.parameterParts(parameters));
        return printer.out.toString();
    }

    private void run(List<Object> parts) {
        push(parts);
        while (!waiting.isEmpty()) {
            switch (waiting.pop()) {
                case Inner inner when binding(inner.expression()) < inner.place() -> {
                    waiting.push(")");
                    waiting.push(new Inner(inner.expression(), LOOSER_THAN_ALL));
                    waiting.push("(");
                }
                case Inner inner -> push(parts(inner.expression()));
                case Object text -> out.append(text);
            }
        }
    }

    private void push(List<Object> parts) {
        for (Object part : parts.reversed()) {
            waiting.push(part);
        }
    }

    private static int binding(Expr expression) {
        return switch (expression) {
            case Expr.Walrus e -> LOOSER_THAN_ALL;
            case Expr.Yield e -> LOOSER_THAN_ALL;
            case Expr.YieldFrom e -> LOOSER_THAN_ALL;
            case Expr.Lambda e -> ANY;
            case Expr.Conditional e -> ANY;
            case Expr.Starred e -> ANY;
            case Expr.Slice e -> ANY;
            case Expr.Or e -> OR;
            case Expr.And e -> AND;
            case Expr.Unary e -> e.operator() == Expr.UnaryOperator.NOT ? NOT : PREFIX;
            case Expr.Compare e -> COMPARE;
            case Expr.Binary e -> binding(e.operator());
            default -> PRIMARY;
        };
    }

    private static int binding(Expr.BinaryOperator operator) {
        return switch (operator) {
            case BIT_OR -> BIT_OR;
            case BIT_XOR -> BIT_XOR;
            case BIT_AND -> BIT_AND;
            case LEFT_SHIFT, RIGHT_SHIFT -> SHIFT;
            case ADD, SUBTRACT -> SUM;
            case MULTIPLY, DIVIDE, FLOOR_DIVIDE, MODULO, MATMUL -> PRODUCT;
            case POWER -> POWER;
        };
    }

    private List<Object> parts(Expr expression) {
        return switch (expression) {
            case Expr.None e -> List.of("None");
            case Expr.Ellipsis e -> List.of("...");
            case Expr.Bool e -> List.of(e.value() ? "True" : "False");
            case Expr.Int e -> List.of(e.value().toString());
            case Expr.Float e -> List.of(Double.isInfinite(e.value()) ? "1e999" : Double.toString(e.value()));
            case Expr.Str e -> List.of(StringPrinter.print(e, inField));
            case Expr.Bytes e -> List.of(StringPrinter.print(e, inField));
            case Expr.FString e -> List.of(StringPrinter.print(e, inField));
            case Expr.Name e -> List.of(e.id());
            case Expr.ListDisplay e -> enclosed("[", separated(e.items()), "]");
            case Expr.TupleDisplay e -> enclosed("(", tupleItems(e.items()), ")");
            case Expr.SetDisplay e -> enclosed("{", separated(e.items()), "}");
            case Expr.DictDisplay e -> dict(e);
            case Expr.Starred e -> List.of("*", new Inner(e.value(), BIT_OR));
            case Expr.Unary e when e.operator() == Expr.UnaryOperator.NOT -> List.of("not ", new Inner(e.operand(), NOT));
            case Expr.Unary e -> List.of(e.operator().text, new Inner(e.operand(), PREFIX));
            case Expr.Binary e when e.operator() == Expr.BinaryOperator.POWER ->
                List.of(new Inner(e.left(), PRIMARY), " ** ", new Inner(e.right(), PREFIX));
            case Expr.Binary e ->
                    List.of(new Inner(e.left(), binding(e)), " " + e.operator().text + " ", new Inner(e.right(), binding(e) + 1));
            case Expr.And e -> List.of(new Inner(e.left(), AND), " and ", new Inner(e.right(), AND + 1));
            case Expr.Or e -> List.of(new Inner(e.left(), OR), " or ", new Inner(e.right(), OR + 1));
            case Expr.Compare e -> compare(e);
            case Expr.Conditional e -> List.of(new Inner(e.then(), OR), " if ", new Inner(e.test(), OR), " else ",
                    new Inner(e.otherwise(), ANY));
            case Expr.Lambda e -> lambda(e);
            case Expr.Call e -> joined(new Inner(e.function(), PRIMARY), "(", argumentParts(e.arguments()), ")");
            case Expr.Attribute e when e.object() instanceof Expr.Int -> List.of("(", new Inner(e.object(), ANY), ").", e.name());
            case Expr.Attribute e -> List.of(new Inner(e.object(), PRIMARY), ".", e.name());
            case Expr.Subscript e -> joined(new Inner(e.object(), PRIMARY), "[", index(e.index()), "]");
            case Expr.Slice e -> slice(e);
            case Expr.ListComprehension e -> enclosed("[", comprehension(List.of(new Inner(e.element(), ANY)), e.clauses()), "]");
            case Expr.SetComprehension e -> enclosed("{", comprehension(List.of(new Inner(e.element(), ANY)), e.clauses()), "}");
            case Expr.GeneratorExpression e ->
                    enclosed("(", comprehension(List.of(new Inner(e.element(), ANY)), e.clauses()), ")");
            case Expr.DictComprehension e -> enclosed("{",
                    comprehension(List.of(new Inner(e.key(), ANY), ": ", new Inner(e.value(), ANY)), e.clauses()), "}");
            case Expr.Walrus e -> List.of(e.target().id(), " := ", new Inner(e.value(), ANY));
            case Expr.Yield e -> yieldParts(e);
            case Expr.YieldFrom e -> List.of("yield from ", new Inner(e.value(), ANY));
        };
    }

    private List<Object> yieldParts(Expr.Yield e) {
        return e.value().isEmpty() ? List.of("yield") : List.of("yield ", new Inner(e.value().get(), ANY));
    }

    private static List<Object> enclosed(String open, List<Object> inside, String close) {
        List<Object> parts = new ArrayList<>(inside);
        parts.addFirst(open);
        parts.addLast(close);
        return parts;
    }

    private static List<Object> joined(Object first, String open, List<Object> inside, String close) {
        List<Object> parts = enclosed(open, inside, close);
        parts.addFirst(first);
        return parts;
    }

    private List<Object> separated(List<Expr> items) {
        List<Object> parts = new ArrayList<>();
        for (Expr item : items) {
            if (!parts.isEmpty()) {
                parts.add(", ");
            }
            parts.add(new Inner(item, ANY));
        }
        return parts;
    }

    private List<Object> tupleItems(List<Expr> items) {
        List<Object> parts = separated(items);
        if (items.size() == 1) {
            parts.add(",");
        }
        return parts;
    }

    private List<Object> index(Expr index) {
        return index instanceof Expr.TupleDisplay tuple && !tuple.items().isEmpty() ? tupleItems(tuple.items())
                : List.of(new Inner(index, ANY));
    }

    private List<Object> dict(Expr.DictDisplay dict) {
        List<Object> parts = new ArrayList<>();
        parts.add("{");
        for (Expr.Entry entry : dict.entries()) {
            if (parts.size() > 1) {
                parts.add(", ");
            }
            if (entry.key().isPresent()) {
                Collections.addAll(parts, new Inner(entry.key().get(), ANY), ": ", new Inner(entry.value(), ANY));
            } else {
                Collections.addAll(parts, "**", new Inner(entry.value(), BIT_OR));
            }
        }
        parts.add("}");
        return parts;
    }

    private static List<Object> compare(Expr.Compare e) {
        List<Object> parts = new ArrayList<>();
        parts.add(new Inner(e.first(), BIT_OR));
        for (int i = 0; i < e.rest().size(); i++) {
            Collections.addAll(parts, " " + e.operators().get(i).text + " ", new Inner(e.rest().get(i), BIT_OR));
        }
        return parts;
    }

    private List<Object> lambda(Expr.Lambda e) {
        List<Object> parts = new ArrayList<>(parameterParts(e.parameters()));
        parts.addFirst(parts.isEmpty() ? "lambda" : "lambda ");
        Collections.addAll(parts, ": ", new Inner(e.body(), ANY));
        return parts;
    }

    private List<Object> argumentParts(List<Expr.Argument> arguments) {
        List<Object> parts = new ArrayList<>();
        for (Expr.Argument argument : arguments) {
            if (!parts.isEmpty()) {
                parts.add(", ");
            }
            parts.add(switch (argument.kind()) {
                case POSITIONAL -> "";
                case STAR -> "*";
                case DOUBLE_STAR -> "**";
                case KEYWORD -> argument.name() + "=";
            });
            parts.add(new Inner(argument.value(), ANY));
        }
        return parts;
    }

    private List<Object> parameterParts(Parameters parameters) {
        List<Object> parts = new ArrayList<>();
        Parameters.Kind last = null;
        for (Parameters.Parameter p : parameters.list()) {
            if (last == Parameters.Kind.POSITIONAL_ONLY && p.kind() != last) {
                parts.add("/, ");
            }
            if (p.kind() == Parameters.Kind.KEYWORD_ONLY && last != p.kind() && last != Parameters.Kind.STAR) {
                parts.add("*, ");
            }
            parts.add((p.kind() == Parameters.Kind.STAR ? "*" : p.kind() == Parameters.Kind.DOUBLE_STAR ? "**" : "") + p.name());
            addAfter(": ", p.annotation(), parts);
            addAfter(p.annotation().isPresent() ? " = " : "=", p.defaultValue(), parts);
            parts.add(", ");
            last = p.kind();
        }
        if (last != null) {
            parts.set(parts.size() - 1, last == Parameters.Kind.POSITIONAL_ONLY ? ", /" : "");
        }
        return parts;
    }

    private static void addAfter(String mark, Optional<Expr> expression, List<Object> parts) {
        expression.ifPresent(e -> Collections.addAll(parts, mark, new Inner(e, ANY)));
    }

    private static List<Object> slice(Expr.Slice e) {
        List<Object> parts = new ArrayList<>();
        e.lower().ifPresent(x -> parts.add(new Inner(x, ANY)));
        parts.add(":");
        e.upper().ifPresent(x -> parts.add(new Inner(x, ANY)));
        addAfter(":", e.step(), parts);
        return parts;
    }

    private static List<Object> comprehension(List<Object> element, List<Expr.Clause> clauses) {
        List<Object> parts = new ArrayList<>(element);
        for (Expr.Clause clause : clauses) {
            Collections.addAll(parts, " for ", new Inner(clause.target(), PRIMARY), " in ", new Inner(clause.iterable(), OR));
            clause.conditions().forEach(c -> Collections.addAll(parts, " if ", new Inner(c, OR)));
        }
        return parts;
    }
}
