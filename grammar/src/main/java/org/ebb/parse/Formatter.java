package org.ebb.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.ebb.parse.Tokens.Kind;
import org.ebb.parse.Tokens.Token;
import org.ebb.syntax.Printer;

/**
 * Gives a program the usual layout: four blanks a level, one blank around operators, none inside brackets, two empty lines around
 * functions and classes of the outermost level. Line breaks, strings and comments stay the writer's own, and so does the program:
 * its tree is the same before and after.
 */
public final class Formatter {

    private static final int LEVEL = 4;

    /** Keywords that are values. */
    private static final Set<String> VALUES = Set.of("None", "True", "False");

    /** What may stand before a value alone. */
    private static final Set<String> UNARY = Set.of("-", "+", "~", "*", "**", "@");

    private final String text;
    private final StringBuilder out = new StringBuilder();

    /** One line of the writer's: its tokens without layout. {@code depth}: open brackets where it begins. */
    private record Line(int start, List<Token> tokens, int level, int depth) {}

    /** An open bracket. {@code lambdas}: those whose colon has not come yet. */
    private static final class Open {
        final char bracket;
        final boolean subscript;
        int lambdas;

        Open(char bracket, boolean subscript) {
            this.bracket = bracket;
            this.subscript = subscript;
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();

    /** Whether a {@code =} of this line is a default or a keyword argument of the brackets around it. */
    private boolean annotated;

    private Formatter(String text) {
        this.text = text;
    }

    /** The text in the usual layout. Throws a {@link org.ebb.syntax.SyntaxError} when it is no program. */
    public static String format(CharSequence program) {
        String text = program.toString();
        String before = Printer.print(Parser.parseAsWritten(text));
        String formatted = new Formatter(text).run();
        if (!Printer.print(Parser.parseAsWritten(formatted)).equals(before)) {
            throw new IllegalStateException("the layout would have changed the program");
        }
        return formatted;
    }

    private String run() {
        int shift = 0;
        Line before = null;
        for (Line line : lines()) {
            blankLines(before, line);
            int column = column(line.start);
            int indent;
            if (line.depth > 0) {
                indent = Math.max(0, column + shift);
            } else {
                indent = line.level * LEVEL;
                shift = indent - column;
            }
            out.append(" ".repeat(indent));
            line(line.tokens, line.depth > 0 && before != null ? before.tokens.getLast() : null);
            out.append('\n');
            before = line;
        }
        return out.toString();
    }

    /** The lines that hold something. A comment's level is that of the code it is indented with. */
    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        int level = 0;
        int depth = 0;
        int depthAtStart = 0;
        int lineEnd = -1;
        for (Token token : Tokens.of(text)) {
            int start = token.span().start();
            if (token.kind() == Kind.INDENT || token.kind() == Kind.DEDENT) {
                level += token.kind() == Kind.INDENT ? 1 : -1;
                continue;
            }
            if (!current.isEmpty() && start > lineEnd && token.kind() != Kind.NEWLINE) {
                lines.add(new Line(current.getFirst().span().start(), current, level, depthAtStart));
                current = new ArrayList<>();
            }
            if (token.kind() == Kind.NEWLINE) {
                if (!current.isEmpty()) {
                    lines.add(new Line(current.getFirst().span().start(), current, level, depthAtStart));
                    current = new ArrayList<>();
                }
                continue;
            }
            if (current.isEmpty()) {
                depthAtStart = depth > 0 || continued(start) ? Math.max(1, depth) : 0;
            }
            current.add(token);
            lineEnd = endOfLine(token.span().end());
            if (token.kind() == Kind.BRACKET) {
                depth += "([{".indexOf(text.charAt(start)) >= 0 ? 1 : -1;
            }
        }
        if (!current.isEmpty()) {
            lines.add(new Line(current.getFirst().span().start(), current, level, depthAtStart));
        }
        return withCommentLevels(lines);
    }

    /** A comment above a dedent is read before the dedent: it belongs to the code that its own column names. */
    private List<Line> withCommentLevels(List<Line> lines) {
        List<Line> all = new ArrayList<>(lines);
        for (int i = all.size() - 1; i >= 0; i--) {
            Line line = all.get(i);
            if (line.depth > 0 || line.tokens.getFirst().kind() != Kind.COMMENT) {
                continue;
            }
            int level = 0;
            int best = -1;
            for (int near : new int[] {i + 1, lastCode(all, i)}) {
                if (near >= 0 && near < all.size() && all.get(near).depth == 0) {
                    int distance = Math.abs(column(all.get(near).start) - column(line.start));
                    if (best < 0 || distance < best) {
                        best = distance;
                        level = all.get(near).level;
                    }
                }
            }
            all.set(i, new Line(line.start, line.tokens, level, 0));
        }
        return all;
    }

    private static int lastCode(List<Line> lines, int from) {
        int i = from - 1;
        while (i >= 0 && (lines.get(i).depth > 0 || lines.get(i).tokens.getFirst().kind() == Kind.COMMENT)) {
            i--;
        }
        return i;
    }

    /** Whether the line of this place goes on from a backslash. */
    private boolean continued(int at) {
        int lineStart = at - column(at);
        return lineStart >= 2 && text.charAt(lineStart - 2) == '\\'
                || lineStart >= 3 && text.charAt(lineStart - 2) == '\r' && text.charAt(lineStart - 3) == '\\';
    }

    private int endOfLine(int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? text.length() : newline;
    }

    private int column(int at) {
        return at - (text.lastIndexOf('\n', at - 1) + 1);
    }

