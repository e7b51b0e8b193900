import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** What a further context costs on a warm engine, and how long after an interruption a program stands still. */
public final class Contexts {

    private static final String SMALL = "x = tensor([1., 2.])\nx.attach_grad()\nwith record:\n    y = (x * x).sum()\ny.backward()\nfloat(x.grad[1])";

    private static final String[][] LONG = {
        {"busy loop", "start()\nwhile True: pass"},
        {"product of 4000 x 4000", "x = ones((4000, 4000))\nstart()\nx @ x"},
        {"exp of 10M numbers, again and again", "x = ones(10000000)\nstart()\nwhile True: y = exp(x)"},
        {"inverse of 1500 x 1500", "x = random.normal(size=(1500, 1500))\nlinalg.inv(x[:2, :2])\nstart()\nlinalg.inv(x)"},
        {"argsort of 10M", "x = random.normal(size=(10000000,))\nstart()\nargsort(x)"},
        {"backward over 10M entries", "def f(x):\n    for i in range(10000000):\n        x = x * 1.0000001\n    return x\nx = tensor(1.)\n"
                + "x.attach_grad()\nwith record:\n    y = f(x)\nstart()\ny.backward()"},
        {"sorted of 2M strings", "l = [str(i * 7919 % 1000003) for i in range(2000000)]\nstart()\nwhile True: sorted(l)"},
    };

    public static void main(String[] arguments) throws Exception {
        try (Engine engine = Engine.newBuilder("ebb").option("engine.WarnInterpreterOnly", "false").build()) {
            contexts(engine);
            for (String[] row : LONG) {
                latency(engine, row[0], row[1]);
            }
        }
    }

    private static void contexts(Engine engine) {
        Source empty = Source.newBuilder("ebb", "1 + 1", "empty.ebb").buildLiteral();
        Source small = Source.newBuilder("ebb", SMALL, "small.ebb").buildLiteral();
        for (Source source : new Source[] {empty, small}) {
            double[] times = new double[300];
            for (int k = 0; k < times.length; k++) {
                long begin = System.nanoTime();
                try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
                    context.eval(source);
                }
                times[k] = (System.nanoTime() - begin) / 1e6;
            }
            print("context, " + source.getName(), "second", times[1], "ms");
            double[] late = Arrays.copyOfRange(times, 100, times.length);
            Arrays.sort(late);
            print("context, " + source.getName(), "median of the later", late[late.length / 2], "ms");
        }
    }

    private static void latency(Engine engine, String name, String program) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        long[] sent = {0};
        try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
            context.getBindings("ebb").putMember("start", (ProxyExecutable) it -> {
                begun.countDown();
                return null;
            });
            Thread host = Thread.ofPlatform().start(() -> {
                try {
                    begun.await();
                    Thread.sleep(100);
                    sent[0] = System.nanoTime();
                    context.interrupt(Duration.ofSeconds(60));
                } catch (Exception failed) {
                    System.err.println(failed);
                }
            });
            try {
                context.eval("ebb", program);
                print("interrupt: " + name, "finished before it", 0, "ms");
            } catch (PolyglotException end) {
                print("interrupt: " + name, end.isInterrupted() ? "latency" : end.getMessage(), (System.nanoTime() - sent[0]) / 1e6, "ms");
            }
            host.join();
            if (context.eval("ebb", "1 + 1").asInt() != 2) {
                throw new IllegalStateException("the context is of no use after " + name);
            }
        }
    }

    private static void print(String workload, String metric, double value, String unit) {
        System.out.printf("%s\t%s\t%.3f\t%s%n", workload, metric, value, unit);
    }
}
