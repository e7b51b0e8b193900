package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** What str() of an exception gives. */
public final class ExceptionText {

    private ExceptionText() {}

    @TruffleBoundary
    public static String of(ExceptionObject exception) {
        Object[] arguments = exception.arguments;
        return switch (arguments.length) {
            case 0 -> "";
            case 1 -> String.valueOf(arguments[0]);
            default -> java.util.Arrays.toString(arguments);
        };
    }
}
