package org.ebb.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ebb.parse.Tokens.Kind;
import org.ebb.syntax.SyntaxError;
import org.junit.jupiter.api.Test;

class FormatterTest {

    private static void same(String expected, String written) {
        assertEquals(expected, Formatter.format(written));
        assertEquals(expected, Formatter.format(expected));
    }

    @Test
    void operatorsGetBlanksAndBracketsDoNot() {
        same("x = a + b * -c\n", "x=a+b*-c\n");
        same("f(a, b=1, *c, **d)\n", "f( a,b = 1,* c,** d )\n");
        same("def f(a: int = 1, b=2) -> float:\n    return -a\n", "def f(a:int=1,b = 2)->float:\n  return - a\n");
        same("x = {1: 2, 'a': lambda y: y}\n", "x={1:2,'a':lambda y:y}\n");
        same("x[1:2], x[a:], y[-1]\n", "x [1:2],x[a:],y[ - 1]\n");
        same("print(not x, x is not y, (1,), x if y else z)\n", "print(not x,x is not y,(1 ,),x if y else z)\n");
        same("a = b ** 2 + c**-1\n", "a=b ** 2+c**-1\n");
        same("from . import x\nfrom .a.b import (c, d)\n", "from . import x\nfrom .a.b import(c,d)\n");
        same("x: int = 1\nx += 1; y = x @ z\n", "x:int=1\nx+=1;y=x@z\n");
        same("@f(1)\ndef g():\n    return\n", "@ f(1)\ndef g(): \n return\n");
    }

    @Test
    void linesCommentsAndStringsStay() {
        same("if x:  # why\n    # because\n    y = 1\n# after\nz = \"\"\"a\n  b\"\"\"\n",
                "if x: #why\n  # because\n  y = 1\n# after\nz=\"\"\"a\n  b\"\"\"\n");
        same("f(a,\n  b)\n", "f(a ,\n  b)\n");
        same("if x:\n    f(\n        a,\n    )\n", "if x:\n  f(\n      a,\n  )\n");
        same("x = 1 + \\\n    2\n", "x = 1+ \\\n    2\n");
    }

    @Test
    void definitionsStandApart() {
        same("x = 1\n\n\ndef f():\n    pass\n\n\n# about g\ndef g():\n    a = 1\n\n    return a\n\n\nf()\n",
                "x = 1\ndef f():\n    pass\n\n\n\n\n# about g\ndef g():\n    a = 1\n\n\n\n    return a\nf()\n");
    }

    /** Every program of the repository: the same tree (the formatter sees to it), the same comments, and nothing more to do. */
    @Test
    void programsOfTheRepositoryStayThemselves() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        int seen = 0;
        for (String place : List.of("tests/cases", "examples", "stdlib/src/main/resources")) {
            try (Stream<Path> files = Files.walk(root.resolve(place))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".ebb")).sorted().toList()) {
                    String text = Files.readString(file);
                    String formatted;
                    try {
                        formatted = Formatter.format(text);
                    } catch (SyntaxError wanted) {
                        continue; // a case of a syntax error
                    }
                    seen++;
                    assertEquals(comments(text), comments(formatted), file.toString());
                    assertEquals(formatted, Formatter.format(formatted), file.toString());
                }
            }
        }
        assertTrue(seen > 150, "only " + seen + " programs");
    }

    private static List<String> comments(String text) {
        return Tokens.of(text).stream().filter(token -> token.kind() == Kind.COMMENT)
                .map(token -> text.substring(token.span().start(), token.span().end()).replaceAll("[#\\s]+", "")).toList();
    }
}
