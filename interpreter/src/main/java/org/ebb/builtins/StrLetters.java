package org.ebb.builtins;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Poll;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Strings;

/** Methods of str about letters: their case and their kind. */
final class StrLetters {

    /** Texts up to here are done at once. Java copies what it has for each letter that becomes several: that must not be much. */
    private static final int LONG = 1 << 12;

    /** Making a string of one character takes as long as reading so many. */
    private static final int PIECE = 16;

    private StrLetters() {}

    static void fill(BuiltinTable table) {
        table.simple("upper(self, /)", "A copy in upper case.", b -> upper(self(b)));
        table.simple("lower(self, /)", "A copy in lower case.", b -> lower(self(b)));
        table.simple("casefold(self, /)", "A copy for comparisons without case.", b -> caseFold(self(b)));
        table.simple("capitalize(self, /)", "A copy with the first character in upper case and the rest in lower case.", b -> capitalize(self(b)));
        table.simple("title(self, /)", "A copy where each word starts in upper case.", b -> title(self(b)));
        table.simple("swapcase(self, /)", "A copy with upper and lower case exchanged.", b -> swapCase(self(b)));
        question(table, "isalpha", "letters", Character::isLetter);
        question(table, "isdecimal", "decimal digits", c -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER);
        question(table, "isdigit", "digits", StrLetters::isDigit);
        question(table, "isnumeric", "numeric characters", StrLetters::isNumeric);
        question(table, "isalnum", "letters or numeric characters", c -> Character.isLetter(c) || isNumeric(c));
        question(table, "isspace", "white space", Strings::isSpace);
        table.simple("isascii(self, /)", "True if all characters are ASCII.", b -> all(self(b), c -> c < 128));
        table.simple("isprintable(self, /)", "True if repr would show all characters as they are.",
                b -> all(self(b), Strings::isPrintable));
        table.simple("isidentifier(self, /)", "True if the string could be a name.", b -> isIdentifier(self(b)));
        table.simple("isupper(self, /)", "True if all cased characters are upper case and there is one.", b -> cased(self(b), true));
        table.simple("islower(self, /)", "True if all cased characters are lower case and there is one.", b -> cased(self(b), false));
        table.simple("istitle(self, /)", "True if each word starts in upper case and goes on in lower case.", b -> isTitle(self(b)));
    }

    private static String self(Object[] b) {
        return (String) b[0];
    }

    private static void question(BuiltinTable table, String name, String what, IntPredicate holds) {
        table.simple(name + "(self, /)", "True if there is a character and all are " + what + ".",
                b -> !self(b).isEmpty() && all(self(b), holds));
    }

    private static boolean all(String s, IntPredicate holds) {
        var glance = new Glance();
        return s.codePoints().allMatch(c -> {
            glance.step();
            return holds.test(c);
        });
    }

    private static String upper(String s) {
        return mapped(s, part -> part.toUpperCase(Locale.ROOT));
    }

    private static String lower(String s) {
        return mapped(s, part -> part.toLowerCase(Locale.ROOT));
    }

    /**
     * A long text is mapped in pieces, to look up between them. Only what stands around a Greek sigma decides what becomes of it, so texts with one
     * are mapped as a whole.
     */
    private static String mapped(String s, UnaryOperator<String> map) {
        if (s.length() <= LONG || s.indexOf('\u03a3') >= 0) {
            return map.apply(s);
        }
        var out = new StringBuilder(s.length());
        for (int from = 0; from < s.length(); ) {
            Poll.now();
            int to = Math.min(s.length(), from + LONG);
            to -= to < s.length() && Character.isLowSurrogate(s.charAt(to)) ? 1 : 0;
            out.append(map.apply(s.substring(from, to)));
            from = to;
        }
        return out.toString();
    }

    private static boolean isDigit(int c) {
        // superscripts and circled digits are digits to Python though they are no decimals
        return Character.isDigit(c) || c == 0xb2 || c == 0xb3 || c == 0xb9 || c == 0x2070 || c >= 0x2074 && c <= 0x2079 || c >= 0x2080 && c <= 0x2089
                || c >= 0x2460 && c <= 0x2468 || c >= 0x2776 && c <= 0x277e;
    }

    private static boolean isNumeric(int c) {
        return isDigit(c) || Character.getType(c) == Character.LETTER_NUMBER || Character.getType(c) == Character.OTHER_NUMBER
                || Character.isIdeographic(c) && Character.getNumericValue(c) >= 0;
    }

    private static boolean isIdentifier(String s) {
        if (s.isEmpty() || !(Character.isUnicodeIdentifierStart(s.codePointAt(0)) || s.charAt(0) == '_')) {
            return false;
        }
        return all(s, c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c) || c == '_');
    }

    private static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    private static boolean cased(String s, boolean upper) {
        return !all(s, c -> !isCased(c)) && all(s, c -> !isCased(c) || (upper ? Character.isUpperCase(c) : Character.isLowerCase(c)));
    }

    private static boolean isTitle(String s) {
        boolean inWord = false;
        boolean any = false;
        var glance = new Glance();
        for (int at = 0; at < s.length(); ) {
            int c = s.codePointAt(at);
            at += Character.charCount(c);
            glance.step();
            boolean high = Character.isUpperCase(c) || Character.isTitleCase(c);
            if (high && inWord || Character.isLowerCase(c) && !inWord) {
                return false;
            }
            inWord = isCased(c);
            any |= inWord;
        }
        return any;
    }

    private static String caseFold(String s) {
        // full folding differs from lower case for these few; sharp s becomes ss
        return lower(upper(s)).replace("\u03c2", "\u03c3");
    }

    private static String capitalize(String s) {
        if (s.isEmpty()) {
            return s;
        }
        int first = s.codePointAt(0);
        return titleCase(first) + lower(s.substring(Character.charCount(first)));
    }

    private static String titleCase(int c) {
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        // one letter that becomes several (sharp s) keeps only the first of them large
        return upper.codePointCount(0, upper.length()) == 1 ? Character.toString(Character.toTitleCase(c))
                : upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String title(String s) {
        var out = new StringBuilder();
        boolean inWord = false;
        var glance = new Glance();
        for (int at = 0; at < s.length(); ) {
            int c = s.codePointAt(at);
            at += Character.charCount(c);
            glance.steps(PIECE);
            out.append(inWord ? Character.toString(c).toLowerCase(Locale.ROOT) : titleCase(c));
            inWord = isCased(c);
        }
        return out.toString();
    }

    private static String swapCase(String s) {
        var out = new StringBuilder();
        var glance = new Glance();
        s.codePoints().forEach(c -> {
            glance.steps(PIECE);
            String one = Character.toString(c);
            out.append(Character.isUpperCase(c) ? one.toLowerCase(Locale.ROOT) : Character.isLowerCase(c) ? one.toUpperCase(Locale.ROOT) : one);
        });
        return out.toString();
    }
}
