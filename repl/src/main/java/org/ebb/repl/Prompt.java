package org.ebb.repl;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Reads an entry, runs it, prints its value unless that is None, until the input ends. */
final class Prompt {

    private final StandardOutput standard = Streams.output();
    private final Cut out = new Cut(standard);
    private final PrintStream screen = Streams.text(out);
    private final PrintStream errors;
    private final EntryReader reader;

    /** The engine starts while the first entry is typed. */
    private CompletableFuture<Session> session;
    private int entries;

    private final List<String> arguments;

    private Prompt(List<String> arguments, PrintStream errors) {
        this.arguments = arguments;
        this.errors = errors;
        // Before the editor: a terminal may take its time to answer what it is.
        screen.println("Ebb " + CommandLine.VERSION + ". Tab completes, ?name explains, :help lists more, Ctrl-D ends.");
        EntryReader editor = Editor.open(new Names(this::session), errors);
        this.reader = editor != null ? editor : new PipeReader(screen);
        this.session = start();
    }

    /** The exit status. {@code first} is run before the first entry is read, or null. */
    static int run(CommandLine.Run first, PrintStream errors) throws IOException {
        Prompt prompt = new Prompt(first == null ? List.of() : first.arguments(), errors);
        try (EntryReader _ = prompt.reader) {
            Integer status = first == null ? null : prompt.obey(new Command.Load(first.place()));
            return status != null ? status : prompt.loop();
        } finally {
            prompt.session().close();
        }
    }

    private CompletableFuture<Session> start() {
        CompletableFuture<Session> made = new CompletableFuture<>();
        Thread starter = new Thread(() -> {
            try {
                Session fresh = new Session(reader.programInput(), out, errors, arguments);
                fresh.readyToShow();
                made.complete(fresh);
            } catch (Throwable fault) {
                made.completeExceptionally(fault);
            }
        }, "start");
        starter.setDaemon(true);
        starter.start();
        return made;
    }

    private Session session() {
        try {
            return session.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Session.Refused refused ? refused : failed;
        }
    }

    private int loop() throws IOException {
        for (String text = reader.next(); text != null; text = reader.next()) {
            Integer status = text.isBlank() ? null : Command.is(text) ? obey(Command.read(text)) : run(text);
            if (status != null) {
                return status;
            }
        }
        return Status.OK;
    }

    /** Null to go on, or the exit status. */
    private Integer obey(Command command) {
        switch (command) {
            case Command.Help _ -> screen.println(Command.HELP);
            case Command.Wrong(String why) -> errors.println(why);
            case Command.Quit _ -> {
                return Status.OK;
            }
            case Command.Reset _ -> {
                session().close();
                session = start();
            }
            case Command.Doc(String name) -> {
                return guarded(() -> session().tell("describe", name));
            }
            case Command.Who _ -> {
                return guarded(() -> session().tell("who"));
            }
            case Command.Load(String file) -> {
                try {
                    Source source = Script.file(file);
                    return guarded(() -> session().run(source));
                } catch (Script.CannotOpen e) {
                    errors.println(e.getMessage());
                }
            }
            case Command.Profile(String entry) -> {
                Source source = source(entry);
                return guarded(() -> {
                    session().profile();
                    try {
                        show(session().run(source));
                    } finally {
                        screen.println(session().profiled(30));
                    }
                });
            }
            case Command.Time(String entry) -> {
                Source source = source(entry);
                return guarded(() -> {
                    long before = System.nanoTime();
                    Value value = session().run(source);
                    long spent = System.nanoTime() - before;
                    show(value);
                    screen.println(duration(spent));
                });
            }
        }
        return null;
    }

    private Integer run(String text) {
        Source source = source(text);
        return guarded(() -> show(session().run(source)));
    }

    private Source source(String text) {
        return Source.newBuilder(Session.LANGUAGE, text, "<entry " + ++entries + ">").buildLiteral();
    }

    private void show(Value value) {
        out.begin(reader.room());
        try {
            session().show(value);
        } finally {
            try {
                out.end();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
            screen.flush();
        }
    }

    private Integer guarded(Runnable action) {
        try {
            action.run();
        } catch (PolyglotException e) {
            if (standard.failed() != null) {
                throw new UncheckedIOException(standard.failed());
            }
            Failure failure = Failure.of(e);
            screen.flush();
            errors.print(failure.text());
            if (e.isExit()) {
                return failure.status();
            }
            if (e.getGuestObject() != null) {
                session().keepError(e.getGuestObject());
            }
        }
        return null;
    }

    private static String duration(long nanoseconds) {
        return nanoseconds < 1_000_000 ? String.format("%.1f µs", nanoseconds / 1e3)
                : nanoseconds < 1_000_000_000 ? String.format("%.2f ms", nanoseconds / 1e6) : String.format("%.3f s", nanoseconds / 1e9);
    }
}
