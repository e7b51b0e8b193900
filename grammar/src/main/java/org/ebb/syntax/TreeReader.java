package org.ebb.syntax;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ebb.syntax.Expr.Argument;
import org.ebb.syntax.Expr.Clause;
import org.ebb.syntax.Expr.FPart;
import org.ebb.syntax.Parameters.Parameter;
import org.ebb.syntax.Stmt.Pattern;

/**
 * Makes trees from what {@link TreeWriter} wrote. Plain switches and loops, because it runs at the start of programs, when nothing is compiled.
 * Java takes the arguments of a constructor from left to right, so the parts of a node are read in the order they were written.
 */
public final class TreeReader {

    private static final Argument.Kind[] ARGUMENT_KINDS = Argument.Kind.values();
    private static final Parameters.Kind[] PARAMETER_KINDS = Parameters.Kind.values();
    private static final Expr.UnaryOperator[] UNARY = Expr.UnaryOperator.values();
    private static final Expr.BinaryOperator[] BINARY = Expr.BinaryOperator.values();
    private static final Expr.CompareOperator[] COMPARE = Expr.CompareOperator.values();

    private final byte[] bytes;
    private int at;
    private int last;

    /** Where the texts begin among the bytes, and those that were asked for. */
    private int[] places;
    private String[] texts;

    public TreeReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The table of texts stands here. */
    public void table() {
        int count = number();
        places = new int[count];
        texts = new String[count];
        for (int i = 0; i < count; i++) {
            places[i] = at;
            int length = number();
            at += (length & 1) == 0 ? length >> 1 : length & ~1;
        }
    }

    /** Reads on at another place. Spans count from {@code start} there. */
    public void go(int place, int start) {
        at = place;
        last = start;
    }

    public int place() {
        return at;
    }

    public Program program() {
        return new Program(statements(), span());
    }

    public int number() {
        byte b = bytes[at++];
        if (b >= 0) {
            return b;
        }
        int value = b & 0x7f;
        for (int shift = 7; ; shift += 7) {
            b = bytes[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private double real() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return Double.longBitsToDouble(value);
            }
        }
    }

    private BigInteger integer() {
        int length = number();
        at += length;
        return length == 1 ? BigInteger.valueOf(bytes[at - 1]) : new BigInteger(bytes, at - length, length);
    }

    private Span span() {
        int distance = number();
        last += distance >>> 1 ^ -(distance & 1);
        return new Span(last, number());
    }

    private String text() {
        int index = number();
        String text = texts[index];
        if (text == null) {
            int back = at;
            at = places[index];
            int length = number();
            text = (length & 1) == 0 ? new String(bytes, at, length >> 1, StandardCharsets.ISO_8859_1) : wide(length >> 1);
            texts[index] = text;
            at = back;
        }
        return text;
    }

