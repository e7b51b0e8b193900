package org.ebb.repl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output of the prompt: passes everything on, but of a value only a beginning that leaves room on the screen. */
final class Cut extends OutputStream {

    private final OutputStream out;
    private long room = Long.MAX_VALUE;
    private long kept;

    Cut(OutputStream out) {
        this.out = out;
    }

    /** From now on: so many characters, and not the rest. */
    synchronized void begin(int characters) {
        room = characters;
        kept = 0;
    }

    /** Everything is passed on again; says so where something was kept back. */
    synchronized void end() throws IOException {
        room = Long.MAX_VALUE;
        if (kept > 0) {
            out.write(String.format("... (%,d more characters; print(_) shows all)%n", kept).getBytes(StandardCharsets.UTF_8));
        }
        kept = 0;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        boolean begins = (b & 0xC0) != 0x80; // in UTF-8 a character goes on with bytes 10xxxxxx
        if (room > 0 || !begins && kept == 0) {
            room -= begins ? 1 : 0;
            out.write(b);
        } else {
            kept += begins ? 1 : 0;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (room >= length) {
            if (room != Long.MAX_VALUE) {
                for (int i = from; i < from + length; i++) {
                    room -= (bytes[i] & 0xC0) != 0x80 ? 1 : 0;
                }
            }
            out.write(bytes, from, length);
            return;
        }
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
