package org.ebb.repl;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ebb.parse.Parser;
import org.ebb.parse.Tokens;
import org.ebb.parse.Tokens.Kind;
import org.ebb.parse.Tokens.Token;
import org.ebb.syntax.SyntaxError;

/** The rules for entries of the prompt: where one ends, how its lines are indented, what a pasted transcript means. */
final class Entries {

    /** The blanks of one level. */
    static final int LEVEL = 4;

    /** Which clauses a clause may follow at its own indentation. */
    private static final Map<String, Set<String>> FOLLOWS = Map.of(
            "elif", Set.of("if", "elif"),
            "else", Set.of("if", "elif", "for", "while", "try", "except"),
            "except", Set.of("try", "except"),
            "finally", Set.of("try", "except", "else"),
            "case", Set.of("case"));

    /** Statements after which the block goes on no further. */
    private static final Set<String> LAST = Set.of("return", "raise", "break", "continue", "pass");

    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\w*).*", Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("(?:>>>|\\.\\.\\.)(?: |$)");
    private static final Pattern NOTEBOOK = Pattern.compile("In \\[\\d+\\]: ?| *\\.{3,}: ?");

    private Entries() {}

    /** Whether the text can run as it is. A block is complete when an empty line follows; what can never be right is complete too. */
    static boolean complete(String text) {
        try {
            Parser.parseEntry(text);
            return true;
        } catch (SyntaxError wrong) {
            return !wrong.incomplete();
        }
    }

    /** How many blanks the line that follows the text should begin with. Inside brackets and strings: none. */
    static int indentation(String text) {
        String line = lastLine(text);
        int own = blanks(line);
        if (line.isBlank()) {
            return own;
        }
        List<Token> tokens = Tokens.of(text);
        int open = 0;
        Token last = null;
        for (Token token : tokens) {
            if (token.kind() == Kind.BRACKET) {
                open += "([{".indexOf(text.charAt(token.span().start())) >= 0 ? 1 : -1;
            }
            if (token.kind() == Kind.ERROR && token.span().end() >= text.length()) {
                return 0; // an open string
            }
            last = switch (token.kind()) {
                case COMMENT, NEWLINE, INDENT, DEDENT -> last;
                case KEYWORD, SOFT_KEYWORD, NAME, NUMBER, STRING, OPERATOR, BRACKET, ERROR -> token;
            };
        }
        if (open > 0) {
            return 0;
        }
        if (last != null && last.kind() == Kind.OPERATOR && text.charAt(last.span().start()) == ':') {
            return own + LEVEL;
        }
        return LAST.contains(firstWord(line)) ? Math.max(0, own - LEVEL) : own;
    }

    /**
     * The indentation that a line such as {@code else:} needs below the lines before it: that of the nearest clause that it can
     * follow. Its own where there is none, or where the line is no such clause.
     */
    static int clauseIndentation(String before, String line) {
        int own = blanks(line);
        Set<String> opened = FOLLOWS.get(firstWord(line));
        if (opened == null) {
            return own;
        }
        int limit = own;
        for (String earlier : before.lines().toList().reversed()) {
            if (!earlier.isBlank() && blanks(earlier) <= limit) {
                if (opened.contains(firstWord(earlier))) {
                    return blanks(earlier);
                }
                limit = blanks(earlier);
            }
        }
        return own;
    }

    /** The program in a pasted transcript: prompts are stripped, and the lines between the entries are dropped. */
    static String withoutPrompts(String pasted) {
        Pattern prompt = matchesAny(pasted, SHELL, ">>>") ? SHELL : matchesAny(pasted, NOTEBOOK, "In [") ? NOTEBOOK : null;
        if (prompt == null) {
            return pasted;
        }
        StringBuilder program = new StringBuilder();
        for (String line : pasted.lines().toList()) {
            var found = prompt.matcher(line.stripLeading());
            if (found.lookingAt()) {
                program.append(line.stripLeading().substring(found.end())).append('\n');
            }
        }
        return program.toString();
    }

    private static boolean matchesAny(String text, Pattern prompt, String start) {
        return text.stripLeading().startsWith(start) && prompt.matcher(text.stripLeading()).lookingAt();
    }

    static int blanks(String line) {
        int n = 0;
        while (n < line.length() && line.charAt(n) == ' ') {
            n++;
        }
        return n;
    }

    static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private static String firstWord(String line) {
        var word = FIRST_WORD.matcher(line);
        return word.matches() ? word.group(1) : "";
    }
}
