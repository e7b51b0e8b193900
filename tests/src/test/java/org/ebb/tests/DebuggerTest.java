package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.api.debug.Breakpoint;
import com.oracle.truffle.api.debug.DebugException;
import com.oracle.truffle.api.debug.DebugScope;
import com.oracle.truffle.api.debug.DebugStackFrame;
import com.oracle.truffle.api.debug.DebugValue;
import com.oracle.truffle.api.debug.Debugger;
import com.oracle.truffle.api.debug.DebuggerSession;
import com.oracle.truffle.api.debug.SuspendedEvent;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every debugger stands on: where programs stop, how they go on, and what is seen and done there. */
class DebuggerTest {

    private static final String PROGRAM = """
            def inner(a, b):
                total = a * b
                return total

            def outer(x):
                t = tensor([[1.0, 2.0], [3.0, 4.0]]) * x
                y = inner(x, 2)
                for i in range(3):
                    y = y + i
                return y

            result = outer(5)
            """;

    private final Engine engine = Engine.newBuilder("ebb").option("engine.WarnInterpreterOnly", "false").build();
    private final Context context = Context.newBuilder("ebb").engine(engine).out(OutputStream.nullOutputStream()).build();
    private final Deque<Consumer<SuspendedEvent>> steps = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();

    @AfterEach
    void close() {
        context.close();
        engine.close();
    }

    /** At every stop the next of the steps is done. */
    private void debug(String program, Consumer<DebuggerSession> prepare) {
        Debugger debugger = engine.getInstruments().get("debugger").lookup(Debugger.class);
        try (DebuggerSession session = debugger.startSession(event -> {
            try {
                Consumer<SuspendedEvent> step = steps.poll();
                if (step == null) {
                    failures.add("one stop more, at line " + line(event));
                } else {
                    step.accept(event);
                }
            } catch (Throwable wrong) {
                failures.add(wrong.toString());
            }
        })) {
            prepare.accept(session);
            context.eval(source(program));
        } finally {
            assertEquals(List.of(), failures);
            assertEquals(0, steps.size(), "stops that did not happen");
        }
    }

    private static Source source(String program) {
        return Source.newBuilder("ebb", program, "program.ebb").buildLiteral();
    }

    private static Breakpoint at(String program, int line) {
        return Breakpoint.newBuilder(source(program).getURI()).lineIs(line).build();
    }

    private static int line(SuspendedEvent event) {
        return event.getSourceSection().getStartLine();
    }

    private void stop(int line, Consumer<SuspendedEvent> then) {
        steps.add(event -> {
            assertEquals(line, line(event));
            then.accept(event);
        });
    }

    private static Map<String, String> values(DebugScope scope) {
        Map<String, String> all = new TreeMap<>();
        for (DebugValue value : scope.getDeclaredValues()) {
            all.put(value.getName(), value.toDisplayString());
        }
        return all;
    }

    @Test
    void stepsGoIntoOverAndOut() {
        stop(7, event -> event.prepareStepInto(1));
        stop(2, event -> {
            List<String> frames = new ArrayList<>();
            for (DebugStackFrame frame : event.getStackFrames()) {
                frames.add(frame.getName() + " " + frame.getSourceSection().getStartLine());
            }
            assertEquals(List.of("inner 2", "outer 7", "<module> 12"), frames);
            event.prepareStepOver(1);
        });
        stop(3, event -> event.prepareStepOut(1));
        stop(7, event -> event.prepareStepOver(1)); // after the call, with its value
        stop(8, event -> event.prepareStepOver(1));
        stop(9, event -> event.prepareStepOver(3));
        stop(10, event -> event.prepareStepOver(1));
        stop(12, SuspendedEvent::prepareContinue);
        debug(PROGRAM, session -> session.install(at(PROGRAM, 7)));
    }

    @Test
    void aBreakpointInAFunctionThatNobodyCalledYetFindsItsLine() {
        stop(3, event -> assertEquals("return total", event.getSourceSection().getCharacters().toString()));
        debug(PROGRAM, session -> session.install(at(PROGRAM, 3)));
    }

    @Test
    void localsAreSeenAndChanged() {
        stop(7, event -> {
            DebugScope scope = event.getTopStackFrame().getScope();
            assertEquals("outer", scope.getName());
            assertEquals(Map.of("x", "5", "t", "tensor([[ 5., 10.],\n        [15., 20.]])"), values(scope));
            DebugValue tensor = scope.getDeclaredValue("t");
            assertEquals("(2, 2)", tensor.getProperty("shape").toDisplayString());
            assertEquals("tensor", tensor.getMetaObject().getMetaSimpleName());
            assertEquals(15.0, tensor.getArray().get(1).getArray().get(0).asDouble());
            scope.getDeclaredValue("x").set(event.getTopStackFrame().eval("x + 1"));
            assertEquals("6", scope.getDeclaredValue("x").toDisplayString());
        });
        debug(PROGRAM, session -> session.install(at(PROGRAM, 7)));
        assertEquals(15, context.eval("ebb", "result").asInt()); // 6 * 2 + 0 + 1 + 2
    }

