package org.ebb.repl;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the words after {@code ebb} ask for. */
sealed interface CommandLine {

    String VERSION = "0.1.0";

    String HELP = """
            Ebb, a small Python-like language with automatic differentiation built in.

            usage: ebb FILE [arguments]     run a program (also: ebb run FILE)
                   ebb -i FILE [arguments]  run it, and go on at the prompt with its names
                   ebb -c CODE [arguments]  run CODE
                   ebb - [arguments]        run the program on standard input
                   ebb                      the prompt (also: ebb repl)
                   ebb --max-steps N FILE ...       end it after so many turns of loops and calls
                   ebb --max-memory SIZE FILE ...   a MemoryError where it has more for its data, such as 512MB
                   ebb --timeout SECONDS FILE ...   end it after that time; these two go first
                   ebb --profile FILE ...   run it, and say on standard error which lines took time and memory
                   ebb --inspect[=PORT] FILE ...    run it under Chrome's debugger (chrome://inspect; port 9229)
                   ebb --dap[=PORT] FILE ...        run it under a debugger that speaks DAP, as editors do (port 4711)
                   ebb --cpusampler FILE ...        run it, and say which functions took the time (also: --cputracer, --coverage)
                   ebb --flamegraph PICTURE.svg FILE ...   the same as a picture, for a web browser
                   ebb doc NAME             what a function, a module or a member such as math.sin is for
                   ebb doc --html FOLDER    write that of everything as web pages
                   ebb test PLACES          check programs and texts in files and folders against what they say they print:
                                            # expect: and # error: comments, >>> entries in .md files and doc strings
                   ebb check FILES          what is wrong with programs, without running them: syntax, unknown names, lost gradients
                   ebb fmt FILES            give programs the usual layout; fmt --check FILES only says which lack it
                   ebb setup KIND           print a file for bash, zsh, fish (completion), vim or textmate (colours)
                   ebb --version
                   ebb --info               the engine, kernels and native library that programs run on
                   ebb help                 (or --help, -h) this text

            The program finds its arguments in sys.argv. Environment: EBB_PATH, folders (separated as in PATH) where
            import looks after the program's own folder; EBB_THREADS, how many threads tensors use (all cores without it);
            EBB_NATIVES=off and EBB_VECTOR=off do without the native library and the vector kernels; EBB_HISTORY, the file
            that keeps the prompt's entries. The exit status is 0, 1 after an uncaught exception, 2 after a wrong command line,
            130 after Ctrl-C, or what sys.exit says.""";

    /** Run a program. {@code place} is a file name, or "-c", or "-" for standard input; {@code code} is null unless "-c". */
    record Run(String place, String code, List<String> arguments) implements CommandLine {}

    /** Do what the words after them say, within limits: options of the context. */
    record Limited(Map<String, String> options, CommandLine command) implements CommandLine {}

    /** Run a program and say where its time went. */
    record Profiled(Run run) implements CommandLine {}

    /** Run a program under a tool of the engine: {@code options} are the engine's names of what it shall do. */
    record Tooled(Map<String, String> options, Run run) implements CommandLine {}

    /** Read, run and print entry by entry; {@code first} is run before, or null. */
    record Prompt(Run first) implements CommandLine {}

    /** Say what a thing is for. */
    record Doc(String name) implements CommandLine {}

    /** Write what everything is for as web pages. */
    record Reference(String folder) implements CommandLine {}

    /** Print a file for a shell or an editor. */
    record Files(String kind) implements CommandLine {}

    /** Look at programs without running them. */
    record Check(List<String> places) implements CommandLine {}

    /** Lay out programs. */
    record Format(List<String> words) implements CommandLine {}

    /** Check what files and folders say of themselves. */
    record Test(List<String> places) implements CommandLine {}

    /** Print a text and end. */
    record Print(String text) implements CommandLine {}

    /** Say what programs run on. */
    record Info() implements CommandLine {}

    /** The words make no sense. */
    record Wrong(String why) implements CommandLine {}

