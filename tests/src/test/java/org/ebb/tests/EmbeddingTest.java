package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyHashMap;
import org.junit.jupiter.api.Test;

/** Ebb inside a Java program. */
class EmbeddingTest {

    @Test
    void theExampleHostPrintsWhatItsCommentsSay() throws Exception {
        try (HostProgram host = new HostProgram(Repository.ROOT.resolve("examples/embed/Host.java"))) {
            host.check();
        }
    }

    /** The Java on the page is one program, in the order of the page. */
    @Test
    void thePageForHostsPrintsWhatItSays() throws Exception {
        String page = Repository.read(Repository.ROOT.resolve("docs/embedding.md"));
        StringBuilder body = new StringBuilder();
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page).results().forEach(block -> body.append(block.group(1)));
        String imports = body.toString().lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String code = body.toString().lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        try (HostProgram host = new HostProgram(imports + "\npublic class Page {\n    public static void main(String[] arguments) throws Exception {\n"
                + code + "\n    }\n}\n", "Page")) {
            host.check();
        }
    }

    @Test
    void aDefaultContextReachesNothingOutside() {
        try (Context context = Context.create("ebb")) {
            for (String attempt : List.of("open('/etc/hostname')", "open('made-by-a-test.txt', 'w')")) {
                refused(context, attempt, "PermissionError: ");
            }
            refused(context, "import no_such_file_beside_the_program", "ModuleNotFoundError: ");
            // What would lead to threads, processes, the network or the host's classes is not in the language at all.
            for (String module : List.of("threading", "subprocess", "socket", "multiprocessing", "java")) {
                refused(context, "import " + module, "ModuleNotFoundError: ");
            }
            for (String name : List.of("Java", "java")) {
                refused(context, name + ".type('java.lang.System')", "NameError: ");
            }
            refused(context, "import os\nos.system('true')", "");
            assertFalse(System.getenv("PATH").isEmpty());
            refused(context, "import os\nos.environ['PATH']", "");
        }
    }

    /** The attempt ends in an exception of Ebb's that a program could catch. */
    private static void refused(Context context, String attempt, String start) {
        PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", attempt), attempt);
        assertTrue(e.isGuestException() && !e.isInternalError(), () -> attempt + ": " + e.getMessage());
        assertTrue(e.getMessage().startsWith(start), () -> attempt + ": " + e.getMessage());
        assertTrue(e.getSourceLocation() != null, () -> attempt + " has no place");
        String caught = "try:\n" + attempt.indent(4) + "except Exception as e:\n    'caught'\n";
        context.eval("ebb", caught);
    }

    @Test
    void valuesOfTheHostWorkWhereEbbsOwnWould() {
        try (Context context = Context.newBuilder("ebb").allowHostAccess(HostAccess.ALL).build()) {
            Value globals = context.getBindings("ebb");
            globals.putMember("number", 2.5);
            globals.putMember("items", new int[] {3, 4});
            globals.putMember("table", ProxyHashMap.from(new HashMap<>(Map.of("a", 1))));
            globals.putMember("twice", (ProxyExecutable) arguments -> arguments[0].asDouble() * 2);
            assertEquals(5.0, context.eval("ebb", "number * 2").asDouble());
            assertEquals(7, context.eval("ebb", "sum([i for i in items])").asInt());
            assertEquals(2, context.eval("ebb", "len(items)").asInt());
            assertEquals(1, context.eval("ebb", "table['a']").asInt());
            assertEquals(9.0, context.eval("ebb", "twice(4.5)").asDouble());
            assertEquals("[3. 4.]", context.eval("ebb", "str(tensor(items))").asString());
        }
    }

    @Test
    void valuesOfEbbWorkInTheHost() {
        try (Context context = Context.create("ebb")) {
            assertEquals(7, context.eval("ebb", "{'a': 7}").getHashValue("a").asInt());
            assertTrue(context.eval("ebb", "2 ** 100").fitsInBigInteger());
            Value point = context.eval("ebb", "class Point:\n    def __init__(self, x):\n        self.x = x\nPoint");
            assertTrue(point.canInstantiate() && point.isMetaObject());
            Value made = point.newInstance(4);
            assertEquals(4, made.getMember("x").asInt());
            assertTrue(point.isMetaInstance(made));
            Value iterator = context.eval("ebb", "def count():\n    yield 1\n    yield 2\ncount()");
            assertTrue(iterator.isIterator());
            assertEquals(1, iterator.getIteratorNextElement().asInt());
            Value slope = context.eval("ebb", "grad(lambda x: x * x)");
            assertEquals(6.0, slope.execute(3.0).asDouble());
        }
    }

    @Test
    void anExceptionOfTheHostCrossesAsItself() {
        try (Context context = Context.create("ebb")) {
            IllegalStateException trouble = new IllegalStateException("trouble");
            context.getBindings("ebb").putMember("fail", (ProxyExecutable) arguments -> {
                throw trouble;
            });
            PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", "fail()"));
            assertTrue(e.isHostException());
            assertSame(trouble, e.asHostException());
            assertEquals("caught", context.eval("ebb", "def f():\n    try:\n        fail()\n    except Exception:\n"
                    + "        return 'caught'\nf()").asString());
        }
    }

    @Test
    void theContextsArgumentsEndSysArgv() {
        try (Context context = Context.newBuilder("ebb").arguments("ebb", new String[] {"one", "two"}).build()) {
            assertEquals("two", context.eval("ebb", "import sys\nsys.argv[-1]").asString());
        }
    }

    @Test
    void aValueIsTheLastExpression() {
        try (Context context = Context.create("ebb")) {
            assertEquals(42, context.eval("ebb", "6 * 7").asInt());
            assertTrue(context.eval("ebb", "x = 1").isNull());
            assertEquals("ab", context.eval("ebb", "'a' + 'b'").asString());
            assertEquals(2.5, context.eval("ebb", "[1, 2.5]").getArrayElement(1).asDouble());
            assertEquals(9, context.eval("ebb", "lambda x: x * x").execute(3).asInt());
        }
    }

    /** A host that asks for no value gets true, whatever the program's last statement is; what the program does is the same. */
    @Test
    void aSourceMayAskForNoValue() {
        try (Context context = Context.create("ebb")) {
            Source source = Source.newBuilder("ebb", "x = 2\n[x]", "quiet").option("ebb.Value", "false").buildLiteral();
            assertTrue(context.eval(source).asBoolean());
            assertEquals(2, context.eval("ebb", "x").asInt());
        }
    }

    @Test
    void programsDoNotSeeEachOther() {
        try (Context one = Context.create("ebb"); Context other = Context.create("ebb")) {
            one.eval("ebb", "secret = 1");
            assertTrue(assertThrows(PolyglotException.class, () -> other.eval("ebb", "secret")).getMessage()
                    .startsWith("NameError: "));
        }
    }
}
