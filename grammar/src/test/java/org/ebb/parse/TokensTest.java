package org.ebb.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.ebb.parse.Tokens.Kind;
import org.ebb.parse.Tokens.Token;
import org.ebb.syntax.RandomProgram;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.SyntaxError;
import org.ebb.syntax.TreeText;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static String kinds(String text) {
        return Tokens.of(text).stream().map(t -> t.kind().name()).collect(Collectors.joining(" "));
    }

    private static List<String> texts(String text, Kind kind) {
        return Tokens.of(text).stream().filter(t -> t.kind() == kind)
                .map(t -> text.substring(t.span().start(), t.span().end())).toList();
    }

    @Test
    void keywordsAreWhatTheLexerTakesForOne() {
        assertEquals(35, Tokens.keywords().size());
        for (String word : Tokens.keywords()) {
            assertEquals(List.of(Kind.KEYWORD), Tokens.of(word).stream().map(Tokens.Token::kind).filter(k -> k != Kind.NEWLINE).toList(), word);
        }
    }

    @Test
    void kindsOfTokens() {
        assertEquals("KEYWORD NAME OPERATOR COMMENT NEWLINE INDENT NAME OPERATOR BRACKET NUMBER OPERATOR STRING BRACKET NEWLINE DEDENT",
                kinds("if a:  # why\n  b = [1, 'x'\n   ]\n"));
        assertEquals("NAME NEWLINE", kinds("a"));
        assertEquals("", kinds(""));
        assertEquals("COMMENT", kinds("# only this"));
    }

    @Test
    void matchAndCaseAreKeywordsOnlyWhereTheyStandForOne() {
        String text = "match match:\n  case case: match = case\nmatch(case)\ncase = 1\nmatch: int\n";
        assertEquals(List.of("match", "case"), texts(text, Kind.SOFT_KEYWORD));
        assertEquals(List.of("match", "case", "match", "case", "match", "case", "case", "match", "int"), texts(text, Kind.NAME));
    }

    @Test
    void literals() {
        assertEquals(List.of("0", "1_000", "0xFF_ff", "0o17", "0B1", "1.", ".5", "1e5", "1_0.0_1E-1_0", "1"),
                texts("0 1_000 0xFF_ff 0o17 0B1 1. .5 1e5 1_0.0_1E-1_0 1if", Kind.NUMBER));
        List<String> strings = List.of("'a\\'b'", "\"\"\"a\n\"b\"\"\"", "rb''".replace("b", ""), "Rf'{x}'", "u'é'", "''",
                "''''''", "'a\\\nb'");
        assertEquals(strings, texts(String.join(" ", strings), Kind.STRING));
    }

    @Test
    void anythingHasTokensInOrder() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(new RandomProgram(random.nextLong()).text());
            for (int k = random.nextInt(6); k > 0; k--) {
                int at = random.nextInt(text.length() + 1);
                if (random.nextBoolean()) {
                    text.insert(at, "'\"({[)}]$\\\n\t 1_é\uD83D".charAt(random.nextInt(16)));
                } else if (at < text.length()) {
                    text.deleteCharAt(at);
                }
            }
            int end = 0;
            for (Token token : Tokens.of(text)) {
                assertTrue(token.span().start() >= end, () -> "seed " + seed + ": tokens overlap");
                end = token.span().end();
                boolean blank = text.substring(token.span().start(), end).isBlank();
                assertTrue(!blank || token.kind() == Kind.NEWLINE || token.kind() == Kind.INDENT || token.kind() == Kind.DEDENT
                        || token.kind() == Kind.ERROR, () -> "seed " + seed + ": " + token + " covers nothing");
            }
            assertTrue(end <= text.length());
            parsesOrIsRefused(text.toString(), seed);
        }
    }

    /** Nothing but a SyntaxError, and that with a place in the text. */
    private static void parsesOrIsRefused(String text, long seed) {
        try {
            Scopes.analyse(Parser.parse(text));
        } catch (SyntaxError error) {
            assertTrue(error.span().start() >= 0 && error.span().end() <= text.length(),
                    () -> "seed " + seed + ": " + error.span());
        }
    }

    @Test
    void whatCannotBeReadIsAnErrorAndReadingGoesOn() {
        assertEquals(List.of("$", "'abc"), texts("a = $ + 'abc\nb = 'c'\n", Kind.ERROR));
        assertEquals(List.of("a", "b"), texts("a = $ + 'abc\nb = 'c'\n", Kind.NAME));
        assertEquals(List.of("'''abc\nb"), texts("a = '''abc\nb", Kind.ERROR));
    }

    @Test
    void linesEndInThreeWays() {
        String unix = "if a:\n  b = '''x\ny'''\n\n  c(\n1)\nd = \\\n 2\n";
        String tree = TreeText.of(Parser.parse(unix));
        assertEquals(tree, TreeText.of(Parser.parse(unix.replace("\n", "\r\n"))));
        assertEquals(tree, TreeText.of(Parser.parse(unix.replace("\n", "\r"))));
        assertEquals(tree, TreeText.of(Parser.parse("\uFEFF" + unix)));
        assertEquals(tree, TreeText.of(Parser.parse(unix.strip())));
        assertEquals(tree, TreeText.of(Parser.parse("\f" + unix.replace("\nd", "\n\f\n   # comment\n\nd"))));
    }

    @Test
    void namesAreInOneNormalForm() {
        assertEquals(TreeText.of(Parser.parse("é = ﬁ")), TreeText.of(Parser.parse("e\u0301 = fi")));
        assertEquals("Program([Expression(Name(\uD835\uDD0D))])".replace("\uD835\uDD0D", "J"),
                TreeText.of(Parser.parse("\uD835\uDD0D")));
        assertThrows(SyntaxError.class, () -> Parser.parse("a\uD83D\uDE00 = 1"));
    }
}
