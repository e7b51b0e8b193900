package org.ebb.repl;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard streams as bytes in UTF-8, whatever the locale says. */
final class Streams {

    private Streams() {}

    static StandardOutput output() {
        return new StandardOutput(terminal());
    }

    /** Whether standard input and output are a terminal. */
    static boolean terminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Columns and lines of the terminal now. */
    static String terminalSize() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
            if (size.length == 2 && !size[0].equals("0") && !size[1].equals("0")) {
                return size[1] + " " + size[0];
            }
        } catch (IOException noSuchCommand) {
            // Then it has the size that terminals always had.
        }
        return "80 24";
    }

    static PrintStream errors() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    static PrintStream text(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
