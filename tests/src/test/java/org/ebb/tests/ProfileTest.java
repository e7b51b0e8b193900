package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.OutputStream;
import java.util.stream.Stream;
import org.ebb.repl.expect.Case;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The line profile, which is also a tool around every statement and function: with it programs do what they do without it. */
class ProfileTest {

    private static final Engine ENGINE = Engine.create();

    private static Context context(OutputStream out) {
        return Context.newBuilder("ebb").engine(ENGINE).out(out).err(OutputStream.nullOutputStream()).allowIO(IOAccess.ALL).build();
    }

    private static Context measured(OutputStream out) {
        Context context = context(out);
        context.eval("ebb", "__import__('_profile').start()");
        return context;
    }

    @TestFactory
    Stream<DynamicTest> measuredProgramsDoWhatTheySay() {
        return Stream.of("lang", "grad").map(CasesTest.CASES::resolve).flatMap(folder -> Repository.files(folder, ".ebb").stream())
                .flatMap(file -> Case.of(CasesTest.CASES.relativize(file).toString(), Repository.read(file)).stream())
                .map(program -> DynamicTest.dynamicTest(program.name(),
                        () -> program.problem(ProfileTest::measured).ifPresent(problem -> fail(program.name() + ": " + problem))));
    }

    @Test
    void oneProgramOfAnEngineIsMeasuredAtATime() {
        try (Context second = context(OutputStream.nullOutputStream())) {
            try (Context first = measured(OutputStream.nullOutputStream())) {
                first.eval("ebb", "1 + 1");
                second.eval("ebb", "k = 0\nfor i in range(10): k += i");
                try {
                    second.eval("ebb", "import profile\nwith profile.lines() as p: pass");
                    fail("two at once");
                } catch (PolyglotException refused) {
                    assertEquals("RuntimeError: another program of this engine is being measured", refused.getMessage());
                }
                assertTrue(first.eval("ebb", "sum([row[3] for row in __import__('_profile').rows()])").asInt() <= 3);
            }
            assertEquals(10, second.eval("ebb", "with profile.lines() as p:\n    for i in range(10):\n        k += i\nmax([row.hits for row in p.rows])").asInt());
        }
    }
}
