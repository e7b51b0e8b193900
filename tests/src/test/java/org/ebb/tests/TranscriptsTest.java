package org.ebb.tests;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ebb.repl.expect.Transcript;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the documentation shows is what happens. */
class TranscriptsTest {

    @TestFactory
    Stream<DynamicTest> pages() {
        Path root = Repository.ROOT;
        return Stream.of(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")),
                        Repository.files(root.resolve("examples"), ".md"), Repository.files(root.resolve("docs"), ".md"),
                        Repository.files(root.resolve("tests/transcripts"), ".md"))
                .flatMap(List::stream)
                .map(page -> Transcript.of(root.relativize(page).toString(), Repository.read(page)))
                .filter(transcript -> !transcript.entries().isEmpty())
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> Console.check(transcript)));
    }
}
