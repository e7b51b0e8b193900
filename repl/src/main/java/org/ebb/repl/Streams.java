package org.ebb.repl;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard streams as bytes in UTF-8, whatever the locale says. */
final class Streams {

    private Streams() {}

    /** Standard output: a terminal sees every line at once, a file or a pipe gets large pieces. */
    static OutputStream output() {
        OutputStream raw = new FileOutputStream(FileDescriptor.out);
        boolean terminal = System.console() != null && System.console().isTerminal();
        return terminal ? new Lines(raw) : new BufferedOutputStream(raw, 1 << 16);
    }

    static PrintStream errors() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    static PrintStream text(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** Buffered up to the end of a line. */
    private static final class Lines extends BufferedOutputStream {

        Lines(OutputStream raw) {
            super(raw, 1 << 13);
        }

        @Override
        public synchronized void write(int b) throws IOException {
            super.write(b);
            if (b == '\n') {
                flush();
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            super.write(bytes, from, length);
            for (int i = from + length - 1; i >= from; i--) {
                if (bytes[i] == '\n') {
                    flush();
                    return;
                }
            }
        }
    }
}
