package org.ebb.parse.antlr;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Lexer;

/** The hand-scanned half of the lexer for names, numbers and strings: each method finishes the token that a rule began. */
abstract class LiteralLexer extends Lexer {

    LiteralLexer(CharStream input) {
        super(input);
    }

    // ---- Names

    protected void name() {
        if (isForeign(_input.LA(1))) {
            foreignName();
        }
    }

    /** A name with a character beyond ASCII in it: the whole run of such characters is read, then checked. */
    protected void foreignName() {
        while (isNameLike(_input.LA(1))) {
            _input.consume();
        }
        int at = _tokenStartCharIndex;
        while (at < _input.index()) {
            int character = codePointAt(at);
            boolean fits = at == _tokenStartCharIndex ? isNameStart(character) : isNamePart(character);
            if (!fits) {
                throw invalidCharacter(character, at);
            }
            at += Character.charCount(character);
        }
    }

    private static boolean isNameStart(int character) {
        return character == '_' || Character.isUnicodeIdentifierStart(character);
    }

    private static boolean isNamePart(int character) {
        return Character.isUnicodeIdentifierPart(character) && !Character.isIdentifierIgnorable(character);
    }

    private int codePointAt(int index) {
        int here = _input.index();
        _input.seek(index);
        int high = _input.LA(1);
        int low = _input.LA(2);
        _input.seek(here);
        boolean pair = high >= 0 && low >= 0 && Character.isSurrogatePair((char) high, (char) low);
        return pair ? Character.toCodePoint((char) high, (char) low) : high;
    }

    protected void unknown() {
        int character = codePointAt(_tokenStartCharIndex);
        if (character == 0) {
            throw fault("source code cannot contain null bytes", _tokenStartCharIndex, _input.index());
        }
        if (character == '$' || character == '?' || character == '!' || character == '`') {
            throw fault("invalid syntax", _tokenStartCharIndex, _input.index());
        }
        throw invalidCharacter(character, _tokenStartCharIndex);
    }

    private LexicalFault invalidCharacter(int character, int at) {
        int type = Character.getType(character);
        boolean printable = type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
                && type != Character.PRIVATE_USE && type != Character.UNASSIGNED && !Character.isSpaceChar(character);
        String message = printable
                ? "invalid character '%s' (U+%04X)".formatted(Character.toString(character), character)
                : "invalid non-printable character U+%04X".formatted(character);
        return fault(message, at, at + Character.charCount(character));
    }

    // ---- Numbers

    protected void number() {
        int first = _input.LA(-1);
        boolean point = _input.index() - _tokenStartCharIndex == 2;
        int base = _input.LA(1) | 0x20;
        if (!point && first == '0' && (base == 'x' || base == 'o' || base == 'b')) {
            _input.consume();
            switch (base) {
                case 'x' -> digitsOfBase(16, "hexadecimal");
                case 'o' -> digitsOfBase(8, "octal");
                default -> digitsOfBase(2, "binary");
            }
            return;
        }
        digits("decimal");
        boolean isFloat = point;
        if (!point && _input.LA(1) == '.') {
            isFloat = true;
            _input.consume();
            if (isDigit(_input.LA(1))) {
                _input.consume();
                digits("decimal");
            }
        }
        if ((_input.LA(1) | 0x20) == 'e') {
            int sign = _input.LA(2) == '+' || _input.LA(2) == '-' ? 1 : 0;
            if (isDigit(_input.LA(2 + sign))) {
                isFloat = true;
                for (int i = 0; i < 2 + sign; i++) {
                    _input.consume();
                }
                digits("decimal");
            }
        }
        if ((_input.LA(1) | 0x20) == 'j') {
            throw fault("complex numbers are not part of Ebb", _tokenStartCharIndex, _input.index() + 1);
        }
        if (!isFloat && first == '0') {
            refuseLeadingZeros();
        }
        endOfNumber("decimal");
    }

    /** The digits after the first one, with single underscores between them. */
    private void digits(String what) {
        while (true) {
            int c = _input.LA(1);
            if (c == '_') {
                if (!isDigit(_input.LA(2))) {
                    throw fault("invalid " + what + " literal", _tokenStartCharIndex, _input.index() + 1);
                }
            } else if (!isDigit(c)) {
                return;
            }
            _input.consume();
        }
    }

