package org.ebb.repl.expect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/** A program that carries its expectations in comments: {@code # expect:} what a line prints, {@code # error:} how one fails. */
public record Case(String name, String text) {

    private static final Pattern CUT = Pattern.compile("(?m)^# ----.*$");
    private static final Pattern MARK = Pattern.compile("# (expect|error):(.*)$");

    /** The programs of one file: lines that start with {@code # ----} part them. Line numbers stay those of the file. */
    public static List<Case> of(String name, String file) {
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

    /** Whether a text has expectations at all. */
    public static boolean expects(String text) {
        return text.lines().anyMatch(line -> MARK.matcher(line).find());
    }

    private static boolean idle(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private static Case piece(String name, String file, int from, int to) {
        int above = (int) file.substring(0, from).chars().filter(c -> c == '\n').count();
        return new Case(above == 0 ? name : name + ":" + (above + 1), "\n".repeat(above) + file.substring(from, to));
    }

    /** What the program does other than it says; empty when it does what it says. An internal error of Ebb is thrown. */
    public Optional<String> problem(Worlds worlds) {
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
                } else if (error != null) {
                    return Optional.of("two '# error:' lines in one program; part them with a line '# ----'");
                } else {
                    error = said;
                    errorLine = number;
                }
            }
        }
        return error == null && expected.isEmpty() ? Optional.of("the program expects nothing") : compared(worlds, expected, error, errorLine);
    }

    private Optional<String> compared(Worlds worlds, List<String> expected, String error, int errorLine) {
        var out = new ByteArrayOutputStream();
        PolyglotException thrown = null;
        try (Context context = worlds.open(out)) {
            context.eval(Source.newBuilder("ebb", text, name).buildLiteral());
        } catch (PolyglotException e) {
            if (e.isInternalError()) {
                throw e;
            }
            thrown = e;
        }
        String wanted = joined(expected);
        String printed = joined(out.toString(StandardCharsets.UTF_8).lines().toList());
        SourceSection at = thrown == null ? null : thrown.getSourceLocation();
        if (thrown != null && error == null) {
            return Optional.of((at == null ? "" : "line " + at.getStartLine() + ": ") + thrown.getMessage());
        }
        if (!wanted.equals(printed)) {
            return Optional.of("printed something else than it expects\n" + difference(wanted, printed));
        }
        if (error == null) {
            return Optional.empty();
        }
        String first = thrown == null ? null : thrown.getMessage().lines().findFirst().orElse("").strip();
        if (!error.strip().equals(first)) {
            return Optional.of("should have failed with\n    " + error.strip() + "\n" + (first == null ? "but did not fail" : "but failed with\n    " + first));
        }
        return at == null ? Optional.of("the error has no place")
                : at.getStartLine() <= errorLine && errorLine <= at.getEndLine() ? Optional.empty()
                : Optional.of("expected on line " + errorLine + ", but failed on line " + at.getStartLine());
    }

    /** The first line that differs, with what was expected and what came. */
    private static String difference(String wanted, String printed) {
        List<String> a = wanted.lines().toList();
        List<String> b = printed.lines().toList();
        int i = 0;
        while (i < a.size() && i < b.size() && a.get(i).equals(b.get(i))) {
            i++;
        }
        return "    expected line " + (i + 1) + ": " + (i < a.size() ? a.get(i) : "no more lines") + "\n    printed line " + (i + 1) + ":  "
                + (i < b.size() ? b.get(i) : "no more lines");
    }

    private static String joined(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
        return text.toString();
    }
}
