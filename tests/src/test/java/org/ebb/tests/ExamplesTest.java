package org.ebb.tests;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.ebb.repl.expect.Case;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The programs in examples/ print what their comments say. */
class ExamplesTest {

    private static final Path EXAMPLES = Repository.ROOT.resolve("examples");

    @TestFactory
    Stream<DynamicTest> programs() {
        return Repository.files(EXAMPLES, ".ebb").stream()
                .flatMap(file -> Case.of(EXAMPLES.relativize(file).toString(), Repository.read(file)).stream())
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> Console.check(program)));
    }
}
