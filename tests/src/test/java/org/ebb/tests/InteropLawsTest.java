package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a value says it is, it can do: over every kind of value there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropLawsTest {

    private final Context context = Context.newBuilder("ebb").allowHostAccess(HostAccess.ALL).build();

    InteropLawsTest() {
        context.eval("ebb", """
                import math, collections, re, functools, random
                class Point:
                    limit = 3
                    def __init__(self, x=1):
                        self.x = x
                    @property
                    def double(self):
                        return 2 * self.x
                    def norm(self):
                        return abs(self.x)
                class Row(list):
                    pass
                class Callable:
                    def __call__(self, a):
                        return a
                def count():
                    yield 1
                    yield 2
                def caught():
                    try:
                        [].pop()
                    except IndexError as e:
                        return e
                """);
    }

    @AfterAll
    void close() {
        context.close();
    }

    static List<String> values() {
        return List.of("None", "True", "7", "-2.5", "2 ** 40", "2 ** 70", "-(2 ** 200)", "float('inf')", "''", "'text'", "'\\U0001f600'", "b'ab'",
                "bytearray(b'ab')", "[]", "[1, 'a', None]", "(1, 2)", "()", "range(5)", "{'a': 1}", "{}", "{1, 2}", "frozenset('ab')", "{'a': 1}.items()",
                "iter([1])", "count()", "enumerate('ab')", "zip([1], [2])", "map(str, [1])", "slice(1, 2)", "...", "NotImplemented", "len", "[].append", "print",
                "lambda x: x", "count", "Point", "Point()", "Point().norm", "Row([1, 2])", "Callable()", "int", "type", "object", "ValueError",
                "ValueError('why')", "caught()", "KeyError('k')", "math", "collections.Counter('aab')", "collections.deque([1, 2])", "re.compile('a')",
                "re.match('a', 'a')", "functools.partial(max, 1)", "tensor(2.)", "tensor([1., 2.])", "tensor([[1, 2], [3, 4]], dtype=int64)",
                "tensor([[1., 2.], [3., 4.]]).T", "tensor([True, False])", "zeros((0, 3))", "tensor([1., 2.]).sum()", "float32", "record", "super",
                "property(len)", "int | None", "grad(lambda x: x * x)");
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatItSaysItCanDo(String expression) {
        Value value = context.eval("ebb", expression);
        assertFalse(value.toString().isEmpty() && !expression.equals("''"));
        Value type = value.getMetaObject();
        assertNotNull(type, "no meta object");
        assertTrue(type.isMetaInstance(value) && type.isMetaObject());
        assertFalse(type.getMetaSimpleName().isEmpty() || type.getMetaQualifiedName().isEmpty());
        assertTrue(context.eval("ebb", "lambda v: v is v").execute(value).asBoolean());
        Value back = context.eval("ebb", "lambda v: v").execute(value);
        if (value.isNumber()) {
            assertEquals(value.toString(), back.toString());
        } else {
            assertEquals(value, back, "comes back as another one");
            assertEquals(value.hashCode(), back.hashCode());
        }
        numbers(value);
        containers(value);
        members(value);
        if (!value.canExecute()) {
            assertThrows(UnsupportedOperationException.class, value::execute);
        }
        if (!value.canInstantiate()) {
            assertThrows(UnsupportedOperationException.class, value::newInstance);
        }
        if (value.isException()) {
            PolyglotException thrown = assertThrows(PolyglotException.class, value::throwException);
            assertTrue(thrown.isGuestException());
            assertEquals(value, thrown.getGuestObject());
        }
    }

    private static void numbers(Value value) {
        if (value.isNull()) {
            return;
        }
        if (!value.isNumber()) {
            assertThrows(ClassCastException.class, value::asDouble);
            return;
        }
        assertTrue(value.fitsInDouble() || value.fitsInBigInteger());
        if (value.fitsInInt()) {
            assertEquals(value.asInt(), value.asLong());
        }
        if (value.fitsInLong()) {
            assertEquals(BigInteger.valueOf(value.asLong()), value.asBigInteger());
        }
        if (value.fitsInBigInteger() && value.fitsInDouble()) {
            assertEquals(value.asBigInteger().doubleValue(), value.asDouble());
        }
    }

    private static void containers(Value value) {
        if (value.hasArrayElements()) {
            assertTrue(value.hasIterator());
            for (long k = 0; k < value.getArraySize(); k++) {
                assertNotNull(value.getArrayElement(k));
            }
            assertThrows(ArrayIndexOutOfBoundsException.class, () -> value.getArrayElement(value.getArraySize()));
            assertEquals(value.getArraySize(), value.as(List.class).size());
        } else {
            assertThrows(UnsupportedOperationException.class, value::getArraySize);
        }
        if (value.hasHashEntries()) {
            long entries = 0;
            for (Value keys = value.getHashKeysIterator(); keys.hasIteratorNextElement(); entries++) {
                Value key = keys.getIteratorNextElement();
                assertTrue(value.hasHashEntry(key));
                assertNotNull(value.getHashValue(key));
            }
            assertEquals(value.getHashSize(), entries);
            assertEquals(entries, value.as(Map.class).size());
        } else {
            assertThrows(UnsupportedOperationException.class, value::getHashSize);
        }
        if (value.hasBufferElements()) {
            for (long k = 0; k < value.getBufferSize(); k++) {
                value.readBufferByte(k);
            }
            assertThrows(IndexOutOfBoundsException.class, () -> value.readBufferByte(value.getBufferSize()));
        } else {
            assertThrows(UnsupportedOperationException.class, value::getBufferSize);
        }
        if (value.isIterator()) {
            while (value.hasIteratorNextElement()) {
                assertNotNull(value.getIteratorNextElement());
            }
            assertThrows(java.util.NoSuchElementException.class, value::getIteratorNextElement);
        } else if (value.hasIterator()) {
            assertTrue(value.getIterator().isIterator());
        } else {
            assertThrows(UnsupportedOperationException.class, value::getIterator);
        }
    }

    private static void members(Value value) {
        for (String name : value.getMemberKeys()) {
            assertTrue(value.hasMember(name), name);
            assertNotNull(value.getMember(name), name);
            if (value.canInvokeMember(name)) {
                assertTrue(value.getMember(name).canExecute() || value.getMember(name).canInstantiate(), name);
            }
        }
        assertFalse(value.hasMember("no_such_member"));
    }

    @Test
    void anExceptionShowsItsCallsAndItsCause() {
        PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval(org.graalvm.polyglot.Source.newBuilder("ebb", """
                def inner(x):
                    return 1 / x
                def outer(x):
                    try:
                        inner(x)
                    except ZeroDivisionError as e:
                        raise ValueError('of outer') from e
                outer(0)
                """, "calls.ebb").buildLiteral()));
        List<String> calls = new java.util.ArrayList<>();
        e.getPolyglotStackTrace().forEach(frame -> {
            if (frame.isGuestFrame()) {
                calls.add(frame.getRootName() + ":" + frame.getSourceLocation().getStartLine() + ":" + frame.getSourceLocation().getCharacters());
            }
        });
        assertEquals(List.of("outer:7:raise ValueError('of outer') from e", "<module>:8:outer(0)"), calls);
        assertEquals("raise ValueError('of outer') from e", e.getSourceLocation().getCharacters().toString());
        assertEquals("ValueError: of outer", e.getMessage());
        Value cause = e.getGuestObject().getMember("__cause__");
        assertEquals("ZeroDivisionError", cause.getMetaObject().getMetaSimpleName());
        assertTrue(cause.isException());
    }

    @Test
    void objectsAndClassesAreWrittenAndMade() {
        Value point = context.eval("ebb", "Point").newInstance(5);
        point.putMember("x", 7);
        assertEquals(14, point.getMember("double").asInt());
        assertThrows(UnsupportedOperationException.class, () -> point.putMember("double", 3));
        point.putMember("fresh", "yes");
        assertEquals("yes", context.eval("ebb", "lambda p: p.fresh").execute(point).asString());
        assertTrue(point.removeMember("fresh"));
        assertFalse(point.hasMember("fresh"));
        Value list = context.eval("ebb", "[1, 2, 3]");
        list.setArrayElement(3, 4);
        list.removeArrayElement(0);
        assertEquals("[2, 3, 4]", list.toString());
        assertEquals(4, list.invokeMember("pop").asInt());
        Value dict = context.eval("ebb", "{'a': 1}");
        dict.putHashEntry("b", 2);
        dict.removeHashEntry("a");
        assertEquals("{'b': 2}", dict.toString());
        assertThrows(PolyglotException.class, () -> dict.putHashEntry(list, 2));
    }
}
