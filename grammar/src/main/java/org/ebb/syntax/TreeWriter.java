package org.ebb.syntax;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ebb.syntax.Expr.Argument;
import org.ebb.syntax.Expr.Clause;
import org.ebb.syntax.Expr.FPart;
import org.ebb.syntax.Parameters.Parameter;
import org.ebb.syntax.Stmt.Pattern;

/**
 * Writes trees as bytes, from which {@link TreeReader} makes equal ones in a tenth of the time that reading the text takes. A node is its tag
 * and then what it consists of, in the order of its record. Numbers take seven bits a byte, the lowest first; a text is its place among
 * the texts; a span is the distance from where the last one began, and its length.
 */
public final class TreeWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private int last;

    /** Where the next node will stand among the bytes. Spans after it count from {@code start}. */
    public int begin(int start) {
        last = start;
        return out.size();
    }

    public void program(Program program) {
        statements(program.body());
        span(program.span());
    }

    /** All that was written, without the texts. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    /**
     * The texts that the nodes name: how many, then each with twice its length, and one more where it takes two bytes a character. No encoding
     * does for all: a literal may hold half a character.
     */
    public byte[] texts() {
        TreeWriter table = new TreeWriter();
        table.number(texts.size());
        for (String text : texts.keySet()) {
            boolean wide = text.chars().anyMatch(c -> c > 0xff);
            table.number((long) text.length() << 1 | (wide ? 1 : 0));
            text.chars().forEach(c -> {
                if (wide) {
                    table.out.write(c >> 8);
                }
                table.out.write(c);
            });
        }
        return table.bytes();
    }

    public void number(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void tag(int tag) {
        out.write(tag);
    }

    private void span(Span span) {
        int distance = span.start() - last;
        number(Integer.toUnsignedLong(distance << 1 ^ distance >> 31));
        number(span.length());
        last = span.start();
    }

    private void text(String text) {
        number(texts.computeIfAbsent(text, _ -> texts.size()));
    }

    private void text(Optional<String> text) {
        number(text.isPresent() ? 1 : 0);
        text.ifPresent(this::text);
    }

    private void texts(List<String> list) {
        number(list.size());
        list.forEach(this::text);
    }

    private void expression(Optional<Expr> expression) {
        expression.ifPresentOrElse(this::expression, () -> tag(Tag.NOTHING));
    }

    private void expressions(List<Expr> list) {
        number(list.size());
        list.forEach(this::expression);
    }

    private void integer(BigInteger value) {
        byte[] bytes = value.toByteArray();
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void parameters(Parameters parameters) {
        number(parameters.list().size());
        for (Parameter p : parameters.list()) {
            number(p.kind().ordinal());
            text(p.name());
            expression(p.defaultValue());
            expression(p.annotation());
            span(p.span());
        }
    }

    private void arguments(List<Argument> arguments) {
        number(arguments.size());
        for (Argument argument : arguments) {
            number(argument.kind().ordinal());
            text(Optional.ofNullable(argument.name()));
            expression(argument.value());
            span(argument.span());
        }
    }

    private void clauses(List<Clause> clauses) {
        number(clauses.size());
        for (Clause clause : clauses) {
            expression(clause.target());
            expression(clause.iterable());
            expressions(clause.conditions());
        }
    }

    private void parts(List<FPart> parts) {
        number(parts.size());
        for (FPart part : parts) {
            switch (part) {
                case FPart.Text(String value) -> { tag(Tag.TEXT); text(value); }
                case FPart.Field(Expr value, String source, char conversion, List<FPart> format, Span span) -> {
                    tag(Tag.FIELD); expression(value); text(Optional.ofNullable(source)); number(conversion); parts(format); span(span);
                }
            }
        }
    }

    private void expression(Expr expression) {
        switch (expression) {
            case Expr.None(Span span) -> { tag(Tag.NONE); span(span); }
            case Expr.Ellipsis(Span span) -> { tag(Tag.ELLIPSIS); span(span); }
            case Expr.Bool(boolean value, Span span) -> { tag(value ? Tag.TRUE : Tag.FALSE); span(span); }
            case Expr.Int(BigInteger value, Span span) -> { tag(Tag.INT); integer(value); span(span); }
            case Expr.Float(double value, Span span) -> { tag(Tag.FLOAT); number(Double.doubleToRawLongBits(value)); span(span); }
            case Expr.Str(String value, Span span) -> { tag(Tag.STR); text(value); span(span); }
            case Expr.Bytes(String value, Span span) -> { tag(Tag.BYTES); text(value); span(span); }
            case Expr.FString(List<FPart> parts, Span span) -> { tag(Tag.FSTRING); parts(parts); span(span); }
            case Expr.Name(String id, Span span) -> { tag(Tag.NAME); text(id); span(span); }
            case Expr.ListDisplay(List<Expr> items, Span span) -> { tag(Tag.LIST); expressions(items); span(span); }
            case Expr.TupleDisplay(List<Expr> items, Span span) -> { tag(Tag.TUPLE); expressions(items); span(span); }
            case Expr.SetDisplay(List<Expr> items, Span span) -> { tag(Tag.SET); expressions(items); span(span); }
            case Expr.DictDisplay(List<Expr.Entry> entries, Span span) -> {
                tag(Tag.DICT);
                number(entries.size());
                for (Expr.Entry entry : entries) {
                    expression(entry.key());
                    expression(entry.value());
                }
                span(span);
            }
            case Expr.Starred(Expr value, Span span) -> { tag(Tag.STARRED); expression(value); span(span); }
            case Expr.Unary(var operator, Expr operand, Span span) -> { tag(Tag.UNARY); number(operator.ordinal()); expression(operand); span(span); }
            case Expr.Binary(var operator, Expr left, Expr right, Span span) -> {
                tag(Tag.BINARY); number(operator.ordinal()); expression(left); expression(right); span(span);
            }
            case Expr.And(Expr left, Expr right, Span span) -> { tag(Tag.AND); expression(left); expression(right); span(span); }
            case Expr.Or(Expr left, Expr right, Span span) -> { tag(Tag.OR); expression(left); expression(right); span(span); }
            case Expr.Compare(Expr first, var operators, List<Expr> rest, Span span) -> {
                tag(Tag.COMPARE);
                expression(first);
                number(operators.size());
                operators.forEach(operator -> number(operator.ordinal()));
                expressions(rest);
                span(span);
            }
            case Expr.Conditional(Expr test, Expr then, Expr otherwise, Span span) -> {
                tag(Tag.CONDITIONAL); expression(test); expression(then); expression(otherwise); span(span);
            }
            case Expr.Lambda(Parameters parameters, Expr body, Span span) -> { tag(Tag.LAMBDA); parameters(parameters); expression(body); span(span); }
            case Expr.Call(Expr function, List<Argument> arguments, Span span) -> { tag(Tag.CALL); expression(function); arguments(arguments); span(span); }
            case Expr.Attribute(Expr object, String name, Span nameSpan, Span span) -> {
                tag(Tag.ATTRIBUTE); expression(object); text(name); span(nameSpan); span(span);
            }
            case Expr.Subscript(Expr object, Expr index, Span span) -> { tag(Tag.SUBSCRIPT); expression(object); expression(index); span(span); }
            case Expr.Slice(var lower, var upper, var step, Span span) -> {
                tag(Tag.SLICE); expression(lower); expression(upper); expression(step); span(span);
            }
            case Expr.ListComprehension(Expr element, var clauses, Span span) -> {
                tag(Tag.LIST_COMPREHENSION); expression(element); clauses(clauses); span(span);
            }
            case Expr.SetComprehension(Expr element, var clauses, Span span) -> {
                tag(Tag.SET_COMPREHENSION); expression(element); clauses(clauses); span(span);
            }
            case Expr.DictComprehension(Expr key, Expr value, var clauses, Span span) -> {
                tag(Tag.DICT_COMPREHENSION); expression(key); expression(value); clauses(clauses); span(span);
            }
            case Expr.GeneratorExpression(Expr element, var clauses, Span span) -> {
                tag(Tag.GENERATOR); expression(element); clauses(clauses); span(span);
            }
            case Expr.Walrus(Expr.Name target, Expr value, Span span) -> { tag(Tag.WALRUS); expression(target); expression(value); span(span); }
            case Expr.Yield(Optional<Expr> value, Span span) -> { tag(Tag.YIELD); expression(value); span(span); }
            case Expr.YieldFrom(Expr value, Span span) -> { tag(Tag.YIELD_FROM); expression(value); span(span); }
        }
    }

    private void statements(List<Stmt> list) {
        number(list.size());
        list.forEach(this::statement);
    }

    public void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Expression(Expr value, Span span) -> { tag(Tag.EXPRESSION); expression(value); span(span); }
            case Stmt.Assign(List<Expr> targets, Expr value, Span span) -> { tag(Tag.ASSIGN); expressions(targets); expression(value); span(span); }
            case Stmt.AugmentedAssign(Expr target, var operator, Expr value, Span span) -> {
                tag(Tag.AUGMENTED); expression(target); number(operator.ordinal()); expression(value); span(span);
            }
            case Stmt.AnnotatedAssign(Expr target, Expr annotation, Optional<Expr> value, Span span) -> {
                tag(Tag.ANNOTATED); expression(target); expression(annotation); expression(value); span(span);
            }
            case Stmt.If(Expr test, List<Stmt> then, List<Stmt> otherwise, Span span) -> {
                tag(Tag.IF); expression(test); statements(then); statements(otherwise); span(span);
            }
            case Stmt.While(Expr test, List<Stmt> body, List<Stmt> otherwise, Span span) -> {
                tag(Tag.WHILE); expression(test); statements(body); statements(otherwise); span(span);
            }
            case Stmt.For(Expr target, Expr iterable, List<Stmt> body, List<Stmt> otherwise, Span span) -> {
                tag(Tag.FOR); expression(target); expression(iterable); statements(body); statements(otherwise); span(span);
            }
            case Stmt.Break(Span span) -> { tag(Tag.BREAK); span(span); }
            case Stmt.Continue(Span span) -> { tag(Tag.CONTINUE); span(span); }
            case Stmt.Pass(Span span) -> { tag(Tag.PASS); span(span); }
            case Stmt.Return(Optional<Expr> value, Span span) -> { tag(Tag.RETURN); expression(value); span(span); }
            case Stmt.FunctionDef(String name, Span nameSpan, Parameters parameters, var decorators, var returns, List<Stmt> body, Span span) -> {
                tag(Tag.FUNCTION);
                text(name);
                span(nameSpan);
                parameters(parameters);
                expressions(decorators);
                expression(returns);
                statements(body);
                span(span);
            }
            case Stmt.ClassDef(String name, Span nameSpan, List<Argument> bases, List<Expr> decorators, List<Stmt> body, Span span) -> {
                tag(Tag.CLASS); text(name); span(nameSpan); arguments(bases); expressions(decorators); statements(body); span(span);
            }
            case Stmt.Try(List<Stmt> body, List<Stmt.Handler> handlers, List<Stmt> otherwise, List<Stmt> finallyBody, Span span) -> {
                tag(Tag.TRY);
                statements(body);
                number(handlers.size());
                for (Stmt.Handler handler : handlers) {
                    expression(handler.type());
                    text(handler.name());
                    statements(handler.body());
                    span(handler.span());
                }
                statements(otherwise);
                statements(finallyBody);
                span(span);
            }
            case Stmt.Raise(Optional<Expr> exception, Optional<Expr> cause, Span span) -> {
                tag(Tag.RAISE); expression(exception); expression(cause); span(span);
            }
            case Stmt.With(List<Stmt.Item> items, List<Stmt> body, Span span) -> {
                tag(Tag.WITH);
                number(items.size());
                for (Stmt.Item item : items) {
                    expression(item.context());
                    expression(item.target());
                }
                statements(body);
                span(span);
            }
            case Stmt.Assert(Expr test, Optional<Expr> message, Span span) -> { tag(Tag.ASSERT); expression(test); expression(message); span(span); }
            case Stmt.Delete(List<Expr> targets, Span span) -> { tag(Tag.DELETE); expressions(targets); span(span); }
            case Stmt.Global(List<String> names, Span span) -> { tag(Tag.GLOBAL); texts(names); span(span); }
            case Stmt.Nonlocal(List<String> names, Span span) -> { tag(Tag.NONLOCAL); texts(names); span(span); }
            case Stmt.Import(List<Stmt.Alias> names, Span span) -> { tag(Tag.IMPORT); aliases(names); span(span); }
            case Stmt.ImportFrom(String module, int level, List<Stmt.Alias> names, Span span) -> {
                tag(Tag.IMPORT_FROM); text(module); number(level); aliases(names); span(span);
            }
            case Stmt.Match(Expr subject, List<Stmt.Case> cases, Span span) -> {
                tag(Tag.MATCH);
                expression(subject);
                number(cases.size());
                for (Stmt.Case c : cases) {
                    pattern(c.pattern());
                    expression(c.guard());
                    statements(c.body());
                    span(c.span());
                }
                span(span);
            }
        }
    }

    private void aliases(List<Stmt.Alias> names) {
        number(names.size());
        for (Stmt.Alias alias : names) {
            text(alias.name());
            text(alias.as());
            span(alias.span());
        }
    }

    private void patterns(List<Pattern> list) {
        number(list.size());
        list.forEach(this::pattern);
    }

    private void pattern(Pattern pattern) {
        switch (pattern) {
            case Pattern.Value(Expr value, Span span) -> { tag(Tag.VALUE); expression(value); span(span); }
            case Pattern.Capture(Optional<String> name, Span span) -> { tag(Tag.CAPTURE); text(name); span(span); }
            case Pattern.As(Pattern inner, String name, Span span) -> { tag(Tag.AS); pattern(inner); text(name); span(span); }
            case Pattern.Or(List<Pattern> choices, Span span) -> { tag(Tag.CHOICE); patterns(choices); span(span); }
            case Pattern.Sequence(List<Pattern> items, Span span) -> { tag(Tag.SEQUENCE); patterns(items); span(span); }
            case Pattern.Star(Optional<String> name, Span span) -> { tag(Tag.STAR); text(name); span(span); }
            case Pattern.Mapping(List<Expr> keys, List<Pattern> values, Optional<String> rest, Span span) -> {
                tag(Tag.MAPPING); expressions(keys); patterns(values); text(rest); span(span);
            }
            case Pattern.ClassPattern(Expr type, List<Pattern> positional, List<String> names, List<Pattern> keyword, Span span) -> {
                tag(Tag.CLASS_PATTERN); expression(type); patterns(positional); texts(names); patterns(keyword); span(span);
            }
        }
    }
}
