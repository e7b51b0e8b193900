package org.ebb.syntax;

import java.util.Random;

/** Writes random programs that use every form of the grammar. The text of a seed is always the same. */
public final class RandomProgram {

    private static final String[] NAMES = {"a", "b", "c", "xs", "match", "case", "_", "print", "größe"};
    private static final String[] OPERATORS = {"+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^", "and", "or",
            "==", "!=",
        "<", "<=", ">", ">=", "in", "not in", "is", "is not"};
    private static final String[] LITERALS = {"None", "True", "False", "...", "0", "12_345", "0xFF", "1.5e-3", ".5", "7.",
            "'it''s'",
        "\"a\\tb\"", "r'\\d'", "''", "'''two\nlines'''", "'x' \"y\"", "\"\\u00e9\\x01\\\\\""};

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    public RandomProgram(long seed) {
        random = new Random(seed);
    }

    public String text() {
        text.setLength(0);
        block(0, 4);
        return text.toString();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String name() {
        return pick(NAMES);
    }

    // ---- Statements

    private void block(int level, int budget) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            if (budget > 0 && chance(45)) {
                compound(level, budget - 1);
            } else {
                line(level,
                        simple() + (chance(10) ? "; " + simple() : "") + (chance(5) ? ";" : "") + (chance(10) ? "  # why" : ""));
            }
            if (chance(10)) {
                text.append(pick("\n", "   # a comment\n", " \t\n"));
            }
        }
    }

    private void line(int level, String content) {
        text.append("  ".repeat(level)).append(content).append('\n');
    }

    private void body(int level, String header, int budget) {
        if (chance(15)) {
            line(level, header + ": " + simple());
        } else {
            line(level, header + ":");
            block(level + 1, budget);
        }
    }

    private String simple() {
        return switch (random.nextInt(16)) {
            case 0, 1 -> expressions(3);
            case 2, 3,
                    4 -> (chance(20) ? targets() + " = " : "") + targets() + " = " + (chance(10) ? yielding() : expressions(3));
            case 5 -> target() + " " + pick("+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^") + "= "
                    + expression(2);
            case 6 -> target() + ": " + expression(1) + (chance(50) ? " = " + expressions(2) : "");
            case 7 -> pick("pass", "break", "continue", "return", "raise");
            case 8 -> "return " + expressions(3);
            case 9 -> "raise " + expression(1) + (chance(50) ? " from " + expression(1) : "");
            case 10 -> "assert " + expression(2) + (chance(50) ? ", " + expression(1) : "");
            case 11 -> "del " + target() + (chance(50) ? ", " + target() : "");
            case 12 -> pick("global ", "nonlocal ") + name() + ", " + name();
            case 13 -> "import a.b, c" + (chance(50) ? " as " + name() : "");
            case 14 -> "from " + pick("", ".", "...", "..a.b") .concat(chance(50) ? "m" : "n") + " import "
                    + pick("*", "(a, b as c,)", "a", "a as b");
            default -> yielding();
        };
    }

    private void compound(int level, int budget) {
        switch (random.nextInt(8)) {
            case 0 -> {
                body(level, "if " + named(2), budget);
                for (int i = random.nextInt(3); i > 0; i--) {
                    body(level, "elif " + named(2), budget);
                }
                otherwise(level, budget);
            }
            case 1 -> {
                body(level, "while " + named(2), budget);
                otherwise(level, budget);
            }
            case 2 -> {
                body(level, "for " + targets() + " in " + expressions(2), budget);
                otherwise(level, budget);
            }
            case 3 -> {
                body(level, "try", budget);
                body(level, "except " + expression(1) + (chance(50) ? " as " + name() : ""), budget);
                if (chance(30)) {
                    body(level, "except", budget);
                    otherwise(level, budget);
                }
                if (chance(30)) {
                    body(level, "finally", budget);
                }
            }
            case 4 -> body(level, "with " + pick(expression(1), expression(1) + " as " + target(),
                    "(" + expression(1) + " as " + target() + ", " + expression(1) + ")", "(a, b)", "(a, b) as c"), budget);
            case 5 -> {
                decorators(level);
                body(level, "def " + name() + "(" + parameters(true) + ")" + (chance(30) ? " -> " + expression(1) : ""), budget);
            }
            case 6 -> {
                decorators(level);
                body(level, "class " + name() + pick("", "()", "(" + expression(1) + ", k=" + expression(1) + ")"), budget);
            }
            default -> {
                line(level, "match " + pick(expression(2), "a, *b") + ":");
                for (int i = random.nextInt(3); i >= 0; i--) {
                    body(level + 1, "case " + pattern(2, "p" + i) + (chance(30) ? " if " + named(1) : ""), budget);
                }
            }
        }
    }

    private void decorators(int level) {
        if (chance(25)) {
            line(level, "@" + named(1));
        }
    }

    private void otherwise(int level, int budget) {
        if (chance(25)) {
            body(level, "else", budget);
        }
    }

    private String parameters(boolean annotated) {
        String note = annotated && chance(30) ? ": " + expression(1) : "";
        String value = " = " + expression(1);
        return pick("", "p", "p" + note + ", q" + note + value, "p, /, q", "*, r" + note + value,
                "*p" + note + ", r, s" + value + ", **t",
                "p" + value + ", /, q" + value + ", *r, s, **t", "p,", "**t" + note);
    }

    /** A pattern whose captures start with a prefix that is its own, so that no name is captured twice. */
    private String pattern(int budget, String own) {
        return switch (random.nextInt(budget == 0 ? 4 : 9)) {
            case 0 -> pick("1", "-2.5", "'s' 't'", "None", "True", "a.b.c");
            case 1 -> own + "x.y";
            case 2 -> "[" + own + "]";
            case 3 -> "C()";
            case 4 -> "[" + pattern(budget - 1, own + "l") + ", *" + pick("_", own + "s") + ", "
                    + pattern(budget - 1, own + "r") + "]";
            case 5 -> "{'k': " + pattern(budget - 1, own + "v") + ", 2: _" + pick("", ", **" + own + "m") + "}";
            case 6 -> "C.D(" + pattern(budget - 1, own + "i") + ", k=" + pattern(budget - 1, own + "k") + ")";
            case 7 -> "(" + pick("1 | 'x'", "a.b | C() | [1, *_]") + ") as " + own + "a";
            default -> "(" + pattern(budget - 1, own + "f") + ", " + pattern(budget - 1, own + "g") + ")";
        };
    }

    // ---- Expressions

    private String expressions(int budget) {
        return switch (random.nextInt(8)) {
            case 0 -> expression(budget) + ", " + expression(budget - 1);
            case 1 -> "*" + primary(1) + ", " + expression(1);
            case 2 -> expression(1) + ",";
            default -> expression(budget);
        };
    }

    private String named(int budget) {
        return chance(15) ? name() + " := " + expression(budget) : expression(budget);
    }

    private String yielding() {
        return pick("yield", "yield " + expressions(1), "yield from " + expression(1));
    }

    private String targets() {
        return pick(target(), target() + ", " + target(), target() + ", *" + target(), "[" + target() + ", (" + target() + ",)]");
    }

    private String target() {
        return pick(name(), name(), name() + "." + name(), name() + "[" + subscript() + "]");
    }

    private String expression(int budget) {
        if (budget <= 0) {
            return chance(60) ? name() : pick(LITERALS);
        }
        return switch (random.nextInt(12)) {
            case 0 -> operation(budget - 1) + " if " + operation(budget - 1) + " else " + expression(budget - 1);
            case 1 -> "lambda " + parameters(false) + ": " + expression(budget - 1);
            default -> operation(budget);
        };
    }

    private String operation(int budget) {
        StringBuilder out = new StringBuilder(chance(10) ? "not " : "");
        out.append(pick("", "", "", "-", "~", "+-")).append(primary(budget));
        for (int i = random.nextInt(4); i > 0 && budget > 0; i--) {
            out.append(' ').append(pick(OPERATORS)).append(' ').append(pick("", "", "", "-")).append(primary(budget - 1));
        }
        return out.toString();
    }

    private String primary(int budget) {
        if (budget <= 0) {
            return chance(60) ? name() : pick(LITERALS);
        }
        int inner = budget - 1;
        return switch (random.nextInt(14)) {
            case 0 -> "(" + pick(named(inner), yielding(), expression(inner) + ",", "", "*a, " + named(inner)) + ")";
            case 1 -> "["
                    + pick("", expression(inner), named(inner) + ", *" + primary(inner) + ",", named(inner) + clauses(inner))
                    + "]";
            case 2 -> "{"
                    + pick(expression(inner), "*" + primary(inner) + ", " + named(inner), expression(inner) + clauses(inner))
                    + "}";
            case 3 -> "{" + pick("", expression(inner) + ": " + expression(inner) + ", **" + primary(inner),
                    expression(inner) + ": " + expression(inner) + clauses(inner)) + "}";
            case 4 -> "(" + expression(inner) + clauses(inner) + ")";
            case 5 -> name() + "("
                    + pick("", named(inner), expression(inner) + ", *" + expression(inner) + ", k=" + expression(inner)
                    + ", **" + expression(inner), expression(inner) + clauses(inner)) + ")";
            case 6 -> name() + "." + name() + "\\\n ." + name();
            case 7 -> name() + "[" + subscript() + "]";
            case 8 -> formatted();
            case 9 -> "(\n" + expression(inner) + "  # joined\n)";
            default -> chance(60) ? name() : pick(LITERALS);
        };
    }

    private String clauses(int budget) {
        return " for " + targets() + " in " + operation(budget) + (chance(40) ? " if " + operation(budget) : "")
                + (chance(20) ? " for " + name() + " in " + name() : "");
    }

    private String subscript() {
        return pick(name(), "1", ":", "::", "a:", ":b", "::-1", "a:b:c", "...", "None, 1:2", "*a, b", "a,", "b := 1");
    }

    private String formatted() {
        return pick("f'{a}'", "f\"{a!r}{{}}{b:>{c}}\"", "f'{a = }{b=!s:5}' 'tail' f\"{'q'}\"", "f'''{\n a}{\"it's\"}\n'''",
                "rf'\\d{a}'",
                "f'{f\"{a}\"}'", "f'{ {1: 2}[1] }{a == b}{c != d}{(lambda: 1)}'", "f'{a,}{*b,}{x for x in y}'", "f''",
                        "F'\\N{BULLET}{a}'");
    }
}
