package org.ebb.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.ebb.parse.antlr.EbbLexer;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.TextStream;
import org.ebb.parse.antlr.TokenArray;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.SyntaxError;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Reading twice the text asks the character and token streams at most about twice as often. Counted, not timed. */
class LinearityTest {

    private long calls;

    private <T> T counted(Class<T> type, T stream) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            calls++;
            try {
                return method.invoke(stream, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private long callsFor(String text) {
        calls = 0;
        EbbLexer lexer = new EbbLexer(counted(CharStream.class, new TextStream(text, 0, text.length())));
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.nextToken();
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                tokens.add(token);
            }
        } while (token.getType() != Token.EOF);
        EbbParser parser = new EbbParser(counted(TokenStream.class, new TokenArray(tokens, lexer, () -> { })));
        parser.setErrorHandler(new BailErrorStrategy());
        parser.program();
        return calls;
    }

    private void linear(IntFunction<String> shape, int n) {
        callsFor(shape.apply(n));
        long half = callsFor(shape.apply(n));
        long whole = callsFor(shape.apply(2 * n));
        assertTrue(whole < 2.1 * half + 200, half + " calls for " + n + ", " + whole + " for twice as many");
    }

    @Test
    void allShapesAreReadInOneGo() {
        linear(Shapes::program, 600);
        linear(Shapes::operators, 1_000);
        linear(Shapes::list, 2_000);
        linear(Shapes::elifs, 500);
        linear(Shapes::attributes, 900);
        linear(Shapes::prefixes, 1_000);
        linear(Shapes::comparisons, 1_000);
        linear(n -> "x = " + "(".repeat(n) + ")".repeat(n), 90);
        linear(n -> "x = " + "[a for b in ".repeat(n) + "c" + "]".repeat(n), 90);
        linear(n -> "with (" + "(".repeat(n) + "a" + ")".repeat(n) + " as b): pass\n", 90);
        linear(n -> "x = 1; ".repeat(n) + "\n", 1_000);
        linear(n -> "x = '" + "a".repeat(n) + "'", 1_000);
    }

    @Test
    void nestingHasAnEnd() {
        refused("too many nested parentheses", "x = " + "(".repeat(100_000));
        refused("too many nested parentheses", "x = " + "[".repeat(100_000) + "]".repeat(100_000));
        refused("too many nested parentheses", "f(".repeat(100_000));
        refused("too many nested parentheses", "{1:".repeat(100_000));
        refused("too many nested expressions", "x = " + "-".repeat(100_000) + "1");
        refused("too many nested expressions", "x = " + "not ".repeat(100_000) + "1");
        refused("too many nested expressions", "x = " + "lambda: ".repeat(100_000) + "1");
        refused("too many nested expressions", "x = " + "a if b else ".repeat(100_000) + "1");
        refused("too many nested expressions", "x = a" + " + a".repeat(100_000));
        refused("too many nested expressions", "x = a" + " ** a".repeat(100_000));
        refused("too many nested expressions", "x = a" + ".a".repeat(100_000));
        refused("too many nested expressions", "x = a" + "()".repeat(100_000));
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            blocks.append(" ".repeat(i)).append("if x:\n");
        }
        refused("too many levels of indentation", blocks.toString());
    }

    private static void refused(String message, String text) {
        SyntaxError error = Assertions.assertThrows(SyntaxError.class, () -> Scopes.analyse(Parser.parse(text)));
        assertEquals(message, error.getMessage());
    }

    @Test
    void whatIsDeepButAllowedWorks() {
        Scopes.analyse(Parser.parse("x = " + "(".repeat(200) + "1" + ")".repeat(200)));
        Scopes.analyse(Parser.parse("x = a" + " + a".repeat(2_900)));
        Scopes.analyse(Parser.parse("x = '" + "', '".repeat(50_000) + "'"));
        Scopes.analyse(Parser.parse(Shapes.elifs(20_000)));
        Scopes.analyse(Parser.parse("x = " + "a if b else ".repeat(400) + "c"));
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 98; i++) {
            blocks.append(" ".repeat(i)).append("if x:\n");
        }
        Scopes.analyse(Parser.parse(blocks.append(" ".repeat(98)).append("y\n")));
    }
}