    static CommandLine read(String[] words) {
        if (words.length == 0) {
            return new Prompt(null);
        }
        String first = words[0];
        return switch (first) {
            case "-h", "--help", "help" -> new Print(HELP);
            case "-V", "--version" -> new Print("ebb " + VERSION);
            case "--info" -> new Info();
            case "-c" -> words.length == 1 ? new Wrong("-c needs the code to run (see ebb --help)")
                    : new Run(first, words[1], tail(words, 2));
            case "run" -> words.length == 1 ? new Wrong("run needs a file, as in ebb run model.ebb") : new Run(words[1], null, tail(words, 2));
            case "--profile" -> words.length == 1 ? new Wrong("--profile needs a file, as in ebb --profile model.ebb")
                    : read(Arrays.copyOfRange(words, 1, words.length)) instanceof Run run ? new Profiled(run)
                    : new Wrong("--profile goes before a program that runs, as in ebb --profile model.ebb");
            case "--max-steps", "--max-memory", "--timeout" -> limited(first, words);
            case "--flamegraph" -> words.length < 3 ? new Wrong("--flamegraph needs a picture to write and a file, as in ebb --flamegraph flames.svg model.ebb")
                    : read(Arrays.copyOfRange(words, 2, words.length)) instanceof Run run ? Tool.flameGraph(words[1], run)
                    : new Wrong("--flamegraph goes before a program that runs, as in ebb --flamegraph flames.svg model.ebb");
            case String option when Tool.named(option) != null -> words.length == 1 ? new Wrong(option + " needs a file, as in ebb " + option + " model.ebb")
                    : read(Arrays.copyOfRange(words, 1, words.length)) instanceof Run run ? Tool.named(option).on(option, run)
                    : new Wrong(option + " goes before a program that runs, as in ebb " + option + " model.ebb");
            case "repl" -> words.length == 1 ? new Prompt(null) : new Wrong("repl takes no file (ebb -i FILE does)");
            case "-i" -> words.length == 1 ? new Wrong("-i needs a file, as in ebb -i model.ebb")
                    : new Prompt(new Run(words[1], null, tail(words, 2)));
            case "doc" -> words.length == 3 && words[1].equals("--html") ? new Reference(words[2])
                    : words.length == 2 && !words[1].equals("--html") ? new Doc(words[1]) : new Wrong("doc needs one name, as in ebb doc sum");
            case "setup" -> words.length == 2 && Setup.KINDS.contains(words[1]) ? new Files(words[1])
                    : new Wrong("setup needs one of " + String.join(", ", Setup.KINDS));
            case "check" -> words.length == 1 ? new Wrong("check needs files, as in ebb check model.ebb") : new Check(tail(words, 1));
            case "fmt" -> words.length > (words.length > 1 && words[1].equals("--check") ? 2 : 1) ? new Format(tail(words, 1))
                    : new Wrong("fmt needs files, as in ebb fmt model.ebb");
            case "test" -> words.length == 1 ? new Wrong("test needs files or folders, as in ebb test docs") : new Test(tail(words, 1));
            case "-" -> new Run(first, null, tail(words, 1));
            case "--" -> words.length == 1 ? new Prompt(null) : new Run(words[1], null, tail(words, 2));
            default -> first.startsWith("-") ? new Wrong("unknown option " + first + " (see ebb --help)")
                    : new Run(first, null, tail(words, 1));
        };
    }

    private static CommandLine limited(String option, String[] words) {
        boolean right = words.length > 1 && switch (option) {
            case "--max-steps" -> words[1].matches("[1-9][0-9_]{0,17}");
            case "--max-memory" -> words[1].matches("(?i)[1-9][0-9]{0,8}[kmg]b?");
            default -> words[1].matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)") && isTime(words[1]);
        };
        if (!right) {
            return new Wrong(option + switch (option) {
                case "--max-steps" -> " needs a number above 0, as in ebb --max-steps 1000000 model.ebb";
                case "--max-memory" -> " needs a size, as in ebb --max-memory 512MB model.ebb";
                default -> " needs a number of seconds, as in ebb --timeout 2.5 model.ebb";
            });
        }
        var options = new TreeMap<String, String>();
        options.put("ebb." + option.substring(2), words[1]);
        return switch (read(Arrays.copyOfRange(words, 2, words.length))) {
            case Limited more -> {
                options.putAll(more.options);
                yield new Limited(options, more.command);
            }
            case Run run -> new Limited(options, run);
            case Profiled profiled -> new Limited(options, profiled);
            case Tooled tooled -> new Limited(options, tooled);
            case Wrong wrong -> wrong;
            default -> new Wrong(option + " goes before a program that runs, as in ebb " + option + " " + words[1] + " model.ebb");
        };
    }

    private static boolean isTime(String seconds) {
        double time = Double.parseDouble(seconds);
        return time >= 1e-6 && time < 1e9;
    }

    private static List<String> tail(String[] words, int from) {
        return List.copyOf(Arrays.asList(words).subList(from, words.length));
    }
}
