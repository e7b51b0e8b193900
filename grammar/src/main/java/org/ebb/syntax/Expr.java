package org.ebb.syntax;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Every expression of the language. Assignment targets are expressions too, as in Python's own tree. */
public sealed interface Expr {

    Span span();

    record None(Span span) implements Expr {}

    record Ellipsis(Span span) implements Expr {}

    record Bool(boolean value, Span span) implements Expr {}

    record Int(BigInteger value, Span span) implements Expr {}

    record Float(double value, Span span) implements Expr {}

    /** A string literal, or several side by side, escapes resolved. */
    record Str(String value, Span span) implements Expr {}

    /** A bytes literal, or several side by side, escapes resolved: each character is a byte. */
    record Bytes(String value, Span span) implements Expr {}

    /** An f-string, or literals side by side of which at least one is an f-string. */
    record FString(List<FPart> parts, Span span) implements Expr {}

    record Name(String id, Span span) implements Expr {}

    record ListDisplay(List<Expr> items, Span span) implements Expr {}

    record TupleDisplay(List<Expr> items, Span span) implements Expr {}

    record SetDisplay(List<Expr> items, Span span) implements Expr {}

    record DictDisplay(List<Entry> entries, Span span) implements Expr {}

    /** {@code *value} in a display, a call-like list of targets, or a subscript. */
    record Starred(Expr value, Span span) implements Expr {}

    record Unary(UnaryOperator operator, Expr operand, Span span) implements Expr {}

    record Binary(BinaryOperator operator, Expr left, Expr right, Span span) implements Expr {}

    record And(Expr left, Expr right, Span span) implements Expr {}

    record Or(Expr left, Expr right, Span span) implements Expr {}

    /** {@code a < b <= c}: one operator and one operand more for each link; each operand is evaluated once. */
    record Compare(Expr first, List<CompareOperator> operators, List<Expr> rest, Span span) implements Expr {}

    record Conditional(Expr test, Expr then, Expr otherwise, Span span) implements Expr {}

    record Lambda(Parameters parameters, Expr body, Span span) implements Expr {}

    record Call(Expr function, List<Argument> arguments, Span span) implements Expr {}

    record Attribute(Expr object, String name, Span nameSpan, Span span) implements Expr {}

    /** {@code object[index]}; an index with commas is a {@link TupleDisplay}, which may hold {@link Slice}s. */
    record Subscript(Expr object, Expr index, Span span) implements Expr {}

    record Slice(Optional<Expr> lower, Optional<Expr> upper, Optional<Expr> step, Span span) implements Expr {}

    record ListComprehension(Expr element, List<Clause> clauses, Span span) implements Expr {}

    record SetComprehension(Expr element, List<Clause> clauses, Span span) implements Expr {}

    record DictComprehension(Expr key, Expr value, List<Clause> clauses, Span span) implements Expr {}

    record GeneratorExpression(Expr element, List<Clause> clauses, Span span) implements Expr {}

    record Walrus(Name target, Expr value, Span span) implements Expr {}

    record Yield(Optional<Expr> value, Span span) implements Expr {}

    record YieldFrom(Expr value, Span span) implements Expr {}

    /** A part of an f-string. */
    sealed interface FPart {
        record Text(String value) implements FPart {}

        /**
         * {@code {value!conversion:format}}; {@code source} is the text before {@code =} as written, with the
         * {@code =} and the blanks around it, or null; {@code conversion} is 'r', 's', 'a' or 0.
         */
        record Field(Expr value, String source, char conversion, List<FPart> format, Span span) implements FPart {}
    }

    /** A dict entry; without a key it is {@code **value}. */
    record Entry(Optional<Expr> key, Expr value) {}

    /** {@code value}, {@code *value}, {@code **value} or {@code name=value} in a call or a class header. */
    record Argument(Kind kind, String name, Expr value, Span span) {
        public enum Kind { POSITIONAL, STAR, DOUBLE_STAR, KEYWORD }
    }

    /** {@code for target in iterable if condition if condition}. */
    record Clause(Expr target, Expr iterable, List<Expr> conditions) {}

    enum UnaryOperator {
        PLUS("+"), MINUS("-"), INVERT("~"), NOT("not ");

        public final String text;

        UnaryOperator(String text) {
            this.text = text;
        }
    }

    enum BinaryOperator {
        ADD("+"), SUBTRACT("-"), MULTIPLY("*"), DIVIDE("/"), FLOOR_DIVIDE("//"), MODULO("%"), POWER("**"), MATMUL("@"),
        LEFT_SHIFT("<<"), RIGHT_SHIFT(">>"), BIT_AND("&"), BIT_OR("|"), BIT_XOR("^");

        public final String text;

        BinaryOperator(String text) {
            this.text = text;
        }
    }

    enum CompareOperator {
        EQUAL("=="), NOT_EQUAL("!="), LESS("<"), LESS_EQUAL("<="), GREATER(">"), GREATER_EQUAL(">="),
        IN("in"), NOT_IN("not in"), IS("is"), IS_NOT("is not");

        public final String text;

        CompareOperator(String text) {
            this.text = text;
        }
    }
}
