package org.ebb.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine which piece of the entry a completion replaces: what {@link Completion} says. */
final class Words implements Parser {

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        return new Piece(line, cursor, Completion.at(line.substring(0, cursor)).prefix());
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    private record Piece(String line, int cursor, String word) implements CompletingParsedLine {

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