    @Test
    void whatIsEvaluatedSeesTheFrame() {
        stop(7, event -> {
            DebugStackFrame frame = event.getTopStackFrame();
            assertEquals(55.0, frame.eval("t.sum() + x").asDouble());
            assertEquals(15, frame.eval("inner(x, 3)").asInt());
            DebugException unknown = assertThrows(DebugException.class, () -> frame.eval("nothing"));
            assertTrue(unknown.getMessage().startsWith("NameError: name 'nothing' is not defined"), unknown.getMessage());
            assertTrue(assertThrows(DebugException.class, () -> frame.eval("1 +")).getMessage().startsWith("SyntaxError: "));
            frame.eval("x = 10\nfresh = 3");
            assertEquals("10", frame.getScope().getDeclaredValue("x").toDisplayString());
        });
        debug(PROGRAM, session -> session.install(at(PROGRAM, 7)));
        assertEquals(23, context.eval("ebb", "result").asInt());
    }

    @Test
    void variablesOfFunctionsAroundAreSeen() {
        String program = "def make(n):\n    m = 2\n    def add(x):\n        return x + n\n    return add, m\nadd, _ = make(3)\nadd(4)\n";
        stop(4, event -> {
            assertEquals(Map.of("x", "4", "n", "3"), values(event.getTopStackFrame().getScope()));
            assertEquals(7, event.getTopStackFrame().eval("x + n").asInt());
            event.getTopStackFrame().eval("n = 30");
            assertEquals(34, event.getTopStackFrame().eval("x + n").asInt());
        });
        debug(program, session -> session.install(at(program, 4)));
    }

    @Test
    void generatorsClassesAndComprehensionsHaveTheirFrames() {
        String program = """
                def count(n):
                    k = 0
                    while k < n:
                        yield k
                        k += 1
                class C:
                    size = 4
                    half = size / 2
                print([a * b for a in count(2) for b in (7,)])
                """;
        // A statement that yields is stopped at where it begins, and where the generator goes on with it.
        for (String k : List.of("0", "0", "1", "1")) {
            stop(4, event -> assertEquals(Map.of("n", "2", "k", k), values(event.getTopStackFrame().getScope())));
        }
        debug(program, session -> session.install(at(program, 4)));
        stop(8, event -> assertEquals("4", event.getTopStackFrame().eval("size").toDisplayString()));
        debug(program + "# again", session -> session.install(at(program + "# again", 8)));
    }

    @Test
    void conditionsAndCountsHoldBack() {
        Breakpoint whenTwo = at(PROGRAM, 9);
        whenTwo.setCondition("i == 2");
        stop(9, event -> assertEquals("2", event.getTopStackFrame().getScope().getDeclaredValue("i").toDisplayString()));
        debug(PROGRAM, session -> session.install(whenTwo));
        assertEquals(3, whenTwo.getHitCount() + 2); // the others were no hits
    }

    @Test
    void exceptionsStopWhereTheyAreRaised() {
        String program = "def f(x):\n    return 1 / x\ntry:\n    f(0)\nexcept ZeroDivisionError:\n    pass\nf(0.0)\n";
        steps.add(event -> {
            assertEquals(2, line(event));
            assertEquals("ZeroDivisionError: division by zero", event.getException().getMessage());
            assertNotNull(event.getException().getCatchLocation());
        });
        steps.add(event -> assertNull(event.getException().getCatchLocation()));
        assertThrows(PolyglotException.class, () -> debug(program, session -> session.install(Breakpoint.newExceptionBuilder(true, true).build())));
        steps.add(event -> assertEquals("ZeroDivisionError: float division by zero", event.getException().getMessage()));
        assertThrows(PolyglotException.class, () -> debug(program, session -> session.install(Breakpoint.newExceptionBuilder(false, true).build())));
    }

    /** Inside a recording, functions run in another form of their nodes. */
    @Test
    void recordedFunctionsStopToo() {
        String program = "def f(x):\n    y = x * x\n    return y\nresult = grad(f)(3.0)\n";
        stop(3, event -> {
            assertEquals(Map.of("x", "3.0", "y", "9.0"), values(event.getTopStackFrame().getScope()));
            assertEquals(18.0, event.getTopStackFrame().eval("y * 2").asDouble());
        });
        debug(program, session -> session.install(at(program, 3)));
        assertEquals(6.0, context.eval("ebb", "result").asDouble());
    }

    @Test
    void aLargeTensorIsShownByItsShapeAndFirstElements() {
        assertEquals("tensor of shape (100, 100), float32: 0.0 1.0 2.0 3.0 4.0 5.0 ...",
                context.eval("ebb", "arange(10000).reshape((100, 100))").toString());
    }
}
