package org.ebb.parse.antlr;

import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.WritableToken;
import org.antlr.v4.runtime.misc.Interval;

/** The tokens of a text, all read beforehand, as the parser's input. The last one is EOF. */
public final class TokenArray implements TokenStream {

    private final Token[] tokens;
    private final TokenSource source;
    private final Runnable each;
    private int position;

    /** {@code each} runs whenever the parser has gone past a token, also where it only looks ahead. */
    public TokenArray(List<Token> tokens, TokenSource source, Runnable each) {
        this.each = each;
        this.tokens = tokens.toArray(Token[]::new);
        this.source = source;
        for (int i = 0; i < this.tokens.length; i++) {
            ((WritableToken) this.tokens[i]).setTokenIndex(i);
        }
    }

    @Override
    public Token LT(int k) {
        int at = k > 0 ? position + k - 1 : position + k;
        return at < 0 ? null : tokens[Math.min(at, tokens.length - 1)];
    }

    @Override
    public int LA(int k) {
        Token token = LT(k);
        return token == null ? Token.INVALID_TYPE : token.getType();
    }

    @Override
    public Token get(int index) {
        return tokens[index];
    }

    @Override
    public void consume() {
        each.run();
        position++;
    }

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        position = index;
    }

    @Override
    public int size() {
        return tokens.length;
    }

    @Override
    public String getSourceName() {
        return "<text>";
    }

    @Override
    public TokenSource getTokenSource() {
        return source;
    }

    // ANTLR asks for text only to word its own messages, which nobody sees.
    @Override
    public String getText(Interval interval) {
        return interval.toString();
    }

    @Override
    public String getText() {
        return "";
    }

    @Override
    public String getText(RuleContext context) {
        return "";
    }

    @Override
    public String getText(Token start, Token stop) {
        return "";
    }
}
