package org.ebb.syntax;

import java.util.ArrayList;
import java.util.List;

/** The expressions directly inside an expression, in the order they are written. */
public final class Children {

    private Children() {}

    public static List<Expr> of(Expr expression) {
        List<Expr> children = new ArrayList<>();
        switch (expression) {
            case Expr.None e -> { }
            case Expr.Ellipsis e -> { }
            case Expr.Bool e -> { }
            case Expr.Int e -> { }
            case Expr.Float e -> { }
            case Expr.Str e -> { }
            case Expr.Bytes e -> { }
            case Expr.Name e -> { }
            case Expr.FString e -> addFields(e.parts(), children);
            case Expr.ListDisplay e -> children.addAll(e.items());
            case Expr.TupleDisplay e -> children.addAll(e.items());
            case Expr.SetDisplay e -> children.addAll(e.items());
            case Expr.DictDisplay e -> e.entries().forEach(entry -> {
                entry.key().ifPresent(children::add);
                children.add(entry.value());
            });
            case Expr.Starred e -> children.add(e.value());
            case Expr.Unary e -> children.add(e.operand());
            case Expr.Binary e -> addBoth(e.left(), e.right(), children);
            case Expr.And e -> addBoth(e.left(), e.right(), children);
            case Expr.Or e -> addBoth(e.left(), e.right(), children);
            case Expr.Compare e -> {
                children.add(e.first());
                children.addAll(e.rest());
            }
            case Expr.Conditional e -> {
                addBoth(e.then(), e.test(), children);
                children.add(e.otherwise());
            }
            case Expr.Lambda e -> {
                e.parameters().list().forEach(p -> p.defaultValue().ifPresent(children::add));
                children.add(e.body());
            }
            case Expr.Call e -> {
                children.add(e.function());
                e.arguments().forEach(argument -> children.add(argument.value()));
            }
            case Expr.Attribute e -> children.add(e.object());
            case Expr.Subscript e -> addBoth(e.object(), e.index(), children);
            case Expr.Slice e -> {
                e.lower().ifPresent(children::add);
                e.upper().ifPresent(children::add);
                e.step().ifPresent(children::add);
            }
            case Expr.ListComprehension e -> addComprehension(e.element(), e.clauses(), children);
            case Expr.SetComprehension e -> addComprehension(e.element(), e.clauses(), children);
            case Expr.GeneratorExpression e -> addComprehension(e.element(), e.clauses(), children);
            case Expr.DictComprehension e -> {
                children.add(e.key());
                addComprehension(e.value(), e.clauses(), children);
            }
            case Expr.Walrus e -> addBoth(e.target(), e.value(), children);
            case Expr.Yield e -> e.value().ifPresent(children::add);
            case Expr.YieldFrom e -> children.add(e.value());
        }
        return children;
    }

    private static void addBoth(Expr first, Expr second, List<Expr> children) {
        children.add(first);
        children.add(second);
    }

    private static void addComprehension(Expr element, List<Expr.Clause> clauses, List<Expr> children) {
        children.add(element);
        for (Expr.Clause clause : clauses) {
            addBoth(clause.target(), clause.iterable(), children);
            children.addAll(clause.conditions());
        }
    }

    private static void addFields(List<Expr.FPart> parts, List<Expr> children) {
        for (Expr.FPart part : parts) {
            if (part instanceof Expr.FPart.Field field) {
                children.add(field.value());
                addFields(field.format(), children);
            }
        }
    }
}
