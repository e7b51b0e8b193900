package org.ebb.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ebb.parse.Parser;
import org.ebb.syntax.Scope.Place;
import org.junit.jupiter.api.Test;

class ScopesTest {

    /** The scopes of a text in the order in which their nodes stand in the tree, the program first. */
    private static List<Scope> scopes(String text) {
        Program program = Parser.parse(text);
        Scopes.Table table = Scopes.analyse(program);
        List<Scope> scopes = new ArrayList<>();
        collect(program, table, scopes);
        return scopes;
    }

    private static void collect(Object node, Scopes.Table table, List<Scope> scopes) {
        switch (node) {
            case Optional<?> optional -> optional.ifPresent(n -> collect(n, table, scopes));
            case List<?> list -> list.forEach(n -> collect(n, table, scopes));
            case Record tree -> {
                boolean opens = switch (tree) {
                    case Program p -> true;
                    case Stmt.FunctionDef f -> true;
                    case Stmt.ClassDef c -> true;
                    case Expr.Lambda l -> true;
                    case Expr.ListComprehension c -> true;
                    case Expr.SetComprehension c -> true;
                    case Expr.DictComprehension c -> true;
                    case Expr.GeneratorExpression c -> true;
                    default -> false;
                };
                if (opens) {
                    scopes.add(table.of(tree));
                }
                for (RecordComponent component : tree.getClass().getRecordComponents()) {
                    Object value = TreeText.value(tree, component);
                    if (value != null) {
                        collect(value, table, scopes);
                    }
                }
            }
            default -> { }
        }
    }

