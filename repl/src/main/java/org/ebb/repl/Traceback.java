package org.ebb.repl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.PolyglotException.StackFrame;
import org.graalvm.polyglot.SourceSection;

/** The calls that led to an exception, outermost first, each with its line and carets under the expression. */
final class Traceback {

    /** Equal neighbours beyond this many are counted instead of shown. */
    private static final int REPEATS = 3;

    private Traceback() {}

    static String of(PolyglotException e) {
        List<String> calls = new ArrayList<>();
        for (StackFrame frame : e.getPolyglotStackTrace()) {
            if (frame.isGuestFrame() && shown(frame.getSourceLocation())) {
                calls.add(call(frame.getRootName(), frame.getSourceLocation()));
            }
        }
        if (calls.isEmpty()) {
            return "";
        }
        Collections.reverse(calls);
        StringBuilder text = new StringBuilder("Traceback (most recent call last):\n");
        int same = 0;
        for (int i = 0; i < calls.size(); i++) {
            same = i > 0 && calls.get(i).equals(calls.get(i - 1)) ? same + 1 : 0;
            if (same < REPEATS) {
                text.append(calls.get(i));
            } else if (i + 1 == calls.size() || !calls.get(i + 1).equals(calls.get(i))) {
                int more = same - REPEATS + 1;
                text.append("  [Previous line repeated ").append(more).append(" more time").append(more == 1 ? "" : "s").append("]\n");
            }
        }
        return text.toString();
    }

    /** Modules that come with Ebb stay out of sight, as what is written in C does under CPython: the last line is one the user wrote. */
    private static boolean shown(SourceSection at) {
        return at != null && at.isAvailable() && !at.getSource().isInternal();
    }

    private static String call(String name, SourceSection at) {
        return "  File \"" + at.getSource().getName() + "\", line " + at.getStartLine() + ", in " + name + "\n" + line(at);
    }

    /** The source line without its indentation, and carets under the expression unless it is the whole line. */
    private static String line(SourceSection at) {
        String whole = at.getSource().getCharacters(at.getStartLine()).toString();
        String shown = whole.strip();
        if (shown.isEmpty()) {
            return "";
        }
        int indent = whole.indexOf(shown);
        int from = Math.max(0, at.getStartColumn() - 1 - indent);
        int to = at.getEndLine() > at.getStartLine() ? shown.length() : Math.min(shown.length(), at.getEndColumn() - indent);
        String text = "    " + shown + "\n";
        return from == 0 && to >= shown.length() || to <= from ? text : text + "    " + " ".repeat(from) + "^".repeat(to - from) + "\n";
    }
}
