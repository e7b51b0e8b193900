package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loops over tensors: what one iteration recorded is used again by the next, and element writes cost the same however many there are. */
@Tag("fast")
class TensorMemoryTest {

    private static final String LOOP = """
            w = tensor([[0.1 * (i - j) for j in range(4)] for i in range(4)])
            w.attach_grad()
            def train(iterations):
                for _ in range(iterations):
                    h = ones((1, 4))
                    with record:
                        total = 0.0
                        for _ in range(300):
                            h = tanh(h @ w + h)
                            total = total + (h * h).sum().item()
                    total.backward()
                    w[:] = w - 0.0001 * w.grad
                return w.grad.sum().item()
            """;

    /** Each iteration records 2,100 operations; sixty times as many leave no more behind than the first twenty. */
    @Test
    void aTrainingLoopDoesNotGrow() {
        try (Context context = context()) {
            context.eval("ebb", LOOP);
            context.eval("ebb", "train(20)");
            long before = used();
            assertTrue(Double.isFinite(context.eval("ebb", "train(120)").asDouble()));
            long grown = used() - before;
            assertTrue(grown < 1 << 20, () -> grown + " bytes more after 120 iterations");
        }
    }

    private static final String NETWORK = """
            sizes = [196, 64, 32, 10]
            p = []
            for layer in range(3):
                k = arange(sizes[layer] * sizes[layer + 1])
                p += [(sin(k) / sizes[layer] ** 0.5).reshape(sizes[layer], sizes[layer + 1]), zeros(sizes[layer + 1])]
            for q in p:
                q.attach_grad()
            x = (cos(arange(64 * 196)) ** 2).reshape(64, 196)
            classes = arange(64) % 10
            def step():
                with record:
                    h = maximum(x @ p[0] + p[1], 0)
                    h = relu(h @ p[2] + p[3])
                    loss = cross_entropy(h @ p[4] + p[5], classes)
                loss.backward()
                for q in p:
                    q -= 0.1 * q.grad
                return loss.item()
            def train(steps):
                for _ in range(steps):
                    last = step()
                return last
            def resident():
                for line in open("/proc/self/status"):
                    if line.startswith("VmRSS:"):
                        return int(line.split()[1])
            """;

    /** Its buffers are used again from step to step, and none is kept for long. */
    @Test
    void aNetworkInTrainingDoesNotGrow() {
        try (Context context = context()) {
            context.eval("ebb", NETWORK);
            double first = context.eval("ebb", "train(100)").asDouble();
            long before = used();
            assertTrue(context.eval("ebb", "train(600)").asDouble() < first);
            long grown = used() - before;
            assertTrue(grown < 1 << 20, () -> grown + " bytes more after 600 steps");
        }
    }

    /**
     * What the process holds, in kB, once the compilers are done, and after ten thousand steps more: a leak outside of the heap would show. What
     * compilers hold for long gets among old objects and stays there until all are collected; one quiet round may lie between two of their works.
     */
    @Test
    @Tag("long")
    void tenThousandStepsLeaveNothingBehind() throws Exception {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.isReadable(status), "a system that tells what a process holds");
        String program = NETWORK + """
                quiet = 0
                for round in range(30):
                    before = resident()
                    train(5000)
                    quiet = quiet + 1 if resident() < 1.01 * before else 0
                    if quiet == 4:
                        break
                before = resident()
                train(10000)
                print(before, resident())
                """;
        Process process = new ProcessBuilder(Repository.ROOT.resolve("ebb").toString(), "-c", program).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList(); // the first may say that ebb is being built
        assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
        String[] out = lines.getLast().split(" ");
        double growth = Double.parseDouble(out[1]) / Double.parseDouble(out[0]) - 1;
        assertTrue(growth < 0.05, () -> "from " + out[0] + " to " + out[1] + " kB");
    }

    private static final String WRITES = """
            x = tensor(0.9999, dtype='float64')
            x.attach_grad()
            def chain(n):
                b = ones(n, dtype=float64)
                with record:
                    for i in range(1, n):
                        b[i] = b[i - 1] * x
                    y = b[n - 1]
                y.backward()
                return x.grad.item()
            def rows(n):
                b = ones((n, 4), dtype=float64)
                with record:
                    for i in range(1, n):
                        b[i] = b[i - 1] * x
                    y = b[n - 1].sum()
                y.backward()
                return x.grad.item()
            def view(n):
                b = ones((2, n), dtype=float64)
                with record:
                    r = b[1]
                    for i in range(1, n):
                        r[i] = r[i - 1] * x
                    y = b[1, n - 1]
                y.backward()
                return x.grad.item()
            """;

    /** A version of the tensor for each write, or an adjoint for each version, would take eight times as many bytes. */
    @Test
    void elementWritesTakeBytesInProportion() {
        inProportion("chain", 1);
    }

    /** Saving a row by sharing all elements would have the next write copy them all. */
    @Test
    void rowWritesTakeBytesInProportion() {
        inProportion("rows", 4);
    }

    /** A read through a view after each write would pass a cotangent of the view's size. */
    @Test
    void writesThroughAViewTakeBytesInProportion() {
        inProportion("view", 1);
    }

    private static void inProportion(String function, int heads) {
        try (Context context = context()) {
            context.eval("ebb", WRITES);
            assertEquals(heads * 1999 * Math.pow(0.9999, 1998), context.eval("ebb", function + "(2000)").asDouble(), 1e-6);
            double few = allocated(context, function, 1000) / 1000.0;
            double many = allocated(context, function, 8000) / 8000.0;
            assertTrue(many < 1.5 * few, () -> "%.0f bytes for each of 1000 writes, %.0f for each of 8000".formatted(few, many));
        }
    }

    /** What the entries keep lies in arrays: objects that live until backward are what the garbage collector copies again and again. */
    @Test
    void elementReadsAndWritesKeepNoObjects() {
        try (Context context = context()) {
            context.eval("ebb", WRITES);
            context.eval("ebb", """
                    def recorded(n):
                        global kept
                        b = ones(n, dtype=float64)
                        with record:
                            for i in range(1, n):
                                b[i] = b[i - 1] * x
                        kept = b
                    """);
            int writes = 100_000;
            context.eval("ebb", "recorded(" + writes + ")");
            context.eval("ebb", "kept = None");
            long before = used();
            context.eval("ebb", "recorded(" + writes + ")");
            long bytes = (used() - before) / writes;
            // An element of b, and three entries of 32 bytes in chunks of which at most a fifth stands empty.
            assertTrue(bytes < 160, () -> bytes + " bytes for each write");
        }
    }

    /** The least of several runs: compilation allocates in other threads, but deoptimised code in this one. */
    private static long allocated(Context context, String function, int writes) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            context.eval("ebb", function + "(" + writes + ")");
            least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static Context context() {
        return Context.newBuilder("ebb").allowExperimentalOptions(true).option("engine.BackgroundCompilation", "false").build();
    }

    /** The smallest of several readings: what nobody holds is gone by then. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
