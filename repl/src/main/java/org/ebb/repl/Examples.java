package org.ebb.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ebb.repl.expect.Case;
import org.ebb.repl.expect.Transcript;
import org.ebb.repl.expect.Worlds;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.io.IOAccess;

/** {@code ebb test}: programs that say in comments what they print, and texts that show what the prompt prints. */
final class Examples {

    private final PrintStream out;
    private int run;
    private int failed;

    private Examples(PrintStream out) {
        this.out = out;
    }

    /** The exit status: 1 when a program or a text does not do what it says. */
    static int test(List<String> places, PrintStream errors) {
        Examples examples = new Examples(Streams.text(Streams.output()));
        try (Engine engine = Engine.newBuilder(Session.LANGUAGE).build()) {
            for (String place : places) {
                if (!Files.exists(Path.of(place))) {
                    errors.println("ebb: cannot open '" + place + "': no such file");
                    return Status.USAGE;
                }
                for (Path file : files(Path.of(place))) {
                    examples.file(engine, file);
                }
            }
        } catch (IOException e) {
            errors.println("ebb: " + Failure.reason(e));
            return Status.USAGE;
        }
        examples.out.println(examples.run + " checked, " + examples.failed + " failed");
        if (examples.run == 0) {
            errors.println("ebb: nothing to check: no '# expect:', '# error:' or '>>>' in any .ebb, .py or .md file there");
        }
        return examples.failed > 0 || examples.run == 0 ? Status.FAILED : Status.OK;
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isRegularFile).filter(file -> file.equals(place) || file.toString().matches(".*\\.(ebb|py|md)"))
                    .sorted().toList();
        }
    }

    private void file(Engine engine, Path file) throws IOException {
        String text = Files.readString(file);
        Path folder = file.toAbsolutePath().getParent();
        Worlds worlds = output -> Context.newBuilder(Session.LANGUAGE).engine(engine).in(InputStream.nullInputStream()).out(output)
                .err(OutputStream.nullOutputStream()).allowIO(IOAccess.ALL).currentWorkingDirectory(folder).build();
        boolean program = !file.toString().endsWith(".md");
        List<Case> cases = program && Case.expects(text) ? Case.of(file.toString(), text) : List.of();
        for (Case each : cases) {
            count(each.name(), each.problem(worlds));
        }
        List<Transcript.Entry> shown = new ArrayList<>(Transcript.of(file.toString(), text).entries());
        if (!shown.isEmpty() && cases.isEmpty()) {
            Transcript transcript = new Transcript(file.toString(), shown);
            // The doc strings of a program show its own functions.
            count(file.toString(), (program ? transcript.after(text) : transcript).problem(worlds));
        }
    }

    private void count(String name, Optional<String> problem) {
        run++;
        problem.ifPresent(text -> {
            failed++;
            out.println(name + ": " + text);
        });
    }
}
