package org.ebb.repl;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;

/** Runs one program from beginning to end. */
final class Script {

    private Script() {}

    /** The exit status. {@code tools} are options of the engine, {@code limits} those of the context. */
    static int run(CommandLine.Run command, boolean profiled, Map<String, String> tools, Map<String, String> limits, PrintStream errors) {
        InputStream in = new BufferedInputStream(System.in);
        Source source;
        try {
            source = source(command, in);
        } catch (CannotOpen e) {
            errors.println("ebb: " + e.getMessage());
            return Status.USAGE;
        }
        StandardOutput out = Streams.output();
        try (Session session = new Session(in, out, errors, command.arguments(), tools, limits)) {
            if (!profiled) {
                return run(session, source, errors, out);
            }
            session.profile();
            try {
                return run(session, source, errors, out);
            } finally {
                errors.println(session.profiled(60));
            }
        }
    }

    /** Inside the session: what an exception says of itself can be read only while its context is open. */
    private static int run(Session session, Source source, PrintStream errors, StandardOutput out) {
        try {
            session.run(source);
            return Status.OK;
        } catch (PolyglotException e) {
            if (out.failed() != null) {
                throw new UncheckedIOException(out.failed());
            }
            Failure failure = Failure.of(e);
            errors.print(failure.text());
            return failure.status();
        }
    }

    /** Prints what a name is for: a builtin, a module, or a member of one. */
    static int doc(String name, PrintStream errors) {
        try (Session session = new Session(InputStream.nullInputStream(), Streams.output(), errors, List.of())) {
            session.readyToShow();
            try {
                session.tell("document", name);
                return Status.OK;
            } catch (PolyglotException e) {
                errors.print(e.isInternalError() ? Failure.of(e).text() : "ebb: " + e.getMessage() + "\n");
                return Status.FAILED;
            }
        }
    }

    /** Writes the reference as web pages. */
    static int reference(String folder, PrintStream errors) {
        StandardOutput out = Streams.output();
        try (Session session = new Session(InputStream.nullInputStream(), out, errors, List.of(folder))) {
            String pages = "import sys, _reference\nprint(len(_reference.write(sys.argv[1])), 'pages; begin with', sys.argv[1].rstrip('/') + '/index.html')";
            return run(session, Source.newBuilder(Session.LANGUAGE, pages, "<string>").buildLiteral(), errors, out);
        }
    }

    /** Prints what programs run on. */
    static int info(PrintStream errors) {
        PrintStream out = Streams.text(Streams.output());
        try (Session session = new Session(InputStream.nullInputStream(), out, errors, List.of())) {
            out.println("ebb " + CommandLine.VERSION);
            out.println("engine: " + session.engine());
            out.println("runtime: " + runtime());
            out.println(session.run(Source.create(Session.LANGUAGE, "import sys\nsys.kernel_info()")).asString());
        }
        return Status.OK;
    }

    /** The runtime image has us among its own modules, and no archive to share classes from but its start-up cache. */
    private static String runtime() {
        if (ModuleFinder.ofSystem().find(Script.class.getModule().getName()).isEmpty()) {
            return "JDK " + Runtime.version();
        }
        boolean cache = System.getProperty("java.vm.info").contains("sharing");
        return "image " + (cache ? "with" : "without") + " start-up cache, Java " + Runtime.version();
    }

    private static Source source(CommandLine.Run command, InputStream in) throws CannotOpen {
        if (command.code() != null) {
            return whole(Source.newBuilder(Session.LANGUAGE, command.code(), "<string>")).buildLiteral();
        }
        String place = command.place();
        if (!place.equals("-")) {
            return file(place);
        }
        try {
            return whole(Source.newBuilder(Session.LANGUAGE, decode(in.readAllBytes()), "<stdin>")).buildLiteral();
        } catch (IOException e) {
            throw new CannotOpen(place, Failure.reason(e));
        }
    }

    /** A program runs for what it does. */
    private static Source.Builder whole(Source.Builder source) {
        return source.option("ebb.Value", "false");
    }

    static Source file(String place) throws CannotOpen {
        try {
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                throw new CannotOpen(place, "it is a folder");
            }
            return whole(Source.newBuilder(Session.LANGUAGE, path.toFile()).content(decode(Files.readAllBytes(path))).name(place)).build();
        } catch (IOException e) {
            throw new CannotOpen(place, Failure.reason(e));
        }
    }

    private static String decode(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
            long line = text.flip().chars().filter(c -> c == '\n').count() + 1;
            throw new IOException("it is not text in UTF-8: there is a byte 0x%02x in line %d".formatted(in.get(in.position()), line));
        }
        return text.flip().toString();
    }

    /** The program's text cannot be had. */
    static final class CannotOpen extends Exception {
        CannotOpen(String place, String why) {
            super("cannot open '" + place + "': " + why);
        }
    }
}
