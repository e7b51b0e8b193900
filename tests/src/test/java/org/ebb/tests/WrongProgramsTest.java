package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs that are wrong about gradients, under {@code tests/wrong}: whatever each says when it runs must name the line that is marked
 * with {@code # key}, the one that its author would have to look at.
 */
class WrongProgramsTest {

    private static final Path PROGRAMS = Repository.ROOT.resolve("tests/wrong");

    @TestFactory
    Stream<DynamicTest> programs() {
        return Repository.files(PROGRAMS, ".ebb").stream().flatMap(file -> {
            String name = PROGRAMS.relativize(file).toString();
            return pieces(Repository.read(file)).stream().map(piece -> DynamicTest.dynamicTest(name + ":" + first(piece), () -> check(name, piece)));
        });
    }

    /** The programs of a file, each moved to the lines where it stands. */
    private static List<String> pieces(String file) {
        List<String> pieces = new ArrayList<>();
        String[] parts = file.split("(?m)^(?=# ----)");
        int above = (int) parts[0].chars().filter(c -> c == '\n').count();
        for (int k = 1; k < parts.length; k++) {
            pieces.add("\n".repeat(above) + parts[k]);
            above += (int) parts[k].chars().filter(c -> c == '\n').count();
        }
        return pieces;
    }

    private static int first(String piece) {
        return piece.length() - piece.stripLeading().length() + 1;
    }

    private static void check(String name, String piece) {
        String[] lines = piece.split("\n", -1);
        int key = 0;
        for (int k = 0; k < lines.length; k++) {
            if (lines[k].contains("# key")) {
                assertTrue(key == 0, name + ":" + (k + 1) + " is a second key line");
                key = k + 1;
            }
        }
        assertTrue(key > 0, name + ":" + first(piece) + " has no key line");
        String said;
        try (Console console = new Console()) {
            try {
                console.run(name, piece);
                said = "";
            } catch (PolyglotException thrown) {
                assertTrue(!thrown.isInternalError(), () -> name + ":" + first(piece) + ": " + thrown);
                said = thrown.getGuestObject().getMember("traceback").asString();
            }
            said = console.printed() + console.errors() + said;
        }
        assertTrue(Pattern.compile(Pattern.quote(name) + "(:|\", line )" + key + "\\b").matcher(said).find(),
                name + ":" + first(piece) + " should name line " + key + ", but said:\n" + said);
    }
}
