package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventListener;
import com.oracle.truffle.api.instrumentation.Instrumenter;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tools are told a program does, and at which text: profilers, coverage and debuggers know programs by nothing else. */
class TagsTest {

    private final Engine engine = Engine.newBuilder("ebb").option("engine.WarnInterpreterOnly", "false").build();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    /** The texts that ran under a tag, in the order of their beginning. */
    private List<String> run(Class<? extends Tag> tag, String program) {
        seen.clear();
        Instrumenter instrumenter = engine.getInstruments().get("ebb-profile").lookup(Instrumenter.class);
        var binding = instrumenter.attachExecutionEventListener(SourceSectionFilter.newBuilder().tagIs(tag).includeInternal(false).build(),
                new ExecutionEventListener() {
                    @Override
                    public void onEnter(EventContext context, VirtualFrame frame) {
                        assertTrue(context.hasTag(tag));
                        seen.add(context.getInstrumentedSourceSection().getCharacters().toString().replaceAll("\\s+", " "));
                    }

                    @Override
                    public void onReturnValue(EventContext context, VirtualFrame frame, Object result) {}

                    @Override
                    public void onReturnExceptional(EventContext context, VirtualFrame frame, Throwable exception) {}
                });
        try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
            context.eval(Source.newBuilder("ebb", program, "tags.ebb").buildLiteral());
        } finally {
            binding.dispose();
        }
        return List.copyOf(seen);
    }

    @Test
    void statements() {
        assertEquals(List.of("x = 3", "while x > 1: x -= 1", "x -= 1", "x -= 1", "if x: y = 2 else: pass", "y = 2", "for i in (1, 2): y += i", "y += i",
                "y += i", "def f(a): b = a return b", "f(y)", "b = a", "return b", "assert y", "del y"),
                run(StandardTags.StatementTag.class, """
                        x = 3
                        while x > 1:
                            x -= 1
                        if x:
                            y = 2
                        else:
                            pass
                        for i in (1, 2):
                            y += i
                        def f(a):
                            b = a
                            return b
                        f(y)
                        assert y
                        del y
                        """));
    }

    @Test
    void earlyReturnsAndBlocks() {
        assertEquals(List.of("def f(a): if a: return 1 b = 2 return b", "f(1)", "if a: return 1", "return 1", "f(0)", "if a: return 1", "b = 2", "return b",
                "try: 1 / 0 except ZeroDivisionError: z = 1 finally: w = 2", "1 / 0", "z = 1", "w = 2", "with pause: v = 3", "v = 3"),
                run(StandardTags.StatementTag.class, """
                        def f(a):
                            if a:
                                return 1
                            b = 2
                            return b
                        f(1)
                        f(0)
                        try:
                            1 / 0
                        except ZeroDivisionError:
                            z = 1
                        finally:
                            w = 2
                        with pause:
                            v = 3
                        """));
    }

    @Test
    void callsAndRoots() {
        String program = "def f(a):\n    return a\nclass C:\n    def m(self):\n        return 1\nf(f(2)) + C().m() + len('abc')\n[f(i) for i in (1,)]\n";
        assertEquals(List.of("f(f(2))", "f(2)", "C().m()", "C()", "len('abc')", "f(i)"), run(StandardTags.CallTag.class, program));
        assertEquals(List.of(program.strip().replaceAll("\\s+", " ") + " ", "class C: def m(self): return 1", "def f(a): return a", "def f(a): return a",
                "def m(self): return 1", "[f(i) for i in (1,)]", "def f(a): return a"), run(StandardTags.RootTag.class, program));
    }

    @Test
    void expressionsAndVariables() {
        String program = "x = 2\ndef f(a):\n    b = a + x\n    return b * 2\nf(1)\n";
        assertEquals(List.of("2", "f(1)", "f", "1", "a + x", "a", "x", "b * 2", "b", "2"), run(StandardTags.ExpressionTag.class, program));
        assertEquals(List.of("f", "a", "x", "b"), run(StandardTags.ReadVariableTag.class, program));
        assertEquals(List.of("1 / 0"), run(StandardTags.TryBlockTag.class, "try:\n    1 / 0\nexcept Exception:\n    pass\n"));
    }

    /** Tools run elementwise subtrees node by node, where otherwise they are one pass. */
    @Test
    void whatIsFusedIsSeenInParts() {
        assertEquals(List.of("a = arange(3.)", "b = a * 2 + a", "b.sum()"),
                run(StandardTags.StatementTag.class, "a = arange(3.)\nb = a * 2 + a\nb.sum()\n"));
        List<String> parts = run(StandardTags.ExpressionTag.class, "a = arange(3.)\nb = a * 2 + a\n");
        assertTrue(parts.containsAll(List.of("a * 2 + a", "a * 2", "a", "2")), parts.toString());
    }
}
