package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime image runs rewritten classes (repl/src/image/CallSites.java): they must do what javac meant. */
final class CallSitesTest {

    /** Switches over patterns with and without null, guards and constants; records of all kinds of fields, equal and almost equal. */
    private static final String PROGRAM = """
            import java.util.*;
            import java.util.function.Supplier;

            public class Program implements Supplier<String> {
                sealed interface Shape permits Dot, Box, All, None {}
                record Dot(double x, float y) implements Shape {}
                record Box(long a, int b, short c, byte d, char e, boolean f, String g, int[] h, List<Object> i) implements Shape {}
                record All(Shape... parts) implements Shape {}
                record None() implements Shape {}
                enum Hue { RED, BLUE }
                interface Named { default String name(Object o) { return switch (o) { case Dot d -> "dot"; case Object p -> "other"; }; } }

                static String kind(Object o) {
                    return switch (o) {
                        case null -> "null";
                        case Dot(double x, float y) when x > 1 -> "far " + x + y;
                        case Dot d -> "near";
                        case Box b when b.g == null -> "box without";
                        case Box b when b.f -> "true box";
                        case Box b -> "box";
                        case CharSequence s when s.length() > 3 -> "long text";
                        case String s -> "text";
                        case Integer n when n > 5 -> "large";
                        case Number n -> "number";
                        case int[] array -> "array";
                        case Object[] array -> "objects";
                        default -> "else";
                    };
                }

                static String mixed(Object o) {
                    return o instanceof String s ? word(s) : o instanceof Hue h ? hue(h) : o instanceof Integer i ? number(i) : "?";
                }

                static String word(String s) {
                    return switch (s) { case "a" -> "constant"; case String t when t.length() > 3 -> "long"; case "" -> "empty"; default -> "text"; };
                }

                static String hue(Hue h) {
                    return switch (h) { case RED -> "red"; case Hue g when g.ordinal() > 5 -> "none"; default -> "hue"; };
                }

                static String number(Integer i) {
                    return switch (i) { case 1 -> "one"; case Integer k when k > 5 -> "more"; default -> "number"; };
                }

                static String shape(Shape s) {
                    try {
                        return switch (s) { case Dot d -> "dot"; case Box b -> "box"; case All a -> "all" + a.parts.length; case None n -> "none"; };
                    } catch (NullPointerException e) {
                        return "no shape";
                    }
                }

                public String get() {
                    StringBuilder out = new StringBuilder();
                    int[] shared = {1};
                    List<Object> all = new ArrayList<>(Arrays.asList(null, "a", "abcd", new StringBuilder("x"), 1, 9, 2.5, shared, new String[0], Hue.RED, Hue.BLUE));
                    for (double x : new double[] {0.0, -0.0, Double.NaN, 2}) for (float y : new float[] {0f, -0f, Float.NaN}) all.add(new Dot(x, y));
                    for (int k = 0; k < 11; k++)
                        all.add(new Box(k == 1 ? 1L << 33 : 0, k == 2 ? 1 : 0, (short) (k == 3 ? 1 : 0), (byte) (k == 4 ? -1 : 0), k == 5 ? 'x' : 'y', k == 6,
                                k == 7 ? null : "g", k == 8 ? new int[] {1} : shared, k == 9 ? null : List.of("i")));
                    all.add(new None());
                    for (Object o : all) {
                        out.append(kind(o)).append(o == null ? "" : mixed(o)).append(new Named() {}.name(o == null ? 1 : o));
                        out.append(o instanceof Shape s ? shape(s) : shape(null));
                        for (Object p : all) out.append(Objects.equals(o, p) ? '=' : '.');
                        if (o instanceof Dot || o instanceof None) out.append(o.hashCode());
                        if (o instanceof Box b) out.append(b.hashCode() == new Box(b.a, b.b, b.c, b.d, b.e, b.f, b.g, b.h, b.i).hashCode()).append(b.hashCode() - 31 * Objects.hashCode(b.h));
                        out.append('\\n');
                    }
                    return out.toString();
                }
            }
            """;

