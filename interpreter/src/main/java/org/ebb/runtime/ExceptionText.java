package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;

/** What str() of an exception gives. */
public final class ExceptionText {

    private ExceptionText() {}

    /** As the class says it, which may have a {@code __str__} of its own. */
    @TruffleBoundary
    public static String of(ExceptionObject exception) {
        return exception.type().lookup("__str__") instanceof EbbFunction ? Text.str(exception) : plain(exception);
    }

    /** As {@link #of}, for those who only show the exception: a {@code __str__} or a host's object that fails itself must not hide it. */
    @TruffleBoundary
    static String shown(ExceptionObject exception) {
        try {
            return of(exception);
        } catch (AbstractTruffleException failed) {
            return "<exception str() failed>";
        }
    }

    /** Of the arguments alone. */
    @TruffleBoundary
    public static String plain(ExceptionObject exception) {
        Object[] arguments = exception.arguments;
        if (exception.type().isSubclassOf(Types.OS_ERROR) && (arguments.length == 2 || arguments.length == 3)) {
            String text = "[Errno " + Text.str(arguments[0]) + "] " + Text.str(arguments[1]);
            return arguments.length == 2 ? text : text + ": " + Text.repr(arguments[2]);
        }
        if (exception.type().isSubclassOf(Types.UNICODE_ERROR) && arguments.length == 5) {
            return coding(arguments);
        }
        return switch (arguments.length) {
            case 0 -> "";
            // a key is shown as written: a missing '' or ' x' must be seen
            case 1 -> exception.type().isSubclassOf(Types.KEY_ERROR) ? Text.repr(arguments[0]) : Text.str(arguments[0]);
            default -> Text.repr(new EbbTuple(arguments));
        };
    }

    /** Of what a codec could not do: its name, the data, from where to where, and why. */
    private static String coding(Object[] arguments) {
        boolean decode = arguments[1] instanceof EbbBytes;
        int from = Integers.clamp(arguments[2]);
        int last = Integers.clamp(arguments[3]) - 1;
        String what = decode ? from == last ? "byte 0x%02x".formatted(((EbbBytes) arguments[1]).get(from)) : "bytes"
                : from == last ? "character " + Text.ascii(Strings.substring((String) arguments[1], from, from + 1)) : "characters";
        String where = from == last ? "" + from : from + "-" + last;
        return "'" + arguments[0] + "' codec can't " + (decode ? "decode " : "encode ") + what + " in position " + where + ": " + arguments[4];
    }
}
