package org.ebb.repl;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Entries line by line from standard input: for pipes and for terminals that cannot move their cursor. */
final class PipeReader implements EntryReader {

    private static final String FIRST = ">>> ";
    private static final String MORE = "... ";

    private final InputStream in = new BufferedInputStream(System.in);
    private final PrintStream screen;

    /** Set by Ctrl-C: what has been read of the entry is to be forgotten. */
    private volatile boolean dropped;

    PipeReader(PrintStream screen) {
        this.screen = screen;
        Interrupts.whenIdle(() -> {
            dropped = true;
            screen.print("\nKeyboardInterrupt\n" + FIRST);
            screen.flush();
        });
    }

    @Override
    public String next() throws IOException {
        StringBuilder entry = new StringBuilder();
        while (true) {
            screen.print(entry.isEmpty() ? FIRST : MORE);
            screen.flush();
            String line = line();
            if (dropped) {
                dropped = false;
                entry.setLength(0);
            }
            if (line == null) {
                screen.println();
                return entry.isEmpty() ? null : entry.toString();
            }
            entry.append(line).append('\n');
            if (Entries.complete(entry.toString())) {
                return entry.toString();
            }
        }
    }

    @Override
    public InputStream programInput() {
        return in;
    }

    @Override
    public int room() {
        return Integer.MAX_VALUE; // a file or another program is to have everything
    }

    @Override
    public void close() {}

    /** One line without its end, byte by byte: what follows belongs to the program's own input(). */
    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            bytes.write(b);
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
