package org.ebb.parse;

import java.util.ArrayDeque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;
import org.ebb.parse.antlr.EbbLexer;

/**
 * Makes keywords of the names {@code match} and {@code case} where a match statement stands.
 *
 * <p>A line that starts with {@code match} is one if it ends with a colon: no other line that starts with a name does. A line
 * that starts with {@code case} is one if it stands directly in the block of a match statement.
 */
final class SoftKeywords {

    private SoftKeywords() {}

    static void promote(List<Token> tokens) {
        ArrayDeque<Boolean> blocks = new ArrayDeque<>();
        boolean lineStart = true;
        boolean matchLine = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case EbbLexer.INDENT -> {
                    blocks.push(matchLine);
                    matchLine = false;
                    lineStart = true;
                }
                case EbbLexer.DEDENT -> {
                    blocks.pop();
                    lineStart = true;
                }
                case EbbLexer.NEWLINE -> lineStart = true;
                case EbbLexer.NAME -> {
                    if (lineStart) {
                        String name = name(token);
                        matchLine = name.equals("match") && isMatch(tokens, i);
                        if (matchLine) {
                            ((WritableToken) token).setType(EbbLexer.MATCH);
                        } else if (name.equals("case") && !blocks.isEmpty() && blocks.peek()) {
                            ((WritableToken) token).setType(EbbLexer.CASE);
                        }
                    }
                    lineStart = false;
                }
                default -> {
                    if (lineStart) {
                        matchLine = false;
                    }
                    lineStart = false;
                }
            }
        }
    }

    private static String name(Token token) {
        return token.getStopIndex() - token.getStartIndex() < 5 ? token.getText() : "";
    }

    /** Where the colon was forgotten, the first case still tells. */
    private static boolean isBeforeCase(List<Token> tokens, int newline) {
        return newline + 2 < tokens.size() && tokens.get(newline + 1).getType() == EbbLexer.INDENT
                && tokens.get(newline + 2).getType() == EbbLexer.NAME && name(tokens.get(newline + 2)).equals("case");
    }

    private static boolean isMatch(List<Token> tokens, int at) {
        int end = at + 1;
        while (end < tokens.size() && tokens.get(end).getType() != EbbLexer.NEWLINE && tokens.get(end).getType() != Token.EOF) {
            end++;
        }
        return end > at + 2 && tokens.get(end - 1).getType() == EbbLexer.COLON || end > at + 1 && isBeforeCase(tokens, end);
    }
}
