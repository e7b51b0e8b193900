package org.ebb.repl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the text before the cursor could go on with; {@code prefix} is the part already written. */
sealed interface Completion {

    String prefix();

    /** A name, a keyword or a builtin. */
    record Name(String prefix) implements Completion {}

    /** A member of what {@code path} (names joined by dots) stands for. */
    record Member(String path, String prefix) implements Completion {}

    /** A key of the dict that {@code path} stands for, behind its opening quote. */
    record Key(String path, char quote, String prefix) implements Completion {}

    /** A module. */
    record Module(String prefix) implements Completion {}

    /** A file, inside a string or behind a command of the prompt. */
    record File(String prefix) implements Completion {}

    /** A command of the prompt. */
    record Colon(String prefix) implements Completion {}

    /** Nothing to complete. */
    record Nothing(String prefix) implements Completion {}

    Pattern MEMBER = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*)\\.([\\p{L}\\p{N}_]*)$");
    Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]*$");
    Pattern KEY = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*)\\[(['\"])([^'\"]*)$");
    Pattern FILE = Pattern.compile("(['\"])([^'\"]*)$");
    Pattern IMPORT = Pattern.compile("^\\s*(?:import|from)\\s+(?:[\\w.]+\\s*,\\s*)*([\\w.]*)$");
    Pattern COMMAND = Pattern.compile("^:(\\w*)$");
    Pattern LOAD = Pattern.compile("^:load\\s+(.*)$");

    static Completion at(String before) {
        String line = Entries.lastLine(before);
        Matcher found = COMMAND.matcher(before);
        if (found.find()) {
            return new Colon(found.group(1));
        }
        found = LOAD.matcher(before);
        if (found.find()) {
            return new File(found.group(1));
        }
        found = IMPORT.matcher(line);
        if (found.find()) {
            return new Module(found.group(1));
        }
        if (openQuote(line)) {
            found = KEY.matcher(line);
            if (found.find()) {
                return new Key(found.group(1), found.group(2).charAt(0), found.group(3));
            }
            found = FILE.matcher(line);
            return found.find() ? new File(found.group(2)) : new Nothing("");
        }
        found = MEMBER.matcher(line);
        if (found.find()) {
            return new Member(found.group(1), found.group(2));
        }
        found = NAME.matcher(line);
        String prefix = found.find() ? found.group() : "";
        boolean afterSomething = line.length() > prefix.length() && line.charAt(line.length() - prefix.length() - 1) == '.';
        return prefix.isEmpty() || Character.isDigit(prefix.charAt(0)) || afterSomething ? new Nothing(prefix) : new Name(prefix);
    }

    /** Whether a string of this line is still open at its end. */
    private static boolean openQuote(String line) {
        char open = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (open != 0 && c == '\\') {
                i++;
            } else if (open == 0 && c == '#') {
                return false;
            } else if (c == open) {
                open = 0;
            } else if (open == 0 && (c == '\'' || c == '"')) {
                open = c;
            }
        }
        return open != 0;
    }
}
