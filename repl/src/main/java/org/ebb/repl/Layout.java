package org.ebb.repl;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ebb.parse.Formatter;
import org.ebb.syntax.SyntaxError;

/** {@code ebb fmt}: gives programs the usual layout. */
final class Layout {

    private Layout() {}

    /** The exit status. With {@code --check} first, nothing is written and a file with another layout is a failure. */
    static int format(List<String> words, PrintStream errors) {
        boolean check = words.getFirst().equals("--check");
        int status = Status.OK;
        for (String place : check ? words.subList(1, words.size()) : words) {
            try {
                Path file = Path.of(place);
                String text = Files.readString(file);
                String formatted = Formatter.format(text);
                if (!formatted.equals(text)) {
                    Streams.text(Streams.output()).println((check ? "would change " : "changed ") + place);
                    if (check) {
                        status = Math.max(status, Status.FAILED);
                    } else {
                        Files.writeString(file, formatted);
                    }
                }
            } catch (SyntaxError wrong) {
                errors.println(place + " is left as it is: " + wrong.kind() + ": " + wrong.getMessage());
                status = Math.max(status, Status.FAILED);
            } catch (IOException e) {
                errors.println("ebb: cannot open '" + place + "': " + Failure.reason(e));
                status = Status.USAGE;
            }
        }
        return status;
    }
}
