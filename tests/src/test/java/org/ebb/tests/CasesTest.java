package org.ebb.tests;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.ebb.repl.expect.Case;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every program under tests/cases does what its comments say. */
class CasesTest {

    static final Path CASES = Repository.ROOT.resolve("tests/cases");

    @TestFactory
    Stream<DynamicTest> programs() {
        return Repository.files(CASES, ".ebb").stream()
                .flatMap(file -> Case.of(CASES.relativize(file).toString(), Repository.read(file)).stream())
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> Console.check(program)));
    }
}
