package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyHashMap;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.junit.jupiter.api.Test;

/** Arrays, lists, maps, functions and objects of the host in the loops, subscripts, calls and functions of the language. */
class ForeignValuesTest {

    /** An object of the host with fields and methods. */
    public static final class Point {
        public double x = 1.5;
        public String name = "pt";

        public double twice(double value) {
            return 2 * value;
        }

        public int sum(int... values) {
            return Arrays.stream(values).sum();
        }

        @Override
        public String toString() {
            return "Pt!";
        }
    }

    private static void bind(Value names) {
        names.putMember("arr", new int[] {3, 1, 2});
        names.putMember("emp", new int[0]);
        names.putMember("dbl", new double[][] {{1, 2}, {3, 4}});
        names.putMember("floats", new float[] {1, 2, 3});
        names.putMember("strs", new String[] {"b", "a"});
        names.putMember("lst", new ArrayList<>(List.of(3, 1, 2)));
        names.putMember("mp", new LinkedHashMap<>(Map.of("a", 1)));
        names.putMember("st", new LinkedHashSet<>(List.of(1, 2)));
        names.putMember("it", List.of(1, 2, 3).iterator());
        names.putMember("buf", ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        names.putMember("big", new BigInteger("12345678901234567890"));
        names.putMember("fl", 1.5f);
        names.putMember("ch", 'c');
        names.putMember("nul", null);
        names.putMember("pt", new Point());
        names.putMember("fn", (Function<Object, Object>) x -> x + "!");
        names.putMember("bi", (BiFunction<Integer, Integer, Integer>) (x, y) -> x + y);
        names.putMember("pmap", ProxyHashMap.from(new HashMap<>(Map.of("k", 2))));
        names.putMember("pobj", ProxyObject.fromMap(new HashMap<>(Map.of("f", 5))));
        names.putMember("parr", ProxyArray.fromArray(1, 2, 3));
        names.putMember("bad", (ProxyExecutable) arguments -> {
            throw new IllegalArgumentException("nope");
        });
    }

    @Test
    void behaveAsEbbsOwn() {
        var out = new ByteArrayOutputStream();
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        try (Context context = Context.newBuilder("ebb").allowHostAccess(HostAccess.ALL).allowPolyglotAccess(PolyglotAccess.ALL).out(out).build()) {
            bind(context.getBindings("ebb"));
            context.eval("ebb", "import copy, functools, json, math, polyglot");
            for (String line : Repository.read(Repository.ROOT.resolve("tests/foreign/host.txt")).lines().toList()) {
                if (!line.startsWith("#")) {
                    String[] sides = line.split(" {3}--> ", 2);
                    lines++;
                    String given = run(context, out, sides[0].replace(" // ", "\n"));
                    if (!given.equals(sides[1].strip())) {
                        wrong.add(sides[0] + "\n  expected " + sides[1] + "\n  but is   " + given);
                    }
                }
            }
        }
        assertTrue(lines > 80);
        assertEquals("", String.join("\n", wrong));
    }

    private static String run(Context context, ByteArrayOutputStream out, String text) {
        int value = text.lastIndexOf("; ");
        boolean statement = text.startsWith("for ") || text.startsWith("try:") || text.startsWith("match ") || text.startsWith("print");
        String program = statement ? text : text.substring(0, Math.max(0, value)) + "\nprint(repr((" + text.substring(value < 0 ? 0 : value + 2) + ")))";
        out.reset();
        try {
            context.eval("ebb", program);
        } catch (PolyglotException error) {
            assertTrue(!error.isInternalError(), text);
            return "! " + error.getMessage();
        }
        return out.toString(StandardCharsets.UTF_8).strip().replace("\n", " | ");
    }
}
