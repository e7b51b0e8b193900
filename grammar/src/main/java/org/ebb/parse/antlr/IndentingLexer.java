package org.ebb.parse.antlr;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Pair;

/**
 * Base of the generated lexer: makes INDENT and DEDENT, and NEWLINE only where a logical line ends.
 *
 * <p>A line's indentation is measured twice, as Python does: with tabs to the next multiple of 8 and with tabs as one column.
 * Where the two orders disagree, what a reader sees would depend on his editor, and that is a TabError.
 */
public abstract class IndentingLexer extends LiteralLexer {

    private static final int MAX_BRACKETS = 200;
    private static final int MAX_INDENTS = 100;
    private static final int TAB = 8;

    private final ArrayDeque<Token> pending = new ArrayDeque<>();
    private final int[] columns = new int[MAX_INDENTS];
    private final int[] tabColumns = new int[MAX_INDENTS];
    private int indents;
    private int[] brackets = new int[16];
    private int depth;
    private boolean lineStart = true;
    private boolean field;

    protected IndentingLexer(CharStream input) {
        super(input);
    }

    /** Reads what stands between the braces of an f-string: one expression without lines of its own. */
    public void readField() {
        field = true;
        lineStart = false;
    }

    /** Starts in the middle of a line, whose indentation has been read. */
    public void readRestOfLine() {
        lineStart = false;
    }

    @Override
    public Token nextToken() {
        if (lineStart && depth == 0 && pending.isEmpty()) {
            indentation();
        }
        if (!pending.isEmpty()) {
            return pending.poll();
        }
        Token token = super.nextToken();
        if (token.getType() == Token.EOF && !field) {
            finish(token);
            return pending.poll();
        }
        return token;
    }

    // ---- Lines

    protected void newline() {
        if (depth > 0 || field || lineStart) {
            skip();
        } else {
            lineStart = true;
        }
    }

    protected void comment() {
        while (_input.LA(1) != '\n' && _input.LA(1) != '\r' && _input.LA(1) != IntStream.EOF) {
            _input.consume();
        }
    }

    /** A backslash joins the next line to this one. */
    protected void continuation() {
        if (!consumeNewline()) {
            if (_input.LA(1) == IntStream.EOF) {
                throw new LexicalFault("SyntaxError", "unexpected EOF while parsing", _input.index() - 1, _input.index(), true);
            }
            throw fault("unexpected character after line continuation character", _input.index() - 1, _input.index());
        }
        if (_input.LA(1) == IntStream.EOF) {
            throw new LexicalFault("SyntaxError", "unexpected EOF while parsing", _tokenStartCharIndex,
                    _tokenStartCharIndex + 1, true);
        }
    }

    private boolean consumeNewline() {
        int c = _input.LA(1);
        if (c != '\n' && c != '\r') {
            return false;
        }
        _input.consume();
        if (c == '\r' && _input.LA(1) == '\n') {
            _input.consume();
        }
        return true;
    }

    /** At the end of the text: the last line's NEWLINE if the text lacks it, and a DEDENT for each open block. */
    private void finish(Token eof) {
        if (depth > 0) {
            int at = brackets[depth - 1];
            throw new LexicalFault("SyntaxError", "'" + charAt(at) + "' was never closed", at, at + 1, true);
        }
        int end = eof.getStartIndex();
        if (!lineStart) {
            pending.add(token(EbbLexer.NEWLINE, end, end));
            lineStart = true;
        }
        for (; indents > 0; indents--) {
            pending.add(token(EbbLexer.DEDENT, end, end));
        }
        pending.add(eof);
    }

    private Token token(int type, int start, int end) {
        CommonToken token = new CommonToken(new Pair<>(this, _input), type, Token.DEFAULT_CHANNEL, start, end - 1);
        token.setLine(getLine());
        return token;
    }

    // ---- Indentation

