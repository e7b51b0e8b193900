package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;

/** A program that carries its expectations in comments; tests/README.md has the rules. */
record Case(String name, String text) {

    private static final Pattern CUT = Pattern.compile("(?m)^# ----.*$");
    private static final Pattern MARK = Pattern.compile("# (expect|error):(.*)$");

    /** The programs of one file: lines that start with {@code # ----} part them. Line numbers stay those of the file. */
    static List<Case> of(String name, String file) {
        List<Case> cases = new ArrayList<>();
        Matcher cut = CUT.matcher(file);
        int from = 0;
        while (cut.find()) {
            cases.add(piece(name, file, from, cut.start()));
            from = cut.start();
        }
        cases.add(piece(name, file, from, file.length()));
        cases.removeIf(piece -> !MARK.asPredicate().test(piece.text.replace("\n", " ")) && piece.text.lines().allMatch(Case::idle));
        return cases;
    }

    private static boolean idle(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private static Case piece(String name, String file, int from, int to) {
        int above = (int) file.substring(0, from).chars().filter(c -> c == '\n').count();
        return new Case(above == 0 ? name : name + ":" + (above + 1), "\n".repeat(above) + file.substring(from, to));
    }

    void check() {
        List<String> expected = new ArrayList<>();
        String error = null;
        int errorLine = 0;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher mark = MARK.matcher(line);
            if (mark.find()) {
                String said = mark.group(2).startsWith(" ") ? mark.group(2).substring(1) : mark.group(2);
                if (mark.group(1).equals("expect")) {
                    expected.addAll(List.of(said.split(" \\| ", -1)));
                } else {
                    assertTrue(error == null, name + " has two '# error:' lines in one program; part them with a line '# ----'");
                    error = said;
                    errorLine = number;
                }
            }
        }
        assertTrue(error != null || !expected.isEmpty(), name + " expects nothing");
        compare(expected, error, errorLine);
    }

    private void compare(List<String> expected, String error, int errorLine) {
        PolyglotException thrown = null;
        String printed;
        try (Console console = new Console()) {
            try {
                console.run(name, text);
            } catch (PolyglotException e) {
                thrown = e;
            }
            printed = joined(console.printed().lines().toList());
        }
        if (thrown != null && (error == null || thrown.isInternalError())) {
            fail(name + (thrown.getSourceLocation() == null ? "" : ", line " + thrown.getSourceLocation().getStartLine()) + ": "
                    + thrown.getMessage(), thrown);
        }
        assertEquals(joined(expected), printed, () -> name + " printed something else than it expects");
        if (error != null) {
            assertTrue(thrown != null, name + " should have failed with " + error);
            assertEquals(error.strip(), thrown.getMessage().lines().findFirst().orElse("").strip(), name);
            assertTrue(thrown.getSourceLocation() != null, () -> name + ": the error has no place");
            assertTrue(thrown.getSourceLocation().getStartLine() <= errorLine && errorLine <= thrown.getSourceLocation().getEndLine(),
                    name + ": expected on line " + errorLine + ", but failed on line " + thrown.getSourceLocation().getStartLine());
        }
    }

    private static String joined(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
        return text.toString();
    }
}
