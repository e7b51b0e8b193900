package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/reference.md is made of the doc strings. */
class ReferenceTest {

    @Test
    void thePageSaysWhatTheDocStringsSay() throws Exception {
        Path made = Repository.ROOT.resolve("tests/target/reference.md");
        // As a process: the names of all modules are known where Ebb lies on the module path.
        Process ebb = new ProcessBuilder(Repository.ROOT.resolve("ebb").toString(), "-c", "import _reference\nprint(_reference.summary(), end='')")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        ebb.getOutputStream().close();
        String page = new String(ebb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, ebb.waitFor());
        Files.writeString(made, page);
        assertEquals(page, Repository.read(Repository.ROOT.resolve("docs/reference.md")),
                "the page is old; copy " + Repository.ROOT.relativize(made) + " to docs/");
    }
}
