package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.Test;

/** Many programs in one engine: they leave nothing behind, and they share nothing that one could change under another. */
class ContextsTest {

    private static final int CONTEXTS = 10_000;

    /** A program that touches most of what hangs on a context. */
    private static final String PROGRAM = """
            import json, random, collections
            random.seed(3)
            class Point:
                def __init__(self, x):
                    self.x = x
            x = tensor([1., 2., 3.])
            x.attach_grad()
            with record:
                y = (exp(x) * Point(2.).x).sum()
            y.backward()
            table = collections.Counter('hello')
            slope = grad(lambda v: v ** 3 + sin(v))
            out = [float(v) for v in x.grad] + [slope(0.5), random.random(), len(table)]
            json.dumps(out)
            """;

    @Test
    void contextsLeaveNothingBehind() throws Exception {
        Source source = Source.newBuilder("ebb", "x = tensor([1., 2.])\nx.attach_grad()\nwith record:\n    y = (x * x).sum()\ny.backward()\n"
                + "float(x.grad[1])", "small.ebb").build();
        try (Engine engine = Engine.newBuilder("ebb").build()) {
            open(engine, source, CONTEXTS / 5);
            long heap = heap();
            long classes = metaspace();
            open(engine, source, CONTEXTS);
            long grown = grown(heap);
            long meta = metaspace() - classes;
            assertTrue(grown < LITTLE, CONTEXTS + " contexts left " + grown + " bytes of heap");
            assertTrue(meta < 4L << 20, CONTEXTS + " contexts left " + meta + " bytes of metaspace");
        }
    }

