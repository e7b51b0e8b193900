package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README promises two commands and points at files: all of them are there. */
class ReadmeTest {

    private final String readme = Repository.read(Repository.ROOT.resolve("README.md"));

    @Test
    void namesTheTwoCommands() {
        assertTrue(readme.contains("./ebb examples/tour.ebb"));
        assertTrue(readme.contains("mvn verify"));
        assertTrue(Files.isExecutable(Repository.ROOT.resolve("ebb")));
        assertTrue(Repository.read(Repository.ROOT.resolve(".ci/run")).contains("verify"));
        assertTrue(Files.isExecutable(Repository.ROOT.resolve(".ci/run")));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (String page : List.of("README.md", "CONTRIBUTING.md")) {
            List<String> missing = Pattern.compile("]\\(([^)#:]+)\\)").matcher(Repository.read(Repository.ROOT.resolve(page))).results()
                    .map((MatchResult link) -> link.group(1)).filter(link -> !Files.exists(Repository.ROOT.resolve(link))).toList();
            assertEquals(List.of(), missing, page);
        }
    }
}
