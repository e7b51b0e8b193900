package org.ebb.repl;

import java.util.Arrays;
import java.util.List;

/** What the words after {@code ebb} ask for. */
sealed interface CommandLine {

    String VERSION = "0.1.0";

    String HELP = """
            Ebb, a small Python-like language with automatic differentiation built in.

            usage: ebb FILE [arguments]     run a program
                   ebb -c CODE [arguments]  run CODE
                   ebb - [arguments]        run the program on standard input
                   ebb                      the prompt
                   ebb --version
                   ebb --info               the engine, kernels and native library that programs run on
                   ebb help                 (or --help, -h) this text

            The program finds its arguments in sys.argv. Environment: EBB_PATH, folders (separated as in PATH) where
            import looks after the program's own folder; EBB_THREADS, how many threads tensors use (all cores without it);
            EBB_NATIVES=off and EBB_VECTOR=off do without the native library and the vector kernels. The exit status is 0, 1 after an uncaught exception, 2 after
            a wrong command line, 130 after Ctrl-C, or what sys.exit says.""";

    /** Run a program. {@code place} is a file name, or "-c", or "-" for standard input; {@code code} is null unless "-c". */
    record Run(String place, String code, List<String> arguments) implements CommandLine {}

    /** Read, run and print entry by entry. */
    record Prompt() implements CommandLine {}

    /** Print a text and end. */
    record Print(String text) implements CommandLine {}

    /** Say what programs run on. */
    record Info() implements CommandLine {}

    /** The words make no sense. */
    record Wrong(String why) implements CommandLine {}

    static CommandLine read(String[] words) {
        if (words.length == 0) {
            return new Prompt();
        }
        String first = words[0];
        return switch (first) {
            case "-h", "--help", "help" -> new Print(HELP);
            case "-V", "--version" -> new Print("ebb " + VERSION);
            case "--info" -> new Info();
            case "-c" -> words.length == 1 ? new Wrong("-c needs the code to run (see ebb --help)")
                    : new Run(first, words[1], tail(words, 2));
            case "-" -> new Run(first, null, tail(words, 1));
            case "--" -> words.length == 1 ? new Prompt() : new Run(words[1], null, tail(words, 2));
            default -> first.startsWith("-") ? new Wrong("unknown option " + first + " (see ebb --help)")
                    : new Run(first, null, tail(words, 1));
        };
    }

    private static List<String> tail(String[] words, int from) {
        return List.copyOf(Arrays.asList(words).subList(from, words.length));
    }
}
