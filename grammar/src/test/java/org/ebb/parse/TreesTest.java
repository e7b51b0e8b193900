package org.ebb.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.ebb.syntax.Children;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Program;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.SyntaxError;
import org.ebb.syntax.TreeText;
import org.junit.jupiter.api.Test;

class TreesTest {

    private static String tree(String expression) {
        return TreeText.of(Parser.parseExpression(expression));
    }

    private static String statement(String text) {
        return TreeText.of(Parser.parse(text).body().getFirst());
    }

    private static void same(String left, String right) {
        assertEquals(tree(left), tree(right));
    }

    @Test
    void operatorsBindAsInPython() {
        same("a or b and not c == d | e ^ f & g << h + i * -j ** k",
                "a or (b and (not (c == (d | (e ^ (f & (g << (h + (i * (-(j ** k)))))))))))");
        same("a - b - c", "(a - b) - c");
        same("a ** b ** c", "a ** (b ** c)");
        same("-a ** -b ** c * d", "(-(a ** (-(b ** c)))) * d");
        same("not not a", "not (not a)");
        same("a @ b // c % d", "((a @ b) // c) % d");
        same("a if b else c if d else e", "a if b else (c if d else e)");
        same("lambda: a if b else c", "lambda: (a if b else c)");
        assertEquals("Compare(Name(a), [LESS, IS_NOT, NOT_IN, IS], [Name(b), Name(c), Name(d), Unary(NOT, Name(e))])",
                tree("a < b is not c not in d is (not e)"));
        assertThrows(SyntaxError.class, () -> tree("a + not b"));
        assertThrows(SyntaxError.class, () -> tree("- not b"));
        assertThrows(SyntaxError.class, () -> tree("a == not b"));
    }

    @Test
    void numbers() {
        assertEquals("Int(" + BigInteger.TWO.pow(200) + ")", tree("0x" + BigInteger.TWO.pow(200).toString(16)));
        assertEquals("Int(255)", tree("0b1111_1111"));
        assertEquals("Int(0)", tree("0_0"));
        assertEquals("Float(1050.0)", tree("1_0.5e+2"));
        assertEquals("Float(Infinity)", tree("1e999"));
        assertEquals("Float(10.0)", tree("010."));
        assertEquals("Conditional(Name(x), Int(1), Int(2))", tree("1if x else 2"));
    }

    @Test
    void strings() {
        assertEquals(new Expr.Str("a\n\t\\'\"\u0007\b\f\r\u000b\u0001S\u00e9\u20ac\uD83D\uDE00\\d\u2022", new Span(0, 63)),
                Parser.parseExpression("'a\\n\\t\\\\\\'\\\"\\a\\b\\f\\r\\v\\1\\123\\xe9\\u20ac\\U0001F600\\d\\N{BULLET}\\\n'"));
        assertEquals("Str(\\a\\'b)", tree("r'\\a\\'b'"));
        assertEquals("Str(abc)", tree("'a' \"b\" '''c'''"));
        assertEquals("Str()", tree("''''''"));
    }

    @Test
    void formattedStrings() {
        assertEquals("FString([Text(a{), Field(Name(x), null, r, [Text(>), Field(Name(w), null, -, [])]), Text(}b)])",
                tree("'a' f'{{{x!r:>{w}}}}' 'b'"));
        assertEquals("FString([Field(Name(x), x = , r, [])])", tree("f'{x = }'"));
        assertEquals("FString([Field(Name(x), x=, s, []), Field(Name(y), y=, -, [Text(5)])])", tree("f'{x=!s}{y=:5}'"));
        assertEquals("FString([Field(Compare(Name(a), [NOT_EQUAL], [Name(b)]), null, -, [])])", tree("f'{a!=b}'"));
        assertEquals("FString([Field(Name(x), null, -, [Text(=5)])])", tree("f'{x:=5}'"));
        assertEquals("FString([Field(FString([Field(Str(b), null, -, [])]), null, -, [])])", tree("f\"{f'''{'b'}'''}\""));
        assertEquals("FString([Field(TupleDisplay([Starred(Name(a)), Name(b)]), null, -, [])])", tree("f'{*a, b}'"));
        assertEquals("FString([])", tree("f''"));
    }