    private static Scope scope(String text, String name) {
        return scopes(text).stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private static String error(String text) {
        Program program = Parser.parse(text);
        return assertThrows(SyntaxError.class, () -> Scopes.analyse(program)).getMessage();
    }

    @Test
    void everyFormThatBindsMakesALocal() {
        Scope f = scope("""
                def f(a, /, b, *c, d, **e):
                    g = h.i = 1
                    j += 1
                    k: int
                    for l, [m, *n] in o: pass
                    with p as (q, r): pass
                    import s.t, u.v as w
                    from x import y, z as aa
                    def bb(): pass
                    class cc: pass
                    try: pass
                    except dd as ee: pass
                    match ff:
                        case [gg, *hh] | {'k': gg, **hh}: pass
                        case ii() as jj: pass
                    del kk
                    (ll := 1)
                """, "f");
        assertEquals(List.of("a", "b", "c", "d", "e", "g", "j", "k", "l", "m", "n", "q", "r", "s", "w", "y", "aa", "bb", "cc",
                "ee", "gg",
                "hh", "jj", "kk", "ll"), f.locals());
        for (String global : List.of("h", "int", "o", "p", "dd", "ff", "ii")) {
            assertEquals(Place.GLOBAL, f.names().get(global), global);
        }
    }

    @Test
    void aProgramsNamesAreGlobal() {
        Scope program = scopes("x = y\ndef f(): return x").getFirst();
        assertEquals(List.of("x", "f"), program.locals());
        assertEquals(Place.GLOBAL, program.names().get("x"));
        assertTrue(program.captured().isEmpty());
    }

    @Test
    void aClosureCapturesAndTheScopesBetweenPassOn() {
        String text = """
                def outer(x):
                    def middle():
                        def inner():
                            return x
                        return inner
                """;
        assertEquals(Place.CAPTURED, scope(text, "outer").names().get("x"));
        assertEquals(List.of("x"), scope(text, "middle").free());
        assertFalse(scope(text, "middle").names().containsKey("x"));
        assertEquals(Place.FREE, scope(text, "inner").names().get("x"));
    }

    @Test
    void globalAndNonlocalSendANameElsewhere() {
        String text = """
                def f():
                    a = b = 1
                    def g():
                        nonlocal a
                        global b
                        a = b = 2
                        def h(): return a, b
                """;
        assertEquals(Place.FREE, scope(text, "g").names().get("a"));
        assertEquals(Place.GLOBAL, scope(text, "g").names().get("b"));
        assertEquals(Place.FREE, scope(text, "h").names().get("a"));
        assertEquals(Place.GLOBAL, scope(text, "h").names().get("b"), "a global declaration holds for the functions inside too");
        assertEquals(Place.LOCAL, scope(text, "f").names().get("b"));
    }

    @Test
    void methodsDoNotSeeTheNamesOfTheirClass() {
        String text = """
                def f(x):
                    class C:
                        x = x
                        y = z
                        def m(self): return x, y
                """;
        assertEquals(Place.LOCAL, scope(text, "C").names().get("x"));
        assertEquals(Place.FREE, scope(text, "m").names().get("x"));
        assertEquals(Place.GLOBAL, scope(text, "m").names().get("y"));
        assertEquals(List.of("x"), scope(text, "C").free());
        assertTrue(scope(text, "C").captured().isEmpty());
    }

    @Test
    void superAndTheClassCell() {
        String text = """
                class C:
                    def m(self): return super().m()
                    def n(self): return lambda: __class__
                    def o(self): return 1
                def f(): return super
                """;
        assertTrue(scope(text, "C").usesClassCell());
        assertTrue(scope(text, "m").usesClassCell());
        assertEquals(Place.FREE, scope(text, "m").names().get("__class__"));
        assertEquals(List.of("__class__"), scope(text, "n").free());
        assertFalse(scope(text, "n").usesClassCell());
        assertFalse(scope(text, "o").usesClassCell());
        assertFalse(scope(text, "f").names().containsKey("__class__"));
        assertFalse(scope("class D:\n def p(self): pass", "D").usesClassCell());
    }

    @Test
    void aComprehensionEvaluatesItsFirstIterableOutside() {
        String text = """
                class C:
                    xs = [1]
                    ys = [x + z for x in xs for y in xs if y]
                """;
        assertEquals(Place.LOCAL, scope(text, "C").names().get("xs"));
        Scope inside = scope(text, "<listcomp>");
        assertEquals(List.of("x", "y"), inside.locals());
        assertEquals(Place.GLOBAL, inside.names().get("xs"),
                "the second iterable is evaluated inside, where the class is not seen");
    }

    @Test
    void walrusInAComprehensionBindsOutside() {
        String text = "def f(d):\n    return [[last := x for x in r] for r in d], last";
        assertEquals(Place.CAPTURED, scope(text, "f").names().get("last"));
        assertEquals(List.of("last"), scope(text, "<listcomp>").free());
        assertEquals(Place.GLOBAL, scope("[a := 1 for b in c]", "<listcomp>").names().get("a"));
        assertEquals(Place.LOCAL, scope("[(lambda: (a := 1)) for b in c]", "<lambda>").names().get("a"));
    }

    @Test
    void defaultsDecoratorsAndAnnotationsBelongOutside() {
        String text = "def f(a):\n    @d(a)\n    def g(x: a = a) -> a: pass\n    lambda y=a: y\n    class C(a): pass";
        assertEquals(Place.LOCAL, scope(text, "f").names().get("a"));
        assertFalse(scope(text, "g").names().containsKey("a"));
        assertTrue(scope(text, "<lambda>").free().isEmpty());
    }

    @Test
    void generators() {
        assertTrue(scope("def f(): x = yield", "f").generator());
        assertTrue(scope("def f(): yield from x", "f").generator());
        assertFalse(scope("def f():\n def g(): yield", "f").generator());
        assertTrue(scope("lambda: (yield)", "<lambda>").generator());
        assertTrue(scope("(x for x in y)", "<genexpr>").generator());
        assertTrue(scope("def f(): return [x for x in (yield)]", "f").generator(), "the first iterable is evaluated outside");
    }

    @Test
    void privateNamesCarryTheirClass() {
        String text = "class _C:\n    def __f(self, __a): self.__b = __a; return __d__\n";
        Scope f = scope(text, "__f");
        assertEquals(List.of("self", "_C__a"), f.locals());
        assertEquals(List.of("_C__f"), scope(text, "_C").locals());
        assertTrue(f.names().containsKey("__d__"));
        assertTrue(TreeText.of(Parser.parse("class C:\n f(__x=1, y=__x)")).contains("KEYWORD, __x"));
    }

    @Test
    void rulesOfDeclarations() {
        assertEquals("name 'x' is parameter and global", error("def f(x):\n global x"));
        assertEquals("name 'x' is parameter and nonlocal", error("def g(x):\n def f(x):\n  nonlocal x"));
        assertEquals("name 'x' is assigned to before global declaration", error("def f():\n x = 1\n global x"));
        assertEquals("name 'x' is used prior to global declaration", error("print(x)\nglobal x"));
        assertEquals("annotated name 'x' can't be global", error("def f():\n global x\n x: int"));
        assertEquals("name 'x' is nonlocal and global", error("def f():\n x = 1\n def g():\n  global x\n  nonlocal x"));
        assertEquals("no binding for nonlocal 'x' found", error("x = 1\ndef f():\n nonlocal x"));
        assertEquals("nonlocal declaration not allowed at module level", error("nonlocal x"));
        assertEquals("import * only allowed at module level", error("def f():\n from m import *"));
    }

    @Test
    void rulesOfWalrus() {
        assertEquals("assignment expression cannot rebind comprehension iteration variable 'x'", error("[x := 1 for x in y]"));
        assertEquals("comprehension inner loop cannot rebind assignment expression target 'x'",
                error("[1 for a in b if (x := a) for x in c]"));
        assertEquals("assignment expression within a comprehension cannot be used in a class body",
                error("class C:\n [x := 1 for y in z]"));
        assertEquals("assignment expression cannot be used in a comprehension iterable expression",
                error("[1 for y in (x := z)]"));
        assertEquals("assignment expression cannot be used in a comprehension iterable expression",
                error("[1 for a in b for y in [(x := z)]]"));
    }

    @Test
    void controlFlowHasItsPlace() {
        assertEquals("'return' outside function", error("class C:\n return 1"));
        assertEquals("'yield' outside function", error("yield 1"));
        assertEquals("'yield' inside list comprehension", error("def f(): return [(yield x) for x in y]"));
        assertEquals("'break' outside loop", error("while a: pass\nelse: break"));
        assertEquals("'continue' not properly in loop", error("for x in y:\n def f(): continue"));
        assertEquals(1, scopes("for x in y:\n if x: break\n else: continue").size());
    }
}
