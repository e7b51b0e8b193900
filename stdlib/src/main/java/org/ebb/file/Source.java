package org.ebb.file;

import java.io.IOException;
import java.io.InputStream;
import org.ebb.tensor.Storage;
import org.ebb.tensor.TensorException;

/** A stream of bytes with a name for messages. {@code limit} is how many bytes it can give at most: what a header may claim. */
final class Source {

    final String name;
    private final InputStream in;
    private long limit;

    Source(String name, InputStream in, long limit) {
        this.name = name;
        this.in = in;
        this.limit = limit;
    }

    TensorException wrong(String problem) {
        return new TensorException.BadValue(name + ": " + problem);
    }

    long limit() {
        return limit;
    }

    /** Refuses a claim of more bytes than there can be, before anything is allocated for it. */
    void claim(long bytes, String what) {
        if (bytes < 0 || bytes > limit) {
            throw wrong("the header promises " + bytes + " bytes of " + what + ", but at most " + limit + " follow");
        }
    }

    byte[] exactly(int count, String what) throws IOException {
        claim(count, what);
        Storage.claim(2L * count); // and the text that is made of them
        byte[] bytes = new byte[count];
        fill(bytes, count, what);
        return bytes;
    }

    void fill(byte[] bytes, int count, String what) throws IOException {
        int read = in.readNBytes(bytes, 0, count);
        limit -= read;
        if (read < count) {
            throw wrong("cut off: " + (count - read) + " bytes of " + what + " are missing");
        }
    }

    void end() throws IOException {
        if (in.read() >= 0) {
            throw wrong("bytes follow after the last element");
        }
    }
}