    /** Skips blank lines, measures the first line that has a token, and queues the INDENT or the DEDENTs before it. */
    private void indentation() {
        int start = _input.index();
        int column = 0;
        int tabColumn = 0;
        int firstColumn = -1;
        int firstTabColumn = -1;
        while (true) {
            int c = _input.LA(1);
            if (c == ' ') {
                column++;
                tabColumn++;
            } else if (c == '\t') {
                column = (column / TAB + 1) * TAB;
                tabColumn++;
            } else if (c == '\f') {
                column = 0;
                tabColumn = 0;
            } else if (c == '\n' || c == '\r') {
                column = 0;
                tabColumn = 0;
                start = _input.index() + 1;
                firstColumn = -1;
            } else if (c == '\\' && (_input.LA(2) == '\n' || _input.LA(2) == '\r')) {
                if (firstColumn < 0) {
                    firstColumn = column;
                    firstTabColumn = tabColumn;
                }
                _input.consume();
                consumeNewline();
                if (_input.LA(1) == IntStream.EOF) {
                    throw new LexicalFault("SyntaxError", "unexpected EOF while parsing", _input.index(), _input.index(), true);
                }
                continue;
            } else {
                break;
            }
            _input.consume();
        }
        int c = _input.LA(1);
        if (c == '#' || c == IntStream.EOF) {
            return;
        }
        lineStart = false;
        indentTo(firstColumn < 0 ? column : firstColumn, firstColumn < 0 ? tabColumn : firstTabColumn, start);
    }

    private void indentTo(int column, int tabColumn, int start) {
        int here = _input.index();
        int top = indents == 0 ? 0 : columns[indents - 1];
        int tabTop = indents == 0 ? 0 : tabColumns[indents - 1];
        if (column == top) {
            requireSameTabs(tabColumn == tabTop, start, here);
        } else if (column > top) {
            requireSameTabs(tabColumn > tabTop, start, here);
            if (indents == MAX_INDENTS - 1) {
                throw new LexicalFault("IndentationError", "too many levels of indentation", start, here, false);
            }
            columns[indents] = column;
            tabColumns[indents++] = tabColumn;
            pending.add(token(EbbLexer.INDENT, start, here));
        } else {
            while (indents > 0 && column < columns[indents - 1]) {
                indents--;
                pending.add(token(EbbLexer.DEDENT, here, here));
            }
            if (column != (indents == 0 ? 0 : columns[indents - 1])) {
                throw new LexicalFault("IndentationError", "unindent does not match any outer indentation level", start, here,
                        false);
            }
            requireSameTabs(tabColumn == (indents == 0 ? 0 : tabColumns[indents - 1]), start, here);
        }
    }

    private void requireSameTabs(boolean same, int start, int end) {
        if (!same) {
            throw new LexicalFault("TabError", "inconsistent use of tabs and spaces in indentation", start, end, false);
        }
    }

    // ---- Brackets

    protected void open() {
        if (depth == MAX_BRACKETS) {
            throw fault("too many nested parentheses", _tokenStartCharIndex, _input.index());
        }
        if (depth == brackets.length) {
            brackets = Arrays.copyOf(brackets, 2 * depth);
        }
        brackets[depth++] = _tokenStartCharIndex;
    }

    protected void close() {
        char closer = charAt(_tokenStartCharIndex);
        if (depth == 0) {
            throw fault("unmatched '" + closer + "'", _tokenStartCharIndex, _input.index());
        }
        int at = brackets[--depth];
        char opener = charAt(at);
        if ("([{".indexOf(opener) != ")]}".indexOf(closer)) {
            int line = lineOf(at);
            String where = line == lineOf(_tokenStartCharIndex) ? "" : " on line " + line;
            throw fault("closing parenthesis '" + closer + "' does not match opening parenthesis '" + opener + "'" + where,
                    _tokenStartCharIndex, _input.index());
        }
    }

    private char charAt(int index) {
        int from = _input.index();
        return (char) (index < from ? _input.LA(index - from) : _input.LA(index - from + 1));
    }

    private int lineOf(int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            char c = charAt(i);
            if (c == '\n' || c == '\r' && charAt(i + 1) != '\n') {
                line++;
            }
        }
        return line;
    }
}
