package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ebb.repl.expect.Case;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Programs spoilt at random: every one runs, or ends in an exception of Ebb's. None shows a Java exception, and none hangs: a program
 * is stopped after {@value #STATEMENTS} statements, and where one statement runs on it must obey an interruption.
 * -Debb.seed=N runs other programs, -Debb.programs=N as many, -Debb.patience=SECONDS waits longer on a busy machine; a failure prints the seed
 * and the program, and the test goes on to the end.
 */
class MutationFuzzTest {

    private static final int STATEMENTS = 20_000;
    /** After that long a program is interrupted, and obeys within PATIENCE: the longest single step is a product of millions of bits. */
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("ebb.patience", 20));
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+|[0-9.]+|\"[^\"\n]*\"|'[^'\n]*'|\\*\\*|//|[<>=!]=|\n *|[^\\w\\s]");
    private static final List<String> STRANGE = List.of("0", "-1", "None", "1e308", "[]", "()", "{}", "''", "tensor([])", "tensor(2.0)", "zeros((2, 0))",
            "lambda: 0", "int", "float('nan')", "2 ** 70", "...", "*", "**", "yield", "return", "not", "in", "is", ":", "\n", "\n    ", "\n  ", "(", ")",
            "[", "]", "{", "}", ",", "=", "@", ";", "\\", "\t", "'", "\"", "\"\"\"", "#", "\u00e9", "\ud83d\ude00", "\u0000", "f'{", "}'", "match x:",
            "with record:", "del x", "global x", "nonlocal x", "import math", "raise", "grad", "record", "super()", "[::2]", "[..., None]", "if 1 else");

    @Test
    void twoThousandPrograms() {
        run(2_000);
    }

    @Test
    @Tag("long")
    void twoHundredThousandPrograms() {
        run(Integer.getInteger("ebb.programs", 200_000));
    }

    private static void run(int programs) {
        List<String> seeds = Repository.files(Repository.ROOT.resolve("tests/cases"), ".ebb").stream()
                .flatMap(file -> Case.of(file.getFileName().toString(), Repository.read(file)).stream()).map(Case::text).map(String::strip)
                .filter(text -> text.length() < 4_000).toList();
        assertFalse(seeds.isEmpty());
        long first = Long.getLong("ebb.seed", 20_250_101L);
        List<AssertionError> failures = new ArrayList<>();
        try (Engine engine = Engine.newBuilder("ebb").build(); ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < programs; i++) {
                Random random = new Random(first + i);
                String program = spoilt(seeds.get(random.nextInt(seeds.size())), random);
                try {
                    check(engine, watch, program, "-Debb.seed=" + (first + i));
                } catch (AssertionError failure) {
                    failures.add(failure);
                }
            }
        }
        assertAll(failures.stream().map(failure -> () -> {
            throw failure;
        }));
    }

    private static void check(Engine engine, ScheduledExecutorService watch, String program, String seed) {
        ResourceLimits limits = ResourceLimits.newBuilder().statementLimit(STATEMENTS, null).build();
        boolean[] late = new boolean[1];
        Context context = Context.newBuilder("ebb").engine(engine).resourceLimits(limits).in(java.io.InputStream.nullInputStream())
                .out(OutputStream.nullOutputStream()).err(OutputStream.nullOutputStream()).build();
        Future<?> stop = watch.schedule(() -> interrupt(context, late), TURN.toMillis(), TimeUnit.MILLISECONDS);
        try {
            context.eval(Source.newBuilder("ebb", program, "spoilt").buildLiteral());
        } catch (PolyglotException e) {
            if (e.isInternalError() || e.isHostException()) {
                throw new AssertionError(seed + ": " + e.getMessage() + "\n" + program, e);
            }
            String message = e.getMessage() == null ? "" : e.getMessage();
            if (message.contains("java.") || message.contains("org.ebb")) {
                fail(seed + ": a message in Java's words: " + message + "\n" + program);
            }
        } finally {
            stop.cancel(false);
            context.close(true);
        }
        assertFalse(late[0], () -> seed + ": does not obey an interruption\n" + program);
    }

    private static void interrupt(Context context, boolean[] late) {
        try {
            context.interrupt(PATIENCE);
        } catch (TimeoutException e) {
            late[0] = true;
        }
    }

    private static String spoilt(String program, Random random) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(program);
        int end = 0;
        while (matcher.find()) {
            words.add(program.substring(end, matcher.end()));
            end = matcher.end();
        }
        for (int changes = 1 + random.nextInt(4); changes > 0 && !words.isEmpty(); changes--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(6)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                case 2 -> words.set(at, words.get(random.nextInt(words.size())));
                case 3 -> words.set(at, " " + STRANGE.get(random.nextInt(STRANGE.size())));
                case 4 -> words.add(at, " " + STRANGE.get(random.nextInt(STRANGE.size())));
                default -> words.subList(at, words.size()).clear();
            }
        }
        return String.join("", words);
    }
}
