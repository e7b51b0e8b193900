package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;

/**
 * The terminal of standard input and output. Only the host can know whether there is one: it then leaves, under a name in the polyglot
 * bindings, a function that gives the number of columns and lines as "COLUMNS LINES".
 */
public final class Terminal {

    private static final String NAME = "ebb.terminal";

    private Terminal() {}

    @TruffleBoundary
    public static boolean isThere() {
        return host() != null;
    }

    /** Columns and lines, or null where there is no terminal. */
    @TruffleBoundary
    public static int[] size() {
        Object host = host();
        if (host == null) {
            return null;
        }
        try {
            String[] size = InteropLibrary.getUncached().asString(InteropLibrary.getUncached().execute(host)).split(" ");
            return new int[] {Integer.parseInt(size[0]), Integer.parseInt(size[1])};
        } catch (InteropException | NumberFormatException | ArrayIndexOutOfBoundsException otherHost) {
            throw Errors.runtimeError("the host's " + NAME + " gives no text COLUMNS LINES");
        }
    }

    private static Object host() {
        var env = EbbContext.get(null).env();
        return env.isPolyglotBindingsAccessAllowed() ? env.importSymbol(NAME) : null;
    }
}
