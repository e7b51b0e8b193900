package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyHashMap;
import org.graalvm.polyglot.proxy.ProxyInstantiable;
import org.graalvm.polyglot.proxy.ProxyIterable;
import org.graalvm.polyglot.proxy.ProxyIterator;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects of the host that throw, from every message a program can send them: the host gets its own exception back with the program's
 * frames, the program can catch it and tidies up, and the context goes on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostTroubleTest {

    /** What was thrown last. One of its own each time: an exception that was thrown before keeps the frames of that time. */
    private static IllegalStateException thrown;

    private final Engine engine = Engine.newBuilder("ebb").build();

    @AfterAll
    void close() {
        engine.close();
    }

    private static <T> T fail() {
        thrown = new IllegalStateException("trouble");
        throw thrown;
    }

    /** An object of the host whose method throws. */
    public static final class Thing {
        public Object get() {
            return fail();
        }

        @Override
        public String toString() {
            return fail();
        }
    }

    private static final class Items implements ProxyArray {
        @Override
        public Object get(long index) {
            return index == 1 ? fail() : 1.5;
        }

        @Override
        public void set(long index, Value value) {
            fail();
        }

        @Override
        public long getSize() {
            return 3;
        }
    }

    private static final class Members implements ProxyObject {
        @Override
        public Object getMember(String key) {
            return fail();
        }

        @Override
        public Object getMemberKeys() {
            return fail();
        }

        @Override
        public boolean hasMember(String key) {
            return key.equals("a");
        }

        @Override
        public void putMember(String key, Value value) {
            fail();
        }
    }

    private static final class Entries implements ProxyHashMap {
        @Override
        public long getHashSize() {
            return 2;
        }

        @Override
        public boolean hasHashEntry(Value key) {
            return true;
        }

        @Override
        public Object getHashValue(Value key) {
            return fail();
        }

        @Override
        public void putHashEntry(Value key, Value value) {
            fail();
        }

        @Override
        public Object getHashEntriesIterator() {
            return fail();
        }
    }

    private static final class Steps implements ProxyIterator {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Object getNext() {
            return fail();
        }
    }

    private static void bind(Value names) {
        names.putMember("f", (ProxyExecutable) arguments -> fail());
        names.putMember("fn", (Function<Object, Object>) argument -> fail());
        names.putMember("make", (ProxyInstantiable) arguments -> fail());
        names.putMember("arr", new Items());
        names.putMember("obj", new Members());
        names.putMember("table", new Entries());
        names.putMember("iterable", (ProxyIterable) HostTroubleTest::fail);
        names.putMember("iterator", new Steps());
        names.putMember("lst", new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                return fail();
            }

            @Override
            public Object set(int index, Object value) {
                return fail();
            }

            @Override
            public Object remove(int index) {
                return fail();
            }

            @Override
            public int size() {
                return 2;
            }
        });
        names.putMember("sizeless", new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                return 1;
            }

            @Override
            public int size() {
                return fail();
            }
        });
        names.putMember("it", new Iterator<Object>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                return fail();
            }
        });
        names.putMember("mp", new AbstractMap<Object, Object>() {
            @Override
            public Set<Entry<Object, Object>> entrySet() {
                return fail();
            }
        });
        names.putMember("thing", new Thing());
    }

    /** The functions of the program that an exception came through, innermost first, with the line each stood at. */
    private static List<String> places(PolyglotException error) {
        return StreamSupport.stream(error.getPolyglotStackTrace().spliterator(), false).filter(PolyglotException.StackFrame::isGuestFrame)
                .map(frame -> frame.getRootName() + " " + (frame.getSourceLocation() == null ? "nowhere" : frame.getSourceLocation().getStartLine())).toList();
    }

    /** What follows an arrow are the places the exception came through; where there is none it is line 3 of the program alone. */
    @ParameterizedTest
    @ValueSource(strings = {
        "f()", "fn(1)", "make(1)", "thing.get()", "[f() for i in range(3)] -> <listcomp> 3, <module> 3", "list(map(f, [1, 2]))", "sorted([3, 1], key=f)", "max([1, 2], key=f)",
        "list(filter(f, [1]))", "list(f() for i in range(2)) -> <genexpr> 3, <module> 3", "exec('f()') -> <module> 1, <module> 3", "eval('f()') -> <module> 1, <module> 3",
        "grad(f)(2.0)", "grad(lambda v: v * f())(2.0) -> <lambda> 3, <module> 3", "value_and_grad(f)(2.0)", "jacobian(f)(tensor([1., 2.]))", "vmap(f)(tensor([1., 2.]))",
        "check_grad(f, 2.0)",
        "arr[1]", "arr[-2]", "arr[0:2]", "sum(arr)", "list(arr)", "[v for v in arr] -> <listcomp> 3, <module> 3", "tensor(arr)", "tensor([arr])", "ones(3) + arr", "5 in arr",
        "sorted(arr)", "str(arr)", "print(*arr)", "list(zip(arr, arr))", "set(arr)",
        "obj.a", "obj.a()", "getattr(obj, 'a', 3)", "hasattr(obj, 'a')", "dir(obj)", "setattr(obj, 'a', 1)",
        "table['k']", "dict(table)", "list(table)", "table.get('k')", "str(table)", "{**table}",
        "iter(iterable)", "list(iterable)", "sum(iterable)", "next(iterator)", "[*iterator]",
        "lst[0]", "list(lst)", "tensor(lst)", "str(lst)", "1 in lst", "next(it)", "list(it)", "dict(mp)", "list(mp)",
        "len(sizeless)", "arr == [1.5, 2.0, 1.5]", "f'{arr}'", "'%s' % (arr,)", "[*arr]", "a, b, c = arr", "obj.a = 1",
        "arr[0] = 1", "table['k'] = 1", "lst[0] = 1", "del lst[0]", "mean(arr)", "print(arr)", "repr(lst)", "any(it)", "enumerate(iterable)",
        "dict(zip('ab', it))", "', '.join(it)", "max(it)", "list(reversed(arr))", "import json; json.dumps(arr)", "import math; math.fsum(it)",
        "for v in iterator: pass", "for v in arr: pass", "while f(): pass", "if arr[1]: pass", "with f() as v: pass", "assert f()", "x = lst[0]",
        "x = 0; x += arr[1]", "print([\n    v for v in it]) -> <listcomp> 4, <module> 3", "print('a',\n    arr[1]) -> <module> 4",
        "str(thing)", "print(thing)", "f'{thing}'", "repr([thing])", "'%s' % thing", "format(thing)", "print(str(thing))"})
    void comesBackAsItself(String row) {
        String trouble = row.split(" -> ")[0];
        List<String> passed = row.contains(" -> ") ? List.of(row.split(" -> ")[1].split(", ")) : List.of("<module> 3");
        try (Context context = Context.newBuilder("ebb").engine(engine).allowHostAccess(HostAccess.ALL).build()) {
            bind(context.getBindings("ebb"));
            PolyglotException end = assertThrows(PolyglotException.class,
                    () -> context.eval(Source.newBuilder("ebb", "tidied = 0\ntry:\n    " + trouble + "\nfinally:\n    tidied = 1\n", "trouble.ebb").buildLiteral()));
            assertTrue(end.isHostException() && !end.isInternalError(), end::toString);
            assertSame(thrown, end.asHostException());
            assertEquals(passed, places(end));
            assertEquals(1, context.eval("ebb", "tidied").asInt());
            context.eval("ebb", "try:\n    " + trouble + "\n    seen = 'nothing'\nexcept BaseException as e:\n    seen = str(e)");
            assertEquals("trouble", context.eval("ebb", "seen").asString());
            assertEquals(6.0, context.eval("ebb", "grad(lambda v: v * v)(3.0)").asDouble(), "the context goes on");
        }
    }

    /** Calls by nodes and calls by builtins both know their lines, and so does every function on the way. */
    @Test
    void everyFunctionOnTheWayHasItsLine() {
        try (Context context = Context.newBuilder("ebb").engine(engine).allowHostAccess(HostAccess.ALL).build()) {
            bind(context.getBindings("ebb"));
            String text = """
                    def inner(v):
                        if v > 1:
                            for each in arr:
                                v += each
                        return v

                    class Model:
                        def forward(self, v):
                            try:
                                return inner(
                                    v)
                            finally:
                                keep()

                    def keep():
                        try:
                            lst[0]
                        except BaseException:
                            pass

                    def steps():
                        yield 1
                        yield Model().forward(2)

                    sorted([1, 2], key=lambda v:
                        sum(steps()))
                    """;
            PolyglotException end = assertThrows(PolyglotException.class, () -> context.eval(Source.newBuilder("ebb", text, "way.ebb").buildLiteral()));
            assertEquals(List.of("inner 3", "forward 10", "steps 23", "<lambda> 26", "<module> 25"), places(end));
        }
    }

    /** What was caught has the places of where it is raised again, and nothing of what was caught before it. */
    @Test
    void raisedAgain() {
        try (Context context = Context.newBuilder("ebb").engine(engine).allowHostAccess(HostAccess.ALL).build()) {
            bind(context.getBindings("ebb"));
            String text = """
                    def keep():
                        try:
                            arr[1]
                        except BaseException as e:
                            return e

                    def again(e):
                        raise e

                    first = keep()
                    second = keep()
                    again(first)
                    """;
            PolyglotException end = assertThrows(PolyglotException.class, () -> context.eval(Source.newBuilder("ebb", text, "again.ebb").buildLiteral()));
            assertEquals(List.of("again 8", "<module> 12"), places(end));
        }
    }

    /** An exception of the program whose text asks a host's object that throws is itself all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"assert 0, thing", "raise ValueError(thing)", "raise ValueError(1, thing)", "raise KeyError(thing)"})
    void theTextOfAnExceptionMayFail(String text) {
        try (Context context = Context.newBuilder("ebb").engine(engine).allowHostAccess(HostAccess.ALL).build()) {
            bind(context.getBindings("ebb"));
            PolyglotException end = assertThrows(PolyglotException.class, () -> context.eval("ebb", text));
            assertTrue(end.isGuestException() && !end.isInternalError(), end::toString);
            assertTrue(end.getMessage().endsWith("<exception str() failed>"), end::getMessage);
            assertEquals(1, end.getSourceLocation().getStartLine());
        }
    }

    @Test
    void compiledCodeTellsTheSame() {
        try (Context context = Context.newBuilder("ebb").engine(engine).allowHostAccess(HostAccess.ALL).build()) {
            bind(context.getBindings("ebb"));
            String text = """
                    def ask(k):
                        if k < 0:
                            return 0
                        return arr[k % 2]

                    caught = 0
                    for k in range(10000):
                        try:
                            ask(k)
                        except BaseException:
                            caught += 1
                    ask(1)
                    """;
            PolyglotException end = assertThrows(PolyglotException.class, () -> context.eval(Source.newBuilder("ebb", text, "hot.ebb").buildLiteral()));
            assertEquals(5000, context.eval("ebb", "caught").asInt());
            assertEquals(List.of("ask 4", "<module> 12"), places(end));
        }
    }
}
