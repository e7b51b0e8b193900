package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ebb.repl.expect.Case;
import org.ebb.repl.expect.Transcript;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/** A fresh program that prints into a string, on an engine shared by all tests. It may use files, in a folder of its own. */
final class Console implements AutoCloseable {

    /** Shared code, as a host with many programs would have it; what a program does stays in its context. */
    private static final Engine ENGINE = Engine.create();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    final Context context;

    private static final Path FOLDER = folder();

    Console(String... arguments) {
        context = context(out, errors, arguments);
    }

    private static Context context(OutputStream out, OutputStream errors, String... arguments) {
        return Context.newBuilder("ebb").engine(ENGINE).out(out).err(errors).arguments("ebb", arguments).allowIO(IOAccess.ALL)
                .currentWorkingDirectory(FOLDER).build();
    }

    /** Fails unless the program does what its comments say. */
    static void check(Case program) {
        program.problem(out -> context(out, OutputStream.nullOutputStream())).ifPresent(problem -> fail(program.name() + ": " + problem));
    }

    /** Fails unless all entries print what the text shows. */
    static void check(Transcript transcript) {
        transcript.problem(out -> context(out, OutputStream.nullOutputStream())).ifPresent(problem -> fail(transcript.name() + ", " + problem));
    }

    private static Path folder() {
        try {
            return Files.createDirectories(Repository.ROOT.resolve("tests/target/programs"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Value run(String name, String text) {
        return context.eval(Source.newBuilder("ebb", text, name).buildLiteral());
    }

    /** What was printed since the last call. */
    String printed() {
        return take(out);
    }

    String errors() {
        return take(errors);
    }

    private static String take(ByteArrayOutputStream stream) {
        String text = stream.toString(StandardCharsets.UTF_8);
        stream.reset();
        return text;
    }

    @Override
    public void close() {
        context.close();
    }
}
