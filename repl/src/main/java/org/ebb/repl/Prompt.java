package org.ebb.repl;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ebb.parse.Parser;
import org.ebb.syntax.Program;
import org.ebb.syntax.Stmt;
import org.ebb.syntax.SyntaxError;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;

/** The plain prompt: reads an entry from standard input, runs it, prints its value unless that is None. */
final class Prompt {

    private static final String FIRST = ">>> ";
    private static final String MORE = "... ";

    private final InputStream in = new BufferedInputStream(System.in);
    private final OutputStream out = Streams.output();
    private final PrintStream screen = Streams.text(out);
    private final PrintStream errors;

    /** Set by Ctrl-C: what has been read of the entry is to be forgotten. */
    private volatile boolean dropped;

    Prompt(PrintStream errors) {
        this.errors = errors;
    }

    /** The exit status. */
    int run() throws IOException {
        screen.println("Ebb " + CommandLine.VERSION + ". Ctrl-D ends, help() helps.");
        Interrupts.whenIdle(() -> {
            dropped = true;
            screen.print("\nKeyboardInterrupt\n" + FIRST);
            screen.flush();
        });
        try (Session session = new Session(in, out, errors, List.of())) {
            session.readyToShow();
            int entry = 0;
            for (String text = read(); text != null; text = read()) {
                if (!text.isBlank()) {
                    Integer status = run(session, text, "<entry " + ++entry + ">");
                    if (status != null) {
                        return status;
                    }
                }
            }
            screen.println();
            return Status.OK;
        }
    }

    /** Null to go on, or the exit status that the entry asked for. */
    private Integer run(Session session, String text, String name) {
        try {
            session.show(session.run(Source.newBuilder(Session.LANGUAGE, text, name).buildLiteral()));
        } catch (PolyglotException e) {
            Failure failure = Failure.of(e);
            errors.print(failure.text());
            if (e.isExit()) {
                return failure.status();
            }
        }
        return null;
    }

    /** The next entry: one line, or as many as it takes to complete it. Null at the end of the input. */
    private String read() throws IOException {
        StringBuilder entry = new StringBuilder();
        while (true) {
            screen.print(entry.isEmpty() ? FIRST : MORE);
            screen.flush();
            String line = line();
            if (dropped) {
                dropped = false;
                entry.setLength(0);
            }
            if (line == null) {
                return entry.isEmpty() ? null : entry.toString();
            }
            entry.append(line).append('\n');
            if (complete(entry.toString(), line)) {
                return entry.toString();
            }
        }
    }

    /** Whether the entry can run. A block ends with an empty line, since more of it could always follow. */
    private static boolean complete(String entry, String last) {
        Program program;
        try {
            program = Parser.parse(entry);
        } catch (SyntaxError wrong) {
            return !wrong.incomplete();
        }
        return last.isBlank() || program.body().isEmpty() || !isBlock(program.body().getLast());
    }

    private static boolean isBlock(Stmt statement) {
        return switch (statement) {
            case Stmt.If _, Stmt.While _, Stmt.For _, Stmt.FunctionDef _, Stmt.ClassDef _, Stmt.Try _, Stmt.With _, Stmt.Match _ -> true;
            case Stmt.Expression _, Stmt.Assign _, Stmt.AugmentedAssign _, Stmt.AnnotatedAssign _, Stmt.Break _, Stmt.Continue _,
                 Stmt.Pass _, Stmt.Return _, Stmt.Raise _, Stmt.Assert _, Stmt.Delete _, Stmt.Global _, Stmt.Nonlocal _,
                 Stmt.Import _, Stmt.ImportFrom _ -> false;
        };
    }

    /** One line without its end, byte by byte: what follows belongs to the program's own input(). */
    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            bytes.write(b);
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
