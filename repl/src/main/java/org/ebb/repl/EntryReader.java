package org.ebb.repl;

import java.io.IOException;
import java.io.InputStream;

/** Where the prompt's entries come from: a pipe, or the line editor of a terminal. */
interface EntryReader extends AutoCloseable {

    /** The next entry, complete as {@link Entries#complete} says. Null at the end of the input. */
    String next() throws IOException;

    /** What the program's own {@code input()} reads. */
    InputStream programInput();

    /** How many characters of a value are shown before the rest is cut. */
    int room();

    /** Leaves the terminal as it was. */
    @Override
    void close() throws IOException;
}
