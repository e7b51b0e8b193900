package org.ebb.polyglot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Ebb, Python and JavaScript in one context: functions, lists, tensors and exceptions go both ways (only with -Ppython). */
@Tag("python")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonTest {

    private final Context context = Context.newBuilder("ebb", "python", "js").allowHostAccess(HostAccess.ALL).allowPolyglotAccess(PolyglotAccess.ALL)
            .option("engine.WarnInterpreterOnly", "false").build();

    @AfterAll
    void close() {
        context.close();
    }

    private Value ebb(String program) {
        return context.eval("ebb", program);
    }

    private Value python(String program) {
        return context.eval("python", program);
    }

    private void share(String name, Value value) {
        context.getBindings("ebb").putMember(name, value);
        context.getBindings("python").putMember(name, value);
        context.getBindings("js").putMember(name, value);
    }

    @Test
    void functionsGoBothWays() {
        share("twice", python("lambda x: 2 * x"));
        assertEquals(42, ebb("twice(21)").asInt());
        assertEquals("[2, 4, 6]", ebb("str(list(map(twice, [1, 2, 3])))").asString());
        share("cube", ebb("lambda x: x ** 3"));
        assertEquals(27, python("cube(3)").asInt());
        assertEquals("[1, 8, 27]", python("str([cube(k) for k in (1, 2, 3)])").asString());
        share("slope", ebb("grad(lambda x: x * x * x)"));
        assertEquals(12.0, python("slope(2.0)").asDouble());
        assertEquals(42, ebb("import polyglot\npolyglot.eval('python', 'lambda x: x + 1')(41)").asInt());
    }

    @Test
    void aFunctionGoesThroughAllThree() {
        share("inner", ebb("lambda x: x + 1"));
        share("middle", context.eval("js", "x => inner(x) * 10"));
        share("outer", python("lambda x: middle(x) - 3"));
        assertEquals(27, ebb("outer(2)").asInt());
    }

    @Test
    void listsAndObjectsOfPythonWorkInEbb() {
        share("numbers", python("[3, 1, 2]"));
        assertEquals("[1, 2, 3]", ebb("str(sorted(numbers))").asString());
        assertEquals("(2, [3, 1], 6)", ebb("str((numbers[-1], numbers[:2], sum(numbers)))").asString());
        ebb("numbers.append(9)\nnumbers[0] = 7");
        assertEquals("[7, 1, 2, 9]", python("str(numbers)").asString());
        assertEquals("[[0. 1.] | [2. 3.]]", ebb("str(tensor(__import__('polyglot').eval('python', '[[0, 1], [2, 3]]')))").asString().replace("\n ", " | "));
        share("table", python("{'a': 1, 'b': [2, 3]}"));
        assertEquals("(1, 3, ['a', 'b'])", ebb("str((table['a'], table['b'][1], sorted(table)))").asString());
        share("point", python("class Point:\n    def __init__(self):\n        self.x = 1.5\n    def scale(self, k):\n        return self.x * k\nPoint()"));
        assertEquals("(1.5, 3.0)", ebb("str((point.x, float(point.scale(2))))").asString());
        assertEquals("[0, 1, 4]", ebb("str(list(__import__('polyglot').eval('python', '(k * k for k in range(3))')))").asString());
        assertEquals(1 + (1L << 62), ebb("__import__('polyglot').eval('python', '2 ** 62') + 1").asLong());
        assertEquals("1267650600228229401496703205377", ebb("str(__import__('polyglot').eval('python', '2 ** 100') + 1)").asString());
    }

    @Test
    void valuesOfEbbWorkInPython() {
        share("items", ebb("[1, 2.5, 'a', None, True]"));
        assertEquals("[1, 2.5, 'a', True]", python("str([v for v in items if v is not None])").asString());
        assertEquals(5, python("len(items)").asInt());
        share("entries", ebb("{'a': 1, 'b': 2}"));
        assertEquals(3, python("entries['a'] + entries['b']").asInt());
        share("gen", ebb("(i * i for i in range(4))"));
        assertEquals(14, python("sum(v for v in gen)").asInt());
        share("t", ebb("t = tensor([[1., 2.], [3., 4.]])\nt"));
        assertEquals(7.0, python("t[1][0] + t[1][1]").asDouble());
        assertEquals(10.0, python("float(t.sum())").asDouble());
        assertEquals("[[1.0, 2.0], [3.0, 4.0]]", python("str([[v for v in row] for row in t])").asString());
        python("t[0][0] = 50");
        assertEquals(50.0, ebb("t[0, 0]").asDouble());
        assertTrue(python("2 ** 100 == int(big)".replace("big", "'" + ebb("2 ** 100") + "'")).asBoolean());
    }

    /**
     * Python's None is Ebb's, wherever it comes from. Only a whole program of Python that ends in None has its module for a value, for any
     * host: so there is nothing that Ebb could know.
     */
    @Test
    void nothingIsNothingInBoth() {
        share("nothing", python("lambda *a: None"));
        share("optional", ebb("def optional(x=None, y=3):\n    return 'none' if x is None else x\noptional"));
        assertEquals("(True, True, True, 'None', \"<class 'NoneType'>\")",
                ebb("x = nothing()\nstr((x is None, x == None, not x, str(x), str(type(x))))").asString());
        assertEquals("TypeError: 'NoneType' object is not subscriptable",
                assertThrows(PolyglotException.class, () -> ebb("nothing()[0]")).getMessage());
        assertEquals("AttributeError: 'NoneType' object has no attribute 'x'",
                assertThrows(PolyglotException.class, () -> ebb("nothing().x")).getMessage());
        assertEquals("[True, False]", ebb("str([v is None for v in __import__('polyglot').eval('python', '[None, 1]')])").asString());
        assertTrue(ebb("__import__('polyglot').eval('python', '{1: None}')[1] is None").asBoolean());
        assertTrue(ebb("__import__('polyglot').eval('python', 'lambda x: x')(None) is None").asBoolean());
        assertTrue(ebb("optional(nothing())  == 'none'").asBoolean());
        assertEquals("none", python("optional(None)").asString());
        assertTrue(python("optional(None, 4) is not None and [v is None for v in [nothing()]] == [True]").asBoolean());
        share("ebbs", ebb("def ebbs(): pass\nebbs"));
        assertTrue(python("ebbs() is None or ebbs() == None").asBoolean());
        assertTrue(python("not ebbs()").asBoolean());
        assertTrue(!python("None").isNull() && python("None").hasMember("nothing"), "a program that ends in None");
    }

    @Test
    void exceptionsGoBothWays() {
        share("fail", python("def fail():\n    raise TypeError('of python')\nfail"));
        assertTrue(ebb("""
                def f():
                    try:
                        fail()
                    except Exception as e:
                        return str(e)
                f()
                """).asString().contains("of python"));
        share("refuse", ebb("def refuse(x):\n    raise ValueError('of ebb', x)\nrefuse"));
        assertTrue(python("def g():\n    try:\n        refuse(3)\n    except BaseException as e:\n        return str(e)\ng()").asString().contains("of ebb"));
        PolyglotException through = assertThrows(PolyglotException.class, () -> python("def g():\n    refuse(1)\ng()"));
        assertTrue(through.isGuestException());
        assertEquals("refuse", through.getPolyglotStackTrace().iterator().next().getRootName());
    }
}