    @Test
    void rewrittenClassesDoTheSame(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Program.java"), PROGRAM);
        Path classes = folder.resolve("classes");
        assertEquals(0, ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-d", classes.toString(), source.toString()));
        Path jar = folder.resolve("program.jar");
        assertEquals(0, ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        String before = result(jar);
        assertEquals(Set.of("generic types", "source file"), readByCompilers(jar));
        assertTrue(sites(jar).getOrDefault("typeSwitch", 0) >= 4, sites(jar).toString());

        rewrite(jar);

        assertEquals(before, result(jar));
        Map<String, Integer> left = sites(jar);
        assertEquals(Set.of(), readByCompilers(jar));
        // What stays: toString of records, and the switch with a number among its labels.
        assertEquals(1, left.get("typeSwitch"), left.toString());
        assertTrue(!left.containsKey("equals") && !left.containsKey("hashCode"), left.toString());
    }

    /** The optimizer's start waits for the first function to compile (LateOptimizer.java), in the Truffle that the image takes. */
    @Test
    void theOptimizerStartsLate(@TempDir Path folder) throws Exception {
        List<Path> jars = new ArrayList<>();
        for (String name : List.of("truffle-runtime", "truffle-api", "truffle-compiler", "polyglot", "collections", "jniutils", "word", "nativeimage")) {
            jars.add(Files.copy(Repository.ROOT.resolve("repl/target/app/mods").resolve(name + ".jar"), folder.resolve(name + ".jar")));
        }
        Path jar = jars.getFirst();
        assertEquals(List.of(), waits(jar));
        rewrite(jars.toArray(Path[]::new));
        assertEquals(List.of("getQueueSize", "sleep"), waits(jar));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
             JarFile file = new JarFile(jar.toFile())) {
            var resolver = ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
            assertEquals(List.of(), ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver)).verify(start(file)));
        }
    }

    private static byte[] start(JarFile file) throws IOException {
        return file.getInputStream(file.getEntry("com/oracle/truffle/runtime/hotspot/HotSpotTruffleRuntime$1.class")).readAllBytes();
    }

    /** What the optimizer's start calls to wait. */
    private static List<String> waits(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return ClassFile.of().parse(start(file)).methods().stream().flatMap(method -> method.code().stream()).flatMap(code -> code.elementStream())
                    .filter(InvokeInstruction.class::isInstance).map(call -> ((InvokeInstruction) call).name().stringValue())
                    .filter(name -> name.equals("getQueueSize") || name.equals("sleep")).toList();
        }
    }

    private static void rewrite(Path... jars) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                Repository.ROOT.resolve("repl/src/image/CallSites.java").toString()));
        Stream.of(jars).map(Path::toString).forEach(command::add);
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    @SuppressWarnings("unchecked")
    private static String result(Path jar) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            return ((Supplier<String>) loader.loadClass("Program").getDeclaredConstructor().newInstance()).get();
        }
    }

    /** What of the classes of a jar only compilers and debuggers read. */
    private static Set<String> readByCompilers(Path jar) throws IOException {
        Set<String> found = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
                var model = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
                Stream.<AttributedElement>concat(model.methods().stream(), model.fields().stream()).filter(member -> member.findAttribute(Attributes.signature()).isPresent())
                        .forEach(_ -> found.add("generic types"));
                for (PoolEntry constant : model.constantPool()) {
                    if (constant instanceof Utf8Entry text && text.equalsString("Program.java")) {
                        found.add("source file");
                    }
                }
            }
        }
        return found;
    }

    /** How many call sites of each name the classes of a jar have. */
    private static Map<String, Integer> sites(Path jar) throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
                var model = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
                model.methods().stream().flatMap(method -> method.code().stream()).flatMap(code -> code.elementStream())
                        .filter(InvokeDynamicInstruction.class::isInstance)
                        .forEach(site -> found.merge(((InvokeDynamicInstruction) site).name().stringValue(), 1, Integer::sum));
            }
        }
        return found;
    }
}
