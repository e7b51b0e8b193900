package org.ebb.polyglot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ebb and JavaScript in one context: functions, arrays, tensors, exceptions go both ways. */
class JavaScriptTest {

    private final Context context = Context.newBuilder("ebb", "js").allowHostAccess(HostAccess.ALL).allowPolyglotAccess(PolyglotAccess.ALL)
            .option("engine.WarnInterpreterOnly", "false").build();

    @AfterEach
    void close() {
        context.close();
    }

    private Value ebb(String program) {
        return context.eval("ebb", program);
    }

    private Value js(String program) {
        return context.eval("js", program);
    }

    private void share(String name, Value value) {
        context.getBindings("ebb").putMember(name, value);
        context.getBindings("js").putMember(name, value);
    }

    @Test
    void functionsGoBothWays() {
        share("twice", js("x => 2 * x"));
        assertEquals(42, ebb("twice(21)").asInt());
        assertEquals("[2, 4, 6]", ebb("str(list(map(twice, [1, 2, 3])))").asString());
        share("cube", ebb("lambda x: x ** 3"));
        assertEquals(27, js("cube(3)").asInt());
        share("slope", ebb("grad(lambda x: x * x * x)"));
        assertEquals(12.0, js("slope(2)").asDouble());
        assertEquals(42, ebb("import polyglot\npolyglot.eval('js', 'x => x + 1')(41)").asInt());
    }

    @Test
    void arraysAndObjectsOfJavaScriptWorkInEbb() {
        share("numbers", js("[3, 1, 2]"));
        assertEquals("[1, 2, 3]", ebb("str(sorted(numbers))").asString());
        assertEquals("(2, [3, 1], 6)", ebb("str((numbers[-1], numbers[:2], sum(numbers)))").asString());
        ebb("numbers.append(9)\nnumbers[0] = 7");
        assertEquals("7,1,2,9", js("numbers.join()").asString());
        assertEquals("[[0. 1.] | [2. 3.]]", ebb("str(tensor(polyglot.eval('js', '[[0, 1], [2, 3]]')))".replace("polyglot", "__import__('polyglot')"))
                .asString().replace("\n ", " | "));
        share("point", js("({x: 1.5, name: 'p', scale(k) { return this.x * k; }})"));
        assertEquals("(1.5, 'p', 3.0)", ebb("str((point.x, point['name'], float(point.scale(2))))").asString());
        ebb("point.y = 4");
        assertEquals(4, js("point.y").asInt());
        assertEquals("{'a': 1}", ebb("str(dict(__import__('polyglot').eval('js', 'new Map([[\"a\", 1]])')))").asString());
        assertEquals("[1, 2, 3]", ebb("str([v for v in __import__('polyglot').eval('js', 'new Set([1, 2, 3])')])").asString());
        assertEquals("[0, 1, 2]", ebb("str(list(__import__('polyglot').eval('js', '(function*() { yield 0; yield 1; yield 2; })()')))").asString());
        assertEquals(1 + (1L << 62), ebb("__import__('polyglot').eval('js', '(2n ** 62n)') + 1").asLong());
        assertTrue(ebb("__import__('polyglot').eval('js', 'undefined') is None").asBoolean());
    }

    /** Both of JavaScript's are None, wherever they come from. */
    @Test
    void nothingIsNothingInBoth() {
        for (String none : new String[] {"null", "undefined"}) {
            share("nothing", js("() => " + none));
            share("id", js("x => x"));
            assertEquals("(True, True, True, 'None', \"<class 'NoneType'>\")",
                    ebb("x = nothing()\nstr((x is None, x == None, not x, str(x), str(type(x))))").asString());
            assertEquals("TypeError: 'NoneType' object is not subscriptable",
                    assertThrows(PolyglotException.class, () -> ebb("nothing()[0]")).getMessage());
            assertEquals("AttributeError: 'NoneType' object has no attribute 'x'",
                    assertThrows(PolyglotException.class, () -> ebb("nothing().x")).getMessage());
            assertEquals("[True, False, True]", ebb("import polyglot\nstr([v is None for v in polyglot.eval('js', '[" + none + ", 1, " + none + "]')])").asString());
            assertTrue(ebb("polyglot.eval('js', '({a: " + none + "})').a is None and id(None) is None").asBoolean());
            share("optional", ebb("def optional(x=None, y=3): return 'none' if x is None else x\noptional"));
            assertEquals("none", js("optional(" + none + ")").asString());
            assertEquals("none", js("optional()").asString());
        }
        share("ebbs", ebb("def ebbs(): pass\nebbs"));
        assertTrue(js("ebbs() == null && !ebbs()").asBoolean());
    }

    @Test
    void valuesOfEbbWorkInJavaScript() {
        share("items", ebb("[1, 2.5, 'a', None, True]"));
        assertEquals("1,2.5,a,,true", js("Array.from(items).join()").asString());
        assertEquals(5, js("items.append(6); items.pop(0); items.length").asInt());
        share("table", ebb("{'a': 1, 'b': 2}"));
        assertEquals(3, js("table.get('a') + table.get('b')").asInt());
        share("gen", ebb("(i * i for i in range(4))"));
        assertEquals(14, js("let s = 0; for (const v of gen) s += v; s").asInt());
        share("Point", ebb("class Point:\n    def __init__(self, x):\n        self.x = x\n    def norm(self):\n        return abs(self.x)\nPoint"));
        assertEquals(3, js("const p = new Point(-3); p.norm()").asInt());
        assertEquals(5, js("p.x = 5; p.x").asInt());
        share("t", ebb("t = tensor([[1., 2.], [3., 4.]])\nt"));
        assertEquals(7.0, js("t[1][0] + t[1][1]").asDouble());
        assertEquals(10.0, js("t.sum()").asDouble());
        js("t[0][0] = 50");
        assertEquals(50.0, ebb("t[0, 0]").asDouble());
        assertEquals("2,2", js("Array.from(t.shape).join()").asString());
        assertTrue(js("2n ** 100n == BigInt(big)".replace("big", "'" + ebb("2 ** 100") + "'")).asBoolean());
    }

    @Test
    void exceptionsGoBothWays() {
        share("fail", js("() => { throw new TypeError('of js'); }"));
        assertEquals("TypeError: of js", ebb("""
                def f():
                    try:
                        fail()
                    except Exception as e:
                        return str(e)
                f()
                """).asString());
        share("refuse", ebb("def refuse(x):\n    raise ValueError('of ebb', x)\nrefuse"));
        assertEquals("ValueError: ('of ebb', 3)", js("let m; try { refuse(3); } catch (e) { m = e.message; } m").asString());
        PolyglotException through = assertThrows(PolyglotException.class, () -> js("function g() { refuse(1); } g()"));
        assertTrue(through.isGuestException());
        assertEquals("refuse", through.getPolyglotStackTrace().iterator().next().getRootName());
        share("call", js("f => f()"));
        assertEquals("caught inside", ebb("""
                def bad():
                    raise KeyError('k')
                def f():
                    try:
                        call(bad)
                    except KeyError as e:
                        return 'caught inside'
                f()
                """).asString());
    }
}