    private void digitsOfBase(int base, String what) {
        boolean any = false;
        while (true) {
            int c = _input.LA(1) == '_' ? _input.LA(2) : _input.LA(1);
            boolean underscore = _input.LA(1) == '_';
            if (c >= 0 && c < 128 && Character.digit(c, base) >= 0) {
                _input.consume();
                if (underscore) {
                    _input.consume();
                }
                any = true;
            } else if (isDigit(c)) {
                int at = _input.index() + (underscore ? 1 : 0);
                throw fault("invalid digit '%c' in %s literal".formatted(c, what), at, at + 1);
            } else if (underscore || !any) {
                throw fault("invalid " + what + " literal", _tokenStartCharIndex, _input.index());
            } else {
                break;
            }
        }
        endOfNumber(what);
    }

    private void refuseLeadingZeros() {
        boolean nonzero = false;
        for (int i = _tokenStartCharIndex; i < _input.index(); i++) {
            int c = _input.LA(i - _input.index());
            nonzero |= c != '0' && c != '_';
        }
        if (nonzero) {
            throw fault("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                    _tokenStartCharIndex, _input.index());
        }
    }

    /** A number may touch a keyword ({@code 1if x else 2}) but no other name. */
    private void endOfNumber(String what) {
        int c = _input.LA(1);
        if (!isNameLike(c)) {
            return;
        }
        StringBuilder word = new StringBuilder();
        for (int i = 1; isNameLike(_input.LA(i)) && i < 8; i++) {
            word.append((char) _input.LA(i));
        }
        switch (word.toString()) {
            case "and", "else", "for", "if", "in", "is", "or", "not" -> { }
            default -> throw fault("invalid " + what + " literal", _tokenStartCharIndex, _input.index());
        }
    }

    // ---- Strings

    protected void string() {
        int quote = _input.LA(-1);
        boolean triple = _input.LA(1) == quote && _input.LA(2) == quote;
        if (triple) {
            _input.consume();
            _input.consume();
        }
        while (!atEndOfString(quote, triple)) {
            int c = _input.LA(1);
            if (c == IntStream.EOF || !triple && (c == '\n' || c == '\r')) {
                throw unterminated(triple);
            }
            _input.consume();
            if (c == '\\') {
                skipEscaped(triple);
            }
        }
        for (int i = 0; i < (triple ? 3 : 1); i++) {
            _input.consume();
        }
    }

    private boolean atEndOfString(int quote, boolean triple) {
        return _input.LA(1) == quote && (!triple || _input.LA(2) == quote && _input.LA(3) == quote);
    }

    private void skipEscaped(boolean triple) {
        int c = _input.LA(1);
        if (c == IntStream.EOF) {
            throw unterminated(triple);
        }
        _input.consume();
        if (c == '\r' && _input.LA(1) == '\n') {
            _input.consume();
        }
    }

    private LexicalFault unterminated(boolean triple) {
        int line = 1;
        int end = _input.index();
        // A newline that ends the text begins no line.
        int last = _input.LA(1) == IntStream.EOF ? -1 : 0;
        for (int i = -end; i < last; i++) {
            int c = _input.LA(i);
            if (c == '\n' || c == '\r' && (i == -1 || _input.LA(i + 1) != '\n')) {
                line++;
            }
        }
        // A single-quoted string whose line ends in a backslash goes on in the next line, if there will be one.
        boolean joined = _input.LA(-1) == '\\' || (_input.LA(-1) == '\n' || _input.LA(-1) == '\r')
                && (_input.LA(-2) == '\\' || _input.LA(-2) == '\r' && _input.LA(-3) == '\\');
        boolean open = triple || _input.LA(1) == IntStream.EOF && joined;
        String what = triple ? "unterminated triple-quoted string literal" : "unterminated string literal";
        return new LexicalFault("SyntaxError", what + " (detected at line " + line + ")", _tokenStartCharIndex,
                triple ? _tokenStartCharIndex + 1 : end, open);
    }

    // ---- Helpers

    LexicalFault fault(String message, int start, int end) {
        return new LexicalFault("SyntaxError", message, start, end, false);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isForeign(int c) {
        return c >= 128;
    }

    private static boolean isNameLike(int c) {
        return c == '_' || isDigit(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || isForeign(c);
    }
}
