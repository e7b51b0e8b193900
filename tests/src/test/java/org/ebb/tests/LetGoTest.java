package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program has let go of is free, though its text and the nodes made of it live on. */
class LetGoTest {

    private static final String SETTING = """
            import math
            class Box:
                pass
            """;

    @ParameterizedTest
    @ValueSource(strings = {
            "x = given\nfor i in range(3):\n    x.hashCode()\nx = None",
            "x = [given]\nfor i in range(3):\n    len(x)\ndel x",
            "x = [given]\ndef f():\n    return len(x)\nf()\nx = None",
            "math.x = [given]\nfor i in range(3):\n    len(math.x)\nmath.x = None",
            "math.x = given\nfor i in range(3):\n    math.x.hashCode()\ndel math.x",
            "Box.x = [given]\nfor i in range(3):\n    len(Box().x)\nBox.x = None",
            "f = lambda x=[given]: len(x)\nfor i in range(3):\n    f()\nf = None",
    })
    void whatANameStoodForIsFreeOnceTheNameIsAnother(String program) {
        try (Context context = Context.newBuilder("ebb").allowHostAccess(HostAccess.ALL).build()) {
            Source source = Source.create("ebb", SETTING + program + "\ngiven = None\n");
            WeakReference<Object> given = give(context);
            context.eval(source);
            assertFree(given);
            assertEquals(SETTING + program + "\ngiven = None\n", source.getCharacters().toString()); // the text is still ours
        }
    }

    @Test
    void aClosedContextHoldsNothingThoughItsTextRunsElsewhere() {
        try (Engine engine = Engine.create("ebb")) {
            Source source = Source.create("ebb", "x = [given]\nf = lambda: len(x)\nfor i in range(3):\n    f()\n    len(x)\n");
            WeakReference<Object> first = null;
            for (int i = 0; i < 3; i++) {
                try (Context context = Context.newBuilder("ebb").engine(engine).allowHostAccess(HostAccess.ALL).build()) {
                    WeakReference<Object> given = give(context);
                    context.eval(source);
                    first = first == null ? given : first;
                }
            }
            assertFree(first);
            assertEquals(5, source.getLineCount());
        }
    }

    private static WeakReference<Object> give(Context context) {
        Object object = new Object();
        context.getBindings("ebb").putMember("given", object);
        return new WeakReference<>(object);
    }

    private static void assertFree(WeakReference<Object> given) {
        for (int i = 0; i < 50 && given.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertNull(given.get(), "something still holds what the program let go of");
    }
}
