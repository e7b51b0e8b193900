package org.ebb.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.syntax.Program;
import org.ebb.syntax.Stmt;

/**
 * The outline of a text, read from it. Only for texts that are known to be right, and laid out in steps of four blanks: a mistake in a body
 * would show late.
 *
 * <p>A body is put together with what it is in by nothing but the names of the module, so it can be read alone. Those that also need their class,
 * for {@code super} or a private name, stay in the tree.
 */
public final class TextOutline implements Outline {

    private static final int STEP = 4;
    private static final String NOTHING = "pass";

    private final String text;
    private final Map<Integer, Integer> ends = new HashMap<>();
    private final Program program;

    /** A line of the program, which may be several of the text: where it starts (after blanks), how far in, and where the next begins. */
    private record Line(int start, int indent, int end) {}

    public TextOutline(String text) {
        this.text = text;
        this.program = Parser.parse(shortened());
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public boolean leftOut(int start) {
        return ends.containsKey(start);
    }

    @Override
    public Stmt.FunctionDef function(int start) {
        var context = Reading.read(text, Cutter.cut(text, start, ends.get(start)), EbbParser::program);
        return (Stmt.FunctionDef) new TreeBuilder(text, new Names(false)).program(context).body().getFirst();
    }

    /** Where the {@code def}s begin whose bodies were left out, in the order of the text. */
    int[] starts() {
        return ends.keySet().stream().mapToInt(start -> start).sorted().toArray();
    }

    private String shortened() {
        char[] left = text.toCharArray();
        List<Line> lines = lines();
        boolean inClass = false;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.indent == 0) {
                inClass = text.startsWith("class ", line.start);
            }
            if (text.startsWith("def ", line.start) && (line.indent == 0 || inClass && line.indent == STEP)) {
                int after = i + 1;
                while (after < lines.size() && lines.get(after).indent > line.indent) {
                    after++;
                }
                if (after > i + 1 && standsAlone(line.start, lines.get(after - 1).end)) {
                    leaveOut(line, lines.get(i + 1), lines.get(after - 1), left);
                    i = after - 1;
                }
            }
        }
        return new String(left);
    }

    private void leaveOut(Line def, Line first, Line last, char[] left) {
        char quote = text.charAt(text.charAt(first.start) == 'r' ? first.start + 1 : first.start);
        boolean doc = quote == '"' || quote == '\'';
        int from = doc ? first.end : first.start;
        if (last.end - from <= NOTHING.length()) {
            return;
        }
        for (int at = from; at < last.end; at++) {
            left[at] = left[at] == '\n' ? '\n' : ' ';
        }
        if (!doc) {
            NOTHING.getChars(0, NOTHING.length(), left, from);
        }
        ends.put(def.start, last.end);
    }

    private boolean standsAlone(int from, int to) {
        int inherited = text.indexOf("super", from);
        if (inherited >= 0 && inherited < to) {
            return false;
        }
        for (int at = text.indexOf("__", from); at >= 0 && at < to; at = text.indexOf("__", at)) {
            int end = at;
            while (end < to && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
            String word = text.substring(at, end);
            boolean begins = !Character.isJavaIdentifierPart(text.charAt(at - 1));
            if (begins && (word.equals("__class__") || !word.endsWith("__"))) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int start = at;
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
            int end = lineEnd(start);
            if (start < text.length() && text.charAt(start) != '\n' && text.charAt(start) != '#') {
                lines.add(new Line(start, start - at, end));
            }
            at = end;
        }
        return lines;
    }

    /** After the first newline that is neither in brackets nor in a string. */
    private int lineEnd(int start) {
        int depth = 0;
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '(', '[', '{' -> depth++;
                case ')', ']', '}' -> depth--;
                case '#' -> at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
                case '"', '\'' -> at = stringEnd(at - 1, c);
                case '\\' -> at++;
                case '\n' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                default -> { }
            }
        }
        return at;
    }

    private int stringEnd(int start, char quote) {
        boolean triple = text.startsWith(String.valueOf(quote).repeat(3), start);
        int at = start + (triple ? 3 : 1);
        while (true) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (!triple) {
                return at + 1;
            } else if (text.charAt(at + 1) == quote && text.charAt(at + 2) == quote) {
                return at + 3;
            } else {
                at++;
            }
        }
    }
}