    private static void open(Engine engine, Source source, int contexts) {
        for (int k = 0; k < contexts; k++) {
            try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
                assertEquals(4.0, context.eval(source).asDouble());
            }
        }
    }

    /** Programs of different texts in one engine: what was recorded is numbered for all of them, and must not keep their trees (43 KB each). */
    @Test
    void programsLeaveNothingBehind() throws Exception {
        try (Engine engine = Engine.newBuilder("ebb").build()) {
            different(engine, 0, 300);
            long heap = heap();
            different(engine, 300, 1_300);
            long grown = grown(heap);
            assertTrue(grown < LITTLE, "1,000 programs left " + grown + " bytes of heap");
        }
    }

    private static void different(Engine engine, int from, int to) {
        for (int k = from; k < to; k++) {
            try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
                String text = "import math\nx = tensor([1., 2.])\nx.attach_grad()\nwith record:\n    y = (x * x).sum()\ny.backward()\n"
                        + "grad(lambda v: v ** 3 + math.sin(v))(2.0)\nfloat(x.grad[1]) + " + k;
                assertEquals(4.0 + k, context.eval("ebb", text).asDouble());
            }
        }
    }

    /** A further context makes none of the hundreds of builtin names anew: it would take 160 KB more, and thrice as long. */
    @Test
    void aFurtherContextTakesLittle() {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Engine engine = Engine.newBuilder("ebb").build()) {
            Source source = Source.newBuilder("ebb", "1 + 1", "empty.ebb").buildLiteral();
            long least = Long.MAX_VALUE;
            for (int k = 0; k < 5; k++) {
                long before = bean.getCurrentThreadAllocatedBytes();
                try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
                    context.eval(source);
                }
                least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
            }
            // A megabyte of them is the reserve for programs that run out of memory.
            assertTrue(least < (1 << 20) + FURTHER, "a further context took " + least + " bytes");
        }
    }

    private static final int FURTHER = 100_000;

    /** The contexts of an engine share what builtin names mean at first, and none sees what another made of them. */
    @Test
    void builtinNamesAreEachProgramsOwn() {
        String changes = """
                import builtins, autograd as other
                before = [len([1, 2]), abs(-3), 'mine' in vars(builtins), hasattr(autograd, 'mine'), len(vars(builtins)) > 300, 'abs' in vars(builtins)]
                builtins.len = lambda x: -1
                builtins.mine = 5
                autograd.mine = 5
                vars(builtins)['sorted'] = 7
                del builtins.abs
                after = [len([1, 2]), mine, sorted, 'abs' in vars(builtins), hasattr(builtins, 'abs'), 'abs' in dir(builtins)]
                try:
                    abs(-3)
                except NameError as e:
                    after.append(str(e))
                str((before, after))
                """;
        try (Engine engine = Engine.newBuilder("ebb").build()) {
            for (int k = 0; k < 3; k++) {
                try (Context context = Context.newBuilder("ebb").engine(engine).build()) {
                    assertEquals("([2, 3, False, False, True, True], [-1, 5, 7, False, False, False, \"name 'abs' is not defined\"])",
                            context.eval("ebb", changes).asString());
                }
            }
        }
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int k = 0; k < 3; k++) { // what the compiler's threads still hold goes by the second or third collection
            System.gc();
            Thread.sleep(50);
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** What nobody gives back in ten seconds; a busy machine's compiler threads hold tens of megabytes for a second or two. */
    private static long grown(long before) throws InterruptedException {
        long grown = heap() - before;
        for (int k = 0; k < 60 && grown >= LITTLE; k++) {
            grown = heap() - before;
        }
        return grown;
    }

    private static final long LITTLE = 8L << 20;

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().contains("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed()).sum();
    }

    @Test
    void eightThreadsGiveTheBitsOfOne() throws Exception {
        List<String> programs = new ArrayList<>(List.of(PROGRAM));
        for (String name : List.of("grad/tape.ebb", "lang/generators.ebb", "lang/classes.ebb", "tensor/indexing.ebb")) {
            Path path = Repository.ROOT.resolve("tests/cases").resolve(name);
            if (path.toFile().exists()) {
                programs.add(Repository.read(path).split("\n# ----")[0]);
            }
        }
        try (Engine engine = Engine.newBuilder("ebb").build(); var threads = Executors.newFixedThreadPool(8)) {
            List<String> alone = new ArrayList<>();
            for (String program : programs) {
                alone.add(run(engine, program));
            }
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                tasks.add(() -> {
                    List<String> results = new ArrayList<>();
                    for (int round = 0; round < 4; round++) {
                        results.clear();
                        for (String program : programs) {
                            results.add(run(engine, program));
                        }
                    }
                    return results;
                });
            }
            for (Future<List<String>> each : threads.invokeAll(tasks)) {
                assertEquals(alone, each.get());
            }
        }
    }

    private static String run(Engine engine, String program) {
        var out = new ByteArrayOutputStream();
        try (Context context = Context.newBuilder("ebb").engine(engine).out(out).build()) {
            String value = context.eval("ebb", program).toString();
            return value.contains(" at 0x") ? out.toString(StandardCharsets.UTF_8) : out.toString(StandardCharsets.UTF_8) + value;
        }
    }

    /** Statics that may change, each with the reason why no program can tell. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("org.ebb.kernel.Threads", "the threads of the process and how many may be used"),
            Map.entry("org.ebb.lib.GlobalNames", "the names in globals.txt"),
            Map.entry("org.ebb.kernel.VectorFloatGemm", "packing memory of a thread, written before it is read"),
            Map.entry("org.ebb.kernel.VectorDoubleGemm", "packing memory of a thread, written before it is read"),
            Map.entry("org.ebb.kernel.NativeGemm", "memory of a thread for an operand, written before it is read"),
            Map.entry("org.ebb.op.BlockRun", "scratch memory of a thread, written before it is read"),
            Map.entry("org.ebb.op.Ops", "the table of operations, filled when it is loaded"),
            Map.entry("org.ebb.runtime.IteratorTypes", "builtin types by their names"),
            Map.entry("org.ebb.kernel.Memory", "who counts memory; it asks the calling thread"),
            Map.entry("org.ebb.kernel.Poll", "what looking up means; it asks the calling thread"),
            Map.entry("org.ebb.syntax.Pause", "how the reading on the calling thread looks up, while it reads"),
            Map.entry("org.ebb.kernel.VectorTier", "the vector kernels, once they are there"),
            Map.entry("org.ebb.kernel.OneDnn", "the native library, once it is loaded"),
            Map.entry("org.ebb.kernel.PrimitivePool", "what the native library made for sizes, and nobody uses now"),
            Map.entry("org.ebb.kernel.NativeLibrary", "files of the native library"),
            Map.entry("org.ebb.kernel.FlightRecorder", "whether the JVM records"));

    @Test
    void noStaticCanChangeUnderAProgram() throws Exception {
        Set<String> found = new TreeSet<>();
        int fields = 0;
        for (String room : List.of("grammar", "stdlib", "interpreter")) {
            Path classes = Repository.ROOT.resolve(room).resolve("target/classes");
            for (Path file : Repository.files(classes, ".class")) {
                String name = classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                if (name.endsWith("module-info") || name.contains("$$") || name.contains(".antlr.")) {
                    continue;
                }
                Class<?> type;
                Field[] declared;
                try {
                    type = Class.forName(name, false, getClass().getClassLoader());
                    declared = type.getDeclaredFields();
                } catch (LinkageError absent) {
                    continue; // the vector kernels need a module that is not here
                }
                for (Field field : declared) {
                    if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                        fields++;
                        if (!KNOWN.containsKey(name.replaceFirst("\\$.*", "")) && canChange(field)) {
                            found.add(name + "." + field.getName());
                        }
                    }
                }
            }
        }
        assertTrue(fields > 500, "only " + fields + " static fields seen");
        assertEquals(Set.of(), found);
    }

    /** Not final, or of a kind that holds what is put into it. Immutable collections cannot be told by their type, so they are asked. */
    private static boolean canChange(Field field) throws ReflectiveOperationException {
        if (!Modifier.isFinal(field.getModifiers())) {
            return true;
        }
        Class<?> type = field.getType();
        boolean holds = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type) || ThreadLocal.class.isAssignableFrom(type)
                || type.getName().startsWith("java.util.concurrent.");
        if (!holds) {
            return false;
        }
        if (!field.trySetAccessible()) {
            return false;
        }
        Object value = field.get(null);
        return value != null && !value.getClass().getName().startsWith("java.util.ImmutableCollections")
                && !value.getClass().getName().contains("Unmodifiable");
    }
}
