package org.ebb.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.ebb.syntax.Scopes;
import org.ebb.syntax.SyntaxError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case is a text with a line of carets under what is wrong, followed by the message. */
class ErrorsTest {

    static String[] cases() {
        return """
                x = (1 2)
                     ^^^ invalid syntax. Perhaps you forgot a comma?
                --
                foo(a, b.c[1] d, e)
                       ^^^^^^^^ invalid syntax. Perhaps you forgot a comma?
                --
                a b
                  ^ invalid syntax
                --
                if x = 3: pass
                   ^^^^^ invalid syntax. Maybe you meant '==' or ':=' instead of '='?
                --
                while x.y = 3: pass
                      ^^^ cannot assign to attribute here. Maybe you meant '==' instead of '='?
                --
                1 + x = 3
                ^^^^^ cannot assign to expression here. Maybe you meant '==' instead of '='?
                --
                (a, f()) = 3
                    ^^^ cannot assign to function call
                --
                None = 1
                ^^^^ cannot assign to None
                --
                a, b += 1
                ^^^^ 'tuple' is an illegal expression for augmented assignment
                --
                (a, b): int
                ^^^^^^ only single target (not tuple) can be annotated
                --
                *a, *b = c
                    ^^ multiple starred expressions in assignment
                --
                *a = c
                ^^ starred assignment target must be in a list or tuple
                --
                x = *a
                    ^^ can't use starred expression here
                --
                x -= *a
                     ^^ can't use starred expression here
                --
                x: int = *a
                         ^^ can't use starred expression here
                --
                del (a, 1)
                        ^ cannot delete literal
                --
                for f() in x: pass
                    ^^^ cannot assign to function call
                --
                for x + 1 in y: pass
                    ^^^^^ cannot assign to expression
                --
                (a.b := 1)
                 ^^^ cannot use assignment expressions with attribute
                --
                def f()
                       ^ expected ':'
                --
                def f:
                     ^ expected '('
                --
                class C
                       ^ expected ':'
                --
                match x
                       ^ expected ':'
                    case 1: pass
                --
                else: pass
                ^^^^ invalid syntax
                --
                if x:
                y = 1
                ^ IndentationError: expected an indented block after 'if' statement on line 1
                --
                class A:
                    def f(self):
                    x = 1
                    ^ IndentationError: expected an indented block after function definition on line 2
                --
                x = 1
                  y = 2
                ^^ IndentationError: unexpected indent
                --
                if x:
                    a
                  b
                ^^ IndentationError: unindent does not match any outer indentation level
                --
                try: a
                b
                ^ expected 'except' or 'finally' block
                --
                except A, B: pass
                ^^^^^^ invalid syntax
                --
                try: a
                except A, B: pass
                       ^^^^ multiple exception types must be parenthesized
                --
                try: a
                except: pass
                ^^^^^^^^^^^^ default 'except:' must be last
                except A: pass
                --
                x = (1, 2]
                         ^ closing parenthesis ']' does not match opening parenthesis '('
                --
                x = [1,
                2)
                 ^ closing parenthesis ')' does not match opening parenthesis '[' on line 1
                --
                x = 1)
                     ^ unmatched ')'
                --
                foo(a, b
                   ^ '(' was never closed
                x = 3
                --
                'abc
                ^^^^ unterminated string literal (detected at line 1)
                --
                x = '''abc
                    ^ unterminated triple-quoted string literal (detected at line 1)
                --
                x = “hi”
                    ^ invalid character '“' (U+201C)
                --
                x = a ? b
                      ^ invalid syntax
                --
                x = 1 \\ 2
                      ^ unexpected character after line continuation character
                --
                12abc
                ^^ invalid decimal literal
                --
                0777
                ^^^^ leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers
                --
                0o18
                   ^ invalid digit '8' in octal literal
                --
                '\\x1'
                 ^^^ (unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape
                --
                f(a=1, a=2)
                       ^^^ keyword argument repeated: a
                --
                f(a=1, b)
                       ^ positional argument follows keyword argument
                --
                f(**a, *b)
                       ^^ iterable argument unpacking follows keyword argument unpacking
                --
                f(x for x in y, 1)
                  ^^^^^^^^^^^^ Generator expression must be parenthesized
                --
                f(a.b=1)
                  ^^^^ expression cannot contain assignment, perhaps you meant "=="?
                --
                def f(a, a): pass
                         ^ duplicate argument 'a' in function definition
                --
                def f(a=1, b): pass
                           ^ non-default argument follows default argument
                --
                def f(*): pass
                      ^ named arguments must follow bare *
                --
                def f(a, (b, c)): pass
                         ^ Function parameters cannot be parenthesized
                --
                def f(*a=1): pass
                        ^ var-positional argument cannot have default value
                --
                def f(a=): pass
                       ^ expected default value expression
                --
                x = 1 if y
                    ^^^^^^ expected 'else' after 'if' expression
                --
                {1: 2, 3}
                       ^ ':' expected after dictionary key
                --
                {1:}
                  ^ expression expected after dictionary key and ':'
                --
                [x, y for x, y in z]
                 ^^^^ did you forget parentheses around the comprehension target?
                --
                [*x for x in y]
                 ^^ iterable unpacking cannot be used in comprehension
                --
                from x import a,
                               ^ trailing comma not allowed without surrounding parentheses
                --
                print "hello"
                ^^^^^^^^^^^^^ Missing parentheses in call to 'print'. Did you mean print(...)?
                --
                match x:
                    case a: pass
                         ^ name capture 'a' makes remaining patterns unreachable
                    case 1: pass
                --
                match x:
                    case [a, a]: pass
                             ^ multiple assignments to name 'a' in pattern
                --
                f"{a b}"
                   ^^^ f-string: invalid syntax. Perhaps you forgot a comma?
                --
                f'{}'
                  ^^ f-string: empty expression not allowed
                --
                f'a}'
                   ^ f-string: single '}' is not allowed
                --
                f'{a!x}'
                    ^^ f-string: invalid conversion character: expected 's', 'r', or 'a'
                --
                f'{"\\n"}'
                    ^ f-string expression part cannot include a backslash
                --
                def f(): return 1
                return 2
                ^^^^^^^^ 'return' outside function
                --
                async def f(): pass
                ^^^^^ async functions are not part of Ebb
                --
                x = b'é'
                    ^^^^ bytes can only contain ASCII literal characters
                --
                x = b'a' 'b'
                    ^^^^^^^^ cannot mix bytes and nonbytes literals
                --
                x = 3 + 4j
                        ^^ complex numbers are not part of Ebb
                --
                class C(B, metaclass=M): pass
                           ^^^^^^^^^^^ metaclasses are not part of Ebb
                --
                try: a
                except* A: pass
                      ^ exception groups ('except*') are not part of Ebb
                """.split("--\n");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCaretsStandUnderTheMistake(String sample) {
        StringBuilder text = new StringBuilder();
        String expected = null;
        int start = -1;
        int length = 0;
        int lineStart = 0;
        for (String line : sample.split("\n")) {
            if (line.strip().startsWith("^")) {
                int caret = line.indexOf('^');
                length = line.lastIndexOf("^ ") + 1 - caret;
                expected = line.substring(caret + length + 1);
                start = lineStart + caret;
            } else {
                lineStart = text.length();
                text.append(line).append('\n');
            }
        }
        SyntaxError error = error(text.toString());
        String kind = error.kind().equals("SyntaxError") ? "" : error.kind() + ": ";
        assertEquals(expected, kind + error.getMessage());
        assertEquals(start, error.span().start(), "where the error starts");
        assertEquals(length, Math.max(1, error.span().length()), "how long the error is");
    }

    private static SyntaxError error(String text) {
        return assertThrows(SyntaxError.class, () -> Scopes.analyse(Parser.parse(text)));
    }

    @Test
    void tabsAndBlanksThatDisagree() {
        assertEquals("TabError", error("if a:\n        b\n\tc\n").kind());
        assertEquals("TabError", error("if a:\n\tb\n        c\n").kind());
        Parser.parse("if a:\n\tif b:\n\t    c\n\td\n");
    }

    @ParameterizedTest
    @MethodSource("unfinished")
    void unfinishedIsNotWrong(String text) {
        SyntaxError error = assertThrows(SyntaxError.class, () -> Parser.parse(text));
        assertTrue(error.incomplete(), error.getMessage());
    }

    static String[] unfinished() {
        return new String[] {"(", "f(a,\n  b", "x = [1,\n", "{'a': 1", "if a:", "if a:\n", "def f(x):\n    # to do\n",
                "class C:\n  def f(self):\n",
            "'''abc", "x = \"\"\"a\nb\n", "x = 1 + \\", "x = 1 + \\\n", "'abc\\\n", "try:\n  a\n", "@deco\n", "match x:\n",
                    "match x:\n  case 1:\n",
            "if a:\n  b\nelse:\n", "for x in y: \n", "f'''{a", "with (a as b,\n"};
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongIsNotUnfinished(String text) {
        SyntaxError error = assertThrows(SyntaxError.class, () -> Parser.parse(text));
        assertFalse(error.incomplete(), error.getMessage());
    }

    static String[] wrong() {
        return new String[] {"x = ", "x = \n", "'abc", "'abc\n", "f(a b", "foo(a, b\nx = 3\n", "(]", ")", "if a\n", "x = = (",
                "if a:\nb\n", " x",
            "def", "else:", "x = 1 1 '''", "a $", "if a:\n  b\n c\n", "f'{a'", "1 +"};
    }

    @Test
    void aBlockAtThePromptEndsWithAnEmptyLine() {
        for (String open
                : new String[] {"if a:\n  b\n", "if a: b\n", "if a:\n  b", "@d\ndef f(): pass\n",
                "x = 1\nfor y in z:\n  pass\n"}) {
            SyntaxError error = assertThrows(SyntaxError.class, () -> Parser.parseEntry(open));
            assertTrue(error.incomplete(), open);
            assertEquals(Parser.parse(open).body(), Parser.parseEntry(open.strip() + "\n\n").body().isEmpty() ? fail(open)
                    : Parser.parse(open).body());
        }
        assertEquals(1, Parser.parseEntry("if a:\n  b\n\n").body().size());
        assertEquals(1, Parser.parseEntry("if a:\r\n  b\r\n  \r\n").body().size());
        assertEquals(1, Parser.parseEntry("x = 1").body().size());
        assertEquals(0, Parser.parseEntry("").body().size());
        assertFalse(assertThrows(SyntaxError.class, () -> Parser.parseEntry("x = = 1")).incomplete());
    }

    /** Bounded by refusing: converting a million decimal digits takes a minute. Other bases have no limit. */
    @Test
    void longNumbersAreRefusedOrReadAtOnce() {
        SyntaxError error = assertThrows(SyntaxError.class, () -> Parser.parse("x = " + "7".repeat(1_000_000)));
        assertEquals("Exceeds the limit (4300 digits) for integer string conversion: value has 1000000 digits; use sys.set_int_max_str_digits()"
                + " to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", error.getMessage());
        Parser.parse("x = " + "7".repeat(4_300));
        Parser.parse("x = 0x" + "f".repeat(1_000_000));
        Parser.parse("x = 0b1" + "_0".repeat(1_000_000));
        Parser.parse("x = 0." + "7".repeat(1_000_000));
    }
}
