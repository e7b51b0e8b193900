package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import org.ebb.embed.DifferentiableFunction;
import org.ebb.embed.Ebb;
import org.ebb.embed.EbbException;
import org.ebb.embed.Profile;
import org.ebb.embed.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profile of lines as hosts have it: its sums are the time that a clock beside it sees, whatever the program spends its time in. */
class ProfileSumsTest {

    private static final Ebb EBB = Ebb.create();

    @AfterAll
    static void close() {
        EBB.close();
    }

    /** Each takes some tenths of a second, most of it where its name says. */
    enum Work {
        SCALARS("""
                def work(n=150000):
                    x = 0.5
                    for i in range(n):
                        x = 3.7 * x * (1.0 - x)      # hits 150000
                    return x
                """),
        TRAINING("""
                def work():
                    x = sin(arange(256 * 64)).reshape((256, 64))
                    y = x[:, :1] + 1.0
                    w = cos(arange(64 * 256)).reshape((64, 256)) * 0.1
                    v = cos(arange(256)).reshape((256, 1)) * 0.1
                    w.attach_grad()
                    v.attach_grad()
                    for step in range(60):
                        with record():
                            hidden = tanh(x @ w)      # hits 60
                            loss = ((hidden @ v - y) ** 2).mean()
                        loss.backward()
                        w[:] -= 0.05 * w.grad
                        v[:] -= 0.05 * v.grad
                    return loss.item()
                """),
        RECURSION("""
                def fib(n):
                    if n < 2:
                        return n
                    return fib(n - 1) + fib(n - 2)      # hits 17710

                def work():
                    return fib(21)
                """),
        LIBRARY("""
                import json

                def work():
                    rows = [{"k": i, "v": [i, i + 1, str(i)]} for i in range(2000)]
                    text = json.dumps(rows)
                    total = 0
                    for _ in range(12):
                        total += len(json.loads(text))      # hits 12
                    return total
                """),
        GENERATORS("""
                def numbers(n):
                    for i in range(n):
                        yield i * i      # hits 60000

                def work():
                    odd = (x for x in numbers(60000) if x % 2)
                    return sum([x for x in odd if x % 3])
                """);

        final String text;

        Work(String text) {
            this.text = text;
        }

        /** The line that says how often it runs. */
        String marked() {
            return text.lines().filter(line -> line.contains("# hits ")).findFirst().orElseThrow().strip();
        }
    }

    /**
     * All times are of one run, so nothing depends on how fast it is; but the machine may take the processor away between the two readings of
     * a clock, so the closest of three runs counts.
     */
    @ParameterizedTest
    @EnumSource
    void linesSumUpToTheTimeOfAll(Work work) {
        Script script = EBB.compile(work.name(), work.text);
        double furthest = Double.POSITIVE_INFINITY;
        Profile profile = null;
        for (int run = 0; run < 3 && furthest > 0.03; run++) {
            long began = System.nanoTime();
            long[] ran = new long[2];
            profile = EBB.profile(() -> {
                ran[0] = System.nanoTime();
                script.call("work");
                ran[1] = System.nanoTime();
            });
            long outside = System.nanoTime() - began;
            assertEquals(profile.wallNanos(), profile.linesNanos() + profile.elsewhereNanos(), 1_000, "to a microsecond of rounding");
            assertTrue(profile.wallNanos() <= outside);
            furthest = Math.abs(1 - profile.linesNanos() / (double) (ran[1] - ran[0]));
        }
        assertTrue(furthest <= 0.03, "the lines' sum is off by " + furthest + ":\n" + profile);
        Profile.Line marked = profile.lines().stream().filter(line -> line.text().equals(work.marked())).findFirst().orElseThrow();
        assertEquals(Long.parseLong(work.marked().replaceFirst(".*# hits ", "")), marked.hits());
    }

    @Test
    void backwardTimeAndTapeBelongToTheLineThatRecorded() {
        Script script = EBB.compile("slopes", "import math\n\ndef f(x, y):\n    a = math.sin(x) * y\n    return a * a\n");
        DifferentiableFunction f = script.function("f");
        Profile profile = EBB.profile(() -> f.gradients(new double[2000], new double[1000], new double[2000]));
        Map<Integer, Profile.Line> lines = profile.lines().stream().collect(Collectors.toMap(Profile.Line::line, line -> line));
        Profile.Line first = lines.get(4);
        assertEquals("slopes", first.script());
        assertEquals("a = math.sin(x) * y", first.text());
        assertEquals(1000, first.hits());
        assertEquals(2000, first.operations());
        assertEquals(2000 * 28, first.tapeBytes());
        assertEquals(1000, lines.get(5).operations());
        assertTrue(first.forwardNanos() > 0 && first.backwardNanos() > 0, first::toString);
    }

    @Test
    void tensorsCountWithWhatTheyKeep() {
        Script script = EBB.compile("kept", "def work(n):\n    x = ones(n)\n    x.attach_grad()\n    with record():\n        y = exp(x)\n    y.backward()\n");
        Profile profile = EBB.profile(() -> script.call("work", 100_000));
        Profile.Line line = profile.lines().stream().filter(row -> row.text().equals("y = exp(x)")).findFirst().orElseThrow();
        assertTrue(line.tapeBytes() >= 400_000 && line.tapeBytes() < 900_000, line::toString);
    }

    @Test
    void whatTheWorkThrowsComesOutAndTheNextProfileIsItsOwn() {
        Script script = EBB.compile("wrong", "def work(n):\n    return 1 // n\n");
        EbbException wrong = assertThrows(EbbException.class, () -> EBB.profile(() -> script.call("work", 0)));
        assertEquals(2, wrong.line());
        assertThrows(IllegalArgumentException.class, () -> EBB.profile(() -> {
            throw new IllegalArgumentException("of the host");
        }));
        assertThrows(IllegalStateException.class, () -> EBB.profile(() -> EBB.profile(() -> script.call("work", 1))));
        assertThrows(NullPointerException.class, () -> EBB.profile(null));
        assertEquals(1, EBB.profile(() -> script.call("work", 1)).lines().stream().filter(line -> line.line() == 2).findFirst().orElseThrow().hits());
        assertEquals(1L, script.call("work", 1));
    }

    @Test
    void aLimitThatEndsTheProgramEndsItsProfileToo() {
        try (Ebb limited = Ebb.builder().maxSteps(1000).build()) {
            Script script = limited.compile("long", "def work():\n    while True:\n        pass\n");
            EbbException ended = assertThrows(EbbException.class, () -> limited.profile(() -> script.call("work")));
            assertEquals(EbbException.Kind.LIMIT, ended.kind());
            Script other = limited.compile("short", "x = 1\n");
            assertEquals(1, limited.profile(() -> limited.compile("next", "y = 1\n")).lines().size(), other::toString);
        }
    }
}