    private void blankLines(Line before, Line line) {
        if (before == null || line.depth > 0) {
            int written = before == null ? 0 : Math.min(1, written(before, line));
            out.append("\n".repeat(written));
            return;
        }
        int wanted = Math.min(line.level == 0 ? 2 : 1, written(before, line));
        boolean decorated = starts(before, "@") && !starts(line, "#");
        boolean commented = before.tokens.getFirst().kind() == Kind.COMMENT && wanted == 0;
        if (line.level == 0 && !decorated && !commented && (starts(line, "def") || starts(line, "class") || starts(line, "@"))) {
            wanted = 2;
        } else if (line.level == 0 && before.level > 0 && inDefinition) {
            wanted = 2;
        }
        if (line.level == 0 && !decorated) {
            inDefinition = starts(line, "def") || starts(line, "class") || starts(line, "@");
        }
        out.append("\n".repeat(wanted));
    }

    /** Whether the outermost statement being written is a function or a class. */
    private boolean inDefinition;

    private int written(Line before, Line line) {
        int end = before.tokens.getLast().span().end();
        int n = 0;
        for (int i = end; i < line.start; i++) {
            n += text.charAt(i) == '\n' ? 1 : 0;
        }
        return Math.max(0, n - 1);
    }

    private boolean starts(Line line, String word) {
        String first = word(line.tokens.getFirst());
        return word.equals("#") ? first.startsWith("#") : first.equals(word);
    }

    private String word(Token token) {
        return text.substring(token.span().start(), token.span().end());
    }

    /** {@code before}: what the line goes on from, or null. */
    private void line(List<Token> tokens, Token before) {
        if (open.isEmpty()) {
            annotated = false;
        }
        Token previous = null;
        boolean afterUnary = false;
        for (Token token : tokens) {
            String word = word(token);
            Token left = previous == null ? before : previous;
            boolean unary = token.kind() == Kind.OPERATOR && UNARY.contains(word) && (left == null || !endsValue(left));
            if (previous != null) {
                out.append(" ".repeat(afterUnary ? 0 : gap(previous, token, unary)));
            }
            afterUnary = unary;
            out.append(token.kind() == Kind.COMMENT ? comment(word) : word);
            track(previous, token, word);
            previous = token;
        }
        if (continuedAfter(tokens.getLast())) {
            out.append(" \\");
        }
    }

    private boolean continuedAfter(Token last) {
        String rest = text.substring(last.span().end(), endOfLine(last.span().end())).strip();
        return rest.equals("\\");
    }

    private static String comment(String word) {
        String stripped = word.stripTrailing();
        return stripped.length() > 1 && Character.isLetterOrDigit(stripped.charAt(1)) ? "# " + stripped.substring(1) : stripped;
    }

    private void track(Token previous, Token token, String word) {
        if (token.kind() == Kind.BRACKET) {
            if ("([{".contains(word)) {
                open.push(new Open(word.charAt(0), word.equals("[") && previous != null && endsValue(previous)));
            } else if (!open.isEmpty()) {
                open.pop();
            }
        } else if (word.equals("lambda") && !open.isEmpty()) {
            open.peek().lambdas++;
        } else if (word.equals(":")) {
            if (!open.isEmpty() && open.peek().lambdas > 0) {
                open.peek().lambdas--;
            } else {
                annotated = true;
            }
        } else if (word.equals(",")) {
            annotated = false;
        }
    }

    /** How many blanks stand between two neighbours of a line. */
    private int gap(Token left, Token right, boolean unary) {
        String a = word(left);
        String b = word(right);
        int written = right.span().start() > left.span().end() ? 1 : 0;
        if (right.kind() == Kind.COMMENT) {
            return 2;
        }
        if (a.equals(",") || a.equals(";")) {
            return b.equals(")") || b.equals("]") ? 0 : 1;
        }
        if (b.equals(",") || b.equals(";") || a.equals(".") || b.equals(".")) {
            return a.equals("from") || a.equals("import") || b.equals(".") && a.equals("from") ? 1
                    : a.equals(".") && (b.equals("import")) ? 1 : b.equals(".") && left.kind() == Kind.NUMBER ? written : 0;
        }
        if (left.kind() == Kind.BRACKET && "([{".contains(a) || right.kind() == Kind.BRACKET && ")]}".contains(b)) {
            return 0;
        }
        if (right.kind() == Kind.BRACKET && !b.equals("{") && endsValue(left)) {
            return 0; // a call or a subscript
        }
        if (b.equals(":") || a.equals(":")) {
            return colon(a, written);
        }
        if ((a.equals("=") || b.equals("=")) && tightEquals()) {
            return 0;
        }
        if (a.equals("...") || b.equals("...")) {
            return left.kind() == Kind.KEYWORD || right.kind() == Kind.OPERATOR || left.kind() == Kind.OPERATOR ? 1 : 0;
        }
        return a.equals("**") || b.equals("**") && !unary ? written : 1;
    }

    /** Of a subscript the writer's blanks stay; otherwise one after the colon. */
    private int colon(String left, int written) {
        boolean slice = !open.isEmpty() && open.peek().subscript && open.peek().lambdas == 0;
        return slice ? written : left.equals(":") ? 1 : 0;
    }

    private boolean tightEquals() {
        return !open.isEmpty() && open.peek().bracket == '(' && !annotated || !open.isEmpty() && open.peek().lambdas > 0;
    }

    /** Whether a value can end with the token, so that what follows it is a call, a subscript or a binary operator. */
    private boolean endsValue(Token token) {
        return switch (token.kind()) {
            case NAME, NUMBER, STRING -> true;
            case KEYWORD -> VALUES.contains(word(token));
            case SOFT_KEYWORD -> false;
            case BRACKET -> ")]}".contains(word(token));
            case OPERATOR -> word(token).equals("...");
            case COMMENT, NEWLINE, INDENT, DEDENT, ERROR -> false;
        };
    }
}
