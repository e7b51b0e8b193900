package org.ebb.repl;

import java.util.List;

/** What an entry asks of the prompt itself, instead of the program. */
sealed interface Command {

    /** {@code ?x}, {@code x?}, {@code :doc x}: what a value is and what it is for. */
    record Doc(String name) implements Command {}

    /** {@code :time entry}: how long it takes. */
    record Time(String entry) implements Command {}

    /** {@code :profile entry}: which lines took time and memory. */
    record Profile(String entry) implements Command {}

    /** {@code :load file}: runs a program here. */
    record Load(String file) implements Command {}

    /** {@code :reset}: forgets all names. */
    record Reset() implements Command {}

    /** {@code :who}: the names there are. */
    record Who() implements Command {}

    /** {@code :help}. */
    record Help() implements Command {}

    /** {@code :quit}. */
    record Quit() implements Command {}

    /** None of these. */
    record Wrong(String why) implements Command {}

    List<String> NAMES = List.of("doc", "help", "load", "profile", "quit", "reset", "time", "who");

    String HELP = """
            ?x  x?  :doc x   what x is: type, shape, gradient, documentation
            :time ENTRY      how long an entry takes
            :profile ENTRY   which lines take its time and memory
            :load FILE       run a program here
            :who             the names there are
            :reset           forget them all
            :quit            end (as Ctrl-D does)
            _ is the last value shown, _error the last exception. Tab completes; \\alpha and Tab is α.
            Alt-Enter begins a new line in any entry; Ctrl-C stops a running entry or drops the one being typed.""";

    /** Whether the text is for the prompt. */
    static boolean is(String text) {
        String entry = text.strip();
        return entry.startsWith(":") || entry.startsWith("?") || entry.matches("[\\p{L}_][\\p{L}\\p{N}_.]*\\?");
    }

    static Command read(String text) {
        String entry = text.strip();
        if (!entry.startsWith(":")) {
            return new Doc(entry.replace("?", "").strip());
        }
        String[] words = entry.substring(1).strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "doc", "d" -> rest.isEmpty() ? new Wrong(":doc needs a name, as in :doc sum") : new Doc(rest);
            case "time", "t" -> rest.isEmpty() ? new Wrong(":time needs an entry, as in :time f(x)") : new Time(rest);
            case "profile", "p" -> rest.isEmpty() ? new Wrong(":profile needs an entry, as in :profile f(x)") : new Profile(rest);
            case "load", "l" -> rest.isEmpty() ? new Wrong(":load needs a file, as in :load model.ebb") : new Load(rest);
            case "reset" -> new Reset();
            case "who", "w" -> new Who();
            case "help", "h" -> new Help();
            case "quit", "q" -> new Quit();
            default -> new Wrong("no command :" + words[0] + "; there are :" + String.join(", :", NAMES));
        };
    }
}
