package org.ebb.repl;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard streams as bytes in UTF-8, whatever the locale says. */
final class Streams {

    private Streams() {}

    static StandardOutput output() {
        return new StandardOutput(System.console() != null && System.console().isTerminal());
    }

    static PrintStream errors() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    static PrintStream text(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
