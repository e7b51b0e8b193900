package org.ebb.syntax;

import java.util.List;
import java.util.Optional;

/** Every statement of the language. */
public sealed interface Stmt {

    Span span();

    record Expression(Expr value, Span span) implements Stmt {}

    /** {@code a = b = value}: the targets from left to right. */
    record Assign(List<Expr> targets, Expr value, Span span) implements Stmt {}

    record AugmentedAssign(Expr target, Expr.BinaryOperator operator, Expr value, Span span) implements Stmt {}

    record AnnotatedAssign(Expr target, Expr annotation, Optional<Expr> value, Span span) implements Stmt {}

    /** An {@code elif} is an If that stands alone in {@code otherwise}. */
    record If(Expr test, List<Stmt> then, List<Stmt> otherwise, Span span) implements Stmt {}

    record While(Expr test, List<Stmt> body, List<Stmt> otherwise, Span span) implements Stmt {}

    record For(Expr target, Expr iterable, List<Stmt> body, List<Stmt> otherwise, Span span) implements Stmt {}

    record Break(Span span) implements Stmt {}

    record Continue(Span span) implements Stmt {}

    record Pass(Span span) implements Stmt {}

    record Return(Optional<Expr> value, Span span) implements Stmt {}

    record FunctionDef(String name, Span nameSpan, Parameters parameters, List<Expr> decorators, Optional<Expr> returns,
            List<Stmt> body, Span span) implements Stmt {

        /** The name as written, which {@code __name__} shows: a private method {@code __f} is bound as {@code _C__f}. */
        public String plainName() {
            return asWritten(name, nameSpan);
        }
    }

    record ClassDef(String name, Span nameSpan, List<Expr.Argument> bases, List<Expr> decorators, List<Stmt> body, Span span)
            implements Stmt {

        /** The name as written, which {@code __name__} shows. */
        public String plainName() {
            return asWritten(name, nameSpan);
        }
    }

    /** Takes off the class that was put before a private name. */
    private static String asWritten(String name, Span written) {
        return name.startsWith("_") && name.length() > written.length() ? name.substring(name.length() - written.length()) : name;
    }

    record Try(List<Stmt> body, List<Handler> handlers, List<Stmt> otherwise, List<Stmt> finallyBody,
            Span span) implements Stmt {}

    record Raise(Optional<Expr> exception, Optional<Expr> cause, Span span) implements Stmt {}

    record With(List<Item> items, List<Stmt> body, Span span) implements Stmt {}

    record Assert(Expr test, Optional<Expr> message, Span span) implements Stmt {}

    record Delete(List<Expr> targets, Span span) implements Stmt {}

    record Global(List<String> names, Span span) implements Stmt {}

    record Nonlocal(List<String> names, Span span) implements Stmt {}

    record Import(List<Alias> names, Span span) implements Stmt {}

    /** {@code from ..module import names}; {@code level} counts the dots; no names means {@code *}. */
    record ImportFrom(String module, int level, List<Alias> names, Span span) implements Stmt {}

    record Match(Expr subject, List<Case> cases, Span span) implements Stmt {}

    record Handler(Optional<Expr> type, Optional<String> name, List<Stmt> body, Span span) {}

    record Item(Expr context, Optional<Expr> target) {}

    record Alias(String name, Optional<String> as, Span span) {}

    record Case(Pattern pattern, Optional<Expr> guard, List<Stmt> body, Span span) {}

    /** What stands after {@code case}. */
    sealed interface Pattern {

        Span span();

        /** A literal or a dotted name: compared with {@code ==}, or with {@code is} for None, True and False. */
        record Value(Expr value, Span span) implements Pattern {}

        /** Binds the subject; {@code _} is a capture without a name. */
        record Capture(Optional<String> name, Span span) implements Pattern {}

        record As(Pattern pattern, String name, Span span) implements Pattern {}

        record Or(List<Pattern> choices, Span span) implements Pattern {}

        /** At most one item is a {@link Star}. */
        record Sequence(List<Pattern> items, Span span) implements Pattern {}

        record Star(Optional<String> name, Span span) implements Pattern {}

        record Mapping(List<Expr> keys, List<Pattern> values, Optional<String> rest, Span span) implements Pattern {}

        record ClassPattern(Expr type, List<Pattern> positional, List<String> names, List<Pattern> keyword,
                Span span) implements Pattern {}
    }
}
