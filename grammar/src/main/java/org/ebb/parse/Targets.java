package org.ebb.parse;

import java.util.List;
import java.util.Optional;
import org.ebb.syntax.Expr;
import org.ebb.syntax.SyntaxError;

/** What may be assigned to, deleted or annotated, and what an expression is called in an error. */
final class Targets {

    private Targets() {}

    static void requireAssignable(Expr target) {
        if (target instanceof Expr.Starred starred) {
            requireAssignablePart(starred.value(), "cannot assign to ");
            throw Faults.at(starred.span(), "starred assignment target must be in a list or tuple");
        }
        if (target instanceof Expr.Yield || target instanceof Expr.YieldFrom) {
            throw Faults.at(target.span(), "assignment to yield expression not possible");
        }
        requireAssignablePart(target, "cannot assign to ");
    }

    private static void requireAssignablePart(Expr target, String refusal) {
        switch (target) {
            case Expr.Name n -> { }
            case Expr.Attribute a -> { }
            case Expr.Subscript s -> { }
            case Expr.TupleDisplay t -> requireParts(t.items(), refusal);
            case Expr.ListDisplay l -> requireParts(l.items(), refusal);
            default -> throw refuse(target, refusal);
        }
    }

    private static void requireParts(List<Expr> items, String refusal) {
        boolean star = false;
        for (Expr item : items) {
            if (item instanceof Expr.Starred starred) {
                if (star) {
                    throw Faults.at(starred.span(), "multiple starred expressions in assignment");
                }
                star = true;
                requireAssignablePart(starred.value(), refusal);
            } else {
                requireAssignablePart(item, refusal);
            }
        }
    }

    static void requireDeletable(Expr target) {
        switch (target) {
            case Expr.Name n -> { }
            case Expr.Attribute a -> { }
            case Expr.Subscript s -> { }
            case Expr.TupleDisplay t -> t.items().forEach(Targets::requireDeletable);
            case Expr.ListDisplay l -> l.items().forEach(Targets::requireDeletable);
            default -> throw refuse(target, "cannot delete ");
        }
    }

    static void requireAugmentable(Expr target) {
        if (!isSingle(target)) {
            throw Faults.at(target.span(), "'" + describe(target) + "' is an illegal expression for augmented assignment");
        }
    }

    static void requireAnnotatable(Expr target) {
        if (isSingle(target)) {
            return;
        }
        throw Faults.at(target.span(), switch (target) {
            case Expr.TupleDisplay t -> "only single target (not tuple) can be annotated";
            case Expr.ListDisplay l -> "only single target (not list) can be annotated";
            default -> "illegal target for annotation";
        });
    }

    private static boolean isSingle(Expr target) {
        return target instanceof Expr.Name || target instanceof Expr.Attribute || target instanceof Expr.Subscript;
    }

    /** Whether someone who writes {@code target = value} with such a target may well mean a comparison. */
    static boolean isMistakenComparison(Expr target) {
        return switch (target) {
            case Expr.None e -> false;
            case Expr.Bool e -> false;
            case Expr.Name e -> false;
            case Expr.Attribute e -> false;
            case Expr.Subscript e -> false;
            case Expr.ListDisplay e -> false;
            case Expr.TupleDisplay e -> false;
            case Expr.GeneratorExpression e -> false;
            case Expr.And e -> false;
            case Expr.Or e -> false;
            case Expr.Compare e -> false;
            case Expr.Conditional e -> false;
            case Expr.Lambda e -> false;
            case Expr.Walrus e -> false;
            case Expr.Yield e -> false;
            case Expr.YieldFrom e -> false;
            case Expr.Starred e -> false;
            case Expr.Unary e -> e.operator() != Expr.UnaryOperator.NOT;
            default -> true;
        };
    }

    static SyntaxError mistakenComparison(Expr target) {
        return Faults.at(target.span(), "cannot assign to " + describe(target) + " here. Maybe you meant '==' instead of '='?");
    }

    /** The error in the targets of for, read as an ordinary expression up to and including {@code in}. */
    static Optional<SyntaxError> wrongForTarget(Expr targets) {
        Expr whole = targets instanceof Expr.Compare compare && compare.operators().getFirst() == Expr.CompareOperator.IN
                ? compare.first() : targets;
        try {
            requireAssignable(whole);
            return Optional.empty();
        } catch (SyntaxError wrong) {
            return Optional.of(wrong);
        }
    }

    static void refuseStar(Expr value) {
        if (value instanceof Expr.Starred) {
            throw Faults.at(value.span(), "can't use starred expression here");
        }
    }

    private static SyntaxError refuse(Expr target, String refusal) {
        return Faults.at(target.span(), refusal + describe(target));
    }

    static String describe(Expr expression) {
        return switch (expression) {
            case Expr.None e -> "None";
            case Expr.Ellipsis e -> "ellipsis";
            case Expr.Bool e -> e.value() ? "True" : "False";
            case Expr.Int e -> "literal";
            case Expr.Float e -> "literal";
            case Expr.Str e -> "literal";
            case Expr.Bytes e -> "literal";
            case Expr.FString e -> "f-string expression";
            case Expr.Name e -> "name";
            case Expr.ListDisplay e -> "list";
            case Expr.TupleDisplay e -> "tuple";
            case Expr.SetDisplay e -> "set display";
            case Expr.DictDisplay e -> "dict literal";
            case Expr.Starred e -> "starred";
            case Expr.Unary e -> "expression";
            case Expr.Binary e -> "expression";
            case Expr.And e -> "expression";
            case Expr.Or e -> "expression";
            case Expr.Compare e -> "comparison";
            case Expr.Conditional e -> "conditional expression";
            case Expr.Lambda e -> "lambda";
            case Expr.Call e -> "function call";
            case Expr.Attribute e -> "attribute";
            case Expr.Subscript e -> "subscript";
            case Expr.Slice e -> "slice";
            case Expr.ListComprehension e -> "list comprehension";
            case Expr.SetComprehension e -> "set comprehension";
            case Expr.DictComprehension e -> "dict comprehension";
            case Expr.GeneratorExpression e -> "generator expression";
            case Expr.Walrus e -> "named expression";
            case Expr.Yield e -> "yield expression";
            case Expr.YieldFrom e -> "yield expression";
        };
    }
}
