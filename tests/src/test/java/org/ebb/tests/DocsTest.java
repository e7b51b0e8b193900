package org.ebb.tests;

import java.util.List;
import java.util.stream.Stream;
import org.ebb.op.Ops;
import org.ebb.repl.expect.Transcript;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples in the docs of operations and of the library written in Ebb. */
class DocsTest {

    @TestFactory
    Stream<DynamicTest> operations() {
        return Ops.all().stream().map(row -> Transcript.of("operation " + row.name, row.doc))
                .filter(transcript -> !transcript.entries().isEmpty())
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> Console.check(transcript)));
    }

    /** Doc strings of modules: their lines are taken from the source, so that private functions count as well. */
    @TestFactory
    Stream<DynamicTest> modules() {
        var folder = Repository.ROOT.resolve("stdlib/src/main/resources/org/ebb/lib");
        return Repository.files(folder, ".ebb").stream().map(file -> {
            String path = folder.relativize(file).toString();
            String module = path.substring(0, path.length() - ".ebb".length()).replace('/', '.');
            List<Transcript.Entry> entries = Transcript.of(path, Repository.read(file)).entries();
            return new Transcript(path, entries).after("from " + module + " import *\n");
        }).filter(transcript -> transcript.entries().size() > 1)
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> Console.check(transcript)));
    }
}
