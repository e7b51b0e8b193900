package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/differences-from-python.md is made of the cases that show the differences. */
class DifferencesTest {

    private static final Path PAGE = Repository.ROOT.resolve("docs/differences-from-python.md");
    private static final Pattern HEAD = Pattern.compile("# What: (.+)\n# Why: (.+)\n# Instead: (.+)\n");

    @Test
    void thePageSaysWhatTheCasesShow() throws IOException {
        String page = """
                # Differences from Python

                What Python 3.11 prints, Ebb prints, but for these. Each is a program of the tests, which fail when it becomes untrue:
                `# expect:` says what a line prints, `# error:` how it fails, and a line `# ----` begins another program.
                """ + Repository.files(CasesTest.CASES.resolve("python-differences"), ".ebb").stream().sorted().map(DifferencesTest::section)
                .collect(Collectors.joining());
        Path made = Repository.ROOT.resolve("tests/target/differences-from-python.md");
        Files.writeString(made, page);
        assertEquals(page, Repository.read(PAGE), "the page is old; copy " + Repository.ROOT.relativize(made) + " to docs/");
    }

    private static String section(Path file) {
        String text = Repository.read(file);
        Matcher head = HEAD.matcher(text);
        assertTrue(head.lookingAt(), file + " begins with What, Why and Instead, a line each");
        String name = file.getFileName().toString().replace(".ebb", "").replace('_', ' ');
        return "\n## " + capital(name) + "\n\n" + capital(head.group(1)) + "\n\n*Why:* " + head.group(2)
                + "\n\n*Instead:* " + head.group(3) + "\n\n```python\n" + text.substring(head.end()).strip() + "\n```\n";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
