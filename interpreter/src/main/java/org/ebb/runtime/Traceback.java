package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What an uncaught exception prints: the calls that led to it, outermost first, what it came from, and itself. */
public final class Traceback {

    /** Equal neighbours beyond this many are counted instead of shown. */
    private static final int REPEATS = 3;

    /** Of a longer line only so many characters are shown, and so many of them before the place that matters. */
    private static final int WIDEST = 400;
    private static final int BEFORE = 150;

    private Traceback() {}

    @TruffleBoundary
    public static String of(ExceptionObject exception) {
        if (exception.type().isSubclassOf(Types.SYSTEM_EXIT)) {
            return farewell(exception.arguments);
        }
        return whole(exception);
    }

    /** The same, also of an exception that ends the program by its own wish. */
    @TruffleBoundary
    public static String whole(ExceptionObject exception) {
        StringBuilder text = new StringBuilder();
        append(exception, text, Collections.newSetFromMap(new IdentityHashMap<>()));
        return text.toString();
    }

    /** Without the exceptions that it came from. */
    @TruffleBoundary
    public static String single(ExceptionObject exception) {
        StringBuilder text = new StringBuilder();
        appendAlone(exception, text);
        return text.toString();
    }

    /** Its last lines: where a text stops being a program, and the exception with its message. */
    @TruffleBoundary
    public static String end(ExceptionObject exception) {
        StringBuilder text = new StringBuilder();
        appendEnd(exception, text);
        return text.toString();
    }

    /** sys.exit("text") says its text; a status says nothing. */
    private static String farewell(Object[] arguments) {
        boolean silent = arguments.length == 0 || arguments[0] instanceof EbbNone || arguments[0] instanceof Long || arguments[0] instanceof Boolean;
        return silent ? "" : Text.str(arguments[0]) + "\n";
    }

    private static void append(ExceptionObject exception, StringBuilder text, Set<Object> seen) {
        seen.add(exception);
        if (exception.cause instanceof ExceptionObject cause && !seen.contains(cause)) {
            append(cause, text, seen);
            text.append("\nThe above exception was the direct cause of the following exception:\n\n");
        } else if (!exception.suppressContext && exception.context instanceof ExceptionObject context && !seen.contains(context)) {
            append(context, text, seen);
            text.append("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
        appendAlone(exception, text);
    }

    private static void appendAlone(ExceptionObject exception, StringBuilder text) {
        calls(exception, text);
        appendEnd(exception, text);
    }

    private static void appendEnd(ExceptionObject exception, StringBuilder text) {
        if (exception.place != null) {
            text.append("  File \"").append(exception.place.getSource().getName()).append("\", line ")
                    .append(exception.place.getStartLine()).append('\n').append(line(exception.place, true));
        }
        String message = ExceptionText.shown(exception);
        text.append(name(exception.type())).append(message.isEmpty() ? "" : ": ").append(message).append(exception.hint.get()).append('\n');
    }

    /** With the module of a class that is neither builtin nor of the script. */
    private static String name(EbbClass type) {
        String name = ObjectText.qualified(type);
        return name.startsWith("__main__.") ? name.substring("__main__.".length()) : name;
    }

    private static void calls(ExceptionObject exception, StringBuilder text) {
        List<String> calls = new ArrayList<>();
        for (Node node : exception.trace()) {
            SourceSection section = node.getEncapsulatingSourceSection();
            if (section != null && section.isAvailable() && !section.getSource().isInternal()) {
                calls.addFirst("  File \"" + section.getSource().getName() + "\", line " + section.getStartLine() + ", in "
                        + node.getRootNode().getName() + "\n" + line(section, false));
            }
        }
        if (calls.isEmpty()) {
            return;
        }
        text.append("Traceback (most recent call last):\n");
        int same = 0;
        for (int i = 0; i < calls.size(); i++) {
            same = i > 0 && calls.get(i).equals(calls.get(i - 1)) ? same + 1 : 0;
            if (same < REPEATS) {
                text.append(calls.get(i));
            } else if (i + 1 == calls.size() || !calls.get(i + 1).equals(calls.get(i))) {
                int more = same - REPEATS + 1;
                text.append("  [Previous line repeated ").append(more).append(more == 1 ? " more time]\n" : " more times]\n");
            }
        }
    }

    /** The source line without its indentation, and carets under the section; not under a whole line unless {@code always}. */
    private static String line(SourceSection at, boolean always) {
        if (at.getStartLine() > at.getSource().getLineCount()) {
            return "";
        }
        String whole = at.getSource().getCharacters(at.getStartLine()).toString();
        String shown = whole.strip();
        int indent = whole.indexOf(shown);
        int from = Math.max(0, at.getStartColumn() - 1 - indent);
        int to = at.getEndLine() > at.getStartLine() ? shown.length() : Math.min(shown.length(), at.getEndColumn() - indent);
        to = Math.max(to, from + 1);
        if (shown.isEmpty()) {
            return "";
        }
        boolean all = from == 0 && to >= shown.length();
        String marks = Anchors.of(shown.substring(from, Math.min(to, shown.length())));
        all &= marks.indexOf('~') < 0;
        if (shown.length() > WIDEST) {
            int start = Math.max(0, from - BEFORE);
            int end = Math.min(shown.length(), start + WIDEST);
            String left = start > 0 ? "..." : "";
            String right = end < shown.length() ? "..." : "";
            int wide = Math.max(1, Math.min(to, end) - from);
            from = from - start + left.length();
            marks = marks.substring(0, Math.min(wide, marks.length()));
            shown = left + shown.substring(start, end) + right;
        }
        return "    " + shown + "\n" + (all && !always ? "" : "    " + " ".repeat(from) + marks + "\n");
    }
}
