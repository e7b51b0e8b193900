package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ebb as JSR 223 finds it. */
class ScriptEngineTest {

    private final ScriptEngine engine = new ScriptEngineManager().getEngineByName("ebb");

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) engine).close();
    }

    @Test
    void managersFindIt() {
        assertEquals("Ebb", new ScriptEngineManager().getEngineByExtension("ebb").getFactory().getLanguageName());
        assertEquals("0.1.0", new ScriptEngineManager().getEngineByMimeType("application/x-ebb").getFactory().getEngineVersion());
        assertNull(engine.getFactory().getParameter("THREADING"));
    }

    @Test
    void namesAreTheEngineScope() throws ScriptException {
        engine.put("x", 3);
        assertEquals(12L, engine.eval("y = x * 4\ny"));
        assertEquals(12L, engine.get("y"));
        assertEquals(12L, engine.getBindings(ScriptContext.ENGINE_SCOPE).get("y"));
        engine.getBindings(ScriptContext.ENGINE_SCOPE).remove("y");
        assertThrows(ScriptException.class, () -> engine.eval("y"));
        assertEquals(List.of(1L, 2.5), engine.eval(new StringReader("[1, 2.5]")));
        Object own = new Object();
        engine.put("own", own);
        assertSame(own, engine.eval("own"));
    }

    @Test
    void anEvaluationMayHaveBindingsOfItsOwn() throws ScriptException {
        Bindings other = new SimpleBindings();
        other.put("x", 2.5);
        assertEquals(5.0, engine.eval("z = x * 2\nz", other));
        assertEquals(5.0, other.get("z"));
        engine.getContext().setBindings(new SimpleBindings(java.util.Map.of("everywhere", 7)), ScriptContext.GLOBAL_SCOPE);
        assertEquals(7L, engine.eval("everywhere"));
    }

    @Test
    void whatIsPrintedGoesToTheWriter() throws ScriptException {
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        engine.eval(engine.getFactory().getProgram(engine.getFactory().getOutputStatement("it's ö"), "print(2)"));
        assertEquals("it's ö\n2\n", out.toString());
    }

    @Test
    void errorsHaveTheirLine() {
        engine.put(ScriptEngine.FILENAME, "rules.ebb");
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("x = 1\n1 / 0"));
        assertEquals("rules.ebb", e.getFileName());
        assertEquals(2, e.getLineNumber());
        assertTrue(e.getMessage().startsWith("ZeroDivisionError: division by zero"), e.getMessage());
        assertEquals(1, assertThrows(ScriptException.class, () -> ((Compilable) engine).compile("x = (")).getLineNumber());
    }

    @Test
    void scriptsAreCompiledOnceAndFunctionsCalled() throws Exception {
        CompiledScript script = ((Compilable) engine).compile("def f(a):\n    return a * k\nf(2)");
        engine.put("k", 3);
        assertEquals(6L, script.eval());
        engine.put("k", 4);
        assertEquals(8L, script.eval());
        Invocable invocable = (Invocable) engine;
        assertEquals(20.0, invocable.invokeFunction("f", 5.0));
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction("g"));
        engine.eval("class C:\n    def applyAsDouble(self, v):\n        return v + 1\nc = C()\ndef applyAsDouble(v):\n    return v * v");
        assertEquals(3.0, invocable.invokeMethod(engine.get("c"), "applyAsDouble", 2.0));
        assertEquals(9.0, invocable.getInterface(DoubleUnaryOperator.class).applyAsDouble(3));
        assertEquals(4.0, invocable.getInterface(engine.get("c"), DoubleUnaryOperator.class).applyAsDouble(3));
        assertNull(invocable.getInterface(Runnable.class));
    }
}