    private String wide(int length) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = (char) (bytes[at + 2 * i] << 8 | bytes[at + 2 * i + 1] & 0xff);
        }
        return new String(text);
    }

    private Optional<String> perhapsText() {
        return number() == 0 ? Optional.empty() : Optional.of(text());
    }

    private String textOrNull() {
        return number() == 0 ? null : text();
    }

    private List<String> texts() {
        String[] list = new String[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = text();
        }
        return Arrays.asList(list);
    }

    private Optional<Expr> perhaps() {
        if (bytes[at] == Tag.NOTHING) {
            at++;
            return Optional.empty();
        }
        return Optional.of(expression());
    }

    private List<Expr> expressions() {
        int count = number();
        if (count == 0) {
            return List.of();
        }
        Expr[] list = new Expr[count];
        for (int i = 0; i < count; i++) {
            list[i] = expression();
        }
        return Arrays.asList(list);
    }

    private Parameters parameters() {
        Parameter[] list = new Parameter[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Parameter(PARAMETER_KINDS[number()], text(), perhaps(), perhaps(), span());
        }
        return new Parameters(Arrays.asList(list));
    }

    private List<Argument> arguments() {
        Argument[] list = new Argument[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Argument(ARGUMENT_KINDS[number()], textOrNull(), expression(), span());
        }
        return Arrays.asList(list);
    }

    private List<Clause> clauses() {
        Clause[] list = new Clause[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Clause(expression(), expression(), expressions());
        }
        return Arrays.asList(list);
    }

    private List<FPart> parts() {
        FPart[] list = new FPart[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = bytes[at++] == Tag.TEXT ? new FPart.Text(text())
                    : new FPart.Field(expression(), textOrNull(), (char) number(), parts(), span());
        }
        return Arrays.asList(list);
    }

    private List<Expr.Entry> entries() {
        Expr.Entry[] list = new Expr.Entry[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Expr.Entry(perhaps(), expression());
        }
        return Arrays.asList(list);
    }

    private List<Expr.CompareOperator> operators() {
        Expr.CompareOperator[] list = new Expr.CompareOperator[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = COMPARE[number()];
        }
        return Arrays.asList(list);
    }

    private Expr expression() {
        int tag = bytes[at++];
        return switch (tag) {
            case Tag.NONE -> new Expr.None(span());
            case Tag.ELLIPSIS -> new Expr.Ellipsis(span());
            case Tag.TRUE -> new Expr.Bool(true, span());
            case Tag.FALSE -> new Expr.Bool(false, span());
            case Tag.INT -> new Expr.Int(integer(), span());
            case Tag.FLOAT -> new Expr.Float(real(), span());
            case Tag.STR -> new Expr.Str(text(), span());
            case Tag.BYTES -> new Expr.Bytes(text(), span());
            case Tag.FSTRING -> new Expr.FString(parts(), span());
            case Tag.NAME -> new Expr.Name(text(), span());
            case Tag.LIST -> new Expr.ListDisplay(expressions(), span());
            case Tag.TUPLE -> new Expr.TupleDisplay(expressions(), span());
            case Tag.SET -> new Expr.SetDisplay(expressions(), span());
            case Tag.DICT -> new Expr.DictDisplay(entries(), span());
            case Tag.STARRED -> new Expr.Starred(expression(), span());
            case Tag.UNARY -> new Expr.Unary(UNARY[number()], expression(), span());
            case Tag.BINARY -> new Expr.Binary(BINARY[number()], expression(), expression(), span());
            case Tag.AND -> new Expr.And(expression(), expression(), span());
            case Tag.OR -> new Expr.Or(expression(), expression(), span());
            case Tag.COMPARE -> new Expr.Compare(expression(), operators(), expressions(), span());
            case Tag.CONDITIONAL -> new Expr.Conditional(expression(), expression(), expression(), span());
            case Tag.LAMBDA -> new Expr.Lambda(parameters(), expression(), span());
            case Tag.CALL -> new Expr.Call(expression(), arguments(), span());
            case Tag.ATTRIBUTE -> new Expr.Attribute(expression(), text(), span(), span());
            case Tag.SUBSCRIPT -> new Expr.Subscript(expression(), expression(), span());
            case Tag.SLICE -> new Expr.Slice(perhaps(), perhaps(), perhaps(), span());
            case Tag.LIST_COMPREHENSION -> new Expr.ListComprehension(expression(), clauses(), span());
            case Tag.SET_COMPREHENSION -> new Expr.SetComprehension(expression(), clauses(), span());
            case Tag.DICT_COMPREHENSION -> new Expr.DictComprehension(expression(), expression(), clauses(), span());
            case Tag.GENERATOR -> new Expr.GeneratorExpression(expression(), clauses(), span());
            case Tag.WALRUS -> new Expr.Walrus((Expr.Name) expression(), expression(), span());
            case Tag.YIELD -> new Expr.Yield(perhaps(), span());
            case Tag.YIELD_FROM -> new Expr.YieldFrom(expression(), span());
            default -> throw broken(tag);
        };
    }

    private List<Stmt> statements() {
        int count = number();
        if (count == 0) {
            return List.of();
        }
        Stmt[] list = new Stmt[count];
        for (int i = 0; i < count; i++) {
            list[i] = statement();
        }
        return Arrays.asList(list);
    }

    public Stmt statement() {
        int tag = bytes[at++];
        return switch (tag) {
            case Tag.EXPRESSION -> new Stmt.Expression(expression(), span());
            case Tag.ASSIGN -> new Stmt.Assign(expressions(), expression(), span());
            case Tag.AUGMENTED -> new Stmt.AugmentedAssign(expression(), BINARY[number()], expression(), span());
            case Tag.ANNOTATED -> new Stmt.AnnotatedAssign(expression(), expression(), perhaps(), span());
            case Tag.IF -> new Stmt.If(expression(), statements(), statements(), span());
            case Tag.WHILE -> new Stmt.While(expression(), statements(), statements(), span());
            case Tag.FOR -> new Stmt.For(expression(), expression(), statements(), statements(), span());
            case Tag.BREAK -> new Stmt.Break(span());
            case Tag.CONTINUE -> new Stmt.Continue(span());
            case Tag.PASS -> new Stmt.Pass(span());
            case Tag.RETURN -> new Stmt.Return(perhaps(), span());
            case Tag.FUNCTION -> new Stmt.FunctionDef(text(), span(), parameters(), expressions(), perhaps(), statements(), span());
            case Tag.CLASS -> new Stmt.ClassDef(text(), span(), arguments(), expressions(), statements(), span());
            case Tag.TRY -> new Stmt.Try(statements(), handlers(), statements(), statements(), span());
            case Tag.RAISE -> new Stmt.Raise(perhaps(), perhaps(), span());
            case Tag.WITH -> new Stmt.With(items(), statements(), span());
            case Tag.ASSERT -> new Stmt.Assert(expression(), perhaps(), span());
            case Tag.DELETE -> new Stmt.Delete(expressions(), span());
            case Tag.GLOBAL -> new Stmt.Global(texts(), span());
            case Tag.NONLOCAL -> new Stmt.Nonlocal(texts(), span());
            case Tag.IMPORT -> new Stmt.Import(aliases(), span());
            case Tag.IMPORT_FROM -> new Stmt.ImportFrom(text(), number(), aliases(), span());
            case Tag.MATCH -> new Stmt.Match(expression(), cases(), span());
            default -> throw broken(tag);
        };
    }

    private List<Stmt.Handler> handlers() {
        Stmt.Handler[] list = new Stmt.Handler[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Stmt.Handler(perhaps(), perhapsText(), statements(), span());
        }
        return Arrays.asList(list);
    }

    private List<Stmt.Item> items() {
        Stmt.Item[] list = new Stmt.Item[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Stmt.Item(expression(), perhaps());
        }
        return Arrays.asList(list);
    }

    private List<Stmt.Alias> aliases() {
        Stmt.Alias[] list = new Stmt.Alias[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Stmt.Alias(text(), perhapsText(), span());
        }
        return Arrays.asList(list);
    }

    private List<Stmt.Case> cases() {
        Stmt.Case[] list = new Stmt.Case[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = new Stmt.Case(pattern(), perhaps(), statements(), span());
        }
        return Arrays.asList(list);
    }

    private List<Pattern> patterns() {
        Pattern[] list = new Pattern[number()];
        for (int i = 0; i < list.length; i++) {
            list[i] = pattern();
        }
        return Arrays.asList(list);
    }

    private Pattern pattern() {
        int tag = bytes[at++];
        return switch (tag) {
            case Tag.VALUE -> new Pattern.Value(expression(), span());
            case Tag.CAPTURE -> new Pattern.Capture(perhapsText(), span());
            case Tag.AS -> new Pattern.As(pattern(), text(), span());
            case Tag.CHOICE -> new Pattern.Or(patterns(), span());
            case Tag.SEQUENCE -> new Pattern.Sequence(patterns(), span());
            case Tag.STAR -> new Pattern.Star(perhapsText(), span());
            case Tag.MAPPING -> new Pattern.Mapping(expressions(), patterns(), perhapsText(), span());
            case Tag.CLASS_PATTERN -> new Pattern.ClassPattern(expression(), patterns(), texts(), patterns(), span());
            default -> throw broken(tag);
        };
    }

    private IllegalStateException broken(int tag) {
        return new IllegalStateException("no node has the tag " + tag + ", at byte " + (at - 1));
    }
}
