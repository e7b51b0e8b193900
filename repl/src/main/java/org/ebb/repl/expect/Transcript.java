package org.ebb.repl.expect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Entries after {@code >>>} and {@code ...} with what the prompt prints for them: documentation that can be run. */
public record Transcript(String name, List<Entry> entries) {

    /** {@code line} is where it stands in its text. */
    public record Entry(int line, String code, String output) {}

    /** All entries of a text, in order. Output ends at an empty line, at the next entry, or where its block or doc string ends. */
    public static Transcript of(String name, String text) {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String margin = lines.get(i).substring(0, lines.get(i).length() - lines.get(i).stripLeading().length());
            if (!prompts(lines.get(i), margin, ">>>")) {
                continue;
            }
            int first = i;
            StringBuilder code = new StringBuilder(after(lines.get(i), margin)).append('\n');
            while (i + 1 < lines.size() && prompts(lines.get(i + 1), margin, "...")) {
                code.append(after(lines.get(++i), margin)).append('\n');
            }
            StringBuilder output = new StringBuilder();
            while (i + 1 < lines.size() && !ends(lines.get(i + 1), margin)) {
                String line = lines.get(++i);
                output.append(line.startsWith(margin) ? line.substring(margin.length()) : line.strip()).append('\n');
            }
            entries.add(new Entry(first + 1, code.toString(), output.toString()));
        }
        return new Transcript(name, entries);
    }

    /** The same with something silent done first. */
    public Transcript after(String code) {
        List<Entry> all = new ArrayList<>(entries);
        all.addFirst(new Entry(0, code, ""));
        return new Transcript(name, all);
    }

    private static boolean prompts(String line, String margin, String prompt) {
        return line.equals(margin + prompt) || line.startsWith(margin + prompt + " ");
    }

    private static String after(String line, String margin) {
        return line.length() <= margin.length() + 4 ? "" : line.substring(margin.length() + 4);
    }

    private static boolean ends(String line, String margin) {
        return line.isBlank() || line.strip().startsWith("```") || line.strip().equals("\"\"\"") || prompts(line, margin, ">>>");
    }

    /** The first entry that prints something else than the text shows; empty when there is none. An internal error of Ebb is thrown. */
    public Optional<String> problem(Worlds worlds) {
        var out = new ByteArrayOutputStream();
        try (Context context = worlds.open(out)) {
            Value display = context.eval("ebb", "display");
            for (Entry entry : entries) {
                out.reset();
                String failure = "";
                try {
                    display.executeVoid(context.eval(Source.newBuilder("ebb", entry.code, name + ":" + entry.line).buildLiteral()));
                } catch (PolyglotException e) {
                    if (e.isInternalError()) {
                        throw e;
                    }
                    failure = e.getMessage().lines().findFirst().orElse("") + "\n";
                }
                String printed = tidy(out.toString(StandardCharsets.UTF_8) + failure);
                if (!tidy(entry.output).equals(printed)) {
                    return Optional.of("line " + entry.line + ": " + entry.code.strip() + "\n  the text shows\n"
                            + tidy(entry.output).indent(4) + "  Ebb prints\n" + printed.indent(4).stripTrailing());
                }
            }
        }
        return Optional.empty();
    }

    /** Of a traceback only its last line counts; empty lines and blanks at line ends do not. */
    private static String tidy(String output) {
        List<String> lines = output.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).toList();
        return lines.isEmpty() ? "" : lines.getFirst().startsWith("Traceback ") ? lines.getLast() : String.join("\n", lines);
    }
}
