package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** What str() of an exception gives. */
public final class ExceptionText {

    private ExceptionText() {}

    /** As the class says it, which may have a {@code __str__} of its own. */
    @TruffleBoundary
    public static String of(ExceptionObject exception) {
        return exception.type().lookup("__str__") instanceof EbbFunction ? Text.str(exception) : plain(exception);
    }

    /** Of the arguments alone. */
    @TruffleBoundary
    public static String plain(ExceptionObject exception) {
        Object[] arguments = exception.arguments;
        if (exception.type().isSubclassOf(Types.OS_ERROR) && (arguments.length == 2 || arguments.length == 3)) {
            String text = "[Errno " + Text.str(arguments[0]) + "] " + Text.str(arguments[1]);
            return arguments.length == 2 ? text : text + ": " + Text.repr(arguments[2]);
        }
        return switch (arguments.length) {
            case 0 -> "";
            // a key is shown as written: a missing '' or ' x' must be seen
            case 1 -> exception.type().isSubclassOf(Types.KEY_ERROR) ? Text.repr(arguments[0]) : Text.str(arguments[0]);
            default -> Text.repr(new EbbTuple(arguments));
        };
    }
}
