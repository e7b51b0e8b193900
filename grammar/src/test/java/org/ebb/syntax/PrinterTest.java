package org.ebb.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import org.ebb.parse.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of the printer: parsing what it prints gives the same tree but for the spans. */
class PrinterTest {

    private static void roundTrip(String text) {
        Program program = Parser.parseAsWritten(text);
        String printed = Printer.print(program);
        assertEquals(TreeText.of(program), TreeText.of(Parser.parseAsWritten(printed)), printed);
    }

    @Test
    void randomPrograms() {
        long first = new Random().nextLong();
        for (long seed = first; seed < first + 150; seed++) {
            String text = new RandomProgram(seed).text();
            try {
                roundTrip(text);
            } catch (SyntaxError e) {
                fail("seed " + seed + ": " + e.getMessage() + " at " + e.span() + " of\n" + text);
            } catch (AssertionError e) {
                fail("seed " + seed + ": " + text, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "(-x) ** y, -x ** y, x ** -y ** z, (x ** y) ** z",
        "not a in b, (not a) in b, not (a, b), -(not x)",
        "(a < b) < c, a < (b < c), a < b < c, a is not b, a is (not b)",
        "a - (b - c) - d, a and (b and c) and d, (a or b) and c, a or b and c",
        "(a if b else c) if d else e, a if (b if c else d) else e, lambda: (yield), (lambda: x)(1), (lambda: x) + 1",
        "x = yield\nx = yield a, b\ny += yield from z",
        "(1).real, 1.0.real, 1e400, 0x_ff, 10 ** 100, 1_0.0_1e1_0, 0b11, 0o17, 5., .5",
        "x[1], x[1,], x[()], x[:], x[::], x[a:b, ..., None], x[*a], x[*a, 1:2], x[(y := 1)]",
        "f(*a, b, *c, d=1, **e, f=2), f(x for x in y), f((yield), (z := 1))",
        "with (a, b): pass",
        "with (a, b) as c, d: pass",
        "with ((a, b)): pass",
        "with (a as b, c): pass",
        "with (yield): pass",
        "lambda a, /, b=1, *, c, **d: a\ndef f(*a: int, b: str = '', **c: x) -> y: pass\ndef g(a, b, /): pass\ndef h(*, a): pass",
        "'a' \"b\" 'it\\'s \"quoted\"', 'tab\\t nul\\0 \\ud800 \\U0001F600 \\x7f', r'\\d', '''a\nb'''",
        "f'{x!r:>{w}}{{}}{y=}{z = !s}{a=:5}{b=:}', f'{ {1: 2}[1] }', f'{(lambda: 1)}', f'{a if b else (lambda: 1)}', f'{a != b}'",
        "f'{x:a{y}b\\x7b}' f\"{'a'}\" \"{\", f'''{\"it's\"}''', f'''{f\"{f'{1}'}\"}''', f''",
        "match a, *b:\n case [x, *_] if z: pass\n case (1, 2, *_) as y: pass\n case *a, b: pass",
        "match x:\n case {'a': 1, b.c: -2.5, **r}: pass\n case A.B(1, y=C() | D()): pass\n case None | True: pass\n case (a as b) as c: pass",
        "if a: b\nelif c: d\nelse:\n if e: f\n else: g",
        "try: a\nexcept (B, C) as d: e\nexcept: f\nelse: g\nfinally: h",
        "from . import a\nfrom ...b.c import d as e, f\nfrom g import *\nimport h.i as j, k.l",
        "@a.b(c)\n@d\nclass E(f, *g, h=1): x: int = 1; y.z: int; w[0]: a = b, c",
        "del a, b[0], (c.d, e)\nassert a, b\nraise A from b\nraise\nglobal q, r\nreturn *a, b",
        "for a, (b, *c) in d, e: pass\nelse: break\nwhile (n := f()): continue",
        "[a for b in c], {a: b for c, d in e if f if g for h in i}, {*a, b}, {**a, 'b': c}, {a for b in c}, {}",
        "print(match, case, _)\nmatch = case = 1\nmatch[0] = case(1)",
    })
    void corners(String text) {
        roundTrip(text);
    }

    @Test
    void longChainsNeedNoStack() {
        roundTrip("x = 1" + " + 2".repeat(2_000));
        roundTrip("x = a" + ".b(1)[c]".repeat(700));
        roundTrip("if a: b\n" + "elif c: d\n".repeat(500));
    }

    @Test
    void printsPlainly() {
        assertEquals("""
                def f(a, b=1, *c):
                    return -a ** 2 + (b or c), 3
                """, Printer.print(Parser.parse("def f(a,b = 1,*c) : return ((-(a**2))+(b or c)),3 # why")));
    }
}
