package org.ebb.repl;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Standard output as bytes: a terminal sees every line at once, a file or a pipe gets large pieces. It remembers that it could not be written. */
final class StandardOutput extends BufferedOutputStream {

    /** Why standard output takes nothing more. */
    static final class Failed extends IOException {
        private static final long serialVersionUID = 1;

        private Failed(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Whoever read it has left, as {@code head} does: no fault, and nobody to tell. */
        boolean nobodyReads() {
            return "Broken pipe".equals(getMessage());
        }
    }

    private final boolean lines;
    private Failed failed;

    StandardOutput(boolean lines) {
        super(new FileOutputStream(FileDescriptor.out), lines ? 1 << 13 : 1 << 16);
        this.lines = lines;
    }

    /** Null as long as all is well. */
    Failed failed() {
        return failed;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        try {
            super.write(b);
        } catch (IOException cause) {
            throw fail(cause);
        }
        if (lines && b == '\n') {
            flush();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        try {
            super.write(bytes, from, length);
        } catch (IOException cause) {
            throw fail(cause);
        }
        for (int i = from + length - 1; lines && i >= from; i--) {
            if (bytes[i] == '\n') {
                flush();
                return;
            }
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        try {
            super.flush();
        } catch (IOException cause) {
            throw fail(cause);
        }
    }

    /** What could not be written is dropped, so that the end of the program does not fail with it again. */
    private Failed fail(IOException cause) {
        count = 0;
        failed = new Failed(cause);
        return failed;
    }
}
