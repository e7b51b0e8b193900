package org.ebb.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.ebb.parse.Parser;
import org.ebb.syntax.Program;
import org.ebb.syntax.Span;
import org.ebb.syntax.SyntaxError;

/** {@code ebb check}: what is wrong with programs, without running them. */
final class Checked {

    private Checked() {}

    /** The exit status: 1 where anything was found. */
    static int check(List<String> places, PrintStream errors) {
        PrintStream out = Streams.text(Streams.output());
        int status = Status.OK;
        try (Session session = new Session(InputStream.nullInputStream(), out, errors, List.of())) {
            session.readyToShow();
            Set<String> builtins = Set.copyOf(session.ask("builtin_names"));
            for (String place : places) {
                try {
                    String text = Files.readString(Path.of(place));
                    List<Lint.Finding> found = findings(text, builtins);
                    found.forEach(finding -> out.println(place + ":" + where(text, finding.span()) + ": " + finding.message()));
                    status = Math.max(status, found.isEmpty() ? Status.OK : Status.FAILED);
                } catch (IOException e) {
                    errors.println("ebb: cannot open '" + place + "': " + Failure.reason(e));
                    status = Status.USAGE;
                }
            }
        }
        return status;
    }

    private static List<Lint.Finding> findings(String text, Set<String> builtins) {
        try {
            Program program = Parser.parse(text);
            return Lint.check(program, builtins);
        } catch (SyntaxError wrong) {
            return List.of(new Lint.Finding(wrong.span(), wrong.kind() + ": " + wrong.getMessage()));
        }
    }

    /** Line and column, both from 1. */
    private static String where(String text, Span span) {
        int at = Math.min(span.start(), text.length());
        String before = text.substring(0, at);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        return line + ":" + (at - before.lastIndexOf('\n'));
    }
}
