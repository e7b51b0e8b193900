package org.ebb.repl;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The {@code ebb} command: reads the command line, runs what it says, ends with its exit status. */
public final class Main {

    /** Room for deep recursion of guest programs; only touched pages cost memory. */
    private static final long STACK = 1L << 30;

    private static final byte[] NO_MEMORY = "MemoryError: the program needs more memory than it may use (-Xmx in EBB_JAVA_OPTS allows more)\n"
            .getBytes(StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] words) throws InterruptedException {
        PrintStream errors = Streams.errors();
        AtomicInteger status = new AtomicInteger(Status.FAILED);
        Thread program = new Thread(null, () -> status.set(run(CommandLine.read(words), Map.of(), errors)), "ebb", STACK);
        program.setUncaughtExceptionHandler((_, _) -> {
            // Nothing may be allocated any more: the text was made before, and no exit hook runs.
            errors.write(NO_MEMORY, 0, NO_MEMORY.length);
            Runtime.getRuntime().halt(Status.FAILED);
        });
        program.start();
        program.join();
        errors.flush();
        System.exit(status.get());
    }

    private static int run(CommandLine command, Map<String, String> limits, PrintStream errors) {
        try {
            return switch (command) {
                case CommandLine.Print(String text) -> {
                    Streams.text(Streams.output()).println(text);
                    yield Status.OK;
                }
                case CommandLine.Wrong(String why) -> {
                    errors.println("ebb: " + why);
                    yield Status.USAGE;
                }
                case CommandLine.Info _ -> Script.info(errors);
                case CommandLine.Run run -> Script.run(run, false, Map.of(), limits, errors);
                case CommandLine.Profiled(CommandLine.Run run) -> Script.run(run, true, Map.of(), limits, errors);
                case CommandLine.Tooled(Map<String, String> options, CommandLine.Run run) -> Script.run(run, false, options, limits, errors);
                case CommandLine.Limited(Map<String, String> options, CommandLine limited) -> run(limited, options, errors);
                case CommandLine.Doc(String name) -> Script.doc(name, errors);
                case CommandLine.Reference(String folder) -> Script.reference(folder, errors);
                case CommandLine.Files(String kind) -> {
                    Streams.text(Streams.output()).print(Setup.of(kind));
                    yield Status.OK;
                }
                case CommandLine.Check(List<String> places) -> Checked.check(places, errors);
                case CommandLine.Format(List<String> rest) -> Layout.format(rest, errors);
                case CommandLine.Test(List<String> places) -> Examples.test(places, errors);
                case CommandLine.Prompt(CommandLine.Run first) -> Prompt.run(first, errors);
            };
        } catch (OutOfMemoryError full) {
            throw full; // for the handler below: here even an error message may be too large
        } catch (Session.Refused e) {
            errors.println("ebb: " + e.getMessage());
            return Status.USAGE;
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof StandardOutput.Failed failed)) {
                errors.println(Failure.internal(e));
                return Status.FAILED;
            }
            if (failed.nobodyReads()) {
                return Status.NOBODY_READS;
            }
            errors.println("ebb: standard output cannot be written: " + failed.getMessage());
            return Status.FAILED;
        } catch (Throwable fault) {
            errors.println(Failure.internal(fault));
            return Status.FAILED;
        }
    }
}
