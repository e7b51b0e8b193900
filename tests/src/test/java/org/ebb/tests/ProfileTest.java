package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.OutputStream;
import java.util.stream.Stream;
import org.ebb.repl.expect.Case;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
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
    void programsOfOneEngineAreMeasuredEachForItself() {
        String loop = "import profile\nwith profile.lines() as p:\n    for i in range(%d):\n        k = i\n[row.hits for row in p.rows if row.text == 'k = i']";
        try (Context second = measured(OutputStream.nullOutputStream())) {
            try (Context first = measured(OutputStream.nullOutputStream())) {
                second.eval("ebb", "secret = 0\nfor i in range(7): secret += i");
                first.eval("ebb", "1 + 1");
                assertFalse(first.eval("ebb", "repr(__import__('_profile').rows())").asString().contains("secret += i"));
                assertEquals(10, first.eval("ebb", loop.formatted(10)).getArrayElement(0).asInt());
            }
            assertEquals(7, second.eval("ebb", "[row[3] for row in __import__('_profile').rows() if row[2] == 'for i in range(7): secret += i'][0]").asInt() - 1);
            assertEquals(20, second.eval("ebb", loop.formatted(20)).getArrayElement(0).asInt());
        }
    }
}