    @Test
    void withReadsParenthesesAsItemsWhereItCan() {
        assertEquals("With([Item(Name(a), Name(b)), Item(Name(c), -)], [Pass()])", statement("with (a as b, c,): pass"));
        assertEquals("With([Item(Name(a), -), Item(Name(b), -)], [Pass()])", statement("with (a, b): pass"));
        assertEquals("With([Item(TupleDisplay([Name(a), Name(b)]), Name(c))], [Pass()])", statement("with (a, b) as c: pass"));
        assertEquals("With([Item(Call(TupleDisplay([Name(a), Name(b)]), []), -)], [Pass()])", statement("with (a, b)(): pass"));
        assertThrows(SyntaxError.class, () -> tree("(a as b)"));
    }

    @Test
    void patterns() {
        assertEquals("Or([Value(Int(1)), Value(Unary(MINUS, Float(2.0))), Value(Attribute(Name(a), b))])",
                pattern("1 | -2.0 | a.b"));
        assertEquals("Sequence([Capture(a), Star(-), Capture(-)])", pattern("a, *_, _"));
        assertEquals("Sequence([Capture(a)])", pattern("(a,)"));
        assertEquals("Capture(a)", pattern("(a)"));
        assertEquals("Mapping([Str(k), Attribute(Name(a), b)], [Capture(x), Value(None())], r)",
                pattern("{'k': x, a.b: None, **r}"));
        assertEquals("As(ClassPattern(Name(C), [Capture(x)], [y], [Value(Int(1))]), z)", pattern("C(x, y=1) as z"));
    }

    private static String pattern(String text) {
        var match = (Stmt.Match) Parser.parse("match s:\n  case " + text + ": pass\n").body().getFirst();
        return TreeText.of(match.cases().getFirst().pattern());
    }

    @Test
    void expressionsOnTheirOwn() {
        assertEquals("TupleDisplay([Name(a), Name(b)])", tree(" a, b \n"));
        assertThrows(SyntaxError.class, () -> tree("a = b"));
        assertThrows(SyntaxError.class, () -> tree("a; b"));
        assertThrows(SyntaxError.class, () -> tree(""));
        assertThrows(SyntaxError.class, () -> tree("a\nb"));
    }

    @Test
    void spansCoverTheirText() {
        String text = "é = '\uD83D\uDE00' + f(a.b [ 1 : 2 ], *c, d = (e , g), **h)  if (x) < (y) else -z ** f'{ w + v :>{u}}'";
        List<String> covered = new ArrayList<>();
        collect(((Stmt.Assign) Parser.parse(text).body().getFirst()).value(), text, covered);
        assertEquals(List.of(
                text.substring(4),
                "'\uD83D\uDE00' + f(a.b [ 1 : 2 ], *c, d = (e , g), **h)", "'\uD83D\uDE00'",
                        "f(a.b [ 1 : 2 ], *c, d = (e , g), **h)", "f",
                "a.b [ 1 : 2 ]", "a.b", "a", "1 : 2", "1", "2", "c", "(e , g)", "e", "g", "h",
                "(x) < (y)", "x", "y",
                "-z ** f'{ w + v :>{u}}'", "z ** f'{ w + v :>{u}}'", "z", "f'{ w + v :>{u}}'", "w + v", "w", "v", "u"), covered);
    }

    private static void collect(Expr expression, String text, List<String> covered) {
        covered.add(text.substring(expression.span().start(), expression.span().end()));
        Children.of(expression).forEach(child -> collect(child, text, covered));
    }

    @Test
    void spansOfStatementsEndWithTheirLastStatement() {
        String text = "\n@d\ndef f():\n    if a:\n        b ; c \n\n\n    # end\nx\n";
        Program program = Parser.parse(text);
        assertEquals(text.indexOf("def"), program.body().getFirst().span().start());
        assertEquals(text.indexOf("c \n") + 1, program.body().getFirst().span().end());
        assertEquals(new Span(text.indexOf('x'), 1), program.body().get(1).span());
        assertTrue(Parser.parse("  # nothing\n\n").body().isEmpty());
    }
}
